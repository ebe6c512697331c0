//! What of a crate its callers can name: an entry for each item, field, variant, method and implementation, with what
//! is said of it. Documentation, bodies and what is private are left out.

mod implementations;
mod items;
mod modules;

use std::collections::BTreeMap;

use specdiff::RustLevel;

/// The public surface of a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// What is said of each path: a signature, the type of a field, nothing.
    entries: BTreeMap<String, String>,
}

/// An entry in which two surfaces differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurfaceChange {
    /// The path, such as `types::Contact.name`.
    pub path: String,
    /// What was said of it; none for what was added.
    pub old: Option<String>,
    /// What is said of it; none for what was removed.
    pub new: Option<String>,
    /// What the difference means to callers.
    pub level: RustLevel,
}

impl Surface {
    /// Reads the surface off the files of a crate, by their paths.
    ///
    /// # Errors
    ///
    /// When a file is missing or is no Rust, or when it holds a kind of item that generated crates do not have: what
    /// is not read could not be judged.
    pub fn of(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut surface = Self::default();
        modules::read(files, &mut surface)?;
        Ok(surface)
    }

    /// Whether there is an entry for this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The surface as text, an entry a line.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (path, said) in &self.entries {
            text.extend([path, " = ", said, "\n"]);
        }
        text
    }

    /// Where this surface, the newer one, differs from an older one.
    #[must_use]
    pub fn changes_since(&self, older: &Self) -> Vec<SurfaceChange> {
        let mut changes = Vec::new();
        for (path, was) in &older.entries {
            let is = self.entries.get(path);
            if is != Some(was) {
                changes.push(SurfaceChange::new(path, Some(was), is));
            }
        }
        for (path, is) in &self.entries {
            if !older.entries.contains_key(path) {
                changes.push(SurfaceChange::new(path, None, Some(is)));
            }
        }
        changes
    }

    /// What the differences mean to callers: nothing but documentation and bodies changed where there are none.
    #[must_use]
    pub fn level_since(&self, older: &Self) -> RustLevel {
        let changes = self.changes_since(older);
        changes
            .iter()
            .map(|change| change.level)
            .max()
            .unwrap_or(RustLevel::Patch)
    }

    fn add(&mut self, path: &str, said: String) -> Result<(), String> {
        match self.entries.insert(path.to_owned(), said) {
            None => Ok(()),
            Some(other) => Err(format!(
                "`{path}` is there twice, once as `{other}`; expected a name for each item; to fix: have \
                 `surface` tell them apart"
            )),
        }
    }
}

impl SurfaceChange {
    fn new(path: &str, old: Option<&String>, new: Option<&String>) -> Self {
        // A mark on an item warns its callers, or spares them a warning. Which literals and matches it forbids is left to
        // cargo-semver-checks, which knows.
        let is_mark = path.contains('#');
        let level = match (old, new) {
            (None, _) => RustLevel::Minor,
            (_, None) if is_mark => RustLevel::Patch,
            _ => RustLevel::Major,
        };
        Self {
            path: path.to_owned(),
            old: old.cloned(),
            new: new.cloned(),
            level,
        }
    }
}
