//! References of embedded descriptions and of the base: each must lead to something inside the document.

use serde_json::Value;

use super::Deriver;
use crate::page::Method;
use crate::structure::Part;

impl Deriver<'_> {
    /// Reports every `$ref` that leads nowhere or out of the document.
    pub(super) fn check_references(&mut self, document: &Value) {
        let mut found = Vec::new();
        let mut path = Vec::new();
        collect(document, Part::Document, &mut path, &mut found);
        for (at, reference) in found {
            let advice = match reference.strip_prefix('#') {
                Some(pointer) if resolves(document, pointer) => continue,
                Some(_) => "correct the reference, or add what it refers to",
                None => "put what it refers to into the same document",
            };
            let (page, line) = self.owner(&at);
            if self.reported(&page, &reference) {
                continue;
            }
            self.page = page;
            self.problem(
                "reference",
                line.unwrap_or(0),
                format!("the reference {reference:?} at {} leads nowhere", pointer(&at)),
                "a reference to a part of the same document, such as `#/components/schemas/Contact`",
                advice,
            );
        }
    }

    /// Whether a page's own check has spoken of the component already.
    fn reported(&self, page: &str, reference: &str) -> bool {
        reference
            .strip_prefix("#/components/schemas/")
            .is_some_and(|name| {
                let found = format!("no page has the component `{name}`");
                self.problems
                    .iter()
                    .any(|problem| problem.page == page && problem.found == found)
            })
    }

    /// The page, and the line where known, that a part of the document is from.
    fn owner(&self, at: &[String]) -> (String, Option<usize>) {
        let origin = match at {
            [section, path, method, ..] if section == "paths" => {
                Method::parse(&method.to_ascii_uppercase())
                    .and_then(|method| self.operations.get(&(path.clone(), method)))
                    .map(|(_, origin)| origin)
            }
            [section, kind, name, ..] if section == "components" => self
                .components
                .get(&(kind.clone(), name.clone()))
                .map(|(_, origin)| origin),
            _ => None,
        };
        match origin {
            Some(origin) => (origin.page.clone(), origin.line),
            None => (self.page.clone(), None),
        }
    }
}

/// Collects references with the keys that lead to them.
fn collect(
    value: &Value,
    part: Part,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, String)>,
) {
    match value {
        _ if part == Part::Free => {}
        Value::Object(object) => {
            let is_reference = !matches!(part, Part::Names(_));
            if let Some(Value::String(reference)) = object.get("$ref").filter(|_| is_reference) {
                found.push((path.clone(), reference.clone()));
            }
            for (key, value) in object {
                path.push(key.clone());
                collect(value, part.child(key), path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                collect(item, part.child(""), path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Whether a fragment leads to a part of the document; percent-encoded characters are taken as they are meant.
fn resolves(document: &Value, fragment: &str) -> bool {
    document.pointer(&percent_decoded(fragment)).is_some()
}

fn percent_decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The JSON pointer of a list of keys.
fn pointer(keys: &[String]) -> String {
    keys.iter().fold(String::from("#"), |mut pointer, key| {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        pointer
    })
}
