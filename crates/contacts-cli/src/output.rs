//! Where things are printed, and how.

mod cells;
mod contacts;
mod csv_rows;
mod table;

pub(crate) use cells::{ordered, shown};
pub(crate) use contacts::{ContactWriter, full_name, rows_of};
pub(crate) use table::Table;

use crate::arguments::Shown;
use crate::failure::Failure;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};

/// How wide a terminal is that does not say so.
const USUAL_WIDTH: usize = 80;

/// The standard output and the standard error.
#[derive(Debug)]
pub(crate) struct Output {
    out: BufWriter<Stdout>,
    is_quiet: bool,
    has_colour: bool,
    width: usize,
}

impl Output {
    pub(crate) fn new(shown: Shown) -> Self {
        let no_colour =
            shown.no_color || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            out: BufWriter::new(io::stdout()),
            is_quiet: shown.quiet,
            has_colour: !no_colour && io::stderr().is_terminal(),
            width: width(),
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Prints a result.
    pub(crate) fn line(&mut self, text: impl Display) -> Result<(), Failure> {
        writeln!(self.out, "{text}")?;
        Ok(())
    }

    /// What results are written to.
    pub(crate) fn writer(&mut self) -> &mut impl Write {
        &mut self.out
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush()?;
        Ok(())
    }

    /// Tells a person what is going on, who may not want to know.
    pub(crate) fn tell(&mut self, text: impl Display) {
        if !self.is_quiet {
            let _nobody_reads = self.out.flush();
            let _nobody_reads = writeln!(io::stderr(), "{text}");
        }
    }

    /// Says what went wrong.
    pub(crate) fn complain(&mut self, failure: &Failure) {
        let _nobody_reads = self.out.flush();
        let (red, plain) = if self.has_colour {
            ("\x1b[1;31m", "\x1b[0m")
        } else {
            ("", "")
        };
        let mut error = io::stderr();
        let _nobody_reads = writeln!(error, "{red}error:{plain} {failure}");
        if let Some(hint) = failure.hint_text() {
            let _nobody_reads = writeln!(error, "hint: {hint}");
        }
    }
}

/// How wide the terminal is.
fn width() -> usize {
    let named = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse::<usize>().ok());
    let found = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    named
        .or_else(found)
        .filter(|width| *width >= 20)
        .unwrap_or(USUAL_WIDTH)
}
