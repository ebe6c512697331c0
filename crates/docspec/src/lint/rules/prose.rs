//! What descriptions say that the schema does not, and what they leave out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::lint::names::words;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Node, Side, Survey, escaped};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "prose-only-requirement",
        level: Level::Warning,
        summary: "a requirement that only a description states",
        why: "A description says must, required, mandatory or at least one, and the schema lets the value be left \
              out. The client cannot check what only prose says. Mark the field as required where it always is; a \
              rule between fields stays prose and is accepted.",
        check: prose_only_requirement,
    },
    Rule {
        name: "prose-only-range",
        level: Level::Note,
        summary: "a range that only a description states",
        why: "A description says from 1 to 5 or at most 100, and the schema has no bounds and lists no values, so \
              that the client lets anything pass.",
        check: prose_only_range,
    },
    Rule {
        name: "missing-description",
        level: Level::Warning,
        summary: "fields, parameters or answers without a description",
        why: "The description becomes the documentation of the generated client. A field whose name says it all \
              still has a meaning that somebody looks for.",
        check: missing_description,
    },
    Rule {
        name: "path-parameter-description",
        level: Level::Warning,
        summary: "a path parameter without a description",
        why: "A caller must know whose id goes into the path: that of the vendor, or that of another system.",
        check: path_parameter_description,
    },
    Rule {
        name: "copied-description",
        level: Level::Note,
        summary: "two fields of one object with the same description",
        why: "A line that was copied to describe the next field often keeps the words of the first. Two fields that \
              mean the same are one too many, or one of them has another meaning that the words do not tell.",
        check: copied_description,
    },
    Rule {
        name: "unfinished-text",
        level: Level::Warning,
        summary: "a text that somebody meant to finish: TODO, TBD, lorem ipsum",
        why: "The text becomes documentation as it is.",
        check: unfinished_text,
    },
];

/// Words that make a sentence a requirement.
const REQUIRING: [&str; 5] = ["must", "required", "mandatory", "compulsory", "needs"];

/// Words before those that take it back.
const DENYING: [&str; 8] = ["not", "no", "never", "isn", "aren", "non", "longer", "un"];

/// Whether a text states a requirement.
fn requires(text: &str) -> bool {
    let words = words(text);
    let is_denied = |at: usize| {
        words[at.saturating_sub(2)..at]
            .iter()
            .any(|word| DENYING.contains(&word.as_str()))
            || words.get(at + 1).is_some_and(|next| next == "not")
    };
    let states = (0..words.len()).any(|at| {
        let word = words[at].as_str();
        // `required by` and `required for` tell of somebody else.
        let is_foreign = word == "required"
            && words
                .get(at + 1)
                .is_some_and(|next| matches!(next.as_str(), "by" | "for"));
        REQUIRING.contains(&word) && !is_foreign && !is_denied(at)
    });
    states || has(&words, &["at", "least", "one"]) || has(&words, &["one", "of", "the", "two"])
}

fn has(words: &[String], phrase: &[&str]) -> bool {
    words
        .windows(phrase.len())
        .any(|window| window.iter().zip(phrase).all(|(word, other)| word == other))
}

fn prose_only_requirement(survey: &Survey<'_>, report: &mut Report) {
    let mut doubt = |node: &Node<'_>, what: String| {
        report.join(
            Doubt::new(
                node.place(),
                "a requirement that only the description states",
                "`required` where the value may never be left out",
                "mark it as required, or accept it when it holds only at times",
            )
            .of(what),
        );
    };
    let says = |node: &Node<'_>| node.text("description").is_some_and(requires);
    let sent: BTreeSet<(usize, bool)> = survey
        .operations
        .iter()
        .filter_map(|operation| operation.request)
        .flat_map(|request| survey.fields(request))
        .map(|field| (field.node, field.required))
        .collect();
    for (node, required) in sent {
        let node = &survey.nodes[node];
        if !required && says(node) && !is_required_by_some(node) {
            doubt(node, node.field().to_owned());
        }
    }
    for (_, node) in survey.of_part(Part::Parameter) {
        if node.side == Side::Parameter
            && !node.is("required")
            && !is_required_by_some(node)
            && says(node)
        {
            doubt(node, node.field().to_owned());
        }
    }
    for (_, node) in survey.of_part(Part::RequestBody) {
        if says(node) {
            doubt(node, "the body".to_owned());
        }
    }
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        if operation.request.is_some() && says(node) {
            doubt(node, operation.name());
        }
    }
}

fn is_required_by_some(node: &Node<'_>) -> bool {
    let integrations = node.value.get("x-integrations").and_then(Value::as_object);
    integrations
        .into_iter()
        .flat_map(Map::values)
        .any(|level| level == "required")
}

fn prose_only_range(survey: &Survey<'_>, report: &mut Report) {
    const SAYING: [&str; 11] = [
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "enum",
        "pattern",
        "format",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ];
    for (index, node) in survey.nodes.iter().enumerate() {
        let schema = match node.part {
            Part::Schema if survey.is_property(index) => Some(index),
            Part::Parameter => survey.below(index, "/schema"),
            _ => None,
        };
        let Some(schema) = schema.map(|schema| survey.core(schema)) else {
            continue;
        };
        let items = survey
            .below(schema, "/items")
            .map_or(schema, |items| survey.core(items));
        let is_bounded = [schema, items].iter().any(|schema| {
            SAYING
                .iter()
                .any(|key| survey.nodes[*schema].value.get(key).is_some())
        });
        if !is_bounded && node.text("description").is_some_and(states_range) {
            report.join(
                Doubt::new(
                    node.place(),
                    "a range that only the description states",
                    "bounds or a list of values in the schema",
                    "give the field its range or its values",
                )
                .of(node.field()),
            );
        }
    }
}

/// Whether a text states a range of numbers: `1-5`, `from 1 to 5`, `between 1 and 5`, `at most 100`.
fn states_range(text: &str) -> bool {
    let words = words(text);
    let number = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.len() <= 6 && word.chars().all(|digit| digit.is_ascii_digit()))
    };
    let is = |at: usize, word: &str| words.get(at).is_some_and(|other| other == word);
    let in_words = (0..words.len()).any(|at| {
        (is(at, "from") && number(at + 1) && is(at + 2, "to") && number(at + 3))
            || (is(at, "between") && number(at + 1) && is(at + 2, "and") && number(at + 3))
            || (is(at, "at") && (is(at + 1, "most") || is(at + 1, "least")) && number(at + 2))
            || ((is(at, "maximum") || is(at, "minimum") || is(at, "max") || is(at, "min"))
                && (number(at + 1) || is(at + 1, "of") && number(at + 2)))
    });
    in_words || text.split([' ', '(', ')', ',', '.', ';']).any(is_span)
}

/// Whether a word is two small numbers with a dash between them.
fn is_span(word: &str) -> bool {
    word.split_once(['-', '–']).is_some_and(|(low, high)| {
        let small = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() <= 3);
        small(low)
            .zip(small(high))
            .is_some_and(|(low, high)| low < high)
    })
}

fn is_described(node: &Node<'_>) -> bool {
    node.text("description")
        .is_some_and(|text| !text.trim().is_empty())
}

fn missing_description(survey: &Survey<'_>, report: &mut Report) {
    let mut doubt = |node: &Node<'_>, name: String| {
        let place = node.place();
        let found = format!("facts of {} without a description", place.file);
        let fix = "say in a few words what each means";
        report.join(Doubt::new(place, found, "a description for each", fix).of(name));
    };
    for (index, node) in survey.properties() {
        let core = &survey.nodes[survey.core(index)];
        if !is_described(node) && !is_described(core) {
            doubt(node, node.field().to_owned());
        }
    }
    for (_, node) in survey.of_part(Part::Parameter) {
        let is_path = node.text("in") == Some("path");
        if !is_path && !is_described(node) && node.value.get("$ref").is_none() {
            doubt(node, node.field().to_owned());
        }
    }
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        if !is_described(node) && node.text("summary").is_none() {
            doubt(node, operation.name());
        }
        for answer in &operation.answers {
            let node = &survey.nodes[answer.node];
            if !is_described(node) {
                doubt(node, format!("answer {}", answer.status));
            }
        }
    }
}

fn path_parameter_description(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.of_part(Part::Parameter) {
        if node.text("in") == Some("path") && !is_described(node) {
            report.join(
                Doubt::new(
                    node.place(),
                    "path parameters without a description",
                    "whose id it is",
                    "say in a few words what goes into the path",
                )
                .of(node.field()),
            );
        }
    }
}

fn copied_description(survey: &Survey<'_>, report: &mut Report) {
    for (index, node) in survey.of_part(Part::Schema) {
        let properties = node.value.get("properties").and_then(Value::as_object);
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, property) in properties.into_iter().flatten() {
            let text = property.get("description").and_then(Value::as_str);
            let words = words(text.unwrap_or_default());
            // A word or two say the same of many fields, rightly.
            if words.len() < 3 {
                continue;
            }
            if let Some(first) = seen.get(&words.join(" ")) {
                let pointer = format!("/properties/{}", escaped(name));
                let Some(field) = survey.below(index, &pointer) else {
                    continue;
                };
                report.join(
                    Doubt::new(
                        survey.nodes[field].place(),
                        format!("described in the words of `{first}`"),
                        "words of its own for each field",
                        "say what tells the two apart",
                    )
                    .of(name.as_str()),
                );
            } else {
                seen.insert(words.join(" "), name);
            }
        }
    }
}

fn unfinished_text(survey: &Survey<'_>, report: &mut Report) {
    for node in &survey.nodes {
        for key in ["description", "summary", "title"] {
            let Some(text) = node.text(key) else { continue };
            let marked = ["TODO", "FIXME", "TBD", "XXX"].iter().any(|mark| {
                text.split(|character: char| !character.is_alphanumeric())
                    .any(|word| word == *mark)
            });
            if marked || text.to_ascii_lowercase().contains("lorem ipsum") {
                report.add(Doubt::new(
                    node.place(),
                    format!("a {key} that is not finished"),
                    "a text that can be published",
                    "finish the text or remove it",
                ));
            }
        }
    }
}
