//! Findings as text.

use annotate_snippets::{AnnotationKind, Group, Level as Mark, Origin, Renderer, Snippet};

use super::finding::{Finding, Place};
use super::notation::{counted, wrapped};
use super::rule::Level;
use crate::text::Text;

/// How wide lines may be.
const WIDTH: usize = 80;

/// How many further places are named.
const FURTHER: usize = 3;

/// Renders a finding with the line that it speaks of, in plain text of at most 80 columns where names allow.
///
/// `text` gives the text of a file; without one, the line is left out. `folder` stands before the name of a file.
#[must_use]
pub fn render<'t>(
    finding: &Finding,
    folder: &str,
    text: impl Fn(&str) -> Option<&'t Text>,
) -> String {
    let place = finding.place();
    let path = format!("{folder}{}", place.file);
    let mark = match finding.rule.level {
        Level::Note => Mark::NOTE,
        Level::Warning => Mark::WARNING,
        Level::Error => Mark::ERROR,
    };
    let heading = finding.rule.level.name().len() + finding.rule.name.len() + 4;
    let found = lines(&finding.title(), heading);
    let title = mark.primary_title(found).id(finding.rule.name);
    let line = place
        .line
        .and_then(|number| Some((number, text(&place.file)?.line(number)?)));
    let mut excerpt = String::new();
    let mut group = match line {
        Some((number, line)) => {
            let indent = line.len() - line.trim_start().len();
            excerpt.push_str(cut(line, number));
            let end = excerpt.len();
            title.element(
                Snippet::source(excerpt.as_str())
                    .line_start(number)
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(indent.min(end)..end)),
            )
        }
        None => title.element(Origin::path(path.as_str())),
    };
    for (name, text) in messages(finding) {
        let message = lines(&text, 12);
        group = group.element(if name == Kind::Help {
            Mark::HELP.message(message)
        } else {
            Mark::NOTE.message(message)
        });
    }
    rendered(&group)
}

fn rendered(group: &Group<'_>) -> String {
    Renderer::plain()
        .term_width(WIDTH)
        .render(std::slice::from_ref(group))
}

#[derive(PartialEq, Eq)]
enum Kind {
    Note,
    Help,
}

fn messages(finding: &Finding) -> Vec<(Kind, String)> {
    let mut messages = vec![(Kind::Note, format!("expected {}", finding.expected))];
    messages.extend(shown_place(finding.place()).map(|place| (Kind::Note, format!("at {place}"))));
    if let Some(further) = further(&finding.parts) {
        messages.push((Kind::Note, format!("also at {further}")));
    }
    match &finding.accepted {
        Some(reason) => messages.push((Kind::Note, format!("accepted: {reason}"))),
        None => messages.push((Kind::Help, format!("to fix: {}", finding.fix))),
    }
    messages
}

/// The place in the document: its JSON pointer, or the shorter form that `lint.toml` also takes where that fits.
fn shown_place(place: &Place) -> Option<String> {
    const ROOM: usize = WIDTH - 16;
    let pointer = place
        .pointer
        .clone()
        .filter(|pointer| !pointer.is_empty())?;
    let in_page = place.in_page();
    let is_better = pointer.len() > ROOM && place.field.is_some() && in_page.len() < pointer.len();
    Some(if is_better { in_page } else { pointer })
}

/// The places after the first, the first few of many, each line once.
fn further(parts: &[super::finding::Part]) -> Option<String> {
    let name = |place: &Place| {
        let line = place
            .line
            .map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line}", place.file)
    };
    let (first, rest) = parts.split_first()?;
    let mut names: Vec<String> = vec![name(&first.place)];
    for part in rest {
        let name = name(&part.place);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = &names[1..];
    let shown = names.iter().take(FURTHER).cloned().collect::<Vec<_>>();
    match names.len().saturating_sub(FURTHER) {
        _ if names.is_empty() => None,
        0 => Some(shown.join(", ")),
        more => Some(format!("{} and {more} more", shown.join(", "))),
    }
}

/// A text in lines, the first of them shorter by what stands before it.
fn lines(text: &str, before: usize) -> String {
    wrapped(text, WIDTH - before).join("\n")
}

/// As much of a line as fits beside its number.
fn cut(line: &str, number: usize) -> &str {
    let room = WIDTH - 4 - number.to_string().len();
    line.char_indices()
        .nth(room)
        .map_or(line, |(end, _)| &line[..end])
}

/// One line about all findings: how many of each level, and how many were accepted.
#[must_use]
pub fn summary(findings: &[Finding]) -> String {
    let of = |level: Level| {
        findings
            .iter()
            .filter(|finding| finding.accepted.is_none() && finding.rule.level == level)
            .count()
    };
    let accepted = findings
        .iter()
        .filter(|finding| finding.accepted.is_some())
        .count();
    let mut counts: Vec<String> = Level::ALL
        .into_iter()
        .rev()
        .filter(|level| of(*level) > 0)
        .map(|level| counted(of(level), level.name()))
        .collect();
    if counts.is_empty() {
        counts.push("nothing found".to_owned());
    }
    if accepted > 0 {
        counts.push(format!("{accepted} accepted"));
    }
    counts.join(", ")
}
