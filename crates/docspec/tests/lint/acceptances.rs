//! What is accepted is not shown, what is accepted in vain is told, and a wrong `lint.toml` is refused.

use docspec::lint::Finding;
use docspec::lint::acceptance::Acceptances;
use serde_json::json;

use crate::harbour::{clean, in_document, of, put};

fn accepted(rule: &str, place: &str) -> Acceptances {
    let file =
        format!("[[accept]]\nrule = \"{rule}\"\nplace = \"{place}\"\nreason = \"it is so\"\n");
    Acceptances::parse(&file).unwrap()
}

/// The findings of a document with two untyped fields of one object.
fn findings() -> Vec<Finding> {
    let mut document = clean();
    for name in ["flag", "pennant"] {
        let field =
            json!({ "description": "Any.", "x-source": { "page": "pages/boats.md", "line": 99 } });
        put(
            &mut document,
            &format!("/components/schemas/Boat/properties/{name}"),
            field,
        );
    }
    in_document(&document)
}

fn open(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .filter(|finding| finding.accepted.is_none())
        .flat_map(|finding| finding.subjects())
        .collect()
}

#[test]
fn a_place_is_a_pointer_or_a_field_of_a_page_and_a_star_may_end_it() {
    assert_eq!(
        open(&findings()),
        ["Boat.flag", "Boat.pennant"].map(|name| &name[5..])
    );
    for (place, left) in [
        ("/components/schemas/Boat/properties/flag", vec!["pennant"]),
        ("pages/boats.md#Boat.flag", vec!["pennant"]),
        ("/components/schemas/Boat/*", vec![]),
        ("pages/boats.md#*", vec![]),
        ("*", vec![]),
    ] {
        let judged = accepted("untyped-field", place).apply(findings());
        assert_eq!(open(&judged), left, "{place}");
        let reasons = judged
            .iter()
            .filter_map(|finding| finding.accepted.as_deref());
        assert_eq!(reasons.collect::<Vec<_>>(), ["it is so"], "{place}");
    }
}

#[test]
fn an_acceptance_that_matches_nothing_is_a_finding_on_its_line() {
    for (rule, place) in [
        ("untyped-field", "/components/schemas/Boat/properties/fla"),
        ("untyped-field", "pages/boats.md#flag"),
        (
            "hidden-children",
            "/components/schemas/Boat/properties/flag",
        ),
    ] {
        let judged = accepted(rule, place).apply(findings());
        let unused = of(&judged, "unused-acceptance");
        assert_eq!(unused.len(), 1, "{place}");
        assert_eq!(unused[0].place().file, "lint.toml");
        assert_eq!(unused[0].place().line, Some(1));
        assert_eq!(of(&judged, "untyped-field").len(), 1);
        assert!(of(&judged, "untyped-field")[0].accepted.is_none());
    }
}

#[test]
fn no_acceptance_changes_nothing() {
    assert_eq!(
        Acceptances::parse("").unwrap().apply(findings()),
        findings()
    );
}

#[test]
fn a_wrong_file_is_refused_with_the_line_of_every_slip() {
    let entry = |rule: &str, place: &str, reason: &str| {
        format!("[[accept]]\nrule = \"{rule}\"\nplace = \"{place}\"\nreason = \"{reason}\"\n\n")
    };
    let file = [
        entry("untyped-feild", "*", "so"),
        entry("untyped-field", " ", "so"),
        entry("untyped-field", "/a", ""),
        entry("untyped-field", "/b", "so"),
        entry("untyped-field", "/b", "again"),
    ]
    .concat();
    let wrong = Acceptances::parse(&file).unwrap_err();
    let told: Vec<(&str, Option<usize>)> = wrong
        .iter()
        .map(|diagnostic| (diagnostic.rule, diagnostic.span.map(|span| span.line)))
        .collect();
    assert_eq!(
        told,
        [
            ("acceptance-rule", Some(1)),
            ("acceptance-empty", Some(6)),
            ("acceptance-empty", Some(11)),
            ("acceptance-twice", Some(21)),
        ]
    );
    assert!(
        wrong[0].expected.contains("`untyped-field`"),
        "{}",
        wrong[0]
    );
    for file in [
        "[[accept]]\nrule = \"assumed\"\nplace = \"*\"\n",
        "[[accept]]\nrule = \"assumed\"\nplace = \"*\"\nreason = \"so\"\nlevel = \"note\"\n",
        "[[except]]\n",
        "accept = 1\n",
        "[[accept",
    ] {
        let wrong = Acceptances::parse(file).unwrap_err();
        assert_eq!(wrong[0].rule, "acceptance-syntax", "{file}");
        assert!(wrong[0].span.is_some(), "{file}");
    }
}
