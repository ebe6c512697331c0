//! What became of the calls.

use super::Arguments;
use crate::{Exchange, Extent};
use std::fmt;

/// What was wrong with a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No valid value was found of something that is required.
    NoArgument(String),
    /// Nothing was sent, or the answer was not understood.
    Failed(String),
    /// The sandbox did not take the request.
    Refused(u16, String),
    /// Another number of requests was sent than one.
    Requests(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoArgument(what) => write!(formatter, "no valid value was found of {what}"),
            Self::Failed(problem) => write!(formatter, "failed: {problem}"),
            Self::Refused(status, problem) => {
                write!(formatter, "refused with {status}: {problem}")
            }
            Self::Requests(count) => write!(formatter, "{count} requests were sent for one call"),
        }
    }
}

/// What became of one call.
#[derive(Debug, Clone)]
pub struct CallReport {
    /// The method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// How much of what is optional was given.
    pub extent: Extent,
    /// Whether a request was sent.
    pub was_sent: bool,
    /// What was wrong.
    pub fault: Option<Fault>,
}

/// What became of all calls.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Each call, in the order of the operations.
    pub calls: Vec<CallReport>,
}

impl Report {
    /// Whether each call was sent, taken and answered as documented.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.calls.iter().all(|call| call.fault.is_none())
    }

    pub(super) fn add(
        &mut self,
        method: &'static str,
        path: &'static str,
        extent: Extent,
        arguments: &Arguments<'_>,
        sent: Result<u16, String>,
        exchanges: &[Exchange],
    ) {
        let fault = match (exchanges, sent) {
            (_, Err(problem)) if exchanges.is_empty() => match arguments.missing().first() {
                Some(what) => Some(Fault::NoArgument(what.clone())),
                None => Some(Fault::Failed(problem)),
            },
            ([one], _) if one.was_refused() => {
                let text = String::from_utf8_lossy(one.answer_body()).into_owned();
                Some(Fault::Refused(one.status(), text))
            }
            ([_], Err(problem)) => Some(Fault::Failed(problem)),
            ([_], Ok(_)) => None,
            (several, _) => Some(Fault::Requests(several.len())),
        };
        self.calls.push(CallReport {
            method,
            path,
            extent,
            was_sent: !exchanges.is_empty(),
            fault,
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self.calls.iter().filter(|call| call.was_sent).count();
        let clean = self
            .calls
            .iter()
            .filter(|call| call.fault.is_none())
            .count();
        writeln!(
            formatter,
            "{} calls, {sent} sent, {clean} answered as documented",
            self.calls.len()
        )?;
        for call in &self.calls {
            if let Some(fault) = &call.fault {
                let CallReport {
                    method,
                    path,
                    extent,
                    ..
                } = call;
                writeln!(formatter, "{method} {path} ({extent:?}): {fault}")?;
            }
        }
        Ok(())
    }
}
