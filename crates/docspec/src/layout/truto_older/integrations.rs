//! What the lists below a field say about single integrations: which know the field, which values each accepts, and
//! what there is to say about one.

use std::collections::{HashMap, HashSet};

use super::field::Surroundings;
use super::lines;
use crate::layout::printed_value::without_repeats;
use crate::layout::truto;
use crate::layout::truto::report::{Problem, Report};
use crate::layout::truto::values;
use crate::page::{Field, Level, Support};

/// How many characters the name of an integration has at most.
const LONGEST_NAME: usize = 200;

/// What the lists of one field hold so far.
#[derive(Default)]
pub(super) struct Integrations<'a> {
    entries: Vec<Support>,
    listed: HashSet<&'a str>,
    /// The notes, each with the line on which it stands.
    notes: Vec<(usize, String)>,
    /// The integrations that accept certain values only, with their lines and the values.
    accepted: Vec<(usize, &'a str, Vec<&'a str>)>,
}

impl<'a> Integrations<'a> {
    /// Whether a list has said which integrations know the field.
    pub(super) fn is_listed(&self) -> bool {
        !self.entries.is_empty()
    }

    /// Takes a list under `Required in` or `Supported in`.
    pub(super) fn list(
        &mut self,
        bullets: &[(usize, &'a str)],
        level: Level,
        report: &mut Report<'_>,
    ) {
        for (line, name) in bullets {
            if !self.listed.insert(name) {
                report.line(
                    *line,
                    Problem {
                        rule: "repeated-integration",
                        found: "an integration that the lists of this field already hold".to_owned(),
                        expected: "every integration once".to_owned(),
                        fix: "copy the page again, or remove the entry that the vendor's page does not have",
                    },
                );
            }
            self.entries.push(truto::support(name, level, *line));
        }
    }

    /// Reads notes: a bullet with the name, the note behind it or below it. Gives the line after them.
    pub(super) fn notes(
        &mut self,
        bullets: &[(usize, &'a str)],
        page: &Surroundings<'a>,
        mut line: usize,
    ) -> usize {
        for (line, text) in bullets {
            self.notes.push((*line, (*text).to_owned()));
        }
        while !page.lines.get(line).is_empty()
            && lines::label(page.lines.get(line)).is_none()
            && page.lines.field_start(line).is_none()
            && lines::section(page.lines.get(line)).is_none()
        {
            let printed = page.lines.get(line);
            if let Some(text) = lines::bullet(printed) {
                self.notes.push((line, text.to_owned()));
            } else if let Some((_, note)) = self.notes.last_mut() {
                note.push('\n');
                note.push_str(printed.trim());
            }
            line += 1;
        }
        line
    }

    /// Takes the values of single integrations: a bullet with the name, and below it, further in, one for each
    /// value. Where copying has lost how far in they stood, the names are those that the page lists on top.
    pub(super) fn values(
        &mut self,
        bullets: &[(usize, &'a str)],
        page: &Surroundings<'a>,
        report: &mut Report<'_>,
    ) {
        let depth = |line: usize| {
            let printed = page.lines.get(line);
            printed.len() - printed.trim_start().len()
        };
        let outermost = bullets.iter().map(|(line, _)| depth(*line)).min();
        let nested = bullets
            .iter()
            .any(|(line, _)| Some(depth(*line)) > outermost);
        let first = self.accepted.len();
        for (line, text) in bullets {
            let is_name = if nested {
                Some(depth(*line)) == outermost
            } else {
                page.integrations.contains(text)
            };
            if is_name {
                self.accepted.push((*line, text, Vec::new()));
            } else if let Some((_, _, values)) = self.accepted[first..].last_mut() {
                values.push(text);
            } else {
                refuse_stray(
                    *line,
                    "a value of no integration",
                    "the integration that accepts it, above it",
                    report,
                );
            }
        }
        for (line, _, values) in &self.accepted[first..] {
            if values.is_empty() {
                report.line(
                    *line,
                    Problem {
                        rule: "missing-values",
                        found: "an integration with none of the values that it accepts".to_owned(),
                        expected: "the values, each behind a bullet, further in".to_owned(),
                        fix: "copy the page again: the list is missing here",
                    },
                );
            }
        }
    }

    /// Gives the field all that the lists said, each note and value to its integration.
    pub(super) fn give_to(self, field: &mut Field, report: &mut Report<'_>) {
        let mut entries = self.entries;
        let positions: HashMap<String, usize> = entries
            .iter()
            .enumerate()
            .map(|(position, entry)| (entry.integration.clone(), position))
            .collect();
        for (line, text) in self.notes {
            // The longest name wins: `Zoho` is not meant where `Zoho CRM` stands.
            let found = text
                .char_indices()
                .map(|(start, character)| start + character.len_utf8())
                .take(LONGEST_NAME)
                .filter_map(|end| Some((end, *positions.get(&text[..end])?)))
                .last();
            let note = found.map(|(end, position)| {
                let note = text[end..].trim_start_matches([':', ' ', '\n']);
                (note, position)
            });
            match note {
                Some((note, position)) if !note.is_empty() => {
                    entries[position].notes.push(note.to_owned());
                }
                _ => refuse_stray(
                    line,
                    "a note about no integration of this field",
                    "the name of an integration from the lists below, then the note",
                    report,
                ),
            }
        }
        let items = values::innermost(&field.schema);
        for (line, name, texts) in self.accepted {
            let accepted = texts.iter().map(|text| values::value_of(text, items));
            let accepted = without_repeats(accepted.collect());
            match positions.get(name) {
                Some(position) => entries[*position].values = accepted,
                // A field inside an object has no lists of its own.
                None if positions.is_empty() => {
                    let mut entry = truto::support(name, Level::Supported, line);
                    entry.values = accepted;
                    entries.push(entry);
                }
                None => refuse_stray(
                    line,
                    "values of no integration of this field",
                    "the name of an integration from the lists below",
                    report,
                ),
            }
        }
        field.integrations = entries;
        values::refuse_foreign(field, report);
    }
}

fn refuse_stray(line: usize, found: &str, expected: &str, report: &mut Report<'_>) {
    report.line(
        line,
        Problem {
            rule: "stray-integration",
            found: found.to_owned(),
            expected: expected.to_owned(),
            fix: "copy the page again: the lists of this field are not whole",
        },
    );
}
