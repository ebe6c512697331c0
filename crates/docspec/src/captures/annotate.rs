//! From a line of a page to the capture that it was read in.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Lock;
use crate::facts::{self, Components, Known};
use crate::page::Page;

/// A fact in a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The page whose capture it is: the name of its file under `pages/`.
    pub file: String,
    /// The key under which the lock has it.
    pub key: String,
    /// The line of the capture.
    pub line: usize,
}

/// Where the lines of the pages were read, by page (`pages/NAME`) and line.
///
/// What several captures have, as the fields of a component, is taken from the one that the component's page names as its
/// source, else from the first in the order of the pages.
#[must_use]
pub fn readings(lock: &Lock, pages: &[Page]) -> BTreeMap<(String, usize), Read> {
    let components = Components::of(pages);
    let origins: BTreeMap<&str, Option<&str>> = components
        .names()
        .filter_map(|name| components.get(name))
        .map(|Known { page, origin, .. }| (page, origin))
        .collect();
    let mut readings: BTreeMap<(String, usize), (bool, Read)> = BTreeMap::new();
    for (page, operation) in facts::operations(pages) {
        let Some(file) = page.strip_prefix("pages/") else {
            continue;
        };
        let Some(capture) = lock.pages.get(file) else {
            continue;
        };
        for fact in facts::facts(page, operation, &components) {
            let Some(line) = capture.facts.get(&fact.key) else {
                continue;
            };
            for place in &fact.places {
                let fits = place.page == page
                    || origins
                        .get(place.page)
                        .is_some_and(|origin| *origin == operation.source.origin.as_deref());
                let read = Read {
                    file: file.to_owned(),
                    key: fact.key.clone(),
                    line: *line,
                };
                let at = (place.page.to_owned(), place.line);
                match readings.get(&at) {
                    Some((fitted, _)) if *fitted || !fits => {}
                    _ => {
                        readings.insert(at, (fits, read));
                    }
                }
            }
        }
    }
    readings
        .into_iter()
        .map(|(at, (_, read))| (at, read))
        .collect()
}

/// Gives each `x-source` whose line was read in a capture the day of that capture.
pub(crate) fn annotate(document: &mut Value, lock: &Lock, pages: &[Page]) {
    if lock.pages.is_empty() {
        return;
    }
    let dates: BTreeMap<(String, usize), &str> = readings(lock, pages)
        .into_iter()
        .filter_map(|(at, read)| Some((at, lock.pages.get(&read.file)?.captured.as_str())))
        .collect();
    dated(document, &dates);
}

fn dated(value: &mut Value, dates: &BTreeMap<(String, usize), &str>) {
    match value {
        Value::Array(items) => {
            for item in items {
                dated(item, dates);
            }
        }
        Value::Object(object) => {
            if let Some(Value::Object(source)) = object.get_mut("x-source") {
                let page = source.get("page").and_then(Value::as_str);
                let line = source.get("line").and_then(Value::as_u64);
                let date = page
                    .zip(line.and_then(|line| usize::try_from(line).ok()))
                    .and_then(|(page, line)| dates.get(&(page.to_owned(), line)));
                if let Some(date) = date {
                    source.insert("captured".to_owned(), Value::from(*date));
                }
            }
            for (key, value) in object.iter_mut() {
                // What the document says as an example is no part of it.
                if key != "example" && key != "default" && key != "enum" {
                    dated(value, dates);
                }
            }
        }
        _ => {}
    }
}
