//! What a field or a body says, as lines of text that can be compared.

use serde_json::Value;

use super::{Components, Integration, Says};
use crate::page::{Encoding, Field, Schema, Shape, Support};

/// How deep components are followed in a notation: those that name themselves never end.
const DEEPEST: usize = 12;

/// What is said of a field.
pub(super) fn of_field(
    field: &Field,
    encoding: Option<Encoding>,
    is_path: bool,
    components: &Components<'_>,
) -> Says {
    let mut says = of_schema(&field.schema, components);
    // A parameter of the path is always required, whether a page says so or not.
    if field.required && !is_path {
        says.more.push("required".to_owned());
    }
    if field.deprecated {
        says.more.push("deprecated".to_owned());
    }
    if let Some(encoding) = encoding {
        says.more.push(format!(
            "encoding: {}",
            match encoding {
                Encoding::Repeated => "name=a&name=b",
                Encoding::Brackets => "name[]=a&name[]=b",
                Encoding::Comma => "name=a,b",
                Encoding::DeepObject => "name[key]=value",
            }
        ));
    }
    says.integrations = integrations(&field.integrations);
    says
}

pub(super) fn integrations(supports: &[Support]) -> Vec<Integration> {
    supports
        .iter()
        .map(|support| {
            let mut values: Vec<String> = support.values.iter().map(Value::to_string).collect();
            values.sort();
            Integration {
                name: support.integration.clone(),
                level: support.level,
                values,
            }
        })
        .collect()
}

/// What is said of a type: its notation, and what restricts it and what is inside it.
pub(crate) fn of_schema(schema: &Schema, components: &Components<'_>) -> Says {
    let mut more = Vec::new();
    restrictions(schema, "", components, 0, &mut more);
    Says {
        kind: notation(schema, components, 0),
        more,
        integrations: Vec::new(),
    }
}

fn restrictions(
    schema: &Schema,
    prefix: &str,
    components: &Components<'_>,
    depth: usize,
    more: &mut Vec<String>,
) {
    if depth > DEEPEST {
        return;
    }
    let mut say = |word: &str, text: String| more.push(format!("{prefix}{word}: {text}"));
    if let Some(format) = &schema.format {
        say("format", format.clone());
    }
    if let Some(allowed) = &schema.allowed {
        for value in &allowed.values {
            say("value", value.to_string());
        }
    }
    if let Some(default) = &schema.default {
        say("default", default.to_string());
    }
    if let Some(minimum) = &schema.minimum {
        say("minimum", minimum.to_string());
    }
    if let Some(maximum) = &schema.maximum {
        say("maximum", maximum.to_string());
    }
    if let Some(length) = schema.min_length {
        say("shortest", length.to_string());
    }
    if let Some(length) = schema.max_length {
        say("longest", length.to_string());
    }
    if let Some(pattern) = &schema.pattern {
        say("pattern", pattern.clone());
    }
    match &schema.shape {
        Shape::Array(inner) => {
            restrictions(
                inner,
                &format!("{prefix}items, "),
                components,
                depth + 1,
                more,
            );
        }
        Shape::Map(inner) => {
            restrictions(
                inner,
                &format!("{prefix}values, "),
                components,
                depth + 1,
                more,
            );
        }
        Shape::OneOf(alternatives) => {
            for (index, alternative) in alternatives.iter().enumerate() {
                let prefix = format!("{prefix}alternative {}, ", index + 1);
                restrictions(alternative, &prefix, components, depth + 1, more);
            }
        }
        Shape::Component(name) => {
            if let Some(known) = components.get(name) {
                restrictions(&known.component.schema, prefix, components, depth + 1, more);
            }
        }
        _ => {}
    }
}

/// A type in one line; components are named by what they are.
pub(crate) fn notation(schema: &Schema, components: &Components<'_>, depth: usize) -> String {
    let word = match &schema.shape {
        Shape::Any => "unknown".to_owned(),
        Shape::Hidden => "hidden".to_owned(),
        Shape::String => "string".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Binary => "file".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::Array(inner) => format!("array<{}>", notation(inner, components, depth + 1)),
        Shape::Map(inner) => format!("map<{}>", notation(inner, components, depth + 1)),
        Shape::OneOf(alternatives) => {
            let alternatives: Vec<String> = alternatives
                .iter()
                .map(|alternative| notation(alternative, components, depth + 1))
                .collect();
            format!("one of {}", alternatives.join(" | "))
        }
        Shape::Component(name) => match components.get(name) {
            Some(known) if depth <= DEEPEST => {
                notation(&known.component.schema, components, depth + 1)
            }
            _ => name.clone(),
        },
    };
    if schema.nullable && !word.ends_with(" | null") {
        format!("{word} | null")
    } else {
        word
    }
}
