//! Where everything lies.

use std::path::{Path, PathBuf};

use crate::list::Document;

/// The folders of this crate's work, under the build folder of the workspace.
#[derive(Debug)]
pub(crate) struct Folders {
    workspace: PathBuf,
    own: PathBuf,
}

impl Folders {
    /// The folders, by where this crate was compiled and where its program runs.
    pub(crate) fn find() -> Result<Self, String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()
            .map_err(|error| format!("the workspace is gone: {error}"))?;
        let own = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| workspace.join("target"), PathBuf::from)
            .join("published-documents");
        Ok(Self { workspace, own })
    }

    /// The archives of packages.
    pub(crate) fn packages(&self) -> PathBuf {
        self.own.join("packages")
    }

    /// The file of a document.
    pub(crate) fn document(&self, document: &Document) -> PathBuf {
        if let Some(file) = &document.file {
            return file.clone();
        }
        let extension = document.path.rsplit('.').next().unwrap_or("json");
        self.own
            .join("documents")
            .join(format!("{}.{extension}", document.name))
    }

    /// The workspace of the generated crates.
    pub(crate) fn crates(&self) -> PathBuf {
        self.own.join("crates")
    }

    /// What became of a document, change by change.
    pub(crate) fn report(&self, document: &Document) -> PathBuf {
        self.own
            .join("reports")
            .join(format!("{}.txt", document.name))
    }

    /// What was on the wire when the operations of a document were called, and what came of it.
    pub(crate) fn calls(&self) -> PathBuf {
        self.own.join("calls")
    }

    /// The root of this project.
    pub(crate) fn workspace(&self) -> &Path {
        &self.workspace
    }
}
