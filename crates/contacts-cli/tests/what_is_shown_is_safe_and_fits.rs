//! Nothing that a contact holds moves the cursor, runs in a spreadsheet or breaks a line; tables and help fit 80 columns;
//! pipes may close.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::Sandbox;
use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use support::{command, on, ran, run, store};

fn hostile() -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    for (id, name) in [
        ("1", "\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}"),
        ("2", "two\r\nlines\tand a tab"),
        ("3", "=HYPERLINK(\"http://example.org\",\"click\")"),
        ("4", "\u{202e}turned around"),
        ("5", "株式会社青空の髙橋さん、東京本社営業部"),
        ("6", "👩‍👩‍👧‍👦 family"),
        ("7", "محمد العربي"),
    ] {
        let record = json!({ "id": id, "name": name, "phone_numbers": [{ "number": "+49 30 123" }], "title": "@SUM(A1)" });
        sandbox
            .put("truto", "contacts", Some(Sandbox::ACCOUNT), record)
            .unwrap();
    }
    sandbox
}

#[test]
fn a_terminal_obeys_no_contact() {
    let sandbox = hostile();
    for arguments in [
        vec!["list"],
        vec!["get", "1"],
        vec!["get", "2"],
        vec!["get", "4"],
    ] {
        let ran = on(&sandbox, "truto", &arguments);
        assert_eq!(ran.code, 0, "{}", ran.error);
        let is_harmless =
            |letter: char| letter == '\n' || (!letter.is_control() && letter != '\u{202e}');
        assert!(ran.out.chars().all(is_harmless), "{:?}", ran.out);
    }
    // Nine lines: a header, a rule, and seven contacts, each on its own.
    assert_eq!(on(&sandbox, "truto", &["list"]).out.lines().count(), 9);
}

#[test]
fn a_spreadsheet_computes_no_contact() {
    let sandbox = hostile();
    let csv = on(&sandbox, "truto", &["list", "--format", "csv"]).out;
    assert!(
        csv.contains("\"'=HYPERLINK(\"\"http://example.org\"\",\"\"click\"\")\""),
        "{csv}"
    );
    assert!(csv.contains("'@SUM(A1)"), "{csv}");
    assert!(
        csv.contains(",+49 30 123,"),
        "a phone number is no formula: {csv}"
    );
    let raw = on(
        &sandbox,
        "truto",
        &["list", "--format", "csv", "--raw-cells"],
    )
    .out;
    assert!(
        !raw.contains("'@SUM(A1)") && raw.contains("@SUM(A1)"),
        "{raw}"
    );
}

#[test]
fn a_table_fits_the_terminal() {
    use unicode_width::UnicodeWidthStr as _;
    let sandbox = hostile();
    let store = store(&sandbox, "truto");
    for width in [40, 80, 132] {
        let mut command = command(&["list", "--store", &store]);
        let ran = ran(command.env("COLUMNS", width.to_string()).output().unwrap());
        for line in ran.out.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn help_fits_80_columns() {
    let commands = [
        "",
        "get",
        "list",
        "create",
        "update",
        "delete",
        "export",
        "diff",
        "import",
        "sync",
        "decide",
        "integrations",
        "doctor",
        "sandbox",
        "demo",
        "completions",
        "man",
    ];
    for name in commands {
        let arguments: Vec<&str> = [name, "--help"]
            .into_iter()
            .filter(|argument| !argument.is_empty())
            .collect();
        let ran = ran(command(&arguments).env("COLUMNS", "80").output().unwrap());
        assert_eq!(ran.code, 0);
        for line in ran.out.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        assert!(
            ran.out
                .lines()
                .next()
                .is_some_and(|first| first.ends_with('.') || first.len() > 10),
            "{name}"
        );
    }
    assert!(run(&["man"]).out.starts_with(".ie"));
    assert!(run(&["completions", "bash"]).out.contains("_contacts"));
}

#[test]
fn a_pipe_may_close() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 3000)
        .unwrap();
    let store = store(&sandbox, "truto");
    let mut child = command(&[
        "list",
        "--format",
        "jsonl",
        "--quiet",
        "--no-rate-limit",
        "--store",
        &store,
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().is_ok());
    drop(lines);
    let ended = ran(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.error.as_str()), (0, ""));
}

#[test]
fn nothing_is_coloured_where_it_is_piped() {
    let ran = run(&["list"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.error,
        "error: no store is named\nhint: say which: --store truto, --profile NAME, or the variable CONTACTS_STORE\n"
    );
}
