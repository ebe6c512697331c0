//! Schemas that contradict themselves, and components that nothing uses.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::Survey;
use crate::lint::survey::fields::required_names;
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "required-undefined",
        level: Level::Error,
        summary: "an object that requires a field it does not have",
        why: "The name in `required` is not among the properties, which is a slip in one of the two: a request \
              without the field would be refused, and there is no type for it.",
        check: required_undefined,
    },
    Rule {
        name: "bounds-contradict",
        level: Level::Error,
        summary: "a smallest value above the largest",
        why: "No value is within the bounds, so that no request can be right.",
        check: bounds_contradict,
    },
    Rule {
        name: "default-on-required",
        level: Level::Warning,
        summary: "a required field or parameter with a default",
        why: "A default stands for an absent value, and a required one is never absent. One of the two is wrong; \
              often the field is optional.",
        check: default_on_required,
    },
    Rule {
        name: "unused-component",
        level: Level::Warning,
        summary: "a component that no operation reaches",
        why: "The client gets a type that nothing takes or gives. A field may have lost its reference, or the \
              component is left over.",
        check: unused_component,
    },
];

fn required_undefined(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.of_part(Part::Schema) {
        let Some(properties) = node.value.get("properties").and_then(Value::as_object) else {
            continue;
        };
        if node.value.get("allOf").is_some() {
            continue;
        }
        for name in required_names(node.value) {
            if !properties.contains_key(name) {
                report.add(Doubt::new(
                    node.place(),
                    format!("`{name}` is required and is no field of the object"),
                    "each required name among the fields",
                    "add the field, or remove the name from `required`",
                ));
            }
        }
    }
}

fn bounds_contradict(survey: &Survey<'_>, report: &mut Report) {
    const PAIRS: [(&str, &str); 4] = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    for (_, node) in survey.of_part(Part::Schema) {
        for (least, most) in PAIRS {
            let bound = |key: &str| node.value.get(key).and_then(Value::as_f64);
            if let (Some(low), Some(high)) = (bound(least), bound(most))
                && low > high
            {
                report.add(Doubt::new(
                    node.place(),
                    format!("`{least}` is {low} and `{most}` is {high}"),
                    format!("`{least}` at most `{most}`"),
                    "correct one of the two bounds",
                ));
            }
        }
    }
}

fn default_on_required(survey: &Survey<'_>, report: &mut Report) {
    for (index, node) in survey.of_part(Part::Schema) {
        if survey.nodes[survey.core(index)]
            .value
            .get("default")
            .is_none()
            && node.value.get("default").is_none()
        {
            continue;
        }
        let Some(parent) = node.parent.map(|parent| &survey.nodes[parent]) else {
            continue;
        };
        let is_required = if survey.is_property(index) {
            let object = parent.parent.map(|object| survey.nodes[object].value);
            object.is_some_and(|object| required_names(object).contains(node.key.as_ref()))
        } else {
            parent.part == Part::Parameter && parent.is("required")
        };
        if is_required {
            report.join(
                Doubt::new(
                    node.place(),
                    "required, with a default",
                    "a default where a value may be absent",
                    "find out whether the value may be left out, and correct the other",
                )
                .of(node.field()),
            );
        }
    }
}

fn unused_component(survey: &Survey<'_>, report: &mut Report) {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<&Value> = survey.input.document.get("paths").into_iter().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str)
                    && reached.insert(reference.to_owned())
                    && let Some(target) = reference
                        .strip_prefix('#')
                        .and_then(|pointer| survey.input.document.pointer(pointer))
                {
                    waiting.push(target);
                }
                waiting.extend(object.values());
            }
            Value::Array(list) => waiting.extend(list),
            _ => {}
        }
    }
    let Some(components) = survey.at("/components/schemas") else {
        return;
    };
    for (_, node) in survey.of_part(Part::Schema) {
        if node.parent == Some(components) && !reached.contains(&format!("#{}", node.pointer)) {
            report.join(
                Doubt::new(
                    node.place(),
                    "a component that no operation reaches",
                    "components that a request or an answer uses",
                    "refer to it where it belongs, or remove it",
                )
                .of(node.key.as_ref()),
            );
        }
    }
}
