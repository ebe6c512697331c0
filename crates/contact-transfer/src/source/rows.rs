//! The records of a file as contacts.

use super::csv::{CsvReader, Read};
use super::jsonl::{Line, Lines, record_of};
use super::people::People;
use super::{CellProblem, FileSource, Format, cell};
use crate::error::TransferError;
use crate::mapping::{Draft, Mapping, Target};
use crate::problem::{Problem, ProblemKind};
use std::sync::Arc;
use unified_contacts::ContactRecord;

/// A record of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Record {
    /// Which record it is, from 1; the header is none.
    pub number: u64,
    /// The line on which it starts, from 1.
    pub line: u64,
    /// The contact, or what is wrong with it.
    pub draft: Result<ContactRecord, Vec<Problem>>,
}

/// The records of a file, one after the other.
pub struct Rows {
    source: FileSource,
    mapping: Mapping,
    reader: Reader,
    people: People,
    number: u64,
}

enum Reader {
    Csv(Box<CsvReader>),
    JsonLines(Lines),
}

impl Rows {
    pub(super) fn new(source: &FileSource, mapping: &Mapping) -> Result<Self, TransferError> {
        let reader = match source.format {
            Format::Csv => {
                let mut csv = source.csv()?;
                csv.read().map_err(|error| source.io(error))?;
                Reader::Csv(Box::new(csv))
            }
            Format::JsonLines => {
                let limit = source.options.max_record_bytes;
                Reader::JsonLines(Lines::new(source.text()?, limit))
            }
        };
        Ok(Self {
            source: source.clone(),
            mapping: mapping.clone(),
            reader,
            people: People::default(),
            number: 0,
        })
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_record(&mut self) -> Result<Option<Record>, TransferError> {
        let source = &self.source;
        let io = |error| source.io(error);
        let (line, draft) = match &mut self.reader {
            Reader::Csv(csv) => {
                let read = csv.read().map_err(io)?;
                let line = csv.line();
                let draft = match read {
                    Read::End => return Ok(None),
                    Read::Record => contact_of(csv, source, &self.mapping, line),
                    broken => Err(vec![source.problem(line, None, self::broken(&broken))]),
                };
                (line, draft)
            }
            Reader::JsonLines(lines) => {
                let read = lines.read().map_err(io)?;
                let line = lines.line();
                let draft = match read {
                    Line::End => return Ok(None),
                    Line::TooLong => Err(vec![source.problem(line, None, broken(&Read::TooLong))]),
                    Line::Text => record_on(lines.text(), source, line),
                };
                (line, draft)
            }
        };
        self.number += 1;
        let draft = draft.and_then(|draft| match self.people.note(&draft, line) {
            None => Ok(draft),
            Some(first) => Err(vec![Problem {
                found: format!("a person with an e-mail address of line {first}"),
                ..source.problem(line, None, DUPLICATE)
            }]),
        });
        Ok(Some(Record {
            number: self.number,
            line,
            draft,
        }))
    }
}

const DUPLICATE: CellProblem = (
    ProblemKind::DuplicatePerson,
    "",
    "each person once",
    "take one of the two out, or make one of them",
);

const NOTHING: CellProblem = (
    ProblemKind::NothingSet,
    "a record in which nothing is set",
    "a value in one of the columns that become something",
    "fill it in, or take the line out",
);

/// What is wrong with a record that cannot be read.
pub(super) fn broken(read: &Read) -> CellProblem {
    match read {
        Read::OpenQuote => (
            ProblemKind::OpenQuote,
            "a quote that is not closed before the file ends",
            "a closing quote",
            "close it; a quote inside quotes is written twice",
        ),
        Read::TextAfterQuote => (
            ProblemKind::TextAfterQuote,
            "text behind a closing quote",
            "a separator or the end of the line",
            "close the quote where the cell ends; a quote inside quotes is written twice",
        ),
        _ => (
            ProblemKind::LineTooLong,
            "a record that is longer than the limit",
            "records within the limit, 1 MiB unless it is set",
            "shorten it, raise the limit, or look for a quote that is not closed",
        ),
    }
}

/// The contact in the cells of a record, or everything that is wrong with them.
fn contact_of(
    csv: &CsvReader,
    source: &FileSource,
    mapping: &Mapping,
    line: u64,
) -> Result<ContactRecord, Vec<Problem>> {
    let (cells, columns) = (csv.cell_count(), source.header.len());
    if cells != columns {
        let expected = format!("{columns}, as the header has");
        return Err(vec![Problem {
            kind: ProblemKind::Ragged,
            file: Arc::clone(&source.name),
            line,
            column: None,
            found: format!("{cells} {}", if cells == 1 { "cell" } else { "cells" }),
            expected,
            fix: "add or remove separators; a cell with a separator in it needs quotes".to_owned(),
        }]);
    }
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    for (index, column) in mapping.columns.iter().enumerate() {
        // What is left out does no harm.
        let allows = source.options.allow_formulas || column.target == Target::Ignore;
        let text = cell::text_of(csv.cell(index), allows);
        let taken = text.and_then(|text| match text.trim() {
            "" => Ok(()),
            text => draft.take(mapping, column, text),
        });
        if let Err(problem) = taken {
            problems.push(source.problem(line, Some(column.column.clone()), problem));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let draft = draft.finish();
    draft.ok_or_else(|| vec![source.problem(line, None, NOTHING)])
}

/// The contact on a line of JSON. What an API gave out for the contact that it was copied from is left behind.
fn record_on(text: &[u8], source: &FileSource, line: u64) -> Result<ContactRecord, Vec<Problem>> {
    let mut record = record_of(text).map_err(|(kind, column, found, expected, fix)| {
        vec![Problem {
            found,
            ..source.problem(line, column, (kind, "", expected, fix))
        }]
    })?;
    record.id = None;
    record.etag = None;
    if record == ContactRecord::new() {
        return Err(vec![source.problem(line, None, NOTHING)]);
    }
    Ok(record)
}
