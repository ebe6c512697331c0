//! Types that say too little, or another thing than the name.

use serde_json::Value;

use crate::lint::names::words;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Kind, Node, Survey};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "untyped-field",
        level: Level::Warning,
        summary: "a field or parameter without a type",
        why: "The page gives no type, so the client takes and gives any JSON. Another page of the vendor, or an \
              answer of the API, often tells the type; a source line then says where from.",
        check: untyped_field,
    },
    Rule {
        name: "hidden-children",
        level: Level::Warning,
        summary: "a field whose children the page hides",
        why: "The page folds the list of children, so they are unknown and any JSON is taken. Capture the page with \
              the lists opened.",
        check: hidden_children,
    },
    Rule {
        name: "empty-object",
        level: Level::Note,
        summary: "an object of which no field is known",
        why: "The page says object and nothing else. It may be a map, or the fields stand on another page.",
        check: empty_object,
    },
    Rule {
        name: "unknown-format",
        level: Level::Warning,
        summary: "a format that neither OpenAPI nor its registry knows",
        why: "An unknown format is ignored by tools, so a value that is wrong passes. It is often a slip \
              (`datetime` for `date-time`).",
        check: unknown_format,
    },
    Rule {
        name: "date-without-format",
        level: Level::Warning,
        summary: "a string named like a moment (`…_at`) without a date format",
        why: "Callers must guess how the moment is written. Where the page or an answer shows it, give the field the \
              format `date-time` or `date`.",
        check: date_without_format,
    },
    Rule {
        name: "id-not-string",
        level: Level::Warning,
        summary: "an id that is a number",
        why: "Numbers above 2^53 are damaged by many JSON readers, and an id is not counted with. If the API really \
              sends numbers, accept the finding.",
        check: id_not_string,
    },
    Rule {
        name: "flag-not-boolean",
        level: Level::Warning,
        summary: "a field named like a yes or no (`is_…`, `has_…`) of another type",
        why: "The name promises true or false; a string may be \"true\", \"yes\" or \"1\", and callers must guess.",
        check: flag_not_boolean,
    },
];

/// Whether a node is where a value has its type: a property, or the schema of a parameter.
fn values<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = (usize, &'s Node<'a>, String)> {
    survey.of_part(Part::Schema).filter_map(|(index, node)| {
        if survey.is_property(index) {
            return Some((index, node, node.key.to_string()));
        }
        let parameter = &survey.nodes[node.parent?];
        let is_schema = parameter.part == Part::Parameter && node.key == "schema";
        let name = parameter.text("name").unwrap_or(&parameter.key);
        is_schema.then(|| (index, node, name.to_owned()))
    })
}

fn untyped_field(survey: &Survey<'_>, report: &mut Report) {
    for (index, node, name) in values(survey) {
        let core = &survey.nodes[survey.core(index)];
        let says_nothing = ["type", "properties", "enum", "$ref", "x-hidden", "not"]
            .iter()
            .chain(&["oneOf", "anyOf", "allOf"])
            .all(|key| core.value.get(key).is_none());
        if says_nothing {
            report.join(
                Doubt::new(
                    node.place(),
                    "no type is given",
                    "a type for each field",
                    "take the type from another page or an answer of the API, or accept it",
                )
                .of(name),
            );
        } else if lists_anything(survey, index) {
            report.join(
                Doubt::new(
                    node.place(),
                    "no type is given for what a list holds",
                    "a type for the items of each list",
                    "take the type from another page or an answer of the API, or accept it",
                )
                .of(name),
            );
        }
    }
}

/// Whether a value is a list of which the items have no type and are not hidden either.
fn lists_anything(survey: &Survey<'_>, index: usize) -> bool {
    let core = survey.core(index);
    let hides = survey.below(core, "/items").is_some_and(|items| {
        let items = &survey.nodes[survey.core(items)];
        items.is("x-hidden") || items.value.get("enum").is_some()
    });
    survey.kind(index) == Kind::Array(Box::new(Kind::Any)) && !hides
}

fn hidden_children(survey: &Survey<'_>, report: &mut Report) {
    for (index, node) in survey.of_part(Part::Schema) {
        if !node.is("x-hidden") {
            continue;
        }
        // The mark stands on what a list or map holds; the field around it is what the page shows.
        let mut owner = index;
        while !survey.is_property(owner)
            && matches!(
                survey.nodes[owner].key.as_ref(),
                "items" | "additionalProperties"
            )
            && let Some(parent) = survey.nodes[owner].parent
        {
            owner = parent;
        }
        let owner = &survey.nodes[owner];
        let name = if owner.field().is_empty() {
            "the body"
        } else {
            owner.field()
        };
        report.join(
            Doubt::new(
                node.place(),
                format!("children that {} hides", page_of(node)),
                "the fields of each object",
                "capture the page again with its lists of children opened",
            )
            .of(name),
        );
    }
}

fn page_of(node: &Node<'_>) -> String {
    node.place().file
}

fn empty_object(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.of_part(Part::Schema) {
        let is_object = node.text("type") == Some("object");
        let says_more = [
            "properties",
            "additionalProperties",
            "allOf",
            "oneOf",
            "anyOf",
            "x-hidden",
        ]
        .iter()
        .any(|key| node.value.get(key).is_some());
        if is_object && !says_more {
            let name = if node.field().is_empty() {
                "a body"
            } else {
                node.field()
            };
            report.join(
                Doubt::new(
                    node.place(),
                    "an object without a field",
                    "the object's fields, or a map",
                    "look for the fields on another page, or write `map<any>`",
                )
                .of(name),
            );
        }
    }
}

/// The formats of the OpenAPI specification, its format registry and JSON Schema.
const FORMATS: [&str; 43] = [
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "duration",
    "email",
    "float",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-boolean",
    "sf-integer",
    "sf-string",
    "time",
    "time-local",
    "uint32",
    "uint64",
    "uri",
    "uri-reference",
    "uuid",
];

fn unknown_format(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.of_part(Part::Schema) {
        let Some(format) = node
            .text("format")
            .filter(|format| !FORMATS.contains(format))
        else {
            continue;
        };
        let near = FORMATS
            .iter()
            .min_by_key(|known| strsim::osa_distance(known, format))
            .filter(|known| strsim::osa_distance(known, format) <= 2);
        let fix = near.map_or_else(
            || {
                "correct the format, or remove it and say in the description what it means"
                    .to_owned()
            },
            |near| format!("write `{near}` if that is meant, or remove the format"),
        );
        report.join(
            Doubt::new(
                node.place(),
                format!("the unknown format `{format}`"),
                "a format of the OpenAPI registry",
                fix,
            )
            .of(node.field()),
        );
    }
}

fn date_without_format(survey: &Survey<'_>, report: &mut Report) {
    for (index, node, name) in values(survey) {
        let core = &survey.nodes[survey.core(index)];
        let words = words(&name);
        let is_moment = words.len() > 1 && words.last().is_some_and(|last| last == "at");
        let has_form = ["format", "pattern", "enum"]
            .iter()
            .any(|key| core.value.get(key).is_some());
        if is_moment && core.text("type") == Some("string") && !has_form {
            report.join(
                Doubt::new(
                    node.place(),
                    "a moment without a format",
                    "`date-time` or `date`",
                    "give the format where a page or an answer shows it, or accept it",
                )
                .of(name),
            );
        }
    }
}

fn id_not_string(survey: &Survey<'_>, report: &mut Report) {
    for (index, node, name) in values(survey) {
        let is_id = words(&name).last().is_some_and(|last| last == "id");
        let kind = survey.kind(index);
        if is_id
            && let Kind::Scalar(kind) = kind
            && matches!(kind.as_str(), "integer" | "number")
        {
            report.join(
                Doubt::new(
                    node.place(),
                    format!("an id that is of type {kind}"),
                    "a string",
                    "check the type against an answer of the API; accept it when it is a number",
                )
                .of(name),
            );
        }
    }
}

fn flag_not_boolean(survey: &Survey<'_>, report: &mut Report) {
    for (index, node, name) in values(survey) {
        let words = words(&name);
        let is_flag = words.len() > 1 && matches!(words[0].as_str(), "is" | "has");
        let kind = survey.kind(index);
        let is_boolean = matches!(&kind, Kind::Scalar(name) if name == "boolean");
        if is_flag && !is_boolean && kind != Kind::Any && !is_enum(survey, index) {
            report.join(
                Doubt::new(
                    node.place(),
                    format!("a yes or no that is {kind}"),
                    "a boolean",
                    "check the type against an answer of the API; accept it when the page is right",
                )
                .of(name),
            );
        }
    }
}

/// Whether the values are listed, so that nobody has to guess.
fn is_enum(survey: &Survey<'_>, index: usize) -> bool {
    let value = survey.nodes[survey.core(index)].value;
    value.get("enum").and_then(Value::as_array).is_some()
}
