//! What keeps a sandbox from starting.

use std::error::Error as StdError;
use std::fmt;

/// Why a sandbox could not be started, or could not do what it was asked.
#[derive(Debug)]
pub struct SandboxError {
    problem: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl SandboxError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            source: None,
        }
    }

    pub(crate) fn caused(
        problem: impl Into<String>,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        Self {
            problem: problem.into(),
            source: Some(Box::new(source)),
        }
    }

    pub(crate) fn document(name: &str, problem: impl fmt::Display) -> Self {
        Self::new(format!("document `{name}`: {problem}"))
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problem)?;
        match &self.source {
            Some(source) => write!(formatter, ": {source}"),
            None => Ok(()),
        }
    }
}

impl StdError for SandboxError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
