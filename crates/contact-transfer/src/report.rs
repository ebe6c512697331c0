//! What became of a transfer.

use crate::decision::Decision;
use crate::journal::entry::State;
use crate::journal::{Journal, JournalError};
use crate::losses::Losses;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Why a transfer stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "reason")]
#[non_exhaustive]
pub enum Stopped {
    /// It was asked to.
    Cancelled,
    /// The store could not be reached, or would not take more.
    Unreachable(String),
    /// The store refuses whatever is sent, such as for want of a right.
    Denied(String),
}

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => formatter.write_str("it was asked to stop"),
            Self::Unreachable(reason) => write!(formatter, "too many calls failed: {reason}"),
            Self::Denied(reason) => write!(formatter, "nothing can be written: {reason}"),
        }
    }
}

/// A record that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The line on which the record starts; in a sync, its place in the listing of the source.
    pub line: u64,
    /// Why. No value of the contact is in it.
    pub reason: String,
}

/// What became of a transfer, all its runs together: it is counted from the journal.
///
/// As JSON, it is an object with the fields below under their names; `stopped` is null or `{"why": "cancelled"}`,
/// `{"why": "unreachable", "reason": …}`, `{"why": "denied", "reason": …}`; `lost` is an object from place to count.
/// `version` is 1 as long as no field changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of the JSON.
    pub version: u32,
    /// Whether every record is settled, and no person has to decide about one.
    pub is_complete: bool,
    /// Why the last run stopped before its end.
    pub stopped: Option<Stopped>,
    /// How many records the source has, where that is known.
    pub total: Option<u64>,
    /// How many contacts were created.
    pub created: u64,
    /// How many were changed.
    pub updated: u64,
    /// How many already were as they should be.
    pub unchanged: u64,
    /// How many were refused.
    pub refused: u64,
    /// How many were left out because a person said so.
    pub skipped: u64,
    /// Of how many it is not known what became of them; the next run finds out.
    pub unknown: u64,
    /// About how many a person has to decide.
    pub undecided: u64,
    /// How many were not sent yet, where the total is known.
    pub remaining: Option<u64>,
    /// The first refusals.
    pub refusals: Vec<Refusal>,
    /// How many were refused for each reason.
    pub reasons: BTreeMap<String, u64>,
    /// The first records about which a person has to decide.
    pub decisions: Vec<Decision>,
    /// What the target could not hold.
    pub lost: Losses,
}

impl Report {
    /// How many refusals and decisions are listed.
    pub const LISTED: usize = 1000;

    /// How many reasons are told apart; the others are counted as one.
    pub const REASONS: usize = 100;

    /// Counts what is in a journal.
    pub(crate) fn of(journal: &Journal, stopped: Option<Stopped>) -> Result<Self, JournalError> {
        let mut report = Self {
            version: 1,
            is_complete: false,
            stopped,
            total: journal.total(),
            created: 0,
            updated: 0,
            unchanged: 0,
            refused: 0,
            skipped: 0,
            unknown: 0,
            undecided: 0,
            remaining: None,
            refusals: Vec::new(),
            reasons: BTreeMap::new(),
            decisions: Vec::new(),
            lost: Losses {
                counts: journal.lost()?,
            },
        };
        journal.each(|_, entry| match entry.state {
            State::Created { .. } => report.created += 1,
            State::Updated { .. } => report.updated += 1,
            State::Unchanged { .. } => report.unchanged += 1,
            State::Skipped => report.skipped += 1,
            State::Intended { .. } => report.unknown += 1,
            State::Refused { reason } => report.refuse(entry.line, &reason),
            State::Undecided { reason, candidates } => {
                report.undecided += 1;
                if report.decisions.len() < Self::LISTED {
                    report.decisions.push(Decision {
                        line: entry.line,
                        reason,
                        candidates,
                    });
                }
            }
        })?;
        report.remaining = report.total.map(|total| {
            total.saturating_sub(report.settled() + report.unknown + report.undecided)
        });
        report.is_complete = report.remaining == Some(0)
            && report.unknown == 0
            && report.undecided == 0
            && journal.is_done();
        Ok(report)
    }

    /// How many records need nothing more.
    #[must_use]
    pub fn settled(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.refused + self.skipped
    }

    fn refuse(&mut self, line: u64, reason: &str) {
        self.refused += 1;
        if self.refusals.len() < Self::LISTED {
            let reason = reason.to_owned();
            self.refusals.push(Refusal { line, reason });
        }
        let reason = without_line(reason);
        let is_known = self.reasons.contains_key(&reason);
        let reason = if is_known || self.reasons.len() < Self::REASONS {
            reason
        } else {
            "other reasons".to_owned()
        };
        *self.reasons.entry(reason).or_default() += 1;
    }
}

/// A reason without the number of another line, so that those that differ in nothing else are counted together.
fn without_line(reason: &str) -> String {
    const MARK: &str = " of line ";
    let Some((before, after)) = reason.split_once(MARK) else {
        return reason.to_owned();
    };
    let after = after.trim_start_matches(|char: char| char.is_ascii_digit());
    format!("{before} of another line{after}")
}

/// How wide a terminal is that the report is shown on.
const WIDTH: usize = 80;

/// How many lines of refusals the text shows.
const SHOWN: usize = 20;

impl fmt::Display for Report {
    /// The report as text, 80 columns wide.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            ("created", Some(self.created), true),
            ("updated", Some(self.updated), false),
            ("unchanged", Some(self.unchanged), false),
            ("refused", Some(self.refused), true),
            ("left out", Some(self.skipped), false),
            ("unknown", Some(self.unknown), false),
            ("to decide", Some(self.undecided), false),
            ("not sent", self.remaining, false),
            ("records", self.total, true),
        ];
        for (name, count, is_always) in counts {
            match count {
                Some(count) if count > 0 || is_always => {
                    writeln!(formatter, "{name:<10}{count:>12}")?;
                }
                _ => {}
            }
        }
        if let Some(stopped) = &self.stopped {
            writeln!(formatter)?;
            wrapped(
                formatter,
                "",
                &format!("Stopped: {stopped}. Run it again to go on."),
            )?;
        }
        if !self.reasons.is_empty() {
            writeln!(formatter, "\nRefused:")?;
            for (reason, count) in &self.reasons {
                wrapped(formatter, "  ", &format!("{count} × {reason}"))?;
            }
            let lines: Vec<String> = self
                .refusals
                .iter()
                .take(SHOWN)
                .map(|refusal| refusal.line.to_string())
                .collect();
            let rest = self.refused.saturating_sub(lines.len() as u64);
            let more = match rest {
                0 => String::new(),
                rest => format!(" and {rest} more"),
            };
            wrapped(
                formatter,
                "  ",
                &format!("on the lines {}{more}", lines.join(", ")),
            )?;
        }
        if !self.decisions.is_empty() {
            writeln!(formatter, "\nTo decide:")?;
            for decision in self.decisions.iter().take(SHOWN) {
                wrapped(formatter, "  ", &decision.to_string())?;
            }
            if self.undecided > SHOWN as u64 {
                writeln!(formatter, "  and {} more", self.undecided - SHOWN as u64)?;
            }
        }
        if !self.lost.is_empty() {
            writeln!(formatter, "\nThe target could not hold:")?;
            for (place, count) in &self.lost.counts {
                wrapped(formatter, "  ", &format!("{count} × {place}"))?;
            }
        }
        Ok(())
    }
}

/// Writes a text in lines that fit, the further ones indented more.
fn wrapped(formatter: &mut fmt::Formatter<'_>, indent: &str, text: &str) -> fmt::Result {
    use unicode_width::UnicodeWidthStr as _;
    let mut line = indent.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.width() + 1 + word.width() > WIDTH {
            writeln!(formatter, "{line}")?;
            line = format!("{indent}  ");
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    writeln!(formatter, "{line}")
}
