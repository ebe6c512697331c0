//! What is true and stays: `lint.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::finding::{Finding, Part, Place, sort};
use super::rule::{self, Level, Rule};
use crate::diagnostic::{Diagnostic, Span};

/// The name of the file.
pub const FILE: &str = "lint.toml";

pub(super) const RULES: &[Rule] = &[Rule {
    name: UNUSED,
    level: Level::Warning,
    summary: "an acceptance of lint.toml that matches no finding",
    why: "What was accepted has been mended, or has moved: remove the entry, or correct its place. An entry that is \
          left would hide the next finding at that place.",
    // It is about the acceptances, which are applied to what the other rules find.
    check: |_, _| {},
}];

const UNUSED: &str = "unused-acceptance";

/// The findings that somebody has accepted, each with a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptances {
    entries: Vec<Acceptance>,
}

/// One entry of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Acceptance {
    rule: String,
    place: String,
    reason: String,
    /// The line of the file, counted from 1.
    line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accept: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    place: String,
    reason: String,
}

impl Acceptances {
    /// Reads a `lint.toml`: an `[[accept]]` table for each acceptance, with `rule`, `place` and `reason`. Diagnostics
    /// call the file [`FILE`].
    ///
    /// # Errors
    ///
    /// When the file is not valid TOML, a key is unknown or missing, a rule is unknown, a place or a reason is empty,
    /// or an entry stands twice.
    pub fn parse(file: &str) -> Result<Self, Vec<Diagnostic>> {
        let File { accept } = toml::from_str(file).map_err(|error| {
            vec![Diagnostic {
                rule: "acceptance-syntax",
                page: FILE.to_owned(),
                span: error.span().map(|range| span(file, range.start)),
                found: error.message().trim().replace('\n', ", "),
                expected: "`[[accept]]` tables with `rule`, `place` and `reason`".to_owned(),
                fix: "correct the entry".to_owned(),
            }]
        })?;
        let mut entries: Vec<Acceptance> = Vec::new();
        let mut problems = Vec::new();
        for entry in accept {
            let span = span(file, entry.span().start);
            let entry = entry.into_inner();
            let acceptance = Acceptance {
                rule: entry.rule,
                place: entry.place.trim().to_owned(),
                reason: entry.reason.trim().to_owned(),
                line: span.line,
            };
            match acceptance.problem(&entries) {
                None => entries.push(acceptance),
                Some(problem) => problems.push(problem.at(span)),
            }
        }
        if problems.is_empty() {
            Ok(Self { entries })
        } else {
            Err(problems)
        }
    }

    /// Marks the findings that are accepted, splits off the places of a finding that are, and adds a finding for
    /// every entry that matches nothing.
    #[must_use]
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut used = vec![false; self.entries.len()];
        let mut judged: Vec<Finding> = Vec::new();
        for finding in findings {
            let mut open: Vec<Part> = Vec::new();
            let mut accepted: Vec<(usize, Vec<Part>)> = Vec::new();
            for part in &finding.parts {
                let entry = self
                    .entries
                    .iter()
                    .position(|entry| entry.matches(finding.rule, &part.place));
                let Some(entry) = entry else {
                    open.push(part.clone());
                    continue;
                };
                used[entry] = true;
                match accepted.iter_mut().find(|(other, _)| *other == entry) {
                    Some((_, parts)) => parts.push(part.clone()),
                    None => accepted.push((entry, vec![part.clone()])),
                }
            }
            for (entry, parts) in accepted {
                judged.push(Finding {
                    parts,
                    accepted: Some(self.entries[entry].reason.clone()),
                    ..finding.clone()
                });
            }
            if !open.is_empty() {
                judged.push(Finding {
                    parts: open,
                    ..finding
                });
            }
        }
        let unused = self.entries.iter().zip(used).filter(|(_, used)| !used);
        judged.extend(unused.filter_map(|(entry, _)| entry.unused()));
        sort(&mut judged);
        judged
    }
}

/// What is wrong with an entry.
struct Problem {
    rule: &'static str,
    found: String,
    expected: String,
    fix: &'static str,
}

impl Problem {
    fn at(self, span: Span) -> Diagnostic {
        Diagnostic {
            rule: self.rule,
            page: FILE.to_owned(),
            span: Some(span),
            found: self.found,
            expected: self.expected,
            fix: self.fix.to_owned(),
        }
    }
}

impl Acceptance {
    /// What is wrong with it, beside those before it.
    fn problem(&self, before: &[Self]) -> Option<Problem> {
        if rule::named(&self.rule).is_none() {
            let near = rule::all()
                .map(|rule| rule.name)
                .min_by_key(|name| strsim::osa_distance(name, &self.rule))
                .unwrap_or_default();
            return Some(Problem {
                rule: "acceptance-rule",
                found: format!("no rule is called `{}`", self.rule),
                expected: format!("a rule of `cargo xtask lint --rules`, such as `{near}`"),
                fix: "correct the name",
            });
        }
        for (key, text) in [("place", &self.place), ("reason", &self.reason)] {
            if text.is_empty() {
                return Some(Problem {
                    rule: "acceptance-empty",
                    found: format!("`{key}` is empty"),
                    expected: format!("a {key}"),
                    fix: "fill it in, or remove the entry",
                });
            }
        }
        let twice = before
            .iter()
            .find(|other| (&other.rule, &other.place) == (&self.rule, &self.place))?;
        Some(Problem {
            rule: "acceptance-twice",
            found: format!("the entry stands twice, first on line {}", twice.line),
            expected: "each rule and place once".to_owned(),
            fix: "remove one of the two",
        })
    }

    fn matches(&self, rule: &Rule, place: &Place) -> bool {
        let fits = |text: &str| match self.place.strip_suffix('*') {
            Some(start) => text.starts_with(start),
            None => text == self.place,
        };
        self.rule == rule.name
            && (place.pointer.as_deref().is_some_and(fits) || fits(&place.in_page()))
    }

    fn unused(&self) -> Option<Finding> {
        Some(Finding {
            rule: rule::named(UNUSED)?,
            parts: vec![Part {
                place: Place::of_file(FILE, Some(self.line)),
                subject: None,
            }],
            found: format!("`{}` finds nothing at `{}`", self.rule, self.place),
            expected: "acceptances of what is found".to_owned(),
            fix: "remove the entry, or correct its place".to_owned(),
            accepted: None,
        })
    }
}

/// The line of a byte of the file, from that byte on.
fn span(file: &str, at: usize) -> Span {
    let before = file.get(..at).unwrap_or(file);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Span {
        line: before.matches('\n').count() + 1,
        start: before.len() - start,
        end: usize::MAX,
    }
}
