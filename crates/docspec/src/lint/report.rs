//! Collecting what a rule finds, with what is the same at several places said once.

use super::finding::{Finding, Part, Place};
use super::rule::Rule;
use super::survey::Survey;

/// What a rule has found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    doubts: Vec<(bool, Doubt)>,
}

/// Something doubtful at one place.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) place: Place,
    /// The name of what stands there, when the finding may be joined with others.
    pub(super) subject: Option<String>,
    pub(super) found: String,
    pub(super) expected: String,
    pub(super) fix: String,
}

impl Doubt {
    pub(super) fn new(
        place: Place,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            place,
            subject: None,
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        }
    }

    pub(super) fn of(self, subject: impl Into<String>) -> Self {
        Self {
            subject: Some(subject.into()),
            ..self
        }
    }
}

impl Report {
    /// Adds a finding of its own.
    pub(super) fn add(&mut self, doubt: Doubt) {
        self.doubts.push((false, doubt));
    }

    /// Adds a place to the finding that says the same, or a finding.
    pub(super) fn join(&mut self, doubt: Doubt) {
        self.doubts.push((true, doubt));
    }
}

/// What a rule finds.
pub(super) fn of_rule(rule: &'static Rule, survey: &Survey<'_>) -> Vec<Finding> {
    let mut report = Report::default();
    (rule.check)(survey, &mut report);
    let mut findings: Vec<Finding> = Vec::new();
    let mut joinable: Vec<usize> = Vec::new();
    for (join, doubt) in report.doubts {
        let part = Part {
            place: doubt.place,
            subject: doubt.subject,
        };
        let same = joinable.iter().copied().find(|index| {
            let other = &findings[*index];
            join && (&other.found, &other.expected, &other.fix)
                == (&doubt.found, &doubt.expected, &doubt.fix)
        });
        if let Some(index) = same {
            let parts = &mut findings[index].parts;
            if !parts.contains(&part) {
                parts.push(part);
            }
            continue;
        }
        if join {
            joinable.push(findings.len());
        }
        findings.push(Finding {
            rule,
            parts: vec![part],
            found: doubt.found,
            expected: doubt.expected,
            fix: doubt.fix,
            accepted: None,
        });
    }
    for finding in &mut findings {
        finding.parts.sort();
    }
    findings
}
