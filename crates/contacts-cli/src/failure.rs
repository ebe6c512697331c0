//! What went wrong, how to mend it, and the code that the process ends with.

use crate::exit;
use std::fmt;
use std::io;
use unified_contacts::{SettingsError, StoreError, StoreErrorKind};

/// What went wrong.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    problem: String,
    hint: Option<String>,
    is_closed_output: bool,
}

impl Failure {
    pub(crate) fn new(code: u8, problem: impl Into<String>) -> Self {
        Self {
            code,
            problem: problem.into(),
            hint: None,
            is_closed_output: false,
        }
    }

    pub(crate) fn usage(problem: impl Into<String>) -> Self {
        Self::new(exit::USAGE, problem)
    }

    pub(crate) fn configuration(problem: impl Into<String>) -> Self {
        Self::new(exit::CONFIGURATION, problem)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same without advice.
    pub(crate) fn without_hint(mut self) -> Self {
        self.hint = None;
        self
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }

    /// Whether whoever read the output closed it.
    pub(crate) fn is_closed_output(&self) -> bool {
        self.is_closed_output
    }

    pub(crate) fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problem)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_closed_output = error.kind() == io::ErrorKind::BrokenPipe;
        let mut failure = Self::new(
            exit::CONFIGURATION,
            format!("cannot write the output: {error}"),
        );
        failure.is_closed_output = is_closed_output;
        failure
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::configuration(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match error.kind() {
            _ if error.is_not_found() => exit::NOT_FOUND,
            _ if error.may_have_been_applied() => exit::UNKNOWN,
            // It never left: an id that could leave its place, a body that cannot be sent.
            StoreErrorKind::Call if error.call().is_some_and(|call| call.attempts() == 0) => {
                exit::REFUSED
            }
            StoreErrorKind::Call | StoreErrorKind::Item | StoreErrorKind::Listing => exit::FAILED,
            _ => exit::REFUSED,
        };
        let hint = match error.kind() {
            StoreErrorKind::Lossy => Some("add --accept-loss to leave that behind"),
            StoreErrorKind::Call
                if error
                    .call()
                    .is_some_and(client_runtime::Error::is_unauthorized) =>
            {
                Some("check the credential: `contacts doctor` tells where it is looked for")
            }
            _ if code == exit::UNKNOWN => {
                Some("look whether the contact was changed before you try again")
            }
            _ => None,
        };
        let failure = Self::new(code, error.to_string());
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}
