//! What a run is asked for and what came of it.

use crate::Error;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How many cases of a broken law are described.
const MAX_CASES: usize = 5;

/// What is asked of a promise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// How much is to be done, in the promise's own unit; `None` for its full figure.
    pub(crate) count: Option<u64>,
    /// What every random choice follows from.
    pub(crate) seed: u64,
}

impl Run {
    /// How much is to be done by a promise whose full figure is `full`.
    pub(crate) fn count_or(&self, full: u64) -> u64 {
        self.count.unwrap_or(full)
    }
}

/// What came of a run: what was counted, and how far each law of the promise was kept.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    counts: Map<String, Value>,
    laws: Vec<Law>,
    error: Option<String>,
}

/// Something of which there may be no more than a bound, in most cases none.
#[derive(Debug)]
struct Law {
    name: &'static str,
    found: f64,
    at_most: f64,
    cases: Vec<String>,
}

impl Outcome {
    /// Nothing counted so far.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A promise that could not be put to the test counts as broken.
    pub(crate) fn failed(error: &Error) -> Self {
        Self {
            error: Some(error.to_string()),
            ..Self::default()
        }
    }

    /// Tells how often something happened, or how large it was.
    pub(crate) fn count(&mut self, name: &str, value: impl Into<Value>) {
        self.counts.insert(name.to_owned(), value.into());
    }

    /// States a law of which no breach may be found, before any case of it. A promise that states none is not kept.
    pub(crate) fn never(&mut self, name: &'static str) {
        self.law(name);
    }

    /// Notes a breach of the law `name`; `case` says in a line what happened.
    pub(crate) fn breach(&mut self, name: &'static str, case: impl FnOnce() -> String) {
        let law = self.law(name);
        law.found += 1.0;
        if law.cases.len() < MAX_CASES {
            law.cases.push(case());
        }
    }

    /// States a law: `found` is at most `bound`.
    pub(crate) fn at_most(&mut self, name: &'static str, found: f64, bound: f64) {
        let law = self.law(name);
        law.found = found;
        law.at_most = bound;
    }

    fn law(&mut self, name: &'static str) -> &mut Law {
        let known = self.laws.iter().position(|law| law.name == name);
        let index = known.unwrap_or_else(|| {
            self.laws.push(Law {
                name,
                found: 0.0,
                at_most: 0.0,
                cases: Vec::new(),
            });
            self.laws.len() - 1
        });
        &mut self.laws[index]
    }

    /// Whether the promise was put to the test and every law was kept.
    pub(crate) fn is_kept(&self) -> bool {
        let keeps = |law: &Law| law.found <= law.at_most;
        self.error.is_none() && !self.laws.is_empty() && self.laws.iter().all(keeps)
    }

    /// The outcome as one line of JSON.
    pub(crate) fn line(&self, promise: &str, run: &Run, took: Duration) -> Value {
        let laws = self.laws.iter().map(|law| {
            let mut value = json!({ "found": number(law.found), "at_most": number(law.at_most) });
            if !law.cases.is_empty() {
                value["cases"] = json!(law.cases);
            }
            (law.name.to_owned(), value)
        });
        let mut line = json!({
            "promise": promise,
            "kept": self.is_kept(),
            "seed": run.seed,
            "seconds": number((took.as_secs_f64() * 10.0).round() / 10.0),
            "counts": self.counts,
            "laws": laws.collect::<Map<_, _>>(),
        });
        if let Some(error) = &self.error {
            line["error"] = json!(error);
        }
        line
    }
}

/// A whole number without a fraction, any other as it is.
fn number(value: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only a whole number that an i64 holds is cast"
    )]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: Run = Run {
        count: None,
        seed: 7,
    };

    #[test]
    fn a_promise_without_a_law_is_not_kept() {
        let mut outcome = Outcome::new();
        outcome.count("calls", 3);
        assert!(!outcome.is_kept());
        outcome.never("duplicates");
        assert!(outcome.is_kept());
    }

    #[test]
    fn one_breach_breaks_a_promise_and_is_described() {
        let mut outcome = Outcome::new();
        outcome.never("lost");
        outcome.never("duplicates");
        for index in 0..9 {
            outcome.breach("duplicates", || format!("write {index}"));
        }
        assert!(!outcome.is_kept());
        let line = outcome.line("writes", &RUN, Duration::from_millis(1234));
        assert_eq!(line["kept"], false);
        assert_eq!(line["seconds"], 1.2);
        assert_eq!(line["laws"]["lost"], json!({ "found": 0, "at_most": 0 }));
        assert_eq!(line["laws"]["duplicates"]["found"], 9);
        assert_eq!(line["laws"]["duplicates"]["cases"][4], "write 4");
        assert_eq!(line["laws"]["duplicates"]["cases"][5], Value::Null);
    }

    #[test]
    fn a_bound_is_kept_up_to_itself_and_nothing_is_no_number() {
        for (found, is_kept) in [(19.9, true), (20.0, true), (20.1, false), (f64::NAN, false)] {
            let mut outcome = Outcome::new();
            outcome.at_most("extra_load_percent", found, 20.0);
            assert_eq!(outcome.is_kept(), is_kept, "{found}");
        }
    }

    #[test]
    fn what_could_not_be_run_is_not_kept() {
        let mut outcome = Outcome::failed(&"no port is free".into());
        outcome.never("lost");
        assert!(!outcome.is_kept());
        assert_eq!(
            outcome.line("ids", &RUN, Duration::ZERO)["error"],
            "no port is free"
        );
    }
}
