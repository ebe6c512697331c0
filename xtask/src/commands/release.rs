//! `cargo xtask release`: what has changed becomes an entry of the changelog with a version.

use semver::Version;
use specdiff::changelog::Changelog;
use specdiff::{Comparison, RustLevel, version_after};
use toml_edit::DocumentMut;

use crate::arguments::Release;
use crate::changelog;
use crate::commands::codegen::each;
use crate::crates::Publisher;
use crate::day::Day;
use crate::exit::{Exit, Failure};
use crate::files::{Change, Plan};
use crate::made::Draft;
use crate::output;
use crate::workspace::{Workspace, read};

pub(crate) fn run(arguments: &Release) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let apis = workspace.chosen(&arguments.apis)?;
    if let (Some(version), [_, _, ..]) = (&arguments.version, apis.as_slice()) {
        return Err(Failure::Input(format!(
            "--version {version} stands for {} APIs; expected one API with it; to fix: name the API",
            apis.len()
        )));
    }
    let date = arguments.date.unwrap_or_else(Day::today);
    let publisher = Publisher::of(&workspace)?;
    let drafts = each(&apis, |api| Draft::of(&workspace, api))?;
    let mut manifest = Toml::read(&workspace, "Cargo.toml")?;
    let mut plan = Plan::new(workspace.root());
    let mut notes = Vec::new();
    for mut draft in drafts {
        let Some(version) = next(&draft, arguments.version.as_ref())? else {
            notes.push(unchanged(&draft));
            continue;
        };
        let name = draft.derived.api.crate_name.clone();
        notes.push(match last(&draft) {
            None => format!("{name}: {version}, the first"),
            Some(last) => format!("{name}: {version} after {last}"),
        });

        let mut api = Toml::read(&workspace, &format!("specs/{}/api.toml", draft.api))?;
        api.set(&["api", "crate-version"], &version);
        plan.file(&api.path, api.document.to_string());
        manifest.set(&["workspace", "dependencies", &name, "version"], &version);

        draft.derived.api.crate_version = version.to_string();
        let release = draft.changelog.released(&version, &date.to_string());
        changelog::plan(&mut plan, &draft.api, &release, &draft.document, date);
        draft.changelog = Changelog {
            last: Some(release),
            since: Comparison::default(),
            notes: String::new(),
        };
        draft.generate(&publisher)?.plan(&mut plan);
    }
    plan.file(&manifest.path, manifest.document.to_string());
    let changes = plan.changes()?;
    if arguments.dry_run {
        let diff: String = changes.iter().map(Change::diff).collect();
        output::print(&diff)?;
    } else {
        crate::write::all(workspace.root(), &changes)?;
    }
    for note in notes {
        output::note(&note);
    }
    Ok(Exit::Done)
}

fn unchanged(draft: &Draft) -> String {
    let last = last(draft).map(ToString::to_string);
    format!(
        "{}: nothing has changed since {}",
        draft.derived.api.crate_name,
        last.unwrap_or_default()
    )
}

/// The version of the last release.
fn last(draft: &Draft) -> Option<&Version> {
    draft
        .changelog
        .last
        .as_ref()
        .map(|release| &release.version)
}

/// The version of the release; none when there is nothing to release.
fn next(draft: &Draft, asked: Option<&Version>) -> Result<Option<Version>, Failure> {
    let api = &draft.derived.api;
    let place = format!("specs/{}/api.toml", draft.api);
    let stated: Version = api.crate_version.parse().map_err(|error| {
        Failure::Input(format!(
            "{place}: the crate-version `{}` is no version: {error}; expected one such as 0.2.0; to fix: correct it",
            api.crate_version
        ))
    })?;
    let changelog = &draft.changelog;
    let Some(last) = last(draft) else {
        return Ok(Some(asked.cloned().unwrap_or(stated)));
    };
    let needed = changelog.needed();
    match asked {
        None => Ok(needed.map(|needed| stated.max(needed))),
        Some(asked) if asked <= last || Some(asked) < needed.as_ref() => {
            let why = changelog.level().map_or_else(
                || "it was released already, or a later one was".to_owned(),
                |level| format!("what has changed since {last} is {level} for callers"),
            );
            let expected = needed.unwrap_or_else(|| version_after(last, RustLevel::Patch));
            Err(Failure::Input(format!(
                "--version {asked} is too low for {}: {why}; expected {expected} or later; to fix: leave --version out, \
                 or raise it",
                api.crate_name
            )))
        }
        Some(asked) => Ok(Some(asked.clone())),
    }
}

/// A TOML file whose order and comments stay.
struct Toml {
    /// The path from the workspace's root.
    path: String,
    document: DocumentMut,
}

impl Toml {
    fn read(workspace: &Workspace, path: &str) -> Result<Self, Failure> {
        let document = read(&workspace.root().join(path))?.parse().map_err(
            |error: toml_edit::TomlError| {
                Failure::Input(format!(
                    "{path} is no valid TOML: {}; expected valid TOML; to fix: correct it",
                    error.message()
                ))
            },
        )?;
        Ok(Self {
            path: path.to_owned(),
            document,
        })
    }

    /// Replaces a version where one stands.
    fn set(&mut self, keys: &[&str], version: &Version) {
        let mut item = Some(self.document.as_item_mut());
        for key in keys {
            item = item.and_then(|item| item.get_mut(key));
        }
        if let Some(value) = item.and_then(toml_edit::Item::as_value_mut) {
            let decor = value.decor().clone();
            *value = version.to_string().into();
            *value.decor_mut() = decor;
        }
    }
}
