//! JSON lines: one contact record on each.

use crate::problem::ProblemKind;
use memchr::memchr;
use serde_json::Value;
use std::io::{self, BufRead};
use unified_contacts::{ContactRecord, Field};

/// Lines of text, each within a limit.
pub(crate) struct Lines {
    input: Box<dyn BufRead + Send>,
    line: u64,
    text: Vec<u8>,
    limit: usize,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line: [`Lines::text`] has it.
    Text,
    /// A line beyond the limit. It is passed over.
    TooLong,
    /// No more lines.
    End,
}

impl Lines {
    pub(crate) fn new(input: Box<dyn BufRead + Send>, limit: usize) -> Self {
        Self {
            input,
            line: 0,
            text: Vec::new(),
            limit,
        }
    }

    /// The line at hand, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The text of the line at hand.
    pub(crate) fn text(&self) -> &[u8] {
        self.text.trim_ascii()
    }

    /// Reads the next line that is not empty.
    pub(crate) fn read(&mut self) -> io::Result<Line> {
        loop {
            match self.read_any()? {
                Line::Text if self.text().is_empty() => {}
                line => return Ok(line),
            }
        }
    }

    fn read_any(&mut self) -> io::Result<Line> {
        self.text.clear();
        self.line += 1;
        let mut length = 0_usize;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(match length {
                    0 => Line::End,
                    length if length > self.limit => Line::TooLong,
                    _ => Line::Text,
                });
            }
            let end = memchr(b'\n', chunk);
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length += part.len();
            if length <= self.limit {
                self.text.extend_from_slice(part);
            }
            let read = part.len() + usize::from(end.is_some());
            self.input.consume(read);
            if end.is_some() {
                return Ok(if length > self.limit {
                    Line::TooLong
                } else {
                    Line::Text
                });
            }
        }
    }
}

/// What is wrong with a line: the kind, the field, what was found, what was expected and how to mend it.
pub(crate) type LineProblem = (
    ProblemKind,
    Option<String>,
    String,
    &'static str,
    &'static str,
);

const EXPECTED: &str = "a contact record as JSON on one line, as `contacts export` writes it";

/// Reads a line.
pub(crate) fn record_of(text: &[u8]) -> Result<ContactRecord, LineProblem> {
    match serde_json::from_slice(text) {
        Ok(record) => Ok(record),
        Err(error) => Err(problem_of(text, &error)),
    }
}

/// Says what is wrong with a line. What `serde_json` says is not passed on, since it may quote a value.
fn problem_of(text: &[u8], error: &serde_json::Error) -> LineProblem {
    let json = ProblemKind::Json;
    if std::str::from_utf8(text).is_err() {
        let found = "bytes that are no valid text".to_owned();
        return (
            ProblemKind::InvalidText,
            None,
            found,
            "UTF-8",
            "save the file again as UTF-8",
        );
    }
    let fields = match serde_json::from_slice::<Value>(text) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => {
            let found = "JSON that is no object".to_owned();
            return (json, None, found, EXPECTED, "write one object on each line");
        }
        Err(_) => {
            let found = format!("text that is no JSON, at character {}", error.column());
            return (
                json,
                None,
                found,
                EXPECTED,
                "correct it there; a record may not go over several lines",
            );
        }
    };
    let is_known = |name: &str| {
        name == "version" || name == "origin" || Field::ALL.iter().any(|field| field.name() == name)
    };
    for (name, value) in fields {
        if !is_known(&name) {
            let found = "a field that no contact record has".to_owned();
            return (
                json,
                Some(name),
                found,
                "a field such as `first_name`",
                "rename it, or put it into `custom_fields`",
            );
        }
        let alone = Value::Object(std::iter::once((name.clone(), value)).collect());
        if serde_json::from_value::<ContactRecord>(alone).is_err() {
            let found = "a value of another form".to_owned();
            return (
                json,
                Some(name),
                found,
                "the form of the contact record's schema",
                "correct the value, or take the field out",
            );
        }
    }
    (
        json,
        None,
        "a field twice".to_owned(),
        EXPECTED,
        "take one of the two out",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beyond_the_limit_are_passed_over() {
        let text = format!("{{}}\n\n{}\n{{}}", "x".repeat(100));
        let mut lines = Lines::new(Box::new(io::Cursor::new(text.into_bytes())), 10);
        let mut read = || (lines.read().unwrap(), lines.line());
        assert_eq!(read(), (Line::Text, 1));
        assert_eq!(read(), (Line::TooLong, 3));
        assert_eq!(read(), (Line::Text, 4));
        assert_eq!(read().0, Line::End);
    }

    #[test]
    fn what_is_wrong_is_said_without_a_value() {
        for (text, column, found) in [
            (
                r#"{"first_name":"Ada"#,
                None,
                "text that is no JSON, at character 18",
            ),
            (r#"["Ada"]"#, None, "JSON that is no object"),
            (
                r#"{"firstName":"Ada"}"#,
                Some("firstName"),
                "a field that no contact record has",
            ),
            (
                r#"{"first_name":{"Ada":1}}"#,
                Some("first_name"),
                "a value of another form",
            ),
            (
                r#"{"first_name":"Ada","first_name":"Ada"}"#,
                None,
                "a field twice",
            ),
        ] {
            let problem = record_of(text.as_bytes()).unwrap_err();
            assert_eq!((problem.1.as_deref(), problem.2.as_str()), (column, found));
        }
        assert!(record_of(br#"{"first_name":"Ada"}"#).is_ok());
    }
}
