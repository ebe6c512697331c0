//! The picture of the demonstration.

use std::fmt::Write as _;
use std::process::Command;
use unicode_width::UnicodeWidthStr as _;

/// What `contacts demo` prints on a terminal of 80 columns, with what is different each time written as it was once.
pub(crate) fn demo(command: &str) -> String {
    let output = Command::new(command)
        .args(["demo", "--quiet"])
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut steadied = String::new();
    for line in text.lines() {
        writeln!(steadied, "{}", steady(line)).unwrap();
    }
    steadied
}

/// A line without ports, keys and times.
fn steady(line: &str) -> String {
    if line.starts_with("updated_at ") {
        return "updated_at    2026-11-26T12:00:00.000Z".to_owned();
    }
    if line.starts_with("idempotency-key: ") {
        return "idempotency-key: 1d54df8e-a37d-4057-8b53-6addeb9fe6ca".to_owned();
    }
    // Which encodings a build has depends on what it is built with.
    if line.starts_with("accept-encoding: ") {
        return "accept-encoding: gzip, deflate".to_owned();
    }
    match line.split_once("127.0.0.1:") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
            format!("{before}127.0.0.1:8080{rest}")
        }
        None => line.to_owned(),
    }
}

/// A text as a terminal shows it, drawn as SVG.
pub(crate) fn of(text: &str) -> String {
    const LINE: usize = 18;
    let lines: Vec<&str> = text.lines().flat_map(wrapped).collect();
    let height = (lines.len() + 2) * LINE;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"{height}\" role=\"img\">\n\
         <title>What `contacts demo` prints</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#16181d\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"#d8dbe2\">\n"
    );
    for (index, line) in lines.iter().enumerate() {
        let y = (index + 2) * LINE - 4;
        let fill = if line.starts_with("$ ") {
            " fill=\"#8fd18f\""
        } else if line.starts_with("error:") {
            " fill=\"#ff8a7a\""
        } else {
            ""
        };
        writeln!(picture, "<text y=\"{y}\"{fill}>{}</text>", placed(line)).unwrap();
    }
    picture.push_str("</g>\n</svg>\n");
    picture
}

/// The parts of a line, each where its column is: fonts do not give wide letters exactly two columns.
fn placed(line: &str) -> String {
    const COLUMN: f64 = 8.43;
    let mut placed = String::new();
    let mut column = 0;
    for part in line.split_inclusive("  ") {
        let width = part.width();
        let text = part.trim();
        if !text.is_empty() {
            let before = part.width() - part.trim_start().width();
            let x = 20.0 + COLUMN * f64::from(u32::try_from(column + before).unwrap());
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            write!(placed, "<tspan x=\"{x:.1}\">{text}</tspan>").unwrap();
        }
        column += width;
    }
    placed
}

/// A line in parts that fit.
fn wrapped(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    while rest.chars().count() > 84 {
        let at = rest.char_indices().nth(84).map_or(rest.len(), |(at, _)| at);
        let (part, after) = rest.split_at(at);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}
