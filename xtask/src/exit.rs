//! How a run ends.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// Everything was done.
const DONE: u8 = 0;
/// A fault of this program, of the file system or of the machine.
const FAULT: u8 = 1;
/// `--check` found something out of date.
const OUT_OF_DATE: u8 = 4;
/// `--fail-on` names the level of a change that was found.
const CHANGED: u8 = 5;
/// The input is wrong.
const INPUT: u8 = 100;

/// The end of a command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was done.
    Done,
    /// `--check` found something out of date.
    OutOfDate,
    /// `--fail-on` names the level of a change that was found.
    Changed,
    /// `lint` found what its caller does not let pass.
    Doubtful,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => DONE,
            Exit::OutOfDate => OUT_OF_DATE,
            Exit::Changed => CHANGED,
            Exit::Doubtful => INPUT,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong; the text says what, where, and how to mend it.
    Input(String),
    /// A file could not be read or written, or this program is at fault.
    Fault(String),
}

impl Failure {
    /// A file that the caller named, or that the sources lack, cannot be read: the input is wrong.
    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        Self::Input(format!(
            "cannot read {}: {error}; expected a text file in UTF-8; to fix: check the path and its permissions",
            path.display()
        ))
    }

    /// A file cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        Self::Fault(format!(
            "cannot write {}: {error}; nothing was changed",
            path.display()
        ))
    }

    /// Several failures as one: a fault if one of them is.
    pub(crate) fn joined(failures: &[Self]) -> Option<Self> {
        let is_fault = failures
            .iter()
            .any(|failure| matches!(failure, Self::Fault(_)));
        let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
        let text = texts.join("\n");
        match (texts.is_empty(), is_fault) {
            (true, _) => None,
            (false, true) => Some(Self::Fault(text)),
            (false, false) => Some(Self::Input(text)),
        }
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Input(_) => INPUT,
            Self::Fault(_) => FAULT,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Fault(text) => f.write_str(text),
        }
    }
}
