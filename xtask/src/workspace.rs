//! Where the workspace is, and reading files in it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// The workspace that the current directory lies in.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Goes up from the current directory to the nearest folder with a workspace's `Cargo.toml` and `specs/`.
    pub(crate) fn find() -> Result<Self, Failure> {
        let here = env::current_dir().map_err(|error| {
            Failure::Fault(format!("cannot tell the current directory: {error}"))
        })?;
        here.ancestors()
            .find(|folder| is_root(folder))
            .map(|root| Self {
                root: root.to_owned(),
            })
            .ok_or_else(|| {
                Failure::Input(
                    "no folder from here up holds a workspace's Cargo.toml and specs/; expected one; \
                     to fix: run the command inside the workspace"
                        .to_owned(),
                )
            })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the APIs: the folders under `specs/`, sorted.
    pub(crate) fn apis(&self) -> Result<Vec<String>, Failure> {
        let specs = self.root.join("specs");
        let mut apis: Vec<String> = entries(&specs)?
            .into_iter()
            .filter(|name| specs.join(name).is_dir())
            .collect();
        apis.sort();
        Ok(apis)
    }

    /// The APIs that were asked for, each once, in the order of their names.
    pub(crate) fn chosen(&self, asked: &[String]) -> Result<Vec<String>, Failure> {
        let known = self.apis()?;
        if known.is_empty() {
            return Err(Failure::Input(
                "specs/ holds no API; expected a folder for each; to fix: add specs/<api>/api.toml"
                    .to_owned(),
            ));
        }
        let unknown: Vec<&str> = asked
            .iter()
            .filter(|api| !known.contains(api))
            .map(String::as_str)
            .collect();
        if !unknown.is_empty() {
            return Err(Failure::Input(format!(
                "no API is called `{}`; expected one of `{}`; to fix: correct the name or add its folder under specs/",
                unknown.join("`, `"),
                known.join("`, `")
            )));
        }
        Ok(known
            .into_iter()
            .filter(|api| asked.is_empty() || asked.contains(api))
            .collect())
    }
}

fn is_root(folder: &Path) -> bool {
    folder.join("specs").is_dir()
        && fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.lines().any(|line| line.trim() == "[workspace]"))
}

/// Reads a text file that must be there.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))
}

/// Reads a text file that may be missing.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::unreadable(path, &error)),
    }
}

/// The names in a folder, without hidden ones; none when the folder is missing.
pub(crate) fn entries(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Failure::unreadable(folder, &error)),
    };
    let mut names = BTreeSet::new();
    for entry in listing {
        let entry = entry.map_err(|error| Failure::unreadable(folder, &error))?;
        let name = entry.file_name().into_string().map_err(|name| {
            Failure::Input(format!(
                "{} has a name that is not UTF-8; expected UTF-8; to fix: rename it",
                folder.join(name).display()
            ))
        })?;
        if !name.starts_with('.') {
            names.insert(name);
        }
    }
    Ok(names)
}
