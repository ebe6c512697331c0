//! The rules by name: what each looks for, how much it matters, and why.

use std::fmt::{self, Write as _};

use super::notation::wrapped;
use super::report::Report;
use super::rules;
use super::survey::Survey;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Likely to mislead a caller.
    Warning,
    /// A contradiction or a slip: the client made from it is wrong somewhere.
    Error,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One kind of doubt.
pub struct Rule {
    /// The stable name, in kebab case.
    pub name: &'static str,
    /// How much its findings matter.
    pub level: Level,
    /// What it looks for, in one line.
    pub summary: &'static str,
    /// Why that is doubtful, and what to do.
    pub why: &'static str,
    /// Looks for it.
    pub(super) check: fn(&Survey<'_>, &mut Report),
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rule").field(&self.name).finish()
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

/// Every rule, by families, in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    rules::FAMILIES.iter().copied().flatten()
}

/// The rule of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// The table of all rules: name, level and what each looks for, at most 80 columns wide.
#[must_use]
pub fn table() -> String {
    let width = all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let indent = width + 11;
    let mut table = format!("{:width$}  {:7}  looks for\n", "rule", "level");
    for rule in all() {
        let summary = wrapped(rule.summary, 80 - indent).join(&format!("\n{:indent$}", ""));
        let _ = writeln!(table, "{:width$}  {:7}  {summary}", rule.name, rule.level);
    }
    table
}

/// What a rule looks for and why, and how a finding of it is accepted, at most 80 columns wide.
#[must_use]
pub fn explain(rule: &Rule) -> String {
    format!(
        "{} ({})\n\n{}.\n\n{}\n\nTo accept what is true and stays, add to specs/<api>/lint.toml:\n\n\
         [[accept]]\nrule = \"{}\"\nplace = \"<JSON pointer, or page#field; a * may end it>\"\n\
         reason = \"<why it is true and stays>\"\n",
        rule.name,
        rule.level,
        wrapped(&capital(rule.summary), 79).join("\n"),
        wrapped(rule.why, 80).join("\n"),
        rule.name
    )
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
