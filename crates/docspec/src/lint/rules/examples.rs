//! Samples, examples and defaults against the schema that they are to show.

use serde_json::Value;

use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::sample_values;
use crate::lint::survey::{Node, Survey};
use crate::lint::validity::{Misfit, Schemas};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "sample-contradicts-schema",
        level: Level::Error,
        summary: "a sample call or body with a value that its schema does not allow",
        why: "Readers copy samples. A map that a sample sends as a string that holds JSON, for instance, is refused \
              by some servers and taken by others. One of the two is wrong: find out which, and correct it, or \
              accept the finding when the vendor's sample is the one that is wrong.",
        check: sample_contradicts_schema,
    },
    Rule {
        name: "example-contradicts-schema",
        level: Level::Error,
        summary: "an example that its field's schema does not allow",
        why: "The example shows what the type says to be wrong. Generated documentation and the sandbox show the \
              example, the client refuses it.",
        check: example_contradicts_schema,
    },
    Rule {
        name: "default-contradicts-schema",
        level: Level::Error,
        summary: "a default that its field's schema does not allow",
        why: "An absent value would stand for one that may not be sent.",
        check: default_contradicts_schema,
    },
];

const EXPECTED: &str = "a value that the schema allows";
const FIX: &str = "find out which of the two is right, and correct the other";

fn sample_contradicts_schema(survey: &Survey<'_>, report: &mut Report) {
    for contradiction in sample_values::contradictions(survey) {
        report.join(Doubt::new(
            contradiction.place,
            format!("`{}` is {}", contradiction.field, contradiction.what),
            EXPECTED,
            FIX,
        ));
    }
    let mut schemas = Schemas::of(survey.input.document);
    for (index, node) in survey.of_part(Part::MediaType) {
        let examples = node.value.get("examples").and_then(Value::as_object);
        let several = examples
            .into_iter()
            .flat_map(serde_json::Map::values)
            .filter_map(|example| example.get("value"));
        let Some(schema) = survey.below(index, "/schema") else {
            continue;
        };
        for example in node.value.get("example").into_iter().chain(several) {
            for misfit in schemas.misfits(survey.nodes[schema].value, example) {
                report.add(Doubt::new(
                    node.place(),
                    in_place("sample", &misfit),
                    EXPECTED,
                    FIX,
                ));
            }
        }
    }
}

fn in_place(what: &str, misfit: &Misfit) -> String {
    if misfit.pointer.is_empty() {
        format!("the {what} is {}", misfit.what)
    } else {
        format!("the {what} has at `{}` {}", misfit.pointer, misfit.what)
    }
}

fn example_contradicts_schema(survey: &Survey<'_>, report: &mut Report) {
    let mut schemas = Schemas::of(survey.input.document);
    for (index, node) in survey.of_part(Part::Schema) {
        if let Some(example) = node.value.get("example") {
            check(
                &mut schemas,
                node,
                survey.nodes[index].value,
                "example",
                example,
                report,
            );
        }
    }
    for (index, node) in survey.of_part(Part::Parameter) {
        let schema = survey.below(index, "/schema");
        if let (Some(example), Some(schema)) = (node.value.get("example"), schema)
            && !is_written_out(node, example)
        {
            check(
                &mut schemas,
                node,
                survey.nodes[schema].value,
                "example",
                example,
                report,
            );
        }
    }
}

/// Whether an example of a parameter shows how it is written into the query: `name[]=a&name[]=b`.
fn is_written_out(parameter: &Node<'_>, example: &Value) -> bool {
    let name = parameter
        .text("name")
        .unwrap_or_default()
        .trim_end_matches("[]");
    example
        .as_str()
        .and_then(|text| text.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with(['[', '=']))
}

fn default_contradicts_schema(survey: &Survey<'_>, report: &mut Report) {
    let mut schemas = Schemas::of(survey.input.document);
    for (_, node) in survey.of_part(Part::Schema) {
        if let Some(default) = node.value.get("default") {
            check(&mut schemas, node, node.value, "default", default, report);
        }
    }
}

fn check(
    schemas: &mut Schemas,
    node: &Node<'_>,
    schema: &Value,
    what: &str,
    value: &Value,
    report: &mut Report,
) {
    for misfit in schemas.misfits(schema, value) {
        let found = in_place(what, &misfit);
        let doubt = Doubt::new(node.place(), found, EXPECTED, FIX);
        report.join(if node.field().is_empty() {
            doubt
        } else {
            doubt.of(node.field())
        });
    }
}
