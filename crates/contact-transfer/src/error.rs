//! Why a transfer could not be made.

use crate::journal::JournalError;
use crate::mapping::MappingError;
use crate::problem::Problems;
use std::fmt;
use std::io;
use unified_contacts::StoreError;

/// Why a transfer could not be made, or had to stop. No value of a contact and no credential is in it.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransferError {
    /// The file cannot be read.
    File {
        /// Its name.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// Something is wrong with the source, and nothing was written.
    Problems(Problems),
    /// The target cannot hold all that the contacts have, which was not accepted. Nothing was written.
    Loss(crate::Losses),
    /// The mapping cannot be used.
    Mapping(MappingError),
    /// The journal cannot be used.
    Journal(JournalError),
    /// A store cannot do what the transfer needs.
    Store(StoreError),
}

impl fmt::Display for TransferError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, error } => write!(formatter, "{file}: cannot be read: {error}"),
            Self::Problems(problems) => match (problems.listed.as_slice(), problems.count()) {
                ([one], 1) => one.fmt(formatter),
                (_, count) => write!(
                    formatter,
                    "{count} problems in the source, nothing was written; mend them, or keep going without these records\n{problems}"
                ),
            },
            Self::Loss(losses) => write!(
                formatter,
                "the target cannot hold all of it, nothing was written; leave the columns out, or accept the loss\n{losses}"
            ),
            Self::Mapping(error) => error.fmt(formatter),
            Self::Journal(error) => error.fmt(formatter),
            Self::Store(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for TransferError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { error, .. } => Some(error),
            Self::Journal(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<MappingError> for TransferError {
    fn from(error: MappingError) -> Self {
        Self::Mapping(error)
    }
}

impl From<JournalError> for TransferError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<StoreError> for TransferError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
