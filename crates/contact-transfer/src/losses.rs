//! What a target cannot hold, counted by place.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use unified_contacts::Lost;

/// What a target cannot hold of many contacts, counted by place: a JSON pointer into a contact's record, with `*` for
/// the number of an entry, and the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Losses {
    /// How often something is lost at each place.
    pub counts: BTreeMap<String, u64>,
}

impl Losses {
    /// Whether nothing is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Adds what is lost of one contact, without ids, times and the like, which every API gives out itself.
    pub fn add(&mut self, lost: &[Lost]) {
        for lost in lost.iter().filter(|lost| lost.is_content()) {
            *self.counts.entry(place_of(lost)).or_default() += 1;
        }
    }
}

/// `/emails/0/kind` as `/emails/*/kind`, and why it is lost.
fn place_of(lost: &Lost) -> String {
    let text = lost.to_string();
    let reason = lost.reason.to_string();
    let pointer = text.strip_suffix(&reason).unwrap_or(&text);
    let pointer = pointer.trim_end_matches(": ");
    let is_number =
        |step: &&str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    let steps: Vec<&str> = pointer
        .split('/')
        .map(|step| if is_number(&step) { "*" } else { step })
        .collect();
    format!("{}: {reason}", steps.join("/"))
}

impl fmt::Display for Losses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, count) in &self.counts {
            writeln!(formatter, "{count} × {place}")?;
        }
        Ok(())
    }
}
