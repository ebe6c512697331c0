//! Days of the calendar, as captures are dated.

use std::fmt;

use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(Date);

/// Reads a day, written as `2026-11-21`.
pub(crate) fn parse(text: &str) -> Result<Day, String> {
    let date = Date::parse(text, &Iso8601::DATE)
        .ok()
        .filter(|_| docspec::captures::is_date(text));
    date.map(Day)
        .ok_or_else(|| "expected a day such as 2026-11-21".to_owned())
}

impl Day {
    /// Today, in UTC.
    pub(crate) fn today() -> Self {
        Self(OffsetDateTime::now_utc().date())
    }

    /// How many days have passed since another day; negative when it lies ahead.
    pub(crate) fn days_since(self, other: Self) -> i64 {
        (self.0 - other.0).whole_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
