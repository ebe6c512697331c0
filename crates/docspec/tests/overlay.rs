//! Overlays: the specification's rules, and the ones on top of it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

#[path = "support/golden.rs"]
mod golden;

use std::fmt::Write as _;

use docspec::overlay::{self, Overlay};
use serde_json::{Value, json};

const HEAD: &str =
    "overlay: 1.1.0\ninfo:\n  title: A decision\n  version: 1.0.0\n  description: A reason.\n";

fn parsed(name: &str, actions: &str) -> Overlay {
    Overlay::parse(
        &format!("overlays/{name}"),
        &format!("{HEAD}actions:\n{actions}"),
    )
    .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Trees", "version": "1" },
        "paths": {
            "/trees": {
                "get": {
                    "tags": ["wood", "dummy", "leaf", "dummy"],
                    "parameters": [
                        { "name": "a~b/c", "in": "query", "schema": { "type": "string", "enum": ["x"] } },
                        { "name": "limit", "in": "query", "schema": { "type": "integer" } }
                    ]
                },
                "post": { "summary": "Plant" }
            }
        },
        "components": { "schemas": { "Tree": {
            "type": "object",
            "properties": { "height": { "type": "integer" }, "age": { "type": "integer" } }
        } } }
    })
}

fn applied(actions: &str) -> Value {
    overlay::apply(&document(), &[parsed("01-x.yaml", actions)])
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn refused(actions: &str) -> String {
    overlay::apply(&document(), &[parsed("01-x.yaml", actions)])
        .expect_err("the overlay is refused")
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_update_is_merged_into_an_object() {
    let changed = applied(
        "  - target: $.paths['/trees'].get\n    update:\n      summary: All\n      tags: [more]\n      x-deep: { a: 1 }\n",
    );
    let operation = &changed["paths"]["/trees"]["get"];
    assert_eq!(operation["summary"], "All");
    assert_eq!(
        operation["tags"],
        json!(["wood", "dummy", "leaf", "dummy", "more"])
    );
    assert_eq!(operation["x-deep"], json!({ "a": 1 }));
    assert_eq!(operation["x-overlay"], json!(["01-x.yaml"]));
}

#[test]
fn an_update_is_appended_to_a_list() {
    let changed = applied("  - target: $.paths['/trees'].get.tags\n    update: new\n");
    assert_eq!(changed["paths"]["/trees"]["get"]["tags"][4], "new");
    let changed = applied("  - target: $.paths['/trees'].get.tags\n    update: [new, newer]\n");
    assert_eq!(changed["paths"]["/trees"]["get"]["tags"][5], "newer");
    let changed = applied(
        "  - target: $.paths['/trees'].get.parameters\n    update: { name: q, in: query }\n",
    );
    assert_eq!(
        changed["paths"]["/trees"]["get"]["parameters"][2]["name"],
        "q"
    );
}

#[test]
fn an_update_takes_the_place_of_a_scalar() {
    let changed = applied("  - target: $.info.title\n    update: Bushes\n");
    assert_eq!(changed["info"]["title"], "Bushes");
    assert_eq!(changed["info"]["x-overlay"], json!(["01-x.yaml"]));
}

#[test]
fn removed_items_leave_the_others_in_their_places() {
    let changed =
        applied("  - target: $.paths['/trees'].get.tags[?@ == 'dummy']\n    remove: true\n");
    assert_eq!(
        changed["paths"]["/trees"]["get"]["tags"],
        json!(["wood", "leaf"])
    );
    let changed = applied(
        "  - target: $.paths['/trees'].get.parameters[?@.name == 'a~b/c']\n    remove: true\n",
    );
    assert_eq!(
        changed["paths"]["/trees"]["get"]["parameters"][0]["name"],
        "limit"
    );
}

#[test]
fn a_copy_is_an_update_with_what_stands_elsewhere() {
    let changed = applied(
        "  - target: $.components.schemas.Tree.properties.age\n    copy: $.paths['/trees'].post\n",
    );
    let age = &changed["components"]["schemas"]["Tree"]["properties"]["age"];
    assert_eq!(age["summary"], "Plant");
    assert_eq!(age["type"], "integer");
}

#[test]
fn actions_and_files_are_applied_in_their_order() {
    let first = parsed(
        "01-a.yaml",
        "  - target: $.info.title\n    update: One\n  - target: $.info[?@ == 'One']\n    update: Two\n",
    );
    let second = parsed(
        "02-b.yaml",
        "  - target: $.info[?@ == 'Two']\n    update: Three\n",
    );
    let changed = overlay::apply(&document(), &[second, first]).expect("both apply");
    assert_eq!(changed["info"]["title"], "Three");
    assert_eq!(
        changed["info"]["x-overlay"],
        json!(["01-a.yaml", "02-b.yaml"])
    );
}

#[test]
fn the_mark_of_a_change_never_becomes_a_name() {
    let changed = applied(
        "  - target: $.components.schemas.Tree.properties\n    update:\n      girth: { type: number }\n\
         \x20 - target: $.components.schemas.Tree.properties.height\n    remove: true\n\
         \x20 - target: $.paths['/trees'].post\n    remove: true\n",
    );
    let tree = &changed["components"]["schemas"]["Tree"];
    assert_eq!(
        tree["properties"],
        json!({ "age": { "type": "integer" }, "girth": { "type": "number" } })
    );
    assert_eq!(tree["x-overlay"], json!(["01-x.yaml"]));
    assert_eq!(
        changed["paths"]["/trees"]["x-overlay"],
        json!(["01-x.yaml"])
    );
}

#[test]
fn a_refused_overlay_changes_nothing_and_says_why() {
    let mut report = String::new();
    for (what, actions) in [
        (
            "a target that selects nothing",
            "  - target: $.paths['/trees'].get.sumary\n    update: x\n",
        ),
        (
            "a misspelt name",
            "  - target: $.components.schemas.Tree.properties.heigth\n    update: { type: number }\n",
        ),
        (
            "a filter that nothing passes",
            "  - target: $.paths['/trees'].get.parameters[?@.name == 'offset'].schema\n    update: { type: string }\n",
        ),
        (
            "an action without effect",
            "  - target: $.info\n    update: { title: Trees }\n",
        ),
        (
            "an update that does not fit",
            "  - target: $.info\n    update: { title: { a: 1 } }\n",
        ),
        (
            "targets of different kinds",
            "  - target: $.paths['/trees'].get.*\n    update: x\n  - target: $.components.schemas.Tree.*\n    update: x\n",
        ),
        (
            "a copy of nothing",
            "  - target: $.info\n    copy: $.nothing\n",
        ),
        (
            "a copy of several",
            "  - target: $.info\n    copy: $.paths.*.*\n",
        ),
        (
            "the whole document removed",
            "  - target: $\n    remove: true\n",
        ),
    ] {
        writeln!(report, "{what}\n{}", refused(actions)).expect("a string takes it");
    }
    golden::check("overlay-refusals.txt", &report);
}

#[test]
fn a_file_that_is_no_overlay_is_refused_with_all_that_is_wrong() {
    let mut report = String::new();
    for (what, text) in [
        ("no YAML", "overlay: [1\n"),
        ("a key twice", "overlay: 1.1.0\noverlay: 1.1.0\n"),
        ("an empty file", ""),
        (
            "another version, no reason, no actions",
            "overlay: 1.0.0\ninfo:\n  title: T\n  version: 1.0.0\n",
        ),
        (
            "unknown keys",
            "overlay: 1.1.0\ninfo: { title: T, version: v, description: d, author: a, x-mine: 1 }\nactions:\n  - target: $\n    update: { a: 1 }\n    updates: 1\nextend: x\n",
        ),
        (
            "wrong actions",
            "overlay: 1.1.0\ninfo: { title: T, version: v, description: d }\nactions:\n  - target: paths\n    remove: true\n  - target: $.a\n    remove: false\n  - target: $.a\n    update: 1\n    remove: true\n  - 7\n",
        ),
        (
            "the same action twice",
            "overlay: 1.1.0\ninfo: { title: T, version: v, description: d }\nactions:\n  - target: $.a\n    remove: true\n  - target: $.a\n    remove: true\n",
        ),
    ] {
        writeln!(report, "{what}").expect("a string takes it");
        for problem in Overlay::parse("overlays/01-x.yaml", text).expect_err("refused") {
            writeln!(report, "  {problem}").expect("a string takes it");
        }
    }
    golden::check("overlay-file-refusals.txt", &report);
}
