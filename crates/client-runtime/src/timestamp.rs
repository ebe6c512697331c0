//! A point in time as it was sent.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A date and time as text. Any text decodes, is kept and is sent back unchanged, since vendors' answers hold times
/// that no format describes; what is made here is checked to be RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

/// Says that a text is no RFC 3339 date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "not a date and time of RFC 3339, expected a form such as 2024-05-06T07:08:09Z",
        )
    }
}

impl std::error::Error for InvalidTimestamp {}

impl Timestamp {
    /// Takes an RFC 3339 date and time.
    ///
    /// # Errors
    /// When `text` is none.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        match Parts::of(text) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(InvalidTimestamp),
        }
    }

    /// Takes any text as an answer would hold it, whether it is a date and time or not.
    #[must_use]
    pub fn as_it_came(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is an RFC 3339 date and time, so that it names one point in time.
    #[must_use]
    pub fn is_rfc3339(&self) -> bool {
        Parts::of(&self.0).is_some()
    }

    /// The point in time, if the text is an RFC 3339 date and time. A leap second is the last second of its minute
    /// once more.
    #[cfg(feature = "chrono")]
    #[must_use]
    pub fn to_utc(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        Parts::of(&self.0)?.to_utc()
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Timestamp {
    fn from(time: chrono::DateTime<Z>) -> Self {
        Self(
            time.to_utc()
                .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
        )
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(text: String) -> Result<Self, InvalidTimestamp> {
        Self::parse(&text)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An RFC 3339 date and time in its parts.
#[cfg_attr(
    not(feature = "chrono"),
    expect(dead_code, reason = "only chrono needs the parts, not just the check")
)]
struct Parts {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanosecond: u32,
    offset_minutes: i32,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| digits(bytes.get(from..to)?);
        let is =
            |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
        if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let mut rest = bytes.get(19..)?;
        let mut nanosecond = 0;
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let mut padded = [b'0'; 9];
            for (slot, digit) in padded.iter_mut().zip(fraction.get(..length)?) {
                *slot = *digit;
            }
            nanosecond = digits(&padded)?;
            rest = fraction.get(length..).filter(|_| length > 0)?;
        }
        let offset_minutes = match rest {
            b"Z" | b"z" => 0,
            [sign @ (b'+' | b'-'), clock @ ..]
                if clock.len() == 5 && clock.get(2) == Some(&b':') =>
            {
                let (hours, minutes) = (digits(clock.get(..2)?)?, digits(clock.get(3..)?)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let minutes = i32::try_from(hours * 60 + minutes).ok()?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let valid = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour <= 23
            && minute <= 59
            && second <= 60;
        valid.then_some(Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            nanosecond,
            offset_minutes,
        })
    }

    #[cfg(feature = "chrono")]
    fn to_utc(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let (second, nanosecond) = match self.second {
            60 => (59, 1_000_000_000 + self.nanosecond),
            second => (second, self.nanosecond),
        };
        chrono::NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()?, self.month, self.day)?
            .and_hms_nano_opt(self.hour, self.minute, second, nanosecond)?
            .checked_sub_offset(chrono::FixedOffset::east_opt(self.offset_minutes * 60)?)
            .map(|time| time.and_utc())
    }
}

/// The number that up to nine ASCII digits spell.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
