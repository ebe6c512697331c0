//! `cargo xtask import`, run as a process.

mod history;
mod hostile;
mod new_pages;
mod shared;

use std::path::Path;

use serde_json::Value;

use crate::golden;
use crate::workspace::{Run, Workspace};

const PAGE: &str = "specs/crm/pages/contacts-update.md";
const LOCK: &str = "specs/crm/captures.lock";
const OLDER: &str = "contacts-update-older.txt";
const CURRENT: &str = "contacts-update-current.txt";

/// The split that the newer page needs.
const SPLITS: &str = "[[split]]\ntext = \"phonemobilefaxwork\"\nvalues = [\"phone\", \"mobile\", \"fax\", \"work\"]\n\
                      reason = \"Each is a kind of line that the older page lists, or a new one.\"\n";

/// What differs between the two captures, read off them by hand: on the wire, in Rust, what, and where.
const CHANGES: [&str; 25] = [
    // A system that is new, Highlevel, needs it.
    "info minor query-parameter-optional-added at PATCH › query parameter workspace",
    // `stream`
    "info minor query-parameter-enum-value-added at PATCH › query parameter truto_response_format",
    "warning major query-parameter-optional-removed at PATCH › query parameter truto_ignore_remote_data",
    // `array`, then `string[]`
    "breaking major query-parameter-type-stated at PATCH › query parameter truto_exclude_fields[] › items",
    // `object`, then `Record<string, any>`
    "info patch query-parameter-keyword-added at PATCH › query parameter remote_query › further fields",
    "info patch request-property-keyword-added at PATCH › request body › remote_data › further fields",
    // Close
    "breaking patch request-property-integration-now-requires at PATCH › request body › first_name",
    // Pipedrive
    "warning patch request-property-integration-no-longer-supports at PATCH › request body › last_name",
    // `birth_date`
    "warning major request-optional-property-renamed at PATCH › request body › birthday",
    // HubSpot
    "breaking patch request-property-integration-now-requires at PATCH › request body › email_addresses",
    "breaking major request-property-became-required at PATCH › request body › email_addresses › items › email",
    "warning major request-optional-property-removed at PATCH › request body › phone_numbers › items › extension",
    // `work`
    "info minor request-property-enum-value-added at PATCH › request body › phone_numbers › items › type",
    // HubSpot
    "info patch request-property-integration-now-supports at PATCH › request body › account",
    // It moved into the account.
    "warning major request-optional-property-removed at PATCH › request body › website",
    "info major request-optional-property-added at PATCH › request body › account › website",
    "info major request-optional-property-added at PATCH › request body › tags",
    // `string`, then `integer`
    "breaking major response-property-type-changed at PATCH › answer 200 › account › id",
    "breaking patch response-property-became-nullable at PATCH › answer 200 › account › name",
    "info minor response-optional-property-added at PATCH › answer 200 › title",
    "warning major response-optional-property-removed at PATCH › answer 200 › last_activity_at",
    // Only the sample of the newer page shows a token.
    "info minor api-security-scheme-added at securitySchemes › bearerAuth",
    "breaking patch operation-authentication-demanded at PATCH",
    // The day and the lines of the newer capture.
    "info patch api-version-changed at info › version",
    "info patch api-sources-moved at the API",
];

/// A captured page.
fn capture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/captures")
        .join(name);
    std::fs::read_to_string(path).expect("a capture")
}

/// A workspace with the API `crm`, which has one page of ours, and captures of a page that is new to it.
fn crm() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "specs/crm/api.toml",
        "# The address book.\n[api]\ntitle = \"The CRM API\"\nversion = \"2025-01-01\" # the newest source\n\
         crate = \"crm-client\"\ncrate-version = \"0.1.0\"\npages = [\n  \"contacts-list.md\", # the first\n]\n\n\
         [server]\nurl = \"https://api.crm.test\"\n",
    );
    workspace.write(
        "specs/crm/pages/contacts-list.md",
        "# List contacts\n\n> Source: https://crm.test/contacts/list\n\n`GET /unified/crm/contacts`\n\n\
         Operation: `contacts_list`\n\n## Response `200`\n\n`application/json`\n\n- **`result`** _(array<object>)_\n  \
         - **`id`** _(string, required)_\n",
    );
    for name in [OLDER, CURRENT] {
        workspace.write(name, &capture(name));
    }
    workspace.write("splits.toml", SPLITS);
    workspace
}

/// Imports into the API `crm`.
fn import(workspace: &Workspace, arguments: &[&str]) -> Run {
    let mut all = vec!["import", "--api", "crm"];
    all.extend(arguments);
    workspace.run(&all)
}

fn import_older(workspace: &Workspace) -> Run {
    import(
        workspace,
        &[
            "--source",
            "https://crm.test/contacts/update",
            "--captured",
            "2025-03-01",
            OLDER,
        ],
    )
}

fn import_current(workspace: &Workspace) -> Run {
    import(
        workspace,
        &[
            "--captured",
            "2025-06-01",
            "--vocabulary",
            "splits.toml",
            CURRENT,
        ],
    )
}

fn done(run: &Run) {
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

/// Puts text below a line of a file that starts with some words.
fn add_below(workspace: &Workspace, path: &str, start: &str, text: &str) {
    let page = workspace.read(path).expect("a file");
    assert!(
        page.lines().any(|line| line.starts_with(start)),
        "{start} in\n{page}"
    );
    let mut changed = String::new();
    let mut is_done = false;
    for line in page.lines() {
        changed.push_str(line);
        changed.push('\n');
        if line.starts_with(start) && !is_done {
            changed.push_str(text);
            is_done = true;
        }
    }
    workspace.write(path, &changed);
}

/// The older page imported, with words and decisions of ours added.
fn with_our_words() -> Workspace {
    let workspace = crm();
    done(&import_older(&workspace));
    for (field, words) in [
        (
            "first_name",
            "  Our words about the given name.\n  Example: `\"Ada\"`\n",
        ),
        ("website", "  Our words about the site.\n"),
        ("birth_date", "  Our words about the day of birth.\n"),
    ] {
        add_below(&workspace, PAGE, &format!("- **`{field}`**"), words);
    }
    workspace.write(
        "specs/crm/overlays/01-title.yaml",
        "overlay: 1.1.0\ninfo:\n  title: Titles are short\n  version: 1.0.0\n  description: Seen in use.\nactions:\n  \
         - target: $.paths['/unified/crm/contacts/{id}'].patch.requestBody.content['application/json'].schema.properties.title\n    \
         update:\n      maxLength: 120\n",
    );
    workspace.write(
        "specs/crm/lint.toml",
        "[[accept]]\nrule = \"untyped-field\"\nplace = \"pages/contacts-update.md#description\"\nreason = \"It is not said.\"\n",
    );
    done(&workspace.run(&["codegen", "crm"]));
    workspace
}

#[test]
fn an_older_and_a_current_page_imported_in_turn_give_a_diff_of_what_changed() {
    let workspace = with_our_words();
    let before = workspace
        .read("specs/crm/openapi.json")
        .expect("a document");
    workspace.write("before.json", &before);
    let run = import_current(&workspace);
    done(&run);
    assert_eq!(run.out, "");
    golden::check("import-current.txt", &run.err);
    golden::check_wide("import-current.md", &workspace.read(PAGE).expect("a page"));

    done(&workspace.run(&["codegen", "crm"]));
    let run = workspace.run(&["diff", "before.json", "specs/crm/openapi.json"]);
    done(&run);
    golden::check("import-diff.txt", &run.out);
    let run = workspace.run(&[
        "diff",
        "before.json",
        "specs/crm/openapi.json",
        "--format",
        "json",
    ]);
    done(&run);
    let comparison: Value = serde_json::from_str(&run.out).expect("JSON");
    let mut found: Vec<String> = comparison["documents"][0]["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().expect("a text");
            let place = text("place").replace("PATCH /unified/crm/contacts/{id}", "PATCH");
            format!(
                "{} {} {} at {place}",
                text("wire"),
                text("rust"),
                text("rule")
            )
        })
        .collect();
    found.sort();
    let mut expected = CHANGES;
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn our_words_and_our_decisions_stay_and_follow_what_moved() {
    let workspace = with_our_words();
    let decisions = |workspace: &Workspace| {
        ["specs/crm/overlays/01-title.yaml", "specs/crm/lint.toml"]
            .map(|path| workspace.read(path).expect("a decision"))
    };
    let before = decisions(&workspace);
    done(&import_current(&workspace));
    assert_eq!(decisions(&workspace), before);
    let page = workspace.read(PAGE).expect("a page");
    for words in [
        "- **`first_name`** _(string)_\n  Our words about the given name.\n  Example: `\"Ada\"`\n",
        "  - **`website`** _(string)_\n    Our words about the site.\n",
        "- **`birthday`** _(string, date)_\n  Our words about the day of birth.\n",
    ] {
        assert!(page.contains(words), "{words} in\n{page}");
    }
    // What the vendor writes is read for its facts, and not kept.
    for words in ["friends", "Where the firm", "8f14e45f"] {
        assert!(!page.contains(words), "{words} in\n{page}");
    }
    done(&workspace.run(&["codegen", "crm"]));
}

#[test]
fn the_same_capture_again_changes_nothing() {
    let workspace = with_our_words();
    done(&import_current(&workspace));
    let before = workspace.files();
    for arguments in [
        ["import", "--api", "crm", CURRENT].as_slice(),
        &[
            "import",
            "--api",
            "crm",
            "--captured",
            "2025-06-01",
            CURRENT,
        ],
        &[
            "import",
            "--api",
            "crm",
            "--captured",
            "2025-02-01",
            CURRENT,
        ],
        &[
            "import",
            "--api",
            "crm",
            "--vocabulary",
            "splits.toml",
            CURRENT,
        ],
    ] {
        let run = workspace.run(arguments);
        done(&run);
        assert!(run.err.ends_with("nothing changed\n"), "{}", run.err);
        assert_eq!(workspace.files(), before, "{arguments:?}");
    }
}

#[test]
fn a_dry_run_prints_what_would_change_and_writes_nothing() {
    let workspace = with_our_words();
    let before = workspace.files();
    let run = import(
        &workspace,
        &[
            "--captured",
            "2025-06-01",
            "--vocabulary",
            "splits.toml",
            "--dry-run",
            CURRENT,
        ],
    );
    done(&run);
    assert!(
        run.out.contains("\n+- **`birthday`** _(string, date)_\n"),
        "{}",
        run.out
    );
    assert!(run.err.contains("files would change:\n"), "{}", run.err);
    assert_eq!(workspace.files(), before);
}

#[test]
fn a_generated_field_leads_back_to_page_line_and_date() {
    let workspace = with_our_words();
    done(&import_current(&workspace));
    done(&workspace.run(&["codegen", "crm"]));
    let mut shown = String::new();
    for item in [
        "contacts_update",
        "ContactsUpdateRequest::title",
        "ContactsUpdateRequestAccount::website",
        "contacts_update::workspace",
    ] {
        let run = workspace.run(&["where", "crm-client", item]);
        done(&run);
        shown.push_str(&run.out);
        shown.push('\n');
    }
    golden::check("where.txt", &shown);
}

#[test]
fn captures_lists_the_pages_with_the_days_and_ages_of_their_captures() {
    let workspace = with_our_words();
    done(&import_current(&workspace));
    let run = workspace.run(&[
        "captures",
        "crm",
        "--today",
        "2025-07-01",
        "--older-than",
        "90",
    ]);
    done(&run);
    let mut shown = run.out;
    let run = workspace.run(&[
        "captures",
        "crm",
        "--today",
        "2025-12-01",
        "--older-than",
        "90",
    ]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    shown.push_str("--\n");
    shown.push_str(&run.out);
    shown.push_str(&run.err);
    golden::check("captures.txt", &shown);
}
