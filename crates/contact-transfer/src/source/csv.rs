//! CSV, record by record, whatever its size.

use super::quotes::{QuoteProblem, Quotes};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, BufRead};

/// The separators that are told apart by the header.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// CSV that is read record by record. Nothing but the record at hand is held.
pub(crate) struct CsvReader {
    input: Box<dyn BufRead + Send>,
    core: Reader,
    quotes: Quotes,
    /// The text of the record's cells, one behind the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    cell_count: usize,
    limit: usize,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// A record: [`CsvReader::cell`] has its cells.
    Record,
    /// A record that is longer than the limit. It is passed over.
    TooLong,
    /// A record that the file ends in, inside quotes.
    OpenQuote,
    /// A record with text behind a closing quote.
    TextAfterQuote,
    /// No more records.
    End,
}

impl CsvReader {
    /// Reads text. The separator is told by the first line, unless it is given; `limit` is how many bytes a record may
    /// have.
    pub(crate) fn new(
        mut input: Box<dyn BufRead + Send>,
        separator: Option<u8>,
        limit: usize,
    ) -> io::Result<Self> {
        let separator = match separator {
            Some(separator) => separator,
            None => separator_of(input.fill_buf()?),
        };
        Ok(Self {
            input,
            core: ReaderBuilder::new().delimiter(separator).build(),
            quotes: Quotes::new(separator),
            cells: vec![0; 4096],
            ends: vec![0; 64],
            cell_count: 0,
            limit,
        })
    }

    /// The line on which the record at hand starts, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.quotes.record_line()
    }

    /// How many cells the record at hand has.
    pub(crate) fn cell_count(&self) -> usize {
        self.cell_count
    }

    /// A cell of the record at hand; empty where there is none.
    pub(crate) fn cell(&self, index: usize) -> &[u8] {
        if index >= self.cell_count {
            return &[];
        }
        let start = match index {
            0 => 0,
            _ => self.ends[index - 1],
        };
        &self.cells[start..self.ends[index]]
    }

    /// Reads the next record. Empty lines are passed over.
    pub(crate) fn read(&mut self) -> io::Result<Read> {
        self.quotes.start_record();
        let (mut written, mut ended) = (0, 0);
        let mut is_too_long = false;
        loop {
            let input = self.input.fill_buf()?;
            let is_last = input.is_empty();
            // Only inside quotes is a line break not the end of a record: it tells whether the file ends inside some.
            let given = if is_last { b"\n" } else { input };
            let output = &mut self.cells[written..];
            let ends = &mut self.ends[ended..];
            let (result, read, new_cells, new_ends) = self.core.read_record(given, output, ends);
            if !is_last {
                self.quotes.pass(&given[..read]);
                self.input.consume(read);
            }
            written += new_cells;
            ended += new_ends;
            is_too_long |= self.quotes.record_bytes() > self.limit;
            if is_too_long {
                (written, ended) = (0, 0);
            }
            match result {
                ReadRecordResult::InputEmpty if is_last => {
                    self.cell_count = 0;
                    let read = match () {
                        () if !self.quotes.is_in_record() => Read::End,
                        () if is_too_long => Read::TooLong,
                        () => Read::OpenQuote,
                    };
                    // Whatever was open is closed, so that the next call finds the end.
                    self.core.reset();
                    return Ok(read);
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.cell_count = if is_too_long { 0 } else { ended };
                    return Ok(match self.quotes.problem() {
                        _ if is_too_long => Read::TooLong,
                        Some(QuoteProblem::TextAfterQuote) => Read::TextAfterQuote,
                        None => Read::Record,
                    });
                }
                ReadRecordResult::End => return Ok(Read::End),
            }
        }
    }
}

/// The separator that stands most often in the first line, outside quotes.
fn separator_of(text: &[u8]) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for byte in text {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if !is_quoted => {
                let index = SEPARATORS.iter().position(|known| known == byte);
                if let Some(index) = index {
                    counts[index] += 1;
                }
            }
            _ => {}
        }
    }
    // The first of those that stand equally often: the comma, where there is none.
    let most = counts.iter().max().copied().unwrap_or_default();
    let index = counts.iter().position(|count| *count == most);
    SEPARATORS[index.unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, limit: usize) -> Vec<(Read, u64, Vec<String>)> {
        let input = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        let mut reader = CsvReader::new(input, None, limit).unwrap();
        let mut records = Vec::new();
        loop {
            let read = reader.read().unwrap();
            if read == Read::End {
                return records;
            }
            let cells = (0..reader.cell_count()).map(|index| reader.cell(index).to_vec());
            let cells = cells.map(|cell| String::from_utf8(cell).unwrap());
            records.push((read, reader.line(), cells.collect()));
        }
    }

    #[test]
    fn lines_are_counted_where_records_start() {
        let read = records("a,b\r\n\r\n\"x\ny\",2\r\n3,\"4\"\"\"", 100);
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        assert_eq!(
            read,
            [
                (Read::Record, 1, cells(&["a", "b"])),
                (Read::Record, 3, cells(&["x\ny", "2"])),
                (Read::Record, 5, cells(&["3", "4\""])),
            ]
        );
    }

    #[test]
    fn a_record_beyond_the_limit_is_passed_over() {
        let long = format!("a,b\n{},1\nc,d\n", "x".repeat(10_000));
        let read = records(&long, 1000);
        assert_eq!((&read[1].0, read[1].1), (&Read::TooLong, 2));
        assert_eq!(read[2].2, ["c", "d"]);
    }

    #[test]
    fn quotes_that_are_wrong_are_found() {
        let read = records("a,b\n\"x,1\n\"y\",2\nz,3\n", 1000);
        assert_eq!((&read[1].0, read[1].1), (&Read::TextAfterQuote, 2));
        let read = records("a,b\nx,\"1\nz,3\n", 1000);
        assert_eq!((&read[1].0, read[1].1), (&Read::OpenQuote, 2));
        assert_eq!(read.len(), 2);
        let read = records("a,b\n5\" pipe,\"\"\n\"\",\"\"", 1000);
        assert_eq!(read[1].2, ["5\" pipe", ""]);
        assert_eq!(read[2].2, ["", ""]);
    }

    #[test]
    fn the_header_tells_the_separator() {
        assert_eq!(separator_of(b"a;b;c\n1,2,3,4,5"), b';');
        assert_eq!(separator_of(b"\"a;b;c\",d\n"), b',');
        assert_eq!(separator_of(b"a\tb\n"), b'\t');
        assert_eq!(separator_of(b"a\n"), b',');
    }
}
