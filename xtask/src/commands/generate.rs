//! `cargo xtask generate`: a client crate from any API description.

use std::path::Path;

use codegen::generate::{Settings, sha256};
use docspec::description;
use docspec::text::Text;
use serde_json::Value;

use crate::arguments::Generate;
use crate::crates;
use crate::exit::{Exit, Failure};
use crate::files::Plan;
use crate::output;
use crate::report::Texts;
use crate::workspace::{Workspace, entries, read, read_if_there};

/// The command that a generated crate names.
const COMMAND: &str = "cargo xtask generate";

pub(crate) fn run(arguments: &Generate) -> Result<Exit, Failure> {
    let text = read(&arguments.document)?;
    let name = arguments
        .document
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let failure = |diagnostics| {
        let mut texts = Texts::default();
        texts.add(&name, Text::new(&text));
        texts.failure("", diagnostics)
    };
    let document = description::parse(&name, &text).map_err(failure)?;

    let out = crates::resolved(&arguments.out)
        .map_err(|error| Failure::unreadable(&arguments.out, &error))?;
    may_write_into(&out)?;
    let crate_name = match &arguments.name {
        Some(name) => name.clone(),
        None => name_from(&document),
    };
    let runtime = Workspace::find()
        .ok()
        .and_then(|workspace| workspace.root().canonicalize().ok())
        .map(|root| root.join("crates/client-runtime"))
        .filter(|runtime| runtime.is_dir())
        .and_then(|runtime| crates::way(&out, &runtime));
    let settings = Settings {
        name: crate_name,
        version: "0.1.0".to_owned(),
        description: String::new(),
        license: None,
        repository: None,
        documentation: None,
        runtime: crates::runtime(runtime),
        document_sha256: sha256(&text),
        document_name: name.clone(),
        command: COMMAND.to_owned(),
    };
    let generated = crates::made(&document, &name, &settings)?;
    let mut plan = Plan::new(&out);
    crates::plan(&mut plan, "", generated.files);
    let changes = plan.changes()?;
    crate::write::all(&out, &changes)?;
    output::note(&format!(
        "{}: {} files written to {}; rules: {}",
        settings.name,
        changes.len(),
        arguments.out.display(),
        crates::rules(&generated.report)
    ));
    Ok(Exit::Done)
}

/// Refuses a folder that holds anything but a crate of this command.
fn may_write_into(out: &Path) -> Result<(), Failure> {
    if !out.exists() {
        return Ok(());
    }
    let is_ours = read_if_there(&out.join("Cargo.toml"))?
        .is_some_and(|manifest| crates::is_generated(&manifest, COMMAND));
    if is_ours || entries(out)?.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "{} holds files that this command did not write; expected an empty folder, or a crate of an earlier run; \
         to fix: name another folder with --out",
        out.display()
    )))
}

/// A crate's name from the title of the document: `Parcels API` becomes `parcels-client`.
fn name_from(document: &Value) -> String {
    let title = document
        .pointer("/info/title")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut words: Vec<&str> = title
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "api" | "client"))
        .collect();
    if words
        .first()
        .is_none_or(|word| word.starts_with(|first: char| first.is_ascii_digit()))
    {
        words.insert(0, "api");
    }
    words.push("client");
    words.join("-")
}
