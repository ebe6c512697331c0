//! What files held in a revision of the repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::exit::Failure;

/// A commit of the repository that the workspace lies in.
#[derive(Debug)]
pub(crate) struct Revision {
    root: PathBuf,
    /// The commit's hash.
    commit: String,
}

impl Revision {
    /// Finds the commit that a name such as `main` or `HEAD~1` stands for.
    pub(crate) fn find(root: &Path, name: &str) -> Result<Self, Failure> {
        let unknown = || {
            Failure::Input(format!(
                "git knows no revision `{name}`; expected a branch, a tag or a commit; to fix: correct the name, or fetch it"
            ))
        };
        if name.starts_with('-') {
            return Err(unknown());
        }
        let output = git(
            root,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                &format!("{name}^{{commit}}"),
            ],
        )?;
        if !output.status.success() {
            return Err(unknown());
        }
        Ok(Self {
            root: root.to_owned(),
            commit: text(output.stdout, name)?.trim().to_owned(),
        })
    }

    /// What a file held; none when it was not there. Paths are those from the workspace's root.
    pub(crate) fn file(&self, path: &str) -> Result<Option<String>, Failure> {
        let listed = git(
            &self.root,
            &["ls-tree", "--name-only", &self.commit, "--", path],
        )?;
        if listed.stdout.is_empty() {
            return Ok(None);
        }
        let output = git(&self.root, &["show", &format!("{}:./{path}", self.commit)])?;
        if !output.status.success() {
            return Err(Failure::Fault(format!(
                "git cannot show {path} of {}",
                self.commit
            )));
        }
        text(output.stdout, path).map(Some)
    }

    /// The names of the folders in a folder.
    pub(crate) fn folders(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let output = git(
            &self.root,
            &[
                "ls-tree",
                "-d",
                "--name-only",
                &self.commit,
                "--",
                &format!("{folder}/"),
            ],
        )?;
        Ok(text(output.stdout, folder)?
            .lines()
            .filter_map(|path| path.rsplit('/').next())
            .map(str::to_owned)
            .collect())
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| {
            Failure::Fault(format!(
                "cannot run git: {error}; expected it on the PATH; to fix: install it, or compare two files"
            ))
        })
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|_| {
        Failure::Input(format!(
            "{name} is no UTF-8 in that revision; expected a text file; to fix: name a revision in which it is one"
        ))
    })
}
