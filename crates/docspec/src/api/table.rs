//! Strict reading of a TOML table: each key is taken once, what is left over is an error, every error is kept.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Span};

/// Turns byte ranges of a file into lines and collects what is wrong with it.
pub(super) struct Problems<'t> {
    file: &'t str,
    text: &'t str,
    line_starts: Vec<usize>,
    found: Vec<Diagnostic>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file,
            text,
            line_starts,
            found: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        rule: &'static str,
        at: Option<Range<usize>>,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let span = at.map(|range| self.span(range));
        self.found.push(Diagnostic {
            rule,
            page: self.file.to_owned(),
            span,
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        });
    }

    fn span(&self, range: Range<usize>) -> Span {
        let line = self
            .line_starts
            .partition_point(|start| *start <= range.start)
            .max(1);
        let start = self.line_starts[line - 1];
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        Span {
            line,
            start: range.start - start,
            end: range.end.min(end).saturating_sub(start),
        }
    }

    /// The line that a byte of the file stands in, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.span(at..at).line
    }

    /// What was found, in the order of the lines.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|problem| problem.span);
        self.found
    }
}

/// A table whose keys are taken one by one.
pub(super) struct Table<'a, 'i> {
    name: String,
    at: Range<usize>,
    entries: BTreeMap<&'a str, (Range<usize>, &'a Spanned<DeValue<'i>>)>,
    known: Vec<&'static str>,
}

impl<'a, 'i> Table<'a, 'i> {
    pub(super) fn new(name: &str, at: Range<usize>, table: &'a DeTable<'i>) -> Self {
        let entries = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value)))
            .collect();
        Self {
            name: name.to_owned(),
            at,
            entries,
            known: Vec::new(),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.entries.remove(key).map(|(_, value)| value)
    }

    fn wrong_type(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
        problems: &mut Problems<'_>,
    ) {
        problems.add(
            "api-type",
            Some(value.span()),
            format!(
                "`{key}` of {} is of type {}",
                self.name,
                value.get_ref().type_str()
            ),
            expected,
            format!("write `{key}` as {expected}"),
        );
    }

    /// A text that is not empty, with its place.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<(String, Range<usize>)> {
        let value = self.take(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some((text.to_owned(), value.span())),
            Some(_) => {
                problems.add(
                    "api-empty",
                    Some(value.span()),
                    format!("`{key}` of {} is empty", self.name),
                    "a text",
                    format!("fill in `{key}` or remove the line"),
                );
                None
            }
            None => {
                self.wrong_type(key, value, "a string", problems);
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required_text(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<(String, Range<usize>)> {
        if !self.entries.contains_key(key) {
            self.missing(key, problems);
            self.known.push(key);
            return None;
        }
        self.text(key, problems)
    }

    pub(super) fn missing(&self, key: &str, problems: &mut Problems<'_>) {
        problems.add(
            "api-missing",
            Some(self.at.clone()),
            format!("{} has no `{key}`", self.name),
            format!("`{key}`"),
            format!("add `{key} = …` to {}", self.name),
        );
    }

    pub(super) fn missing_table(&self, key: &str, problems: &mut Problems<'_>) {
        problems.add(
            "api-missing",
            None,
            format!("{} has no table `{key}`", self.name),
            format!("`{key}` with `title`, `version`, `crate`, `crate-version` and `pages`"),
            "add the table",
        );
    }

    pub(super) fn boolean(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<bool> {
        let value = self.take(key)?;
        let read = value.get_ref().as_bool();
        if read.is_none() {
            self.wrong_type(key, value, "`true` or `false`", problems);
        }
        read
    }

    /// A whole number from 1, with its place.
    pub(super) fn count(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<u64> {
        if !self.entries.contains_key(key) {
            self.missing(key, problems);
        }
        let value = self.take(key)?;
        let read = integer(value.get_ref()).filter(|number| *number > 0);
        if read.is_none() {
            self.wrong_type(key, value, "a whole number from 1", problems);
        }
        read
    }

    /// A list of texts with their places.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Vec<(String, Range<usize>)>> {
        self.list(key, "a list of strings", problems, |value| {
            value.as_str().map(str::to_owned)
        })
    }

    /// A list of whole numbers with their places.
    pub(super) fn numbers(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Vec<(u64, Range<usize>)>> {
        self.list(key, "a list of whole numbers", problems, integer)
    }

    fn list<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        problems: &mut Problems<'_>,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<Vec<(T, Range<usize>)>> {
        let value = self.take(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, expected, problems);
            return None;
        };
        let mut list = Vec::new();
        for item in items {
            match read(item.get_ref()) {
                Some(item_value) => list.push((item_value, item.span())),
                None => self.wrong_type(key, item, expected, problems),
            }
        }
        Some(list)
    }

    /// A table inside this one.
    pub(super) fn table(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Table<'a, 'i>> {
        let value = self.take(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table", problems);
            return None;
        };
        Some(Table::new(&format!("[{key}]"), value.span(), table))
    }

    /// A list of tables inside this one.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        problems: &mut Problems<'_>,
    ) -> Vec<Table<'a, 'i>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let name = format!("[[{key}]]");
        let tables: Option<Vec<_>> = value.get_ref().as_array().and_then(|items| {
            items
                .iter()
                .map(|item| Some((item.span(), item.get_ref().as_table()?)))
                .collect()
        });
        let Some(tables) = tables else {
            self.wrong_type(key, value, "a list of tables", problems);
            return Vec::new();
        };
        tables
            .into_iter()
            .map(|(at, table)| Table::new(&name, at, table))
            .collect()
    }

    /// Reports every key that nobody took.
    pub(super) fn end(self, problems: &mut Problems<'_>) {
        for (key, (at, _)) in self.entries {
            problems.add(
                "api-unknown-key",
                Some(at),
                format!("{} has the unknown key `{key}`", self.name),
                format!("one of `{}`", self.known.join("`, `")),
                "correct the key or remove it",
            );
        }
    }

    /// Where the table stands.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }
}

fn integer(value: &DeValue<'_>) -> Option<u64> {
    let integer = value.as_integer()?;
    u64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
