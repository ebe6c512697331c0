//! Pages in Truto's older layout: what is read, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod rendering;

use std::fmt::Write;

use docspec::layout::{self, Context, Layout};
use docspec::page::Page;
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use rendering::{compare, fixture};

fn read(page: &str) -> Result<Page, String> {
    let vocabulary = Vocabulary::parse(&fixture("truto_older/vocabulary.toml")).unwrap();
    let text = Text::new(page);
    let context = Context {
        page: "boats.txt",
        vocabulary: &vocabulary,
    };
    layout::read(&text, Some(Layout::TrutoOlder), context)
        .map_err(|diagnostics| rendering::diagnostics(&diagnostics, &text))
}

/// Reads a fixture of the layout and compares it with the facts beside it.
fn golden(name: &str) {
    let page = read(&fixture(&format!("truto_older/{name}.txt"))).unwrap();
    compare(&format!("truto_older/{name}.read"), &rendering::page(&page));
}

#[test]
fn every_fact_of_a_page_is_read_with_its_line_and_depth() {
    golden("update");
}

#[test]
fn a_listing_holds_the_resource_in_its_result() {
    golden("list");
}

#[test]
fn the_layout_is_recognised_without_being_named() {
    let vocabulary = Vocabulary::parse(&fixture("truto_older/vocabulary.toml")).unwrap();
    for name in ["update", "list"] {
        let text = Text::new(&fixture(&format!("truto_older/{name}.txt")));
        let context = Context {
            page: "boats.txt",
            vocabulary: &vocabulary,
        };
        let page = layout::read(&text, None, context).unwrap();
        assert_eq!(page.layout, Layout::TrutoOlder, "{name}");
    }
}

#[test]
fn values_by_integration_are_told_by_the_names_where_copying_lost_the_depth() {
    let page = fixture("truto_older/update.txt");
    let flat = page.replace("    • ", "  • ");
    assert_ne!(flat, page);
    assert_eq!(read(&flat), read(&page));
}

/// A name, what is replaced in the fixture `update.txt`, and by what.
const SPOILT: &[(&str, &str, &str)] = &[
    (
        "no method and path",
        "PATCH /unified/harbour/boats/{id}\n",
        "",
    ),
    (
        "a second method and path",
        "\nRequest Body",
        "\nPOST /unified/harbour/boats\n\nRequest Body",
    ),
    (
        "a second section",
        "\nResponse Body",
        "\nRequest Body\n\nname\nstring\n\nResponse Body",
    ),
    ("no response", "\nResponse Body \n", "\n"),
    (
        "a line below the method",
        "\nPath parameters",
        "\nShips\n\nPath parameters",
    ),
    (
        "a line of the site's navigation",
        "  • Southpier\nflags",
        "  • Southpier\nShips > Boats\nflags",
    ),
    (
        "no integrations below their heading",
        "Required in\n  • Southpier\n",
        "Required in\n",
    ),
    (
        "no integrations of the operation",
        "  • Dock 9\n  • Northquay\n  • Southpier\nPartial",
        "Partial",
    ),
    (
        "a partial answer of an unknown integration",
        "to get all of it.\n\n  • Northquay",
        "to get all of it.\n\n  • Eastgate",
    ),
    (
        "an integration twice",
        "Supported in\n  • Dock 9\n  • Northquay\nid",
        "Supported in\n  • Dock 9\n  • Southpier\nid",
    ),
    (
        "a list without its heading",
        "How the boat is rigged.\n\nIntegration specific notes\n  • Dock 9Only boats with a mast.\nSupported in\n",
        "How the boat is rigged.\n\n",
    ),
    (
        "a note about an unknown integration",
        "• Dock 9Only",
        "• Eastgate: only",
    ),
    (
        "values of an unknown integration",
        "  • Northquay\n    • 2\n",
        "  • Eastgate\n    • 2\n",
    ),
    (
        "a value of an integration that the field does not have",
        "    • 2\n    • 3\n",
        "    • 2\n    • 4\n",
    ),
    (
        "an integration without its values",
        "  • Dock 9\n    • 1\n    • 2\n",
        "  • Dock 9\n",
    ),
    (
        "a value of no integration",
        "  • Dock 9\n    • 1\n    • 2\n",
        "    • 1\n    • 2\n",
    ),
    (
        "a name without type and list",
        "phone_number\nSupported in\n  • Southpier\n",
        "phone_number\n",
    ),
    ("a name without its type", "number\nstring\n", "number\n"),
    (
        "no values below their heading",
        "All possible enum values:\n  • short\n  • long\n",
        "All possible enum values:\n",
    ),
    (
        "unknown values without separators",
        "All possible enum values:\n  • short\n  • long\n",
        "All possible enum values:\nlongshort\n",
    ),
    (
        "an example that does not end",
        "\"size\": 3 }",
        "\"size\": 3",
    ),
    (
        "fewer properties than declared",
        "1 property",
        "3 properties",
    ),
    (
        "an object inside another without a count",
        "1 property\n",
        "",
    ),
    (
        "a placeholder without its parameter",
        "boats/{id}",
        "boats/{id}/{part}",
    ),
    ("a field twice", "rig\nstring", "crew\nstring"),
];

#[test]
fn every_refusal_says_what_was_expected_and_how_to_mend_it() {
    let whole = Text::new(&fixture("truto_older/update.txt"));
    let lines: Vec<&str> = whole.lines().map(|(_, line)| line).collect();
    let whole = lines.join("\n") + "\n";
    let mut report = String::new();
    for (name, from, to) in SPOILT {
        let from = from.replace(" \n", "\n");
        assert!(whole.contains(&from), "{name}: the fixture has no {from:?}");
        let error = read(&whole.replacen(&from, to, 1))
            .err()
            .unwrap_or_else(|| panic!("{name}: accepted"));
        writeln!(report, "## {name}\n\n{error}\n").unwrap();
    }
    compare("truto_older/refused.diagnostics", &report);
}
