//! Names that are likely slips.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::lint::finding::Place;
use crate::lint::names::{Nearness, nearness, styles};
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::Survey;
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "near-twin",
        level: Level::Error,
        summary: "two names of one object, operation or document, one likely a slip for the other",
        why: "Names that differ in one letter, or only in capitals and in what joins their words, are rarely meant as \
              two. If the API has both, mark the misspelt one with an overlay (`x-misspelling-of`), so that callers \
              are told which one they want; if the page or the source is wrong, correct the source. Numbers at the \
              end, singular and plural, and words such as county and country are not taken for twins.",
        check: near_twin,
    },
    Rule {
        name: "declared-misspelling",
        level: Level::Note,
        summary: "a name that an overlay declares to be misspelt",
        why: "An overlay says that the name is a slip for another (`x-misspelling-of`). The field stays, deprecated, \
              for as long as the vendor's pages list it. When they no longer do, remove the overlay.",
        check: declared_misspelling,
    },
    Rule {
        name: "mixed-naming",
        level: Level::Note,
        summary: "an object that names most fields in one style and few in another",
        why: "An object whose names are in snake_case but for one in camelCase often has a name from another page or \
              another layer. Look at the page again; if the API is like that, nothing is to be done.",
        check: mixed_naming,
    },
];

fn near_twin(survey: &Survey<'_>, report: &mut Report) {
    for (what, neighbours) in neighbourhoods(survey) {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (one, other, how) in twins(&neighbours) {
            // A slip of `names` is near to `name`, too: once is enough.
            if told.contains(one.0) || told.contains(other.0) {
                continue;
            }
            told.extend([one.0, other.0]);
            let (first, second) = ((&one.1.file, one.1.line), (&other.1.file, other.1.line));
            let at = if second >= first { &other.1 } else { &one.1 };
            report.add(Doubt::new(
                at.clone(),
                format!("`{}` and `{}` are the same but for {how}", one.0, other.0),
                format!("one name for one {what}"),
                "correct the name in the source, or mark it with `x-misspelling-of` in an overlay",
            ));
        }
    }
}

/// A name with its place and what it is declared to be a misspelling of.
type Neighbour<'a> = (&'a str, Place, Option<&'a str>);

/// The pairs of which one is likely a slip for the other, those of the same length first.
fn twins<'n, 'a>(
    neighbours: &'n [Neighbour<'a>],
) -> Vec<(&'n Neighbour<'a>, &'n Neighbour<'a>, &'static str)> {
    let mut twins = Vec::new();
    for (index, one) in neighbours.iter().enumerate() {
        for other in &neighbours[index + 1..] {
            let how = match nearness(one.0, other.0) {
                Some(Nearness::Style) => "capitals and joints",
                Some(Nearness::Letter) => "one letter",
                None => continue,
            };
            if one.2.is_none() && other.2.is_none() {
                twins.push((one, other, how));
            }
        }
    }
    twins.sort_by_key(|(one, other, _)| one.0.len().abs_diff(other.0.len()));
    twins
}

/// What stands beside each other, and what it is called.
fn neighbourhoods<'s>(survey: &'s Survey<'_>) -> Vec<(&'static str, Vec<Neighbour<'s>>)> {
    let mut all = Vec::new();
    for (index, node) in survey.of_part(Part::Schema) {
        let properties = node.value.get("properties").and_then(Value::as_object);
        let names = properties.into_iter().flat_map(Map::keys);
        all.push(("field", named(survey, index, "/properties", names)));
    }
    for operation in &survey.operations {
        let parameters = operation.parameters.iter().filter_map(|parameter| {
            let node = &survey.nodes[*parameter];
            Some((node.text("name")?, node.place(), None))
        });
        all.push(("parameter", parameters.collect()));
    }
    all.push(("thing in paths", segments(survey)));
    if let Some(components) = survey.at("/components/schemas") {
        let names = survey.nodes[components].value.as_object();
        let names = names.into_iter().flat_map(Map::keys);
        all.push(("component", named(survey, components, "", names)));
    }
    all
}

/// The fixed segments of all paths, each where it stands first.
fn segments<'s>(survey: &'s Survey<'_>) -> Vec<Neighbour<'s>> {
    let mut segments: Vec<Neighbour<'_>> = Vec::new();
    for operation in &survey.operations {
        for segment in operation.path.split('/') {
            let is_fixed = !segment.is_empty() && !segment.contains('{');
            if is_fixed && segments.iter().all(|(other, ..)| *other != segment) {
                segments.push((segment, survey.nodes[operation.node].place(), None));
            }
        }
    }
    segments
}

fn named<'s>(
    survey: &'s Survey<'_>,
    owner: usize,
    below: &str,
    names: impl Iterator<Item = &'s String>,
) -> Vec<Neighbour<'s>> {
    names
        .filter_map(|name| {
            let key = name.replace('~', "~0").replace('/', "~1");
            let node = &survey.nodes[survey.below(owner, &format!("{below}/{key}"))?];
            Some((name.as_str(), node.place(), node.text("x-misspelling-of")))
        })
        .collect()
}

fn declared_misspelling(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.properties() {
        let Some(right) = node.text("x-misspelling-of") else {
            continue;
        };
        report.join(Doubt::new(
            node.place(),
            format!(
                "an overlay declares `{}` to be a misspelling of `{right}`",
                node.key
            ),
            "a page that still lists it",
            "remove the overlay when no page lists the name any more",
        ));
    }
}

fn mixed_naming(survey: &Survey<'_>, report: &mut Report) {
    for (index, node) in survey.of_part(Part::Schema) {
        let Some(properties) = node.value.get("properties").and_then(Value::as_object) else {
            continue;
        };
        let styles = styles(properties.keys().map(String::as_str));
        let [(most, many), rest @ ..] = styles.as_slice() else {
            continue;
        };
        let odd: BTreeSet<&str> = rest
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        if odd.is_empty() || many.len() < odd.len() * 3 {
            continue;
        }
        for (name, place, _) in named(survey, index, "/properties", properties.keys()) {
            if odd.contains(name) {
                report.join(
                    Doubt::new(
                        place,
                        format!("a name in another style than the {} beside it", many.len()),
                        format!("{}, as most names of the object", most.name()),
                        "look at the page again; accept it when the API is like that",
                    )
                    .of(name),
                );
            }
        }
    }
}
