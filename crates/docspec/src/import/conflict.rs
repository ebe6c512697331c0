//! What is said where pages do not agree about a component that they share.

use super::components::Conflict;
use super::job::Job;
use crate::diagnostic::{Diagnostic, Span, some_of};
use crate::facts::{self, Components};

/// A diagnostic for each, at the place of the capture that differs.
pub(super) fn diagnostics(conflicts: &[Conflict], jobs: &[Job<'_>]) -> Vec<Diagnostic> {
    conflicts
        .iter()
        .map(|conflict| {
            let job = jobs.iter().find(|job| job.page() == conflict.page);
            let capture = job.map_or(conflict.page.as_str(), |job| &job.given.name);
            let (expected, fix) = if conflict.missing.is_empty() {
                (
                    "the same in all the captures of this run".to_owned(),
                    "pass `--split` to give each page a component of its own",
                )
            } else {
                (
                    format!("captures of all the pages that use it; not given: {}", some_of(&conflict.missing)),
                    "import their captures in the same run, or pass `--split` to give this page a component of its own",
                )
            };
            let line = job.and_then(|job| {
                facts::facts("", &job.capture, &Components::default())
                    .into_iter()
                    .find(|fact| fact.key == conflict.key)
                    .and_then(|fact| fact.places.first().map(|place| place.line))
            });
            Diagnostic {
                rule: "import-component",
                page: capture.to_owned(),
                span: line.map(|line| Span {
                    line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("`{}` differs from the component `{}`, which other pages use too", conflict.key, conflict.name),
                expected,
                fix: fix.to_owned(),
            }
        })
        .collect()
}
