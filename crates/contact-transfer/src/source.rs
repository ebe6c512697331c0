//! Where contacts come from: a file, record by record.

pub(crate) mod cell;
mod csv;
mod jsonl;
pub(crate) mod people;
mod quotes;
mod rows;
mod text;

pub use rows::{Record, Rows};

use crate::error::TransferError;
use crate::mapping::Mapping;
use crate::problem::{Problem, ProblemKind, Problems};
use cell::CellProblem;
use csv::CsvReader;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use text::Mark;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Cells with a separator between them, under a header.
    Csv,
    /// A contact record as JSON on each line.
    JsonLines,
}

/// How a file is read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SourceOptions {
    /// How the file is written; `None` to tell it by the name: `.jsonl` and `.ndjson` are JSON lines.
    pub format: Option<Format>,
    /// What stands between cells; `None` to tell it by the header: comma, semicolon, tab or `|`.
    pub separator: Option<u8>,
    /// How many bytes a record may have, 1 MiB unless set.
    pub max_record_bytes: usize,
    /// Whether cells that a spreadsheet would take for formulas are taken as text.
    pub allow_formulas: bool,
}

impl Default for SourceOptions {
    fn default() -> Self {
        Self {
            format: None,
            separator: None,
            max_record_bytes: 1 << 20,
            allow_formulas: false,
        }
    }
}

/// A file of contacts. It is read from its start as often as it is needed, and never held as a whole.
#[derive(Debug, Clone)]
pub struct FileSource {
    path: PathBuf,
    pub(crate) name: Arc<str>,
    format: Format,
    options: SourceOptions,
    header: Vec<String>,
    stamp: (u64, Option<SystemTime>),
}

impl FileSource {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// When the file cannot be read, is empty or in an encoding that is not read, and when its header is wrong.
    pub fn open(path: impl Into<PathBuf>, options: SourceOptions) -> Result<Self, TransferError> {
        let path = path.into();
        let name: Arc<str> = path.display().to_string().into();
        let ending = path.extension().unwrap_or_default();
        let is_json = ending.eq_ignore_ascii_case("jsonl") || ending.eq_ignore_ascii_case("ndjson");
        let by_name = if is_json {
            Format::JsonLines
        } else {
            Format::Csv
        };
        let mut source = Self {
            format: options.format.unwrap_or(by_name),
            options,
            header: Vec::new(),
            stamp: (0, None),
            name,
            path,
        };
        source.stamp = source.stamp_now()?;
        match source.format {
            Format::Csv => source.header = source.read_header()?,
            Format::JsonLines => {
                if source
                    .text()?
                    .fill_buf()
                    .map_err(|error| source.io(error))?
                    .is_empty()
                {
                    return Err(source.refuse(1, None, EMPTY));
                }
            }
        }
        Ok(source)
    }

    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How the file is written.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The names of the columns; none where the file is JSON lines.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The SHA-256 of the file, in hexadecimal digits.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sha256(&self) -> Result<String, TransferError> {
        let mut digest = Sha256::new();
        let mut file = self.file()?;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut chunk).map_err(|error| self.io(error))?;
            if read == 0 {
                return Ok(crate::journal::hex(&digest.finalize()));
            }
            digest.update(&chunk[..read]);
        }
    }

    /// The file's records as contacts, from the start. The mapping is that of [`Mapping::for_header`], and of no use to
    /// JSON lines.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed since it was opened.
    pub fn rows(&self, mapping: &Mapping) -> Result<Rows, TransferError> {
        if self.stamp_now()? != self.stamp {
            let error = io::Error::other("it was changed since it was opened, run again");
            return Err(self.io(error));
        }
        Rows::new(self, mapping)
    }

    fn file(&self) -> Result<File, TransferError> {
        File::open(&self.path).map_err(|error| self.io(error))
    }

    fn stamp_now(&self) -> Result<(u64, Option<SystemTime>), TransferError> {
        let metadata = self.path.metadata().map_err(|error| self.io(error))?;
        Ok((metadata.len(), metadata.modified().ok()))
    }

    /// The file's text as UTF-8.
    fn text(&self) -> Result<Box<dyn BufRead + Send>, TransferError> {
        let (mark, text) = text::text_of(self.file()?).map_err(|error| self.io(error))?;
        if mark == Mark::Utf32 {
            let problem = (
                ProblemKind::Encoding,
                "UTF-32",
                "UTF-8, or UTF-16 with a byte order mark",
                "save the file again as UTF-8",
            );
            return Err(self.refuse(1, None, problem));
        }
        Ok(text)
    }

    fn csv(&self) -> Result<CsvReader, TransferError> {
        let options = &self.options;
        let text = self.text()?;
        CsvReader::new(text, options.separator, options.max_record_bytes)
            .map_err(|error| self.io(error))
    }

    fn read_header(&self) -> Result<Vec<String>, TransferError> {
        let mut csv = self.csv()?;
        match csv.read().map_err(|error| self.io(error))? {
            csv::Read::Record => {}
            csv::Read::End => return Err(self.refuse(1, None, EMPTY)),
            other => return Err(self.refuse(csv.line(), None, rows::broken(&other))),
        }
        let mut names: Vec<String> = Vec::new();
        for index in 0..csv.cell_count() {
            // The header may begin with what would be a formula in a cell; it is sent nowhere.
            let name = cell::text_of(csv.cell(index), true);
            let name = name.map_err(|problem| self.refuse(csv.line(), None, problem))?;
            let name = name.trim();
            let is_same = |known: &String| known.to_lowercase() == name.to_lowercase();
            if !name.is_empty() && names.iter().any(is_same) {
                let problem = (
                    ProblemKind::DuplicateColumn,
                    "a column of the same name before it",
                    "a name of its own for each column",
                    "rename one of the two in the header",
                );
                return Err(self.refuse(csv.line(), Some(name.to_owned()), problem));
            }
            let name = match name {
                "" => format!("(column {})", index + 1),
                name => name.to_owned(),
            };
            names.push(name);
        }
        Ok(names)
    }

    /// Refuses a mapping by which no column becomes anything.
    pub(crate) fn check_mapping(&self, mapping: &Mapping) -> Result<(), TransferError> {
        if self.format == Format::Csv && mapping.is_empty() {
            let problem = (
                ProblemKind::NoKnownColumn,
                "no column whose name is known",
                "a header with names such as `First name` and `E-mail`",
                "add a header, rename its columns, or give a mapping",
            );
            return Err(self.refuse(1, None, problem));
        }
        Ok(())
    }

    pub(crate) fn problem(
        &self,
        line: u64,
        column: Option<String>,
        problem: CellProblem,
    ) -> Problem {
        let (kind, found, expected, fix) = problem;
        Problem {
            kind,
            file: Arc::clone(&self.name),
            line,
            column,
            found: found.to_owned(),
            expected: expected.to_owned(),
            fix: fix.to_owned(),
        }
    }

    fn refuse(&self, line: u64, column: Option<String>, problem: CellProblem) -> TransferError {
        let mut problems = Problems::new();
        problems.add(self.problem(line, column, problem));
        TransferError::Problems(problems)
    }

    fn io(&self, error: io::Error) -> TransferError {
        TransferError::File {
            file: self.name.to_string(),
            error,
        }
    }
}

const EMPTY: CellProblem = (
    ProblemKind::Empty,
    "an empty file",
    "a header, and a record on each line below it",
    "give a file with contacts",
);
