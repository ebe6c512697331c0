//! Which component schemas an API sends and which it answers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::change::Directions;
use crate::document::{Document, Located, component, target};

/// The component schemas that operations reach, by the way they go.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    sent: BTreeSet<String>,
    answered: BTreeSet<String>,
}

impl Reach {
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut reach = Self::default();
        for operation in document.operations() {
            let parameters = operation
                .parameters
                .iter()
                .map(|parameter| parameter.at.value);
            let body = operation
                .at
                .get("requestBody")
                .map(|body| document.resolved(body).value);
            for value in parameters.chain(body) {
                close(document, value, &mut reach.sent);
            }
            for (_, answer) in operation
                .at
                .get("responses")
                .iter()
                .flat_map(Located::entries)
            {
                let answer = document.resolved(answer);
                if let Some(content) = answer.value.get("content") {
                    close(document, content, &mut reach.answered);
                }
            }
        }
        reach
    }

    pub(crate) fn sends(&self, name: &str) -> bool {
        self.sent.contains(name)
    }

    pub(crate) fn answers(&self, name: &str) -> bool {
        self.answered.contains(name)
    }

    pub(crate) fn directions(&self, name: &str) -> Directions {
        Directions {
            request: self.sends(name),
            response: self.answers(name),
        }
    }
}

/// Adds every schema that a value names, and what those name.
fn close(document: &Document<'_>, value: &Value, into: &mut BTreeSet<String>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                let named = target(value).and_then(component);
                if let Some(name) = named
                    && into.insert(name.to_owned())
                {
                    open.extend(target(value).and_then(|pointer| document.root.pointer(pointer)));
                }
                open.extend(object.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
