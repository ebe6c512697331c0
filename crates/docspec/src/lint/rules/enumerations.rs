//! The values of enums.

use serde_json::Value;

use crate::lint::finding::Place;
use crate::lint::printed;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Node, Survey};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "enum-repeats",
        level: Level::Note,
        summary: "a value that a list of values prints more than once",
        why: "A list that repeats its values is often the lists of several integrations, one behind the other, so that \
              not every value holds for everyone. The document keeps each value once.",
        check: enum_repeats,
    },
    Rule {
        name: "enum-split",
        level: Level::Note,
        summary: "values that a page prints without separators, split by a reviewed entry",
        why: "Nothing on the page says where one value ends. An entry of vocabulary.toml decides, with its reason; \
              when another page prints the values apart, compare.",
        check: enum_split,
    },
    Rule {
        name: "enum-twins",
        level: Level::Warning,
        summary: "two values of an enum that differ only in capitals, spaces or joints",
        why: "One of the two is likely a slip, and a caller who compares texts misses half of the records. If the API \
              gives both, accept it.",
        check: enum_twins,
    },
    Rule {
        name: "enum-type",
        level: Level::Error,
        summary: "a value of an enum that is not of the enum's type",
        why: "No value can be of the type and in the list at once, so the value can never be sent.",
        check: enum_type,
    },
];

/// The enums, where they are declared.
fn enums<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = (&'s Node<'a>, &'a Vec<Value>)> {
    survey
        .of_part(Part::Schema)
        .filter_map(|(_, node)| Some((node, node.value.get("enum")?.as_array()?)))
}

/// The place of an enum, on the line on which its values are printed.
fn at_line(node: &Node<'_>, line: usize) -> Place {
    Place {
        line: Some(line),
        ..node.place()
    }
}

fn subject(node: &Node<'_>) -> String {
    if node.field().is_empty() {
        "the body".to_owned()
    } else {
        node.field().to_owned()
    }
}

fn enum_repeats(survey: &Survey<'_>, report: &mut Report) {
    for (node, values) in enums(survey) {
        let mut repeated = repeats(values.iter().map(printed::as_text));
        let mut place = node.place();
        for list in printed::lists(survey, node, values) {
            let more = repeats(list.values.into_iter());
            if !more.is_empty() && repeated.is_empty() {
                place = at_line(node, list.line);
                repeated = more;
            }
        }
        if !repeated.is_empty() {
            report.join(
                Doubt::new(
                    place,
                    format!(
                        "a list that repeats {}",
                        crate::lint::notation::listed(&repeated)
                    ),
                    "each value once",
                    "find out whose lists they are; nothing else is to be done",
                )
                .of(subject(node)),
            );
        }
    }
}

/// The values that stand more than once, each once.
fn repeats(values: impl Iterator<Item = String>) -> Vec<String> {
    let (mut seen, mut repeated) = (Vec::new(), Vec::new());
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        } else if !repeated.contains(&value) {
            repeated.push(value);
        }
    }
    repeated
}

fn enum_split(survey: &Survey<'_>, report: &mut Report) {
    for (node, values) in enums(survey) {
        for list in printed::lists(survey, node, values) {
            if list.is_split {
                report.join(
                    Doubt::new(
                        at_line(node, list.line),
                        "values without separators, split by the vocabulary",
                        "values that the page prints apart",
                        "compare the split with other pages of the vendor",
                    )
                    .of(subject(node)),
                );
            }
        }
    }
}

fn enum_twins(survey: &Survey<'_>, report: &mut Report) {
    for (node, values) in enums(survey) {
        let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        for (index, one) in texts.iter().enumerate() {
            for other in &texts[index + 1..] {
                if one != other && folded(one) == folded(other) {
                    report.join(
                        Doubt::new(
                            node.place(),
                            format!("the values `{one}` and `{other}` differ only in how they are written"),
                            "one value for one thing",
                            "correct the list; accept it when the API gives both",
                        )
                        .of(subject(node)),
                    );
                }
            }
        }
    }
}

/// A text without capitals, spaces and joints.
fn folded(text: &str) -> String {
    let folded: String = text
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if folded.is_empty() {
        text.to_owned()
    } else {
        folded
    }
}

fn enum_type(survey: &Survey<'_>, report: &mut Report) {
    for (node, values) in enums(survey) {
        let Some(kind) = node.text("type") else {
            continue;
        };
        let wrong = values
            .iter()
            .filter(|value| !(value.is_null() && node.is("nullable") || is_of(value, kind)));
        let count = wrong.count();
        if count > 0 {
            report.join(
                Doubt::new(
                    node.place(),
                    format!(
                        "{} not of the type {kind}",
                        crate::lint::notation::counted(count, "value")
                    ),
                    format!("values of the type {kind}"),
                    "correct the type or the values",
                )
                .of(subject(node)),
            );
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
