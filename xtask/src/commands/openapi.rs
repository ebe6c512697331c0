//! `cargo xtask openapi`: the document of pages, on the standard output.

use std::io::Read;
use std::path::Path;

use docspec::layout::{self, Context, Layout};
use docspec::text::Text;
use docspec::vocabulary::{self, Vocabulary};
use docspec::{canonical, derive};

use crate::arguments::Openapi;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::report::Texts;
use crate::workspace::{Workspace, read, read_if_there};

pub(crate) fn run(arguments: &Openapi) -> Result<Exit, Failure> {
    let layout = arguments.layout.as_deref().and_then(Layout::parse);
    let vocabulary = vocabulary(arguments.vocabulary.as_deref())?;
    let mut texts = Texts::default();
    let mut pages = Vec::new();
    let mut diagnostics = Vec::new();
    for path in &arguments.pages {
        let (name, text) = page(path)?;
        let text = Text::new(&text);
        let context = Context {
            page: &name,
            vocabulary: &vocabulary,
        };
        match layout::read(&text, layout, context) {
            Ok(page) => pages.push(page),
            Err(found) => diagnostics.extend(found),
        }
        texts.add(&name, text);
    }
    if !diagnostics.is_empty() {
        return Err(texts.failure("", diagnostics));
    }
    let document = derive::document(&pages, None).map_err(|found| texts.failure("", found))?;
    output::print(&canonical::to_string(&document))?;
    Ok(Exit::Done)
}

/// A page's name without its folder, and its text.
pub(crate) fn page(path: &Path) -> Result<(String, String), Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::unreadable(Path::new("the standard input"), &error))?;
        return Ok(("stdin".to_owned(), text));
    }
    let text = read(path)?;
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Ok((name.into_owned(), text))
}

/// The splits of every API of the workspace, and those of the given file on top.
pub(crate) fn vocabulary(given: Option<&Path>) -> Result<Vocabulary, Failure> {
    let mut all = Vocabulary::default();
    if let Ok(workspace) = Workspace::find() {
        for api in workspace.apis()? {
            let path = workspace
                .root()
                .join("specs")
                .join(&api)
                .join(vocabulary::FILE);
            if let Some(text) = read_if_there(&path)? {
                all.extend(parse(&text, &format!("specs/{api}/{}", vocabulary::FILE))?);
            }
        }
    }
    if let Some(path) = given {
        all.extend(parse(&read(path)?, &path.display().to_string())?);
    }
    Ok(all)
}

fn parse(text: &str, name: &str) -> Result<Vocabulary, Failure> {
    Vocabulary::parse(text).map_err(|mut diagnostics| {
        let mut texts = Texts::default();
        texts.add(name, Text::new(text));
        for diagnostic in &mut diagnostics {
            name.clone_into(&mut diagnostic.page);
        }
        texts.failure("", diagnostics)
    })
}
