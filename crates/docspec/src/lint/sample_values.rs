//! The values that a page's sample call sends, against the request that the page documents.

use serde_json::Value;

use super::finding::Place;
use super::survey::{Kind, Operation, Survey};
use super::validity::{is_placeholder, kind_of};
use crate::page::Content;
use crate::sample;
use crate::text::Text;

/// A value of a sample that is not of its field's type.
#[derive(Debug)]
pub(super) struct Contradiction {
    pub(super) place: Place,
    pub(super) field: String,
    pub(super) what: String,
}

/// The contradictions of the sample calls of every page.
pub(super) fn contradictions(survey: &Survey<'_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for page in survey.input.pages {
        let (Content::Operation(documented), Some(text)) =
            (&page.content, survey.input.texts.get(&page.name))
        else {
            continue;
        };
        let operation = survey.operations.iter().find(|operation| {
            operation.method == documented.method.as_str() && operation.path == documented.path
        });
        let Some(operation) = operation else { continue };
        let mut line = 1;
        while let Some(content) = text.line(line) {
            line += 1;
            if !sample::starts_here(content) {
                continue;
            }
            // What is no readable call, the page's reader has refused where it matters.
            let Ok(sample) = sample::read(text, line - 1, &page.name) else {
                continue;
            };
            line = line.max(sample.last_line + 1);
            let (Some(body), Some(printed)) = (sample.json_object(), &sample.body) else {
                continue;
            };
            let mut walk = Walk {
                survey,
                text,
                page: &page.name,
                from: printed.line,
                found: &mut found,
            };
            walk.request(operation, &Value::Object(body));
        }
    }
    found
}

/// A walk through the body of one sample.
struct Walk<'w, 'a> {
    survey: &'w Survey<'a>,
    text: &'w Text,
    page: &'w str,
    /// The line on which the body starts.
    from: usize,
    found: &'w mut Vec<Contradiction>,
}

impl Walk<'_, '_> {
    fn request(&mut self, operation: &Operation<'_>, body: &Value) {
        if let Some(request) = operation.request {
            self.value(request, body, 8);
        }
    }

    fn value(&mut self, schema: usize, value: &Value, depth: usize) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Object(object) => {
                let fields = self.survey.own_fields(schema);
                for (key, value) in object {
                    if let Some(field) = fields.iter().find(|field| field.path == *key) {
                        self.field(field.node, key, value);
                        self.value(field.node, value, depth - 1);
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.value(schema, item, depth - 1);
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, node: usize, key: &str, value: &Value) {
        let kind = self.survey.kind(node);
        let Some(what) = misfit(&kind, value) else {
            return;
        };
        let place = Place {
            file: self.page.to_owned(),
            line: Some(self.line_of(key)),
            ..self.survey.nodes[node].place()
        };
        self.found.push(Contradiction {
            place,
            field: key.to_owned(),
            what,
        });
    }

    /// The line of the body on which a key stands.
    fn line_of(&self, key: &str) -> usize {
        let quoted = format!("\"{key}\"");
        (self.from..=self.text.len())
            .find(|line| {
                self.text
                    .line(*line)
                    .is_some_and(|content| content.contains(&quoted))
            })
            .unwrap_or(self.from)
    }
}

/// How a value is not of a kind. A text in place of another type may be a placeholder, unless it reads as JSON.
fn misfit(kind: &Kind, value: &Value) -> Option<String> {
    let sent = kind_of_value(value)?;
    if let Value::String(text) = value {
        if is_placeholder(value) || !kind.excludes(&sent) {
            return None;
        }
        let inside: Value = serde_json::from_str(text).ok()?;
        let inside = kind_of_value(&inside)?;
        return (!kind.excludes(&inside))
            .then(|| format!("{kind}, and the sample sends it as a string that holds JSON"));
    }
    kind.excludes(&sent)
        .then(|| format!("{kind}, and the sample sends {}", kind_of(value)))
}

fn kind_of_value(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => Kind::Scalar("boolean".to_owned()),
        Value::String(_) => Kind::Scalar("string".to_owned()),
        Value::Array(_) => Kind::Array(Box::new(Kind::Any)),
        Value::Object(_) => Kind::Object,
        Value::Number(number) if number.is_f64() => Kind::Scalar("number".to_owned()),
        Value::Number(_) => Kind::OneOf(vec![
            Kind::Scalar("integer".to_owned()),
            Kind::Scalar("number".to_owned()),
        ]),
    })
}
