//! What a rule found, and where.

use super::rule::Rule;

/// A place in the sources and in the derived document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The page or file; the document itself where nothing says which page a fact is from.
    pub file: String,
    /// The line of the file, counted from 1.
    pub line: Option<usize>,
    /// The JSON pointer into the derived document.
    pub pointer: Option<String>,
    /// The field as its page names it, with the objects around it: `account.id`.
    pub field: Option<String>,
}

impl Place {
    /// A whole file, or a line of it.
    #[must_use]
    pub fn of_file(file: &str, line: Option<usize>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            pointer: None,
            field: None,
        }
    }

    /// `page#field`, as an acceptance may name it.
    #[must_use]
    pub fn in_page(&self) -> String {
        format!("{}#{}", self.file, self.field.as_deref().unwrap_or(""))
    }
}

/// One of the things that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Where it is.
    pub place: Place,
    /// Its name, where what was found is said of several.
    pub subject: Option<String>,
}

/// Something doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The places, by file and line; never empty.
    pub parts: Vec<Part>,
    /// What was found: a lower-case fragment, without the names of [`Finding::parts`].
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do about it.
    pub fix: String,
    /// Why it is accepted, when it is.
    pub accepted: Option<String>,
}

impl Finding {
    /// The first place.
    #[must_use]
    pub fn place(&self) -> &Place {
        // A finding is made from at least one part and keeps at least one.
        &self.parts[0].place
    }

    /// The names that it speaks of, each once, in the order of their places.
    #[must_use]
    pub fn subjects(&self) -> Vec<&str> {
        let mut subjects: Vec<&str> = Vec::new();
        for subject in self.parts.iter().filter_map(|part| part.subject.as_deref()) {
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        subjects
    }

    /// What was found, with the names that it is said of.
    #[must_use]
    pub fn title(&self) -> String {
        let subjects = self.subjects();
        if subjects.is_empty() {
            self.found.clone()
        } else {
            format!("{}: {}", self.found, super::notation::listed(&subjects))
        }
    }
}

/// By file and line, then by rule.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| {
            let place = finding.place();
            (place.file.clone(), place.line, finding.rule.name)
        };
        key(one)
            .cmp(&key(other))
            .then_with(|| one.parts.cmp(&other.parts))
            .then_with(|| one.found.cmp(&other.found))
    });
}
