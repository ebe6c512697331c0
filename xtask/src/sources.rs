//! Reading the files of `specs/<api>/`.

use std::collections::BTreeMap;
use std::path::Path;

use docspec::sources::Sources;
use docspec::text::Text;

use crate::exit::Failure;
use crate::report::Texts;
use crate::workspace::{Workspace, entries, read, read_if_there};

/// The names that a vendor's own API description may have.
const DESCRIPTIONS: [&str; 2] = ["openapi.yaml", "openapi-source.json"];

/// Reads the sources of an API.
pub(crate) fn of_api(workspace: &Workspace, api: &str) -> Result<Sources, Failure> {
    let folder = workspace.root().join("specs").join(api);
    let mut found = Vec::new();
    for name in DESCRIPTIONS {
        if let Some(text) = read_if_there(&folder.join(name))? {
            found.push((name.to_owned(), text));
        }
    }
    if found.len() > 1 {
        return Err(Failure::Input(format!(
            "specs/{api} holds {}; expected one of them; to fix: remove the other",
            DESCRIPTIONS.join(" and ")
        )));
    }
    Ok(Sources {
        api: read(&folder.join("api.toml"))?,
        pages: texts(&folder.join("pages"))?,
        vocabulary: read_if_there(&folder.join("vocabulary.toml"))?,
        overlays: texts(&folder.join("overlays"))?,
        description: found.pop(),
        captures: read_if_there(&folder.join(docspec::captures::FILE))?,
    })
}

/// The files of a folder with their texts.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    entries(folder)?
        .into_iter()
        .map(|name| {
            let text = read(&folder.join(&name))?;
            Ok((name, text))
        })
        .collect()
}

/// The texts to show with the diagnostics about these sources.
pub(crate) fn shown(sources: &Sources, diagnostics: &[docspec::diagnostic::Diagnostic]) -> Texts {
    let mut texts = Texts::default();
    for diagnostic in diagnostics {
        if let Some(text) = sources.text(&diagnostic.page) {
            texts.add(&diagnostic.page, Text::new(text));
        }
    }
    texts
}
