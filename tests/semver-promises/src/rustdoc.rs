//! The rustdoc JSON of generated crates, which is what cargo-semver-checks reads.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use semver_promises::NAME;
use serde_json::Value;

/// Where the crates are, and what they are compiled against.
#[derive(Debug)]
pub(crate) struct Rustdoc {
    root: PathBuf,
    /// The crates that generated ones name, compiled.
    externs: Vec<(String, PathBuf)>,
}

impl Rustdoc {
    /// Compiles what the crate of `files` depends on.
    pub(crate) fn prepare(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let workspace = workspace()?;
        let root = root(&workspace);
        let _not_there = fs::remove_dir_all(root.join("crates"));
        write(&root.join("base"), files)?;
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"base\"]\n";
        put(&root.join("Cargo.toml"), manifest)?;
        // The versions are those of this project.
        let lock = root.join("Cargo.lock");
        fs::copy(workspace.join("Cargo.lock"), &lock)
            .map_err(|error| format!("{}: {error}", lock.display()))?;
        let output = Command::new("cargo")
            .args([
                "check",
                "--message-format",
                "json",
                "--quiet",
                "--package",
                NAME,
            ])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", root.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .map_err(|error| format!("cargo does not run: {error}"))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "the crate of pairs/base.yaml does not compile: {}",
                text.trim()
            ));
        }
        Ok(Self {
            externs: artifacts(&String::from_utf8_lossy(&output.stdout)),
            root,
        })
    }

    /// Makes the JSON of a crate. That it compiles is seen first: rustdoc does not look into bodies.
    pub(crate) fn json(
        &self,
        name: &str,
        files: &BTreeMap<String, String>,
    ) -> Result<PathBuf, String> {
        let folder = self.root.join("crates").join(name);
        write(&folder, files)?;
        let metadata = folder.join("checked.rmeta");
        let mut check = self.compiler("rustc", &folder);
        check.args(["--emit", "metadata", "-o"]).arg(metadata);
        run(check, name)?;
        let mut rustdoc = self.compiler("rustdoc", &folder);
        rustdoc
            .args(["--crate-version", "0.1.0", "-Z", "unstable-options"])
            .args(["--output-format", "json", "-o"])
            .arg(&folder)
            // The format of the JSON is unstable; cargo-semver-checks, too, has it made in this way.
            .env("RUSTC_BOOTSTRAP", "1");
        run(rustdoc, name)?;
        Ok(folder.join(format!("{}.json", NAME.replace('-', "_"))))
    }

    /// A compiler for the crate of a folder.
    fn compiler(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .arg("src/lib.rs")
            .current_dir(folder)
            .args(["--crate-name", &NAME.replace('-', "_")])
            .args(["--crate-type", "lib", "--edition", "2024"])
            .args(["--cap-lints", "allow"])
            .arg("-L")
            .arg(format!(
                "dependency={}",
                self.root.join("target/debug/deps").display()
            ))
            .env("CARGO_PKG_NAME", NAME)
            .env("CARGO_PKG_VERSION", "0.1.0");
        for (name, path) in &self.externs {
            command
                .arg("--extern")
                .arg(format!("{name}={}", path.display()));
        }
        command
    }
}

/// The folder of this project.
fn workspace() -> Result<PathBuf, String> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .map_err(|error| format!("the workspace is gone: {error}"))
}

/// The folder of what is made here, under the build folder.
fn root(workspace: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace.join("target"), PathBuf::from)
        .join("semver-promises")
}

/// Where `client-runtime` is, for manifests.
pub(crate) fn runtime() -> Result<String, String> {
    Ok(workspace()?
        .join("crates/client-runtime")
        .display()
        .to_string())
}

/// The crates that generated ones name, from what cargo says of each crate that it compiled.
fn artifacts(messages: &str) -> Vec<(String, PathBuf)> {
    const NAMED: [&str; 4] = ["chrono", "client_runtime", "serde", "uuid"];
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| {
            let name = message.pointer("/target/name")?.as_str()?.replace('-', "_");
            let file = message
                .get("filenames")?
                .as_array()?
                .iter()
                .filter_map(Value::as_str)
                .map(PathBuf::from)
                .find(|file| file.extension().is_some_and(|ending| ending == "rmeta"))?;
            NAMED.contains(&name.as_str()).then_some((name, file))
        })
        .collect()
}

fn run(mut command: Command, name: &str) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{} does not run: {error}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "the crate of `{name}` does not compile: {}; expected one that does, since no other can be judged",
        text.trim()
    ))
}

fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), String> {
    for (path, text) in files {
        put(&folder.join(path), text)?;
    }
    Ok(())
}

fn put(file: &Path, text: &str) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    fs::write(file, text).map_err(fault)
}
