//! Sources with decisions that no longer apply are looked at, and broken ones are refused.

use std::collections::BTreeMap;

use docspec::lint;
use docspec::sources::{self, Sources};

use crate::harbour::of;

const API: &str = "[api]\ntitle = \"Harbour\"\nversion = \"1\"\ncrate = \"harbour-client\"\ncrate-version = \"0.1.0\"\n\
    pages = [\"list.md\"]\n";
const PAGE: &str = "# List boats\n\n> Source: https://harbour.org/docs\n\n`GET /boats`\n\n## Response `200`\n\nThe boats.\n";

fn sources() -> Sources {
    Sources {
        api: API.to_owned(),
        pages: BTreeMap::from([("list.md".to_owned(), PAGE.to_owned())]),
        ..Sources::default()
    }
}

fn overlay(target: &str, update: &str) -> BTreeMap<String, String> {
    let text = format!(
        "overlay: 1.1.0\ninfo:\n  title: T\n  version: 1.0.0\n  description: R\nactions:\n  - target: {target}\n    update: {update}\n"
    );
    BTreeMap::from([("01-title.yaml".to_owned(), text)])
}

#[test]
fn a_split_that_no_page_needs_is_a_finding_and_refused_by_derive() {
    let mut sources = sources();
    sources.vocabulary =
        Some("[[split]]\ntext = \"ab\"\nvalues = [\"a\", \"b\"]\nreason = \"none\"\n".to_owned());
    let findings = lint::of_sources(&sources).unwrap();
    let found = of(&findings, "vocabulary-unused");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place().file, "vocabulary.toml");
    assert_eq!(found[0].place().line, Some(1));
    assert_eq!(
        sources::derive(&sources).unwrap_err()[0].rule,
        "vocabulary-unused"
    );
}

#[test]
fn an_action_without_effect_is_a_finding_and_refused_by_derive() {
    let mut sources = sources();
    sources.overlays = overlay("$.info", "{ title: Harbour }");
    let findings = lint::of_sources(&sources).unwrap();
    let found = of(&findings, "overlay-without-effect");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place().file, "overlays/01-title.yaml");
    assert_eq!(found[0].place().line, Some(7));
    assert_eq!(
        sources::derive(&sources).unwrap_err()[0].rule,
        "overlay-without-effect"
    );
}

#[test]
fn an_action_whose_target_is_gone_is_a_finding_and_refused_by_derive() {
    let mut sources = sources();
    sources.overlays = overlay("$.info.titel", "Pier");
    let findings = lint::of_sources(&sources).unwrap();
    assert_eq!(of(&findings, "overlay-target").len(), 1);
    assert_eq!(
        sources::derive(&sources).unwrap_err()[0].rule,
        "overlay-target"
    );
}

#[test]
fn an_overlay_that_applies_is_no_finding() {
    let mut sources = sources();
    sources.overlays = overlay("$.info", "{ title: Pier }");
    let findings = lint::of_sources(&sources).unwrap();
    for rule in [
        "overlay-target",
        "overlay-without-effect",
        "vocabulary-unused",
    ] {
        assert!(of(&findings, rule).is_empty(), "{findings:#?}");
    }
}

#[test]
fn broken_sources_are_refused_as_derive_refuses_them() {
    let mut broken = sources();
    broken
        .pages
        .insert("list.md".to_owned(), PAGE.replace("GET", "GOT"));
    let mut misfit = sources();
    misfit.overlays = overlay("$.info", "1");
    for sources in [broken, misfit] {
        assert_eq!(
            lint::of_sources(&sources).unwrap_err(),
            sources::derive(&sources).unwrap_err()
        );
    }
}
