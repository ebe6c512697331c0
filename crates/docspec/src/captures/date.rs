//! Days, as a lock writes them.

/// Whether a text is a day of the calendar, written as `2026-11-21`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .parse::<toml::value::Datetime>()
            .is_ok_and(|read| read.date.is_some() && read.time.is_none() && read.offset.is_none())
}
