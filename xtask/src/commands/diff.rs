//! `cargo xtask diff`: what changed between documents.

use std::collections::BTreeSet;
use std::path::Path;

use docspec::api::Api;
use semver::Version;
use serde_json::json;
use specdiff::render::{self, Compared};
use specdiff::{RustLevel, WireLevel, compare};

use crate::arguments::{Diff, DiffFormat, DiffLevel};
use crate::document::document;
use crate::exit::{Exit, Failure};
use crate::files::Change;
use crate::output;
use crate::revision::Revision;
use crate::workspace::{Workspace, read, read_if_there};

pub(crate) fn run(arguments: &Diff) -> Result<Exit, Failure> {
    let compared = match (&arguments.old, &arguments.new, &arguments.base) {
        (Some(old), Some(new), _) => vec![files(old, new)?],
        (_, _, Some(base)) => with_revision(&Workspace::find()?, base, &[])?,
        _ => {
            return Err(Failure::Input(
                "no documents are named; expected OLD and NEW, or --base REV; to fix: name them"
                    .to_owned(),
            ));
        }
    };
    output::print(&written(&compared, arguments.format))?;
    Ok(if fails(&compared, arguments.fail_on) {
        Exit::Changed
    } else {
        Exit::Done
    })
}

pub(crate) fn written(compared: &[Compared], format: DiffFormat) -> String {
    match format {
        DiffFormat::Text => render::text(compared),
        DiffFormat::Json => render::json(compared),
        DiffFormat::Markdown => render::markdown(compared),
        DiffFormat::Github => render::github(compared),
        DiffFormat::Junit => render::junit(compared),
    }
}

pub(crate) fn fails(compared: &[Compared], fail_on: DiffLevel) -> bool {
    let wire = |level: WireLevel| {
        compared
            .iter()
            .any(|one| one.comparison.wire_level() >= Some(level))
    };
    let rust = |level: RustLevel| {
        compared
            .iter()
            .any(|one| one.comparison.rust_level() >= Some(level))
    };
    match fail_on {
        DiffLevel::Breaking => wire(WireLevel::Breaking),
        DiffLevel::Warning => wire(WireLevel::Warning),
        DiffLevel::Info => wire(WireLevel::Info),
        DiffLevel::Major => rust(RustLevel::Major),
        DiffLevel::Minor => rust(RustLevel::Minor),
        DiffLevel::Never => false,
    }
}

/// Compares two files.
fn files(old: &Path, new: &Path) -> Result<Compared, Failure> {
    let name = |path: &Path| path.display().to_string();
    Ok(Compared {
        comparison: compare(
            &document(&read(old)?, &name(old))?,
            &document(&read(new)?, &name(new))?,
        ),
        old: name(old),
        new: name(new),
        folder: None,
        package: None,
    })
}

/// Compares the documents of the workspace with those of a revision. An API that only one of them has is compared
/// with a document that says nothing. Changes that are yet to be written count as written.
pub(crate) fn with_revision(
    workspace: &Workspace,
    base: &str,
    changes: &[Change],
) -> Result<Vec<Compared>, Failure> {
    let revision = Revision::find(workspace.root(), base)?;
    let mut apis: BTreeSet<String> = workspace.apis()?.into_iter().collect();
    apis.extend(revision.folders("specs")?);
    let mut compared = Vec::new();
    for api in apis {
        let path = format!("specs/{api}/openapi.json");
        let old_name = format!("{base}:{path}");
        let old = revision.file(&path)?;
        let new = match changes.iter().find(|change| change.path == path) {
            Some(change) => change.new.clone(),
            None => read_if_there(&workspace.root().join(&path))?,
        };
        if old.is_none() && new.is_none() {
            continue;
        }
        let said = |text: &Option<String>, name: &str| {
            text.as_ref()
                .map_or_else(|| Ok(json!({})), |text| document(text, name))
        };
        compared.push(Compared {
            comparison: compare(&said(&old, &old_name)?, &said(&new, &path)?),
            old: old_name,
            new: path,
            package: package(&revision, &api)?,
            folder: Some(format!("specs/{api}")),
        });
    }
    Ok(compared)
}

/// The crate of an API and its version, as the revision has them.
fn package(revision: &Revision, api: &str) -> Result<Option<(String, Version)>, Failure> {
    let Some(text) = revision.file(&format!("specs/{api}/api.toml"))? else {
        return Ok(None);
    };
    // What an old revision says wrongly is no fault of today's.
    let Ok(api) = Api::parse("api.toml", &text) else {
        return Ok(None);
    };
    Ok(api
        .crate_version
        .parse()
        .ok()
        .map(|version| (api.crate_name, version)))
}
