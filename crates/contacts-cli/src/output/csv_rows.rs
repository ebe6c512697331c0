//! Comma-separated values (RFC 4180).

use csv::{Terminator, Writer, WriterBuilder};
use std::borrow::Cow;
use std::io::Write;

/// Writes rows, in which a spreadsheet sees no formulas unless cells are to be raw.
#[derive(Debug)]
pub(super) struct CsvRows {
    is_raw: bool,
}

impl CsvRows {
    pub(super) fn new(is_raw: bool) -> Self {
        Self { is_raw }
    }

    pub(super) fn write(&self, out: &mut impl Write, cells: &[String]) -> std::io::Result<()> {
        let mut writer: Writer<Vec<u8>> = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(Vec::new());
        let cells = cells.iter().map(|cell| {
            if self.is_raw {
                Cow::from(cell)
            } else {
                defused(cell)
            }
        });
        writer
            .write_record(cells.map(Cow::into_owned))
            .map_err(std::io::Error::other)?;
        let line = writer
            .into_inner()
            .map_err(|error| std::io::Error::other(error.to_string()))?;
        out.write_all(&line)
    }
}

/// A cell that a spreadsheet takes for a text: what it would compute has an apostrophe in front. A phone number with its
/// `+` is no formula.
fn defused(cell: &str) -> Cow<'_, str> {
    let is_number = cell.strip_prefix('+').is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|letter| letter.is_ascii_digit() || " ()-./".contains(letter))
    });
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}
