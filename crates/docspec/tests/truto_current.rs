//! Pages in Truto's current layout: what is read, and what is refused.

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
    let vocabulary = Vocabulary::parse(&fixture("truto_current/vocabulary.toml")).unwrap();
    let text = Text::new(page);
    let context = Context {
        page: "boats.txt",
        vocabulary: &vocabulary,
    };
    layout::read(&text, Some(Layout::TrutoCurrent), context)
        .map_err(|diagnostics| rendering::diagnostics(&diagnostics, &text))
}

/// Reads a fixture of the layout and compares it with the facts beside it.
fn golden(name: &str) {
    let page = read(&fixture(&format!("truto_current/{name}.txt"))).unwrap();
    compare(
        &format!("truto_current/{name}.read"),
        &rendering::page(&page),
    );
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
fn a_page_without_samples_is_read() {
    golden("method");
}

#[test]
fn the_layout_is_recognised_without_being_named() {
    let vocabulary = Vocabulary::parse(&fixture("truto_current/vocabulary.toml")).unwrap();
    for name in ["update", "list", "method"] {
        let text = Text::new(&fixture(&format!("truto_current/{name}.txt")));
        let context = Context {
            page: "boats.txt",
            vocabulary: &vocabulary,
        };
        let page = layout::read(&text, None, context).unwrap();
        assert_eq!(page.layout, Layout::TrutoCurrent, "{name}");
    }
}

#[test]
fn what_copying_out_of_a_browser_spoils_changes_nothing() {
    let page = fixture("truto_current/update.txt");
    let spoilt = page
        .replace('\n', "\r\n")
        .replace("required·", "required\u{a0}·Â")
        .replace("Request Body", "Request Body\u{200b}")
        .replace("string · uuid", "string\u{a0}·\u{a0}uuid");
    assert_eq!(read(&spoilt), read(&page));
}

/// A name, what is replaced in the fixture `update.txt`, and by what.
const SPOILT: &[(&str, &str, &str)] = &[
    (
        "no method and path",
        "PATCH /unified/harbour/boats/{id}\n\n",
        "\n",
    ),
    (
        "a second method and path",
        "\nRequest Body\n",
        "\nPOST /unified/harbour/boats\n\nRequest Body\n",
    ),
    (
        "a second section",
        "\nResponse Body\n",
        "\nRequest Body\n\nnamestring\n\nResponse Body\n",
    ),
    ("no response", "\nResponse Body\n", "\n"),
    (
        "a response without fields",
        "\nResponse Body\n",
        "\nResponse Body\n\ncurl -X PATCH x\n",
    ),
    (
        "a line of the site's navigation",
        "supported\nphone_number",
        "supported\nShips > Boats\nphone_number",
    ),
    (
        "fewer integrations than declared",
        "3 supported1 required\nSouthpier\nrequired\nDock 9\nsupported\n",
        "3 supported1 required\nSouthpier\nrequired\n",
    ),
    (
        "more integrations than declared",
        "1 supported\nNorthquay\nsupported\nidstring",
        "1 supported\nNorthquay\nsupported\nDock 9\nsupported\nidstring",
    ),
    (
        "fewer required than declared",
        "1 supported1 required\nSouthpier\nrequired",
        "1 supported1 required\nSouthpier\nsupported",
    ),
    (
        "no note where one is declared",
        "\nOnly boats with a mast.\n\n",
        "",
    ),
    (
        "an integration twice",
        "2 supported\nDock 9\nsupported\nNorthquay\nsupported\nflags",
        "2 supported\nDock 9\nsupported\nDock 9\nsupported\nflags",
    ),
    (
        "a list without its header",
        "1 supported1 required\nSouthpier\nrequired\nrig",
        "Southpier\nrequired\nrig",
    ),
    (
        "a name without type and block",
        "phone_number\n1 supported1 required\nSouthpier\nrequired\n",
        "phone_number\n",
    ),
    ("a second block", "phone_number\n", ""),
    (
        "fewer properties than declared",
        "2 properties",
        "3 properties",
    ),
    (
        "more properties than declared",
        "remote_dataRecord<string, any>\n\nHanded on as it is.\n\nsort_by",
        "remote_dataRecord<string, any>\n\nHanded on as it is.\n\ntop\n1 supported\nDock 9\nsupported\nlistobject[]\n1 supported\nDock 9\nsupported\n1 property\naboolean\nbboolean\nsort_by",
    ),
    (
        "properties of what holds none",
        "draughtnumber\n",
        "draughtnumber\n1 property\ndepthnumber\n",
    ),
    ("an unknown text of values", "shortlong", "longshort"),
    ("unknown values of an integration", "sloopyawl", "yawlsloop"),
    (
        "values of an integration that the field does not have",
        "sloopketchsloopyawl",
        "sloopketch",
    ),
    (
        "no values below their heading",
        "Possible values:\nnamedraught\n",
        "Possible values:\n",
    ),
    (
        "an example that does not end",
        "Example: { \"colour\": \"red\", \"size\": 3 }",
        "Example: { \"colour\": \"red\"",
    ),
    (
        "an example that is not there",
        "Example: 4711\n",
        "Example:\n\n",
    ),
    (
        "a placeholder without its parameter",
        "boats/{id}\n\nPath",
        "boats/{id}/{part}\n\nPath",
    ),
    (
        "a path parameter without its placeholder",
        "idstring\nrequired·\n\nWhich",
        "partstring\nidstring\nrequired·\n\nWhich",
    ),
    ("a field twice", "draughtnumber", "crewnumber"),
    ("a sample of another method", "curl -X PATCH", "curl -X PUT"),
    (
        "a sample of another path",
        "boats/{id}?harbour_id",
        "ships/{id}?harbour_id",
    ),
    (
        "a sample with another parameter",
        "?harbour_id=<harbour_id>",
        "?haven_id=<harbour_id>",
    ),
    (
        "a sample with another key",
        "  \"draught\": \"your_draught\"",
        "  \"depth\": \"your_draught\"",
    ),
    (
        "a sample value of another type",
        "\"rig\": \"sloop\"",
        "\"rig\": []",
    ),
    (
        "a sample without a body",
        "Content-Type: application/json' \\\n  -d '{",
        "Content-Type: application/json'\n'{",
    ),
    (
        "a sample body that is no JSON",
        "\"flags\": {},",
        "\"flags\": ,",
    ),
    (
        "a sample with a body and no request",
        "\nRequest Body\n\nRefer How to write data\n",
        "\n",
    ),
    (
        "a sample that is cut off",
        "  \"remote_data\": {}\n}'\n",
        "  \"remote_data\": {}\n",
    ),
];

#[test]
fn every_refusal_says_what_was_expected_and_how_to_mend_it() {
    let whole = fixture("truto_current/update.txt");
    let mut report = String::new();
    for (name, from, to) in SPOILT {
        assert!(whole.contains(from), "{name}: the fixture has no {from:?}");
        let error = read(&whole.replacen(from, to, 1))
            .err()
            .unwrap_or_else(|| panic!("{name}: accepted"));
        writeln!(report, "## {name}\n\n{error}\n").unwrap();
    }
    compare("truto_current/refused.diagnostics", &report);
}

#[test]
fn all_that_is_wrong_is_reported_at_once() {
    let page = fixture("truto_current/update.txt")
        .replace("shortlong", "longshort")
        .replace("2 properties", "3 properties")
        .replace("curl -X PATCH", "curl -X PUT");
    let error = read(&page).unwrap_err();
    for rule in ["unknown-enum-text", "property-count", "sample-disagrees"] {
        assert!(error.contains(&format!("error[{rule}]")), "{rule}: {error}");
    }
}
