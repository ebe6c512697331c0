#![doc = include_str!("../README.md")]

mod cancel;
mod check;
mod decision;
mod drive;
mod error;
mod held;
mod import;
mod journal;
mod listing;
mod losses;
mod mapping;
mod merge;
mod options;
mod problem;
mod progress;
mod reconcile;
mod report;
mod source;
mod sync;
mod verdict;

pub use cancel::Cancel;
pub use check::Checked;
pub use decision::{Answer, Decision, decide, decisions, report};
pub use error::TransferError;
pub use import::Import;
pub use journal::{Endpoint, JournalError};
pub use losses::Losses;
pub use mapping::{
    ColumnMapping, Mapping, MappingError, Part, Target, UnknownColumns, UnknownTarget,
};
pub use options::{ImportOptions, RunOptions, SyncOptions};
pub use problem::{Problem, ProblemKind, Problems};
pub use progress::Progress;
pub use report::{Refusal, Report, Stopped};
pub use source::{FileSource, Format, Record, Rows, SourceOptions};
pub use sync::Sync;
