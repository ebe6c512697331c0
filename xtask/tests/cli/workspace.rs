//! A workspace in a temporary folder, and the command line run in it as a process.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;

/// A workspace with the APIs `meadow` and `orchard`.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let workspace = Self {
            folder: TempDir::new().expect("a temporary folder"),
        };
        workspace.write("Cargo.toml", "[workspace]\nmembers = []\n");
        for api in ["meadow", "orchard"] {
            workspace.write(
                &format!("specs/{api}/api.toml"),
                &format!(
                    "[api]\ntitle = \"The {api} API\"\nversion = \"1\"\ncrate = \"{api}-client\"\n\
                     crate-version = \"0.1.0\"\npages = [\"list.md\"]\n"
                ),
            );
            workspace.write(&format!("specs/{api}/pages/list.md"), &page(api));
        }
        workspace
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    pub(crate) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }

    /// Puts every file into a first commit.
    pub(crate) fn commit(&self) {
        for arguments in [
            ["init", "--quiet"].as_slice(),
            &["add", "--all"],
            &["commit", "--quiet", "--message", "Before"],
        ] {
            let output = Command::new("git")
                .arg("-C")
                .arg(self.root())
                .args([
                    "-c",
                    "user.name=Nobody",
                    "-c",
                    "user.email=nobody@example.org",
                ])
                .args(arguments)
                .output()
                .expect("git runs");
            assert!(output.status.success(), "{output:?}");
        }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        run_in(&self.root().join(folder), arguments)
    }

    /// Every file with its time of change, without the folder of the build.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let entry = entry.expect("an entry");
                let path = entry.path();
                let metadata = entry.metadata().expect("metadata");
                if metadata.is_dir() {
                    folders.push(path);
                } else {
                    let modified = metadata.modified().expect("a time");
                    let bytes = fs::read(&path).expect("a file");
                    files.insert(path, (modified, bytes));
                }
            }
        }
        files
    }
}

/// A page that lists something.
pub(crate) fn page(what: &str) -> String {
    format!(
        "# List\n\n> Source: https://{what}.example/docs\n\n`GET /{what}`\n\nServer: `https://{what}.example`\n\n\
         ## Query parameters\n\n- **`limit`** _(integer)_\n  How many.\n\n\
         ## Response `200`\n\n`application/json`\n\n- **`result`** _(array<object>)_\n  - **`name`** _(string, nullable)_\n"
    )
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::from(
        command(folder, arguments)
            .output()
            .expect("the command can be run"),
    )
}

/// The command line, ready to be run in a folder.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}
