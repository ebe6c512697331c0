//! The documents of `documents.toml`.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

const LIST: &str = include_str!("../documents.toml");

/// A document as a package carries it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    /// What it is called here, and its crate.
    pub(crate) name: String,
    /// `info.title`.
    pub(crate) title: String,
    /// The version of OpenAPI that it is written in.
    pub(crate) openapi: String,
    /// `JSON` or `YAML`.
    pub(crate) format: String,
    /// Where the package is.
    pub(crate) registry: Registry,
    /// The package.
    pub(crate) package: String,
    /// The package's version.
    pub(crate) version: String,
    /// The document's path in the package's archive.
    pub(crate) path: String,
    /// The SHA-256 of the document's bytes, in hexadecimal.
    pub(crate) sha256: String,
    /// The file, of a document that is in no package.
    #[serde(skip)]
    pub(crate) file: Option<PathBuf>,
}

impl Document {
    /// The document of a file that is not on the list.
    pub(crate) fn of_file(file: &Path) -> Self {
        let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let is_json = file
            .extension()
            .is_some_and(|extension| extension == "json");
        let letters = text(file.file_stem()).to_lowercase();
        let name = letters.split(|letter: char| !letter.is_ascii_alphanumeric());
        let name: Vec<&str> = name.filter(|word| !word.is_empty()).collect();
        Self {
            name: format!("file-{}", name.join("-")),
            title: String::new(),
            openapi: "-".to_owned(),
            format: if is_json { "JSON" } else { "YAML" }.to_owned(),
            registry: Registry::Npm,
            package: String::new(),
            version: String::new(),
            path: String::new(),
            sha256: String::new(),
            file: Some(file.to_owned()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Registry {
    Npm,
    Pypi,
}

#[derive(Deserialize)]
struct List {
    document: Vec<Document>,
}

/// The documents with these names, or all.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<Document>, String> {
    if names.is_empty() {
        return all();
    }
    names.iter().map(|name| one(name)).collect()
}

/// The document of this name, or of this file.
pub(crate) fn one(name: &str) -> Result<Document, String> {
    let file = Path::new(name);
    if file.is_file() {
        return Ok(Document::of_file(file));
    }
    all()?
        .into_iter()
        .find(|document| document.name == name)
        .ok_or_else(|| {
            format!("no document is called `{name}`; expected a name of documents.toml, or a file")
        })
}

fn all() -> Result<Vec<Document>, String> {
    toml::from_str::<List>(LIST)
        .map(|list| list.document)
        .map_err(|error| format!("documents.toml: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_what_the_promise_asks_for() {
        let all = all().unwrap();
        let count = |wanted: fn(&Document) -> bool| all.iter().filter(|one| wanted(one)).count();
        assert!(all.len() >= 25);
        assert!(count(|document| document.openapi.starts_with("3.0")) >= 5);
        assert!(count(|document| document.openapi.starts_with("3.1")) >= 5);
        assert!(count(|document| document.format == "JSON") >= 5);
        assert!(count(|document| document.format == "YAML") >= 5);
        let mut names: Vec<&str> = all.iter().map(|document| document.name.as_str()).collect();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(
            all.iter()
                .all(|document| !document.title.is_empty() && document.sha256.len() == 64)
        );
    }
}
