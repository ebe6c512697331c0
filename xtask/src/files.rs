//! What the workspace's files should hold, and how that differs from what they hold.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::exit::Failure;
use crate::workspace::Workspace;

/// The files that a run is to leave behind.
#[derive(Debug)]
pub(crate) struct Plan {
    root: PathBuf,
    files: BTreeMap<String, String>,
}

/// A file that differs from what it should be. At least one of the two texts is there.
#[derive(Debug)]
pub(crate) struct Change {
    /// The path from the workspace's root, with `/`.
    pub(crate) path: String,
    /// What the file holds; none when it does not exist.
    pub(crate) old: Option<String>,
    /// What it should hold; none when it should not exist.
    pub(crate) new: Option<String>,
}

impl Plan {
    pub(crate) fn new(workspace: &Workspace) -> Self {
        Self {
            root: workspace.root().to_owned(),
            files: BTreeMap::new(),
        }
    }

    /// A file that is to be there, by its path from the workspace's root.
    pub(crate) fn file(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }

    /// Compares with what is there, in the order of the paths.
    pub(crate) fn changes(self) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        for (path, new) in self.files {
            let old = existing(&self.root.join(&path))?;
            if old.as_ref() != Some(&new) {
                changes.push(Change {
                    path,
                    old,
                    new: Some(new),
                });
            }
        }
        Ok(changes)
    }
}

/// A file's text, whatever its bytes: text that is not UTF-8 differs from anything generated.
fn existing(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Fault(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

impl Change {
    /// The change as a unified diff.
    pub(crate) fn diff(&self) -> String {
        let old = self.old.as_deref().unwrap_or_default();
        let new = self.new.as_deref().unwrap_or_default();
        let name = |prefix: &str, there: bool| {
            if there {
                format!("{prefix}/{}", self.path)
            } else {
                "/dev/null".to_owned()
            }
        };
        TextDiff::from_lines(old, new)
            .unified_diff()
            .context_radius(3)
            .header(
                &name("a", self.old.is_some()),
                &name("b", self.new.is_some()),
            )
            .to_string()
    }
}
