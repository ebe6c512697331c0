//! What an import changes, fact by fact.

mod entries;

use std::fmt;

use super::job::Job;
use super::moves::Moves;
use crate::captures::Lock;
use crate::facts::{self, Components};
use crate::page::Page;

/// What became of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The capture has it, our page did not.
    Added,
    /// Our page had it, the capture does not.
    Removed,
    /// The same field stands under another object.
    Moved,
    /// A field of another name, of which the same is said, stands in the same place.
    Renamed,
    /// Its type is another one.
    Retyped,
    /// Something else about it is new: whether it is required, a default, a limit, the values.
    Changed,
    /// Integrations that know it now.
    Gained,
    /// Integrations that do not know it any more.
    Lost,
    /// The same integrations stand in another order.
    Reordered,
    /// Our page has it, the capture does not, and it stays.
    Kept,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Renamed => "renamed?",
            Self::Retyped => "retyped",
            Self::Changed => "changed",
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Reordered => "reordered",
            Self::Kept => "kept",
        }
    }
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What became of the fact.
    pub kind: Kind,
    /// Its key, as [`crate::facts`] has it.
    pub key: String,
    /// What there is to say.
    pub detail: String,
    /// The line of the capture, where the capture has the fact.
    pub line: Option<usize>,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// What an import changes about one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The page's file under `pages/`.
    pub file: String,
    /// Whether the page is a new one.
    pub is_new: bool,
    /// The capture, as the caller named it.
    pub capture: String,
    /// The layout that it was read in.
    pub layout: &'static str,
    /// The day on which it was captured.
    pub captured: String,
    /// What changes about the facts that the page had, then what is new, each in the order of the page; then what stays
    /// though the capture does not have it.
    pub entries: Vec<Entry>,
}

impl Report {
    /// How many entries tell of a change.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.kind != Kind::Kept)
            .count()
    }
}

/// What each job changes, between the pages before and after. `lock` is that after the import.
pub(super) fn reports(
    jobs: &[Job<'_>],
    before: &[Page],
    after: &[Page],
    moves: &[Moves<'_>],
    lock: &Lock,
) -> Vec<Report> {
    let (old, new) = (Components::of(before), Components::of(after));
    let none = Components::default();
    jobs.iter()
        .zip(moves)
        .map(|(job, moves)| {
            let page = job.page();
            let mut ours = Vec::new();
            if !job.is_new {
                ours = facts::facts("", &job.ours, &old);
            }
            let now = facts::operations(after)
                .find(|(name, _)| *name == page)
                .map(|(name, operation)| facts::facts(name, operation, &new))
                .unwrap_or_default();
            let shown = facts::facts("", &job.capture, &none);
            Report {
                file: job.file.clone(),
                is_new: job.is_new,
                capture: job.given.name.clone(),
                layout: job.layout.name(),
                captured: lock.pages.get(&job.file).map_or_else(
                    || job.given.captured.clone(),
                    |capture| capture.captured.clone(),
                ),
                entries: entries::entries(&ours, &now, &shown, moves),
            }
        })
        .collect()
}
