//! What `specdiff` says of each kind of change is what the judges of the generated crates say.

#![expect(
    clippy::panic,
    reason = "a pair that cannot be read or generated fails the test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
    thread,
};

use semver_promises::{Pair, Surface, Verdicts, base, client, digest, pairs};
use serde_json::Value;
use specdiff::{RustLevel, compare};

static PAIRS: LazyLock<Vec<Pair>> =
    LazyLock::new(|| pairs().unwrap_or_else(|error| panic!("{error}")));

static RECORDED: LazyLock<Verdicts> = LazyLock::new(|| {
    Verdicts::parse(include_str!("../pairs/verdicts.toml"))
        .unwrap_or_else(|error| panic!("{error}"))
});

fn advised(pair: &Pair) -> RustLevel {
    compare(&pair.old, &pair.new)
        .rust_level()
        .unwrap_or(RustLevel::Patch)
}

fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_level_of_each_pair_is_that_of_the_higher_verdict_or_the_exception_says_why() {
    let mut wrong = Vec::new();
    for pair in PAIRS.iter() {
        let Some(verdict) = RECORDED.of.get(&pair.name()) else {
            wrong.push(format!("{}: it was never judged", pair.name()));
            continue;
        };
        let (advised, judged) = (advised(pair), verdict.level());
        if advised != judged && pair.exception.is_none() {
            wrong.push(format!(
                "{}: advised {advised}, judged {judged}",
                pair.name()
            ));
        }
    }
    none(&wrong);
}

#[test]
fn no_exception_is_made_where_advice_and_verdict_agree() {
    let needless: Vec<String> = PAIRS
        .iter()
        .filter(|pair| pair.exception.is_some())
        .filter(|pair| {
            RECORDED
                .of
                .get(&pair.name())
                .is_some_and(|verdict| verdict.level() == advised(pair))
        })
        .map(Pair::name)
        .collect();
    none(&needless);
}

#[test]
fn each_exception_gives_a_reason() {
    let mute: Vec<String> = PAIRS
        .iter()
        .filter(|pair| {
            pair.exception
                .as_ref()
                .is_some_and(|reason| reason.split_whitespace().count() < 5)
        })
        .map(Pair::name)
        .collect();
    none(&mute);
}

#[test]
fn each_pair_is_one_change_of_the_kind_that_it_is_named_after() {
    let wrong: Vec<String> = PAIRS
        .iter()
        .filter_map(|pair| {
            let found: Vec<String> = compare(&pair.old, &pair.new)
                .changes
                .iter()
                .map(|change| change.rule.id())
                .collect();
            (found != [pair.kind.clone()]).then(|| format!("{}: found {found:?}", pair.name()))
        })
        .collect();
    none(&wrong);
}

#[test]
fn a_kind_has_a_second_pair_only_in_a_case_of_its_own() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut twice: Vec<String> = Vec::new();
    for pair in PAIRS.iter() {
        if !seen.insert(pair.name()) {
            twice.push(pair.name());
        }
    }
    none(&twice);
    let mut cases: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in PAIRS.iter() {
        cases.entry(&pair.kind).or_default().push(pair);
    }
    let unexplained: Vec<String> = cases
        .values()
        .filter(|pairs| pairs.len() > 1)
        // One of them may be the ordinary case.
        .filter(|pairs| pairs.iter().filter(|pair| pair.case.is_none()).count() > 1)
        .map(|pairs| pairs[0].kind.clone())
        .collect();
    none(&unexplained);
}

#[test]
fn at_least_sixty_kinds_of_change_are_judged_of_every_level() {
    let kinds: BTreeSet<&str> = PAIRS.iter().map(|pair| pair.kind.as_str()).collect();
    assert!(kinds.len() >= 60, "only {} kinds", kinds.len());
    for level in RustLevel::ALL {
        let count = RECORDED
            .of
            .values()
            .filter(|verdict| verdict.level() == level)
            .count();
        assert!(count >= 20, "only {count} verdicts are {level}");
    }
}

#[test]
fn each_verdict_is_about_what_is_generated_now() {
    let surface = |document: &Value| {
        let files = client(document, None).unwrap_or_else(|error| panic!("{error}"));
        Surface::of(&files).unwrap_or_else(|error| panic!("{error}"))
    };
    let base = surface(&base().unwrap());
    let judge = |pairs: &[&Pair]| -> Vec<String> {
        let pair = pairs[0];
        let edited = surface(if pair.is_back { &pair.old } else { &pair.new });
        pairs
            .iter()
            .filter_map(|pair| {
                let (old, new) = if pair.is_back {
                    (&edited, &base)
                } else {
                    (&base, &edited)
                };
                let verdict = RECORDED.of.get(&pair.name())?;
                let now = (digest(old, new), new.level_since(old));
                (now != (verdict.digest.clone(), verdict.surface)).then(|| {
                    format!(
                        "{}: the generated crates have changed; judge it again: cargo run --release -p \
                         semver-promises -- judge",
                        pair.name()
                    )
                })
            })
            .collect()
    };
    let mut edits: BTreeMap<usize, Vec<&Pair>> = BTreeMap::new();
    for pair in PAIRS.iter() {
        edits.entry(pair.edit).or_default().push(pair);
    }
    let edits: Vec<Vec<&Pair>> = edits.into_values().collect();
    let (first, second) = edits.split_at(edits.len() / 2);
    let wrong = thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().flat_map(|pairs| judge(pairs)).collect());
        let mut wrong: Vec<String> = first.iter().flat_map(|pairs| judge(pairs)).collect();
        let others: Vec<String> = other.join().unwrap();
        wrong.extend(others);
        wrong
    });
    none(&wrong);
}

#[test]
fn each_verdict_belongs_to_a_pair() {
    let names: BTreeSet<String> = PAIRS.iter().map(Pair::name).collect();
    let left: Vec<String> = RECORDED
        .of
        .keys()
        .filter(|name| !names.contains(*name))
        .cloned()
        .collect();
    none(&left);
}

#[test]
fn the_workflow_and_the_instructions_name_the_version_of_the_recorded_verdicts() {
    let version = &RECORDED.version;
    let workflow = include_str!("../../../.github/workflows/semver-judge.yml");
    assert!(workflow.contains(&format!("cargo-semver-checks@{version}\n")));
    let instructions = include_str!("../../../CONTRIBUTING.md");
    assert!(instructions.contains(&format!(
        "cargo install cargo-semver-checks --version {version} --locked\n"
    )));
}
