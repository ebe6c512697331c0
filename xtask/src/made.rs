//! What is made of the sources of an API: its document and its crate.

use codegen::generate::Generated;
use docspec::api::Api;
use docspec::canonical;
use docspec::sources::{self as stages, Derived};
use specdiff::changelog::Changelog;

use crate::changelog;
use crate::crates::{self, Publisher};
use crate::exit::Failure;
use crate::files::{Change, Plan};
use crate::sources;
use crate::workspace::Workspace;

/// The command that makes it, and mends what `--check` finds.
pub(crate) const COMMAND: &str = "cargo xtask codegen";

/// The document of an API, and what has changed in it since the last release.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) api: String,
    /// How many pages it was derived from.
    pages: usize,
    pub(crate) derived: Derived,
    /// The canonical text of the document.
    pub(crate) document: String,
    pub(crate) changelog: Changelog,
}

impl Draft {
    /// Reads the sources of an API and derives its document.
    pub(crate) fn of(workspace: &Workspace, api: &str) -> Result<Self, Failure> {
        let sources = sources::of_api(workspace, api)?;
        let derived = stages::derive(&sources).map_err(|diagnostics| {
            sources::shown(&sources, &diagnostics).failure(&format!("specs/{api}/"), diagnostics)
        })?;
        Ok(Self {
            api: api.to_owned(),
            pages: sources.pages.len(),
            document: canonical::to_string(&derived.document),
            changelog: changelog::of_api(workspace, api, &derived.document)?,
            derived,
        })
    }

    /// Generates the crate.
    pub(crate) fn generate(self, publisher: &Publisher) -> Result<Made, Failure> {
        let generated = publisher.crate_of(
            &self.derived.api,
            &self.derived.document,
            &self.document,
            &format!("specs/{}/openapi.json", self.api),
            &self.changelog.to_text(&self.derived.api.crate_name),
            COMMAND,
        )?;
        Ok(Made {
            draft: self,
            generated,
        })
    }
}

/// What was made for an API.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) draft: Draft,
    generated: Generated,
}

impl Made {
    pub(crate) fn api(&self) -> &Api {
        &self.draft.derived.api
    }

    /// The folder of the crate.
    pub(crate) fn folder(&self) -> String {
        format!("generated/{}", self.api().crate_name)
    }

    /// Adds the files to the plan and keeps what is told about them.
    pub(crate) fn plan(self, plan: &mut Plan) -> Summary {
        let folder = self.folder();
        let summary = Summary {
            pages: self.draft.pages,
            operations: self.draft.derived.operations(),
            rules: crates::rules(&self.generated.report),
            callers: self.callers(),
            folder: folder.clone(),
            api: self.draft.api,
        };
        plan.file(
            &format!("specs/{}/openapi.json", summary.api),
            self.draft.document,
        );
        crates::plan(plan, &folder, self.generated.files);
        summary
    }

    /// What the changes since the last release mean for callers.
    fn callers(&self) -> Option<String> {
        let changelog = &self.draft.changelog;
        let (last, needed, level) = (
            changelog.last.as_ref()?,
            changelog.needed()?,
            changelog.level()?,
        );
        let name = &self.api().crate_name;
        Some(format!("{name} {} needs {needed} ({level})", last.version))
    }
}

/// What is told about an API.
#[derive(Debug)]
pub(crate) struct Summary {
    api: String,
    pages: usize,
    operations: usize,
    /// The rules that changed the document before it was printed.
    rules: String,
    /// What has changed for callers since the last release.
    callers: Option<String>,
    /// The folder of the crate.
    pub(crate) folder: String,
}

impl Summary {
    pub(crate) fn with_changes(&self, changes: &[Change]) -> String {
        let folders = [format!("specs/{}/", self.api), format!("{}/", self.folder)];
        let written = changes
            .iter()
            .filter(|change| folders.iter().any(|folder| change.path.starts_with(folder)))
            .count();
        let state = if written == 0 {
            "up to date".to_owned()
        } else {
            format!("{} changed", counted(written, "file"))
        };
        let callers = self
            .callers
            .as_ref()
            .map_or_else(String::new, |callers| format!("; {callers}"));
        format!(
            "{}: {}, {}, {state}{callers}; rules: {}",
            self.api,
            counted(self.pages, "page"),
            counted(self.operations, "operation"),
            self.rules
        )
    }
}

/// A number with the word for what is counted.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
