//! `cargo xtask generate`: a client crate from any API description.

use std::fs;
use std::path::Path;

use codegen::generate::{Settings, generate, sha256};
use codegen::refusal::Refusals;
use docspec::description;
use docspec::overlay::{self, Overlay};
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

/// The file of the crate that says what was changed in the document, and what of its types was lost.
const REPORT: &str = "generation-report.txt";

pub(crate) fn run(arguments: &Generate) -> Result<Exit, Failure> {
    let text = read(&arguments.document)?;
    let name = file_name(&arguments.document);
    let document = document(arguments, &name, &text)?;

    let out = crates::resolved(&arguments.out)
        .map_err(|error| Failure::unreadable(&arguments.out, &error))?;
    may_write_into(&out)?;
    let crate_name = match &arguments.name {
        Some(name) => name.clone(),
        None => name_from(&document),
    };
    let root = Workspace::find()
        .ok()
        .and_then(|workspace| workspace.root().canonicalize().ok());
    let ours = |folder: &str| {
        let folder = root.as_ref().map(|root| root.join(folder));
        let folder = folder.filter(|folder| folder.is_dir());
        crates::ours(folder.and_then(|folder| crates::way(&out, &folder)))
    };
    let settings = Settings {
        runtime: ours("crates/client-runtime"),
        sandbox: Some(ours("crates/sandbox")),
        document_sha256: sha256(&text),
        document_name: name.clone(),
        command: COMMAND.to_owned(),
        ..Settings::new(crate_name)
    };
    let generated = generate(&document, &settings).map_err(|refusals| {
        // An overlay may have put there what was refused, and then the text has no such place.
        refused(&name, &text, &refusals)
    })?;
    let report = generated.report;
    let mut plan = Plan::new(&out);
    crates::plan(&mut plan, "", generated.files);
    plan.file(REPORT, report.to_text());
    let changes = plan.changes()?;
    crate::write::all(&out, &changes)?;
    output::note(&format!(
        "{}: {} files written to {}",
        settings.name,
        changes.len(),
        arguments.out.display(),
    ));
    output::note(&report.summary());
    output::note(&format!(
        "every change with its pointer: {}",
        arguments.out.join(REPORT).display()
    ));
    Ok(Exit::Done)
}

/// The document with what it refers to in other files, and with the overlays applied.
fn document(arguments: &Generate, name: &str, text: &str) -> Result<Value, Failure> {
    let mut texts = Texts::default();
    texts.add(name, Text::new(text));
    let parsed =
        description::parse(name, text).map_err(|diagnostics| texts.failure("", diagnostics))?;
    let folder = arguments.document.parent().unwrap_or(Path::new(""));
    let mut others = Vec::new();
    let bundled = description::bundle(name, &parsed, &mut |path| {
        let text = fs::read_to_string(folder.join(path)).map_err(|error| error.to_string())?;
        others.push((path.to_owned(), Text::new(&text)));
        Ok(text)
    });
    for (path, text) in others {
        texts.add(&path, text);
    }
    let mut document = bundled.map_err(|diagnostics| texts.failure("", diagnostics))?;
    for path in &arguments.overlays {
        let text = read(path)?;
        let name = file_name(path);
        texts.add(&name, Text::new(&text));
        document = Overlay::parse(&name, &text)
            .and_then(|overlay| overlay::apply(&document, &[overlay]))
            .map_err(|diagnostics| texts.failure("", diagnostics))?;
    }
    Ok(document)
}

/// The refusals of a document, each with its place in the text.
fn refused(name: &str, text: &str, refusals: &Refusals) -> Failure {
    let lines: Vec<String> = refusals
        .iter()
        .map(|refusal| match description::place(text, &refusal.pointer) {
            Some((line, column)) => format!("error: {name}:{line}:{column}#{refusal}"),
            None => format!("error: {name}#{refusal}"),
        })
        .collect();
    Failure::Input(lines.join("\n"))
}

/// The name of a file, as messages have it.
fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
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
