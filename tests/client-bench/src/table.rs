//! The table that a benchmark prints.

use crate::scenario::CONTACTS;
use std::io::{self, Write};

/// A table of what each side costs.
#[derive(Debug)]
pub struct Table<W> {
    out: W,
    is_within: bool,
}

impl<W: Write> Table<W> {
    /// Prints the head of a table that counts `counted`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn new(mut out: W, counted: &str) -> io::Result<Self> {
        writeln!(
            out,
            "{counted}: a call is an update of a contact, answered with {} bytes; a page has {CONTACTS} such contacts\n\n\
             | what | by hand | generated | ratio | bar |\n|---|---|---|---|---|",
            crate::CONTACT.len()
        )?;
        Ok(Self {
            out,
            is_within: true,
        })
    }

    /// Prints a row: the counts of both sides, for `times` calls or pages. The ratio is to be at most `bar`.
    ///
    /// # Errors
    /// What the writer says, or when nothing was counted.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a ratio needs no more than 52 bits"
    )]
    pub fn row(&mut self, what: &str, counts: &[u64], times: usize, bar: f64) -> io::Result<()> {
        let [by_hand @ 1..=u64::MAX, generated @ 1..=u64::MAX] = counts else {
            return Err(io::Error::other("nothing was counted"));
        };
        let each = |count: u64| count as f64 / times as f64;
        let (by_hand, generated) = (each(*by_hand), each(*generated));
        let ratio = generated / by_hand;
        self.is_within &= ratio <= bar;
        writeln!(
            self.out,
            "| {what} | {by_hand:.1} | {generated:.1} | {ratio:.3} | {bar:.2} |"
        )
    }

    /// Whether every ratio was within its bar.
    pub fn is_within_bars(&self) -> bool {
        self.is_within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_within(counts: &[u64]) -> Result<bool, String> {
        let mut table = Table::new(Vec::new(), "steps").map_err(|error| error.to_string())?;
        table
            .row("call", counts, 2, 0.9)
            .map_err(|error| error.to_string())?;
        Ok(table.is_within_bars())
    }

    #[test]
    fn a_ratio_above_its_bar_is_told() {
        assert_eq!(is_within(&[100, 90]), Ok(true));
        assert_eq!(is_within(&[100, 91]), Ok(false));
    }

    #[test]
    fn what_was_not_counted_has_no_ratio() {
        assert!(is_within(&[100, 0]).is_err() && is_within(&[0, 1]).is_err());
    }
}
