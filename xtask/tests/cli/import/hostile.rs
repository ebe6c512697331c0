//! Captures that are broken, or meant to do harm.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use super::{CURRENT, OLDER, capture, crm, done, import, import_older, with_our_words};

#[test]
fn what_cannot_be_read_is_refused_and_nothing_is_written() {
    let workspace = with_our_words();
    fs::write(workspace.root().join("latin.txt"), b"Caf\xe9\n").expect("a file");
    fs::create_dir(workspace.root().join("folder.txt")).expect("a folder");
    workspace.write("empty.txt", "");
    workspace.write("blank.txt", "\n \n\u{feff}\n");
    workspace.write("login.txt", "Sign in\n\nYour session has ended.\n");
    workspace.write("zeros.txt", &"\0".repeat(4096));
    let before = workspace.files();
    for name in [
        "absent.txt",
        "latin.txt",
        "folder.txt",
        "empty.txt",
        "blank.txt",
        "login.txt",
        "zeros.txt",
    ] {
        // One that is wrong keeps those that are right from being written.
        let run = import(&workspace, &[OLDER, name]);
        assert_eq!(run.code, Some(100), "{name}: {}", run.err);
        assert!(run.err.contains(name), "{name}: {}", run.err);
        for part in ["expected ", "to fix: "] {
            assert!(run.err.contains(part), "{name}: {}", run.err);
        }
        assert_eq!(workspace.files(), before, "{name}");
    }
}

#[test]
fn a_capture_that_ends_early_never_panics_and_writes_all_or_nothing() {
    let workspace = with_our_words();
    let whole = capture(CURRENT);
    let lines: Vec<&str> = whole.lines().collect();
    let before = workspace.files();
    for end in (0..lines.len()).step_by(17) {
        let mut text = lines[..end].join("\n");
        text.push('\n');
        fs::write(workspace.root().join("part.txt"), text).expect("a file");
        let run = import(
            &workspace,
            &["--vocabulary", "splits.toml", "--dry-run", "part.txt"],
        );
        assert!(matches!(run.code, Some(0 | 100)), "{end}: {}", run.err);
        if run.code == Some(100) {
            assert!(run.err.contains("part.txt"), "{end}: {}", run.err);
        }
    }
    fs::remove_file(workspace.root().join("part.txt")).expect("the file");
    assert_eq!(workspace.files(), before);
}

#[test]
fn a_capture_cannot_choose_where_its_page_is_written() {
    for path in [
        "/../../../../tmp/stolen",
        "/..",
        "/unified/..%2f..%2fstolen",
        "/C:\\windows",
        "/nul/con",
    ] {
        let workspace = crm();
        let root = workspace.root().to_owned();
        let text = capture(OLDER)
            .replace("Update Contacts", "../../../stolen.md")
            .replace("/unified/crm/contacts/{id}", path)
            .replace("Path parameters \n\nid\nstring\nREQUIRED · \n\nWhich contact to change.\n\nExample: 4711\n\n", "");
        workspace.write("hostile.txt", &text);
        let before: Vec<_> = workspace.files().into_keys().collect();
        let run = import(&workspace, &["hostile.txt"]);
        assert!(matches!(run.code, Some(0 | 100)), "{path}: {}", run.err);
        let pages = root.join("specs/crm/pages");
        for file in workspace.files().into_keys() {
            let is_ours = before.contains(&file) || file == root.join(super::LOCK);
            let is_page = file.parent() == Some(pages.as_path());
            assert!(is_ours || is_page, "{path}: {}", file.display());
        }
    }
}

#[test]
fn nothing_in_a_capture_steers_the_terminal() {
    let workspace = with_our_words();
    let text = capture(OLDER)
        .replace("  • HubSpot", "  • Hub\u{1b}[31mSpot\u{7}")
        .replace("\nbirth_date\n", "\nbirth\u{1b}]0;owned\u{7}_date\n");
    workspace.write("hostile.txt", &text);
    let run = import(&workspace, &["hostile.txt"]);
    assert!(matches!(run.code, Some(0 | 100)), "{}", run.err);
    let steers = |text: &str| text.chars().any(|one| one.is_control() && one != '\n');
    assert!(!steers(&run.err), "{:?}", run.err);
}

/// A page in Markdown with many fields.
fn wide(prefix: &str, many: usize) -> String {
    let mut page =
        String::from("# Wide\n\n`POST /wide`\n\n## Request body\n\n`application/json`\n\n");
    for number in 0..many {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "- **`{prefix}_{number}`** _(string)_\n  Supported by: Close"
        );
    }
    page.push_str("\n## Response `204`\n");
    page
}

#[test]
fn a_page_of_thousands_of_fields_that_are_all_renamed_takes_seconds() {
    let workspace = crm();
    done(&import_older(&workspace));
    workspace.write("one.md", &wide("one", 2_000));
    workspace.write("two.md", &wide("two", 2_000));
    done(&import(&workspace, &["one.md"]));
    let start = Instant::now();
    let run = import(&workspace, &["two.md"]);
    done(&run);
    assert!(run.err.contains(" changes from two.md"), "{}", run.err);
    // Far more than it takes, far less than comparing every field with every other would.
    assert!(
        start.elapsed() < Duration::from_mins(1),
        "{:?}",
        start.elapsed()
    );
}
