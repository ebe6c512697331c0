//! `cargo xtask lint`: what is doubtful in the sources.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use docspec::diagnostic::Diagnostic;
use docspec::layout::Layout;
use docspec::lint::acceptance::{self, Acceptances};
use docspec::lint::{self, Finding, Level};
use docspec::text::Text;

use crate::arguments::{FailOn, Form, Lint};
use crate::commands::openapi;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::report::Texts;
use crate::sources;
use crate::workspace::{Workspace, read_if_there};

pub(crate) fn run(arguments: &Lint) -> Result<Exit, Failure> {
    if arguments.rules {
        output::print(&lint::table())?;
        return Ok(Exit::Done);
    }
    if let Some(name) = &arguments.explain {
        output::print(&explained(name)?)?;
        return Ok(Exit::Done);
    }
    let judged = if arguments.pages.is_empty() {
        of_apis(&Workspace::find()?, &arguments.apis)?
    } else {
        vec![of_pages(arguments)?]
    };
    output::print(&match arguments.format {
        Form::Text => text(&judged, arguments.accepted),
        Form::Json => json(&judged, arguments.accepted),
    })?;
    for one in &judged {
        output::note(&format!("{}: {}", one.name, lint::summary(&one.findings)));
    }
    let fails = judged
        .iter()
        .flat_map(|one| &one.findings)
        .any(|finding| finding.accepted.is_none() && is_as_bad(finding, arguments.fail_on));
    Ok(if fails { Exit::Doubtful } else { Exit::Done })
}

/// The findings of one API, or of pages.
#[derive(Clone)]
pub(crate) struct Judged {
    /// What the summary calls it.
    pub(crate) name: String,
    /// What stands before the names of files.
    folder: String,
    pub(crate) findings: Vec<Finding>,
    texts: BTreeMap<String, Text>,
}

fn explained(name: &str) -> Result<String, Failure> {
    if let Some(rule) = lint::named(name) {
        return Ok(lint::explain(rule));
    }
    Err(Failure::Input(format!(
        "no rule is called `{name}`; expected a rule's name; to fix: choose one of `cargo xtask lint --rules`"
    )))
}

/// Looks at the sources of every API that was asked for, and tells of all that are broken at once.
pub(crate) fn of_apis(workspace: &Workspace, asked: &[String]) -> Result<Vec<Judged>, Failure> {
    let mut judged = Vec::new();
    let mut failures = Vec::new();
    for api in workspace.chosen(asked)? {
        match of_api(workspace, &api) {
            Ok(one) => judged.push(one),
            Err(failure) => failures.push(failure),
        }
    }
    match Failure::joined(&failures) {
        Some(failure) => Err(failure),
        None => Ok(judged),
    }
}

fn of_api(workspace: &Workspace, api: &str) -> Result<Judged, Failure> {
    let folder = format!("specs/{api}/");
    let sources = sources::of_api(workspace, api)?;
    let accepted = read_if_there(&workspace.root().join(&folder).join(acceptance::FILE))?;
    let accepted = accepted.unwrap_or_default();
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    texts.insert(acceptance::FILE.to_owned(), Text::new(&accepted));

    let found = lint::of_sources(&sources);
    let acceptances = Acceptances::parse(&accepted);
    let (found, acceptances) = match (found, acceptances) {
        (Ok(found), Ok(acceptances)) => (found, acceptances),
        (found, acceptances) => {
            let mut wrong: Vec<Diagnostic> = found.err().unwrap_or_default();
            wrong.extend(acceptances.err().unwrap_or_default());
            let mut shown = sources::shown(&sources, &wrong);
            shown.add(acceptance::FILE, Text::new(&accepted));
            return Err(shown.failure(&folder, wrong));
        }
    };
    let findings = acceptances.apply(found);
    for file in findings.iter().map(|finding| &finding.place().file) {
        if let Some(text) = sources.text(file).filter(|_| !texts.contains_key(file)) {
            texts.insert(file.clone(), Text::new(text));
        }
    }
    Ok(Judged {
        name: api.to_owned(),
        folder,
        findings,
        texts,
    })
}

fn of_pages(arguments: &Lint) -> Result<Judged, Failure> {
    let layout = arguments.layout.as_deref().and_then(Layout::parse);
    let vocabulary = openapi::vocabulary(arguments.vocabulary.as_deref())?;
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for path in &arguments.pages {
        let (name, text) = openapi::page(path)?;
        if texts.insert(name.clone(), Text::new(&text)).is_some() {
            return Err(Failure::Input(format!(
                "two pages are called `{name}`; expected names that differ; to fix: rename one of them"
            )));
        }
    }
    let findings = lint::of_pages(&texts, layout, &vocabulary).map_err(|wrong| {
        let mut shown = Texts::default();
        for (name, text) in &texts {
            shown.add(name, text.clone());
        }
        shown.failure("", wrong)
    })?;
    Ok(Judged {
        name: "pages".to_owned(),
        folder: String::new(),
        findings,
        texts,
    })
}

pub(crate) fn text(judged: &[Judged], accepted: bool) -> String {
    let mut text = String::new();
    for one in judged {
        for finding in shown(one, accepted) {
            let rendered = lint::render(finding, &one.folder, |file| one.texts.get(file));
            let _ = writeln!(text, "{rendered}\n");
        }
    }
    text
}

fn json(judged: &[Judged], accepted: bool) -> String {
    let found: Vec<(String, Vec<Finding>)> = judged
        .iter()
        .map(|one| (one.folder.clone(), shown(one, accepted).cloned().collect()))
        .collect();
    format!("{:#}\n", lint::json(&found))
}

fn shown(judged: &Judged, accepted: bool) -> impl Iterator<Item = &Finding> {
    judged
        .findings
        .iter()
        .filter(move |finding| accepted || finding.accepted.is_none())
}

fn is_as_bad(finding: &Finding, fail_on: FailOn) -> bool {
    let mildest = match fail_on {
        FailOn::Error => Level::Error,
        FailOn::Warning => Level::Warning,
        FailOn::Note => Level::Note,
        FailOn::Never => return false,
    };
    finding.rule.level >= mildest
}
