//! The example answers that a capture shows behind its documentation.

pub(super) mod shown_type;

use std::collections::VecDeque;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::findings::{Advice, Findings, Line};
use super::status::{self, is_status};
use crate::diagnostic::Span;
use crate::page::Schema;
use crate::text::Text;
use shown_type::schema_of;

/// An example answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Example {
    /// The status on the tab above it.
    pub(super) status: Option<String>,
    /// The body; none where the page says `Empty`.
    pub(super) body: Option<Body>,
    /// The line on which it starts.
    pub(super) line: usize,
}

/// A body that a page shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Body {
    pub(super) value: Value,
    pub(super) schema: Schema,
}

/// The word for an answer without a body.
const EMPTY: &str = "Empty";

/// Whether a line starts an example.
pub(super) fn starts_here(line: &str) -> bool {
    line.starts_with(['{', '[']) || line == EMPTY
}

/// Reads the examples on the given lines; nothing when one of them could not be read.
///
/// `before` is what stands before them at the end of the line above, where copying lost a line break; `is_site_chrome` tells
/// the lines that say nothing.
pub(super) fn read(
    text: &Text,
    lines: RangeInclusive<usize>,
    before: &str,
    is_site_chrome: fn(&str) -> bool,
    findings: &mut Findings<'_>,
) -> Option<Vec<Example>> {
    let first_line = *lines.start();
    let (mut source, line) = if before.is_empty() {
        (String::new(), first_line)
    } else {
        (format!("{before}\n"), first_line.saturating_sub(1))
    };
    for number in lines {
        source.push_str(text.line(number).unwrap_or_default());
        source.push('\n');
    }
    // A break behind the last line would make a string that is cut off there look like a broken one.
    source.pop();
    let mut reader = Reader {
        rest: &source,
        line,
        findings,
        is_site_chrome,
        statuses: VecDeque::new(),
        examples: Vec::new(),
        whole: true,
    };
    while reader.step() {}
    reader.report_unused_statuses();
    reader.whole.then_some(reader.examples)
}

struct Reader<'s, 'f, 'p> {
    rest: &'s str,
    line: usize,
    findings: &'f mut Findings<'p>,
    is_site_chrome: fn(&str) -> bool,
    /// The statuses whose examples follow: one above its example, or a row of tabs above all of them.
    statuses: VecDeque<String>,
    examples: Vec<Example>,
    /// Whether everything up to the end could be read.
    whole: bool,
}

impl Reader<'_, '_, '_> {
    /// Reads one thing; false at the end of what can be read.
    fn step(&mut self) -> bool {
        let start = self.rest.trim_start();
        self.advance(self.rest.len() - start.len());
        let line = self.line;
        if start.is_empty() {
            return false;
        }
        if start.starts_with(['{', '[', '"']) {
            return self.json(line);
        }
        let end = start.find('\n').unwrap_or(start.len());
        if let Some(rest) = start.strip_prefix(EMPTY)
            && !rest.starts_with(char::is_alphanumeric)
        {
            self.advance(EMPTY.len());
            self.push(None, line);
            return true;
        }
        let text = start[..end].trim_end();
        if let Some(row) = status::row(text) {
            self.statuses.extend(row.into_iter().map(str::to_owned));
        } else if is_status(text) {
            self.statuses.push_back(text.to_owned());
        } else if !(self.is_site_chrome)(text) {
            self.findings.unknown_line(
                Line {
                    number: line,
                    text,
                    indent: 0,
                    after_blank: false,
                },
                "an example answer, a status, `Empty` or the end of the page",
            );
        }
        self.advance(end);
        true
    }

    fn report_unused_statuses(&mut self) {
        if self.whole && !self.statuses.is_empty() {
            let statuses = self.statuses.make_contiguous().join(", ");
            self.refuse(
                self.line,
                "example-count",
                &format!("no example for the status {statuses}"),
                "as many examples as statuses",
            );
        }
    }

    fn json(&mut self, line: usize) -> bool {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<Value>();
        let value = values.next();
        let end = values.byte_offset();
        match value {
            Some(Ok(value)) => {
                let mut keys = key_lines(&self.rest[..end], line).into_iter();
                let schema = schema_of(&value, &mut keys);
                if keys.next().is_some() {
                    self.refuse(
                        line,
                        "repeated-key",
                        "an example with a key that stands twice",
                        "each key of an object once",
                    );
                }
                self.advance(end);
                self.push(Some(Body { value, schema }), line);
                true
            }
            Some(Err(error)) if error.is_eof() => {
                self.refuse(
                    line,
                    "cut-off",
                    "an example that starts here and does not end",
                    "JSON up to its last bracket",
                );
                false
            }
            Some(Err(error)) => {
                let line = line + error.line().saturating_sub(1);
                self.refuse(
                    line,
                    "invalid-example",
                    "an example that is no JSON",
                    "JSON",
                );
                false
            }
            None => false,
        }
    }

    fn refuse(&mut self, line: usize, rule: &'static str, found: &str, expected: &str) {
        self.whole = false;
        let span = Span {
            line,
            start: 0,
            end: usize::MAX,
        };
        self.findings.add(
            rule,
            Some(span),
            found,
            Advice::new(expected, "capture the whole page again, down to its end"),
        );
    }

    fn push(&mut self, body: Option<Body>, line: usize) {
        let status = self.statuses.pop_front();
        self.examples.push(Example { status, body, line });
    }

    fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.matches('\n').count();
        self.rest = rest;
    }
}

/// The line of every key, in the order of the text, which is valid JSON.
fn key_lines(json: &str, first_line: usize) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut line = first_line;
    let mut string_line = first_line;
    let mut in_string = false;
    let mut escaped = false;
    for character in json.chars() {
        match character {
            '\n' => line += 1,
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => {
                in_string = !in_string;
                if in_string {
                    string_line = line;
                }
            }
            ':' if !in_string => lines.push(string_line),
            _ => {}
        }
    }
    lines
}
