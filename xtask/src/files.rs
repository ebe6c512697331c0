//! What the workspace's files should hold, and how that differs from what they hold.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::exit::Failure;
use crate::workspace::entries;

/// The files that a run is to leave behind.
#[derive(Debug)]
pub(crate) struct Plan {
    root: PathBuf,
    files: BTreeMap<String, String>,
    /// Folders in which no other file is to be.
    folders: Vec<String>,
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
    /// A plan for the files under a folder. Paths are relative to it.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
            folders: Vec::new(),
        }
    }

    /// No other file is to be in this folder, the folder of a build, `Cargo.lock` and hidden files aside.
    pub(crate) fn nothing_else(&mut self, folder: &str) {
        self.folders.push(folder.to_owned());
    }

    /// A file that is to be there.
    pub(crate) fn file(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }

    /// Compares with what is there, in the order of the paths.
    pub(crate) fn changes(self) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        for folder in &self.folders {
            for path in files_under(&self.root, folder)? {
                if !self.files.contains_key(&path) {
                    let old = existing(&self.root.join(&path))?;
                    changes.push(Change {
                        path,
                        old,
                        new: None,
                    });
                }
            }
        }
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
        changes.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(changes)
    }
}

/// The paths of the files in a folder and below it, from the root. Links are files here: they are not followed.
fn files_under(root: &Path, folder: &str) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for name in entries(&root.join(&inside))? {
            let path = if inside.is_empty() {
                name.clone()
            } else {
                format!("{inside}/{name}")
            };
            let is_folder =
                fs::symlink_metadata(root.join(&path)).is_ok_and(|entry| entry.is_dir());
            match (is_folder, name.as_str()) {
                (true, "target") | (false, "Cargo.lock") if inside == folder => {}
                (true, _) => folders.push(path),
                (false, _) => files.push(path),
            }
        }
    }
    Ok(files)
}

/// The texts of the files in a folder and below it, by their paths from the folder.
pub(crate) fn texts_under(root: &Path, folder: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut texts = BTreeMap::new();
    for path in files_under(root, folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        if let Some(text) = existing(&root.join(&path))? {
            texts.insert(name.trim_start_matches('/').to_owned(), text);
        }
    }
    Ok(texts)
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
