//! `cargo xtask import`: captured pages into `specs/<api>/pages`.

use std::io::Read;
use std::path::Path;

use codegen::generate::sha256;
use docspec::captures;
use docspec::import::{self, Entry, Given, ImportError, Imported, Kind, Options, Report};
use docspec::layout::Layout;
use docspec::sources::Sources;
use docspec::text::Text;
use docspec::vocabulary;

use crate::arguments::Import;
use crate::day::Day;
use crate::exit::{Exit, Failure};
use crate::files::{Change, Plan};
use crate::output;
use crate::report::Texts;
use crate::sources;
use crate::workspace::{Workspace, read};
use crate::wrapped::wrapped;

/// How wide the words before a report's entries are.
const LEAD: usize = 13;

pub(crate) fn run(arguments: &Import) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let apis = workspace.apis()?;
    if !apis.contains(&arguments.api) {
        return Err(Failure::Input(format!(
            "no API is called `{}`; expected one of `{}`; to fix: correct the name after --api",
            arguments.api,
            apis.join("`, `")
        )));
    }
    fits_together(arguments)?;
    let before = sources::of_api(&workspace, &arguments.api)?;
    let given = given(arguments)?;
    let options = Options {
        split: arguments.split,
        older: arguments.older,
        vocabulary: arguments.vocabulary.as_deref().map(read).transpose()?,
    };
    let imported = import::import(&before, &given, &options)
        .map_err(|error| failure(error, arguments, &given, &options))?;
    let changes = plan(&workspace, &arguments.api, &imported.sources).changes()?;
    for report in &imported.reports {
        output::note(printed(report).trim_end());
    }
    for line in others(&imported) {
        output::note(line.trim_end());
    }
    if arguments.dry_run {
        let diff: String = changes.iter().map(Change::diff).collect();
        output::print(&diff)?;
        output::note(&summary(&changes, "would change"));
    } else {
        crate::write::all(workspace.root(), &changes)?;
        output::note(&summary(&changes, "changed"));
        if !changes.is_empty() {
            output::note("next: cargo xtask codegen");
        }
    }
    Ok(Exit::Done)
}

/// Refuses a command line whose parts do not fit together.
fn fits_together(arguments: &Import) -> Result<(), Failure> {
    for (option, given) in [
        ("--source", arguments.source.is_some()),
        ("--page", arguments.page.is_some()),
    ] {
        if given && arguments.pages.len() > 1 {
            return Err(Failure::Input(format!(
                "{option} stands beside {} pages; expected one page, since it speaks of one; to fix: import the pages one \
                 by one",
                arguments.pages.len()
            )));
        }
    }
    for (index, path) in arguments.pages.iter().enumerate() {
        if arguments.pages[..index].contains(path) {
            return Err(Failure::Input(format!(
                "the page {} stands twice; expected each capture once; to fix: leave one out",
                path.display()
            )));
        }
    }
    // The clock of whoever captured the page may be ahead of UTC.
    let ahead = arguments
        .captured
        .filter(|day| day.days_since(Day::today()) > 1);
    if let Some(day) = ahead {
        return Err(Failure::Input(format!(
            "--captured {day} lies ahead; expected the day on which the page was captured; to fix: correct the date"
        )));
    }
    Ok(())
}

fn given(arguments: &Import) -> Result<Vec<Given>, Failure> {
    let layout = arguments.layout.as_deref().and_then(Layout::parse);
    let captured = arguments.captured.unwrap_or_else(Day::today).to_string();
    arguments
        .pages
        .iter()
        .map(|path| {
            let (mut name, text) = page(path)?;
            let rivals = arguments
                .pages
                .iter()
                .filter(|it| it.file_name() == path.file_name());
            if rivals.count() > 1 {
                name = path.display().to_string();
            }
            Ok(Given {
                name,
                sha256: sha256(&text),
                text,
                layout,
                source: arguments.source.clone(),
                captured: captured.clone(),
                is_dated: arguments.captured.is_some(),
                page: arguments.page.clone(),
            })
        })
        .collect()
}

/// What a page is called and its text.
fn page(path: &Path) -> Result<(String, String), Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::unreadable(Path::new("the standard input"), &error))?;
        return Ok(("stdin".to_owned(), text));
    }
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Ok((name.into_owned(), read(path)?))
}

/// The failure with the texts that it speaks of, each line of it in its file.
fn failure(error: ImportError, arguments: &Import, given: &[Given], options: &Options) -> Failure {
    let folder = format!("specs/{}/", arguments.api);
    let mut texts = Texts::default();
    let mut diagnostics = error.diagnostics;
    for diagnostic in &mut diagnostics {
        let capture = given.iter().find(|given| given.name == diagnostic.page);
        let stage = error.stage;
        if let Some(capture) = capture.filter(|_| stage == import::Stage::Captures) {
            texts.add(&diagnostic.page, Text::new(&capture.text));
            continue;
        }
        let text = match (&options.vocabulary, stage) {
            (Some(text), import::Stage::Captures) => Some(text.as_str()),
            _ => error.sources.text(&diagnostic.page),
        };
        if let (import::Stage::Captures, Some(path)) = (stage, &arguments.vocabulary) {
            diagnostic.page = path.display().to_string();
        } else {
            diagnostic.page.insert_str(0, &folder);
        }
        if let Some(text) = text {
            texts.add(&diagnostic.page, Text::new(text));
        }
    }
    let failure = texts.failure("", diagnostics);
    match error.stage {
        import::Stage::After => Failure::Input(format!(
            "{failure} in the sources as this import would leave them; nothing was written"
        )),
        _ => failure,
    }
}

/// The files of the sources that an import may write.
fn plan(workspace: &Workspace, api: &str, sources: &Sources) -> Plan {
    let mut plan = Plan::new(workspace.root());
    let mut file = |name: &str, text: &str| {
        plan.file(&format!("specs/{api}/{name}"), text.to_owned());
    };
    file("api.toml", &sources.api);
    for (name, text) in &sources.pages {
        file(&format!("pages/{name}"), text);
    }
    if let Some(text) = &sources.vocabulary {
        file(vocabulary::FILE, text);
    }
    if let Some(text) = &sources.captures {
        file(captures::FILE, text);
    }
    plan
}

fn summary(changes: &[Change], word: &str) -> String {
    let paths: Vec<String> = changes
        .iter()
        .map(|change| wrapped("  ", &change.path, 4))
        .collect();
    match paths.len() {
        0 => "nothing changed".to_owned(),
        1 => wrapped(&format!("1 file {word}: "), &changes[0].path, 2)
            .trim_end()
            .to_owned(),
        many => format!("{many} files {word}:\n{}", paths.concat().trim_end()),
    }
}

/// A report in 80 columns.
fn printed(report: &Report) -> String {
    let changes = match (report.is_new, report.changes()) {
        (true, _) => "a new page".to_owned(),
        (_, 0) => "no change".to_owned(),
        (_, 1) => "1 change".to_owned(),
        (_, many) => format!("{many} changes"),
    };
    let mut text = wrapped(
        "",
        &format!(
            "pages/{}: {changes} from {} ({}, {})",
            report.file, report.capture, report.layout, report.captured
        ),
        2,
    );
    // Whole facts that stay are told in one go.
    let (whole, told): (Vec<&Entry>, Vec<&Entry>) = report
        .entries
        .iter()
        .partition(|entry| entry.kind == Kind::Kept && entry.line.is_none());
    for entry in told {
        if report.is_new && entry.kind == Kind::Added {
            continue;
        }
        let lead = format!("  {:<width$}", entry.kind.as_str(), width = LEAD - 2);
        let place = match entry.line {
            Some(line) => format!(" ({}:{line})", report.capture),
            None => String::new(),
        };
        text.push_str(&wrapped(&lead, &format!("{entry}{place}"), LEAD));
    }
    if !whole.is_empty() {
        let lead = format!("  {:<width$}", Kind::Kept.as_str(), width = LEAD - 2);
        let keys: Vec<String> = whole.iter().map(ToString::to_string).collect();
        text.push_str(&wrapped(&lead, &keys.join(", "), LEAD));
    }
    text
}

/// What else happened.
fn others(imported: &Imported) -> Vec<String> {
    let mut lines = Vec::new();
    for (page, from, to) in &imported.split {
        let text = format!("pages/{page} has `{to}` in place of `{from}`");
        lines.push(wrapped("split: ", &text, 2));
    }
    for (what, texts) in [
        ("added to", &imported.splits_added),
        ("removed from", &imported.splits_removed),
    ] {
        for text in texts {
            let text = format!("the split of {text:?} was {what} vocabulary.toml");
            lines.push(wrapped("", &text, 2));
        }
    }
    lines
}
