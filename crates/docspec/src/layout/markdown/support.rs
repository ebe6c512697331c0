//! What the integrations do with an operation or a field.

use std::collections::{HashMap, HashSet};

use crate::page::{Level, Schema, Source, Support};

use super::allowed::allowed_values;
use super::attribute::{Key, named};
use super::cursor::{Cursor, origin};
use super::inline::names;
use super::problem::Problem;
use super::said::Said;
use super::type_line::innermost;

/// Reads the lines that speak of integrations.
pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    said: &[Said<'a>],
    schema: &mut Schema,
    own_origin: Option<&str>,
) -> Vec<Support> {
    let mut supports = Supports::default();
    supports.listed(cursor, said, own_origin);
    supports.details(cursor, said, innermost(schema));
    supports.list
}

/// The integrations by name.
#[derive(Default)]
pub(super) struct Supports {
    pub(super) list: Vec<Support>,
    index: HashMap<String, usize>,
}

impl Supports {
    /// Adds an integration, which may stand only once.
    pub(super) fn add<'a>(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        said: &Said<'a>,
        name: &'a str,
        level: Level,
        source: Source,
    ) {
        if self.index.contains_key(name) {
            cursor.report(
                said.line,
                Problem::new(
                    "duplicate-integration",
                    name,
                    format!("`{name}` a second time"),
                    "each integration once, as required or as supported",
                    "remove it from one of the lists",
                ),
            );
            return;
        }
        self.index.insert(name.to_owned(), self.list.len());
        self.list.push(Support {
            integration: name.to_owned(),
            level,
            values: Vec::new(),
            notes: Vec::new(),
            source,
        });
    }

    /// Adds the integrations of `Required by:` and `Supported by:`.
    pub(super) fn listed<'a>(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        said: &[Said<'a>],
        own_origin: Option<&str>,
    ) {
        for said in said {
            let level = match said.key {
                Key::RequiredBy => Level::Required,
                Key::SupportedBy => Level::Supported,
                _ => continue,
            };
            match names(said.value) {
                Ok(names) => {
                    for name in names {
                        let source = Source {
                            line: said.line.number,
                            origin: own_origin.map(str::to_owned),
                        };
                        self.add(cursor, said, name, level, source);
                    }
                }
                Err(problem) => cursor.report(said.line, problem),
            }
        }
    }

    /// Notes something about an integration that was added before.
    pub(super) fn note(&mut self, name: &str, note: &str) {
        if let Some(support) = self.index.get(name).and_then(|at| self.list.get_mut(*at)) {
            support.notes.push(note.to_owned());
        }
    }

    /// Reads the lines about one integration each.
    pub(super) fn details<'a>(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        said: &[Said<'a>],
        schema: &Schema,
    ) {
        let known: Option<HashSet<String>> = schema
            .allowed
            .as_ref()
            .map(|allowed| allowed.values.iter().map(ToString::to_string).collect());
        for said in said {
            if !matches!(
                said.key,
                Key::AllowedFor | Key::FusedFor | Key::NoteFor | Key::SourceFor
            ) {
                continue;
            }
            let (name, value) = match named(said.value, |name| self.index.contains_key(name)) {
                Ok(named) => named,
                Err(problem) => {
                    cursor.report(said.line, problem);
                    continue;
                }
            };
            let Some(support) = self.index.get(name).and_then(|at| self.list.get_mut(*at)) else {
                cursor.report(
                    said.line,
                    Problem::new(
                        "unknown-integration",
                        name,
                        format!("`{name}`, which is not among the integrations above"),
                        "an integration of `Required by:` or `Supported by:`",
                        "correct the name, or add it to one of the two lists",
                    ),
                );
                continue;
            };
            if value.is_empty() {
                cursor.report(
                    said.line,
                    Problem::new(
                        "empty-attribute",
                        said.line.text,
                        format!("`{}` without a value", said.key.words()),
                        "a value after the colon",
                        "write the value, or remove the line",
                    ),
                );
                continue;
            }
            match said.key {
                Key::NoteFor => support.notes.push(value.to_owned()),
                Key::SourceFor => support.source.origin = origin(value),
                _ => {
                    if !support.values.is_empty() {
                        cursor.report(
                            said.line,
                            Problem::new(
                                "repeated-attribute",
                                name,
                                format!("a second list of values for `{name}`"),
                                "one list for each integration",
                                "join the two lists",
                            ),
                        );
                        continue;
                    }
                    support.values =
                        allowed_values(cursor, said, value, schema).unwrap_or_default();
                    let strays: Vec<String> = support
                        .values
                        .iter()
                        .map(ToString::to_string)
                        .filter(|value| known.as_ref().is_some_and(|known| !known.contains(value)))
                        .map(|value| format!("`{}`", value.trim_matches('"')))
                        .collect();
                    if !strays.is_empty() {
                        cursor.report(
                            said.line,
                            Problem::new(
                                "stray-value",
                                value,
                                format!(
                                    "{} of `{name}`, not among the field's values",
                                    strays.join(", ")
                                ),
                                "the values of an integration among those of `Allowed:`",
                                "add the value to `Allowed:`, or correct it",
                            ),
                        );
                    }
                }
            }
        }
    }
}
