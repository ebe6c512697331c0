//! Text captures of Truto's older layout: the type below the name, the integrations that know a field as lists
//! under `Required in` and `Supported in`.

mod field;
mod integrations;
mod lines;

use std::collections::{HashMap, HashSet};

use super::truto::nesting::Rules;
use super::truto::report::{Problem, Report};
use super::truto::{self, Draft};
use super::{Context, Layout};
use crate::diagnostic::Diagnostic;
use crate::page::{Level, Page};
use crate::text::Text;
use field::Surroundings;
use lines::Lines;

/// The signs of the layout, for messages.
pub(super) const SIGNS: &str = "`Endpoint` above the method and path, `Integrations supported`, `Path parameters`/`Query parameters` headings, `REQUIRED ·`, `Supported in`, `All possible enum values:`";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    let any = |is_sign: fn(&str) -> bool| usize::from(text.lines().any(|(_, line)| is_sign(line)));
    let below = text.lines().skip(1);
    let endpoint = text
        .lines()
        .zip(below)
        .any(|((_, line), (_, next))| line == "http" && truto::endpoint(next).is_some());
    any(|line| line == "Endpoint")
        + usize::from(endpoint)
        + any(|line| line == "Integrations supported")
        + any(|line| matches!(line, "Path parameters" | "Query parameters"))
        + any(|line| lines::required_mark(line).is_some())
        + any(|line| matches!(line, "Required in" | "Supported in"))
        + any(|line| line == "All possible enum values:")
}

/// Reads a page in this layout.
///
/// # Errors
///
/// All that is wrong with the page.
pub(super) fn read(text: &Text, context: Context<'_>) -> Result<Page, Vec<Diagnostic>> {
    let mut report = Report::new(context.page, text);
    let mut draft = Draft::default();
    let end = draft.read_sample(text, context, &mut report);
    let lines = Lines::new(text, end);
    let line = preamble(lines, &mut draft, &mut report);
    let names: Vec<String> = draft
        .integrations
        .iter()
        .map(|support| support.integration.clone())
        .collect();
    let page = Surroundings {
        lines,
        context,
        integrations: &names.iter().map(String::as_str).collect::<HashSet<_>>(),
    };
    let mut line = line;
    while let Some(kind) = lines::section(lines.get(line)) {
        let (section, next) = section(&page, line, &draft, &mut report);
        draft.put(kind, section, &mut report);
        line = next;
    }
    let rules = Rules {
        counts_nested: false,
        sorts_bodies: false,
    };
    let page = draft.into_page(Layout::TrutoOlder, rules, context, &mut report);
    report.finish(page)
}

/// Reads what stands above the first section; gives the line of its heading.
fn preamble(lines: Lines<'_>, draft: &mut Draft, report: &mut Report<'_>) -> usize {
    let mut line = lines.skip_blank(1);
    if lines.get(line) == "Skip to content" {
        line += 1;
    }
    let mut paragraph: Vec<&str> = Vec::new();
    while line < lines.end {
        let printed = lines.get(line);
        if lines::section(printed).is_some() {
            break;
        }
        line += 1;
        if let Some((method, path)) = truto::endpoint(printed) {
            if let Some((_, _, first)) = draft.endpoint {
                truto::refuse_second_endpoint(line - 1, first, report);
            } else {
                draft.endpoint = Some((method, path.to_owned(), line - 1));
            }
        } else if draft.endpoint.is_none() {
            match printed {
                "" | "Endpoint" | "http" => {
                    if !paragraph.is_empty() {
                        draft.description.push(paragraph.join("\n"));
                        paragraph.clear();
                    }
                }
                _ if lines::is_placeholder(printed) => {}
                _ if draft.title.is_none() => draft.title = Some(printed.to_owned()),
                _ => paragraph.push(printed),
            }
        } else {
            line = below_endpoint(lines, line - 1, draft, report);
        }
    }
    line
}

/// Reads a line between the method and the first section, and what belongs to it; gives the line after it.
fn below_endpoint(
    lines: Lines<'_>,
    line: usize,
    draft: &mut Draft,
    report: &mut Report<'_>,
) -> usize {
    let printed = lines.get(line);
    match printed {
        "" => line + 1,
        _ if lines::is_placeholder(printed) => line + 1,
        "Integrations supported" => {
            let (bullets, next) = lines.bullets(line + 1);
            if bullets.is_empty() {
                refuse_empty_list(line, report);
            }
            for (line, name) in bullets {
                draft
                    .integrations
                    .push(truto::support(name, Level::Supported, line));
            }
            next
        }
        "Partial response integrations" => partial_responses(lines, line, draft, report),
        _ => {
            report.line(
                line,
                Problem {
                    rule: "unexpected-line",
                    found: "a line between the method and the parameters".to_owned(),
                    expected: "`Integrations supported` with its list, or the heading of a section"
                        .to_owned(),
                    fix: "compare the line with the vendor's page, and remove it if it is not part of the reference",
                },
            );
            line + 1
        }
    }
}

/// Reads the integrations whose answers are not whole, and what the page says about that.
fn partial_responses(
    lines: Lines<'_>,
    heading: usize,
    draft: &mut Draft,
    report: &mut Report<'_>,
) -> usize {
    let mut line = lines.skip_blank(heading + 1);
    let mut note = Vec::new();
    while line < lines.end
        && lines::bullet(lines.get(line)).is_none()
        && lines::section(lines.get(line)).is_none()
    {
        if !lines.get(line).is_empty() {
            note.push(lines.get(line));
        }
        line += 1;
    }
    let (bullets, next) = lines.bullets(line);
    if bullets.is_empty() || note.is_empty() {
        refuse_empty_list(heading, report);
    }
    let note = note.join("\n");
    let positions: HashMap<String, usize> = draft
        .integrations
        .iter()
        .enumerate()
        .map(|(position, support)| (support.integration.clone(), position))
        .collect();
    for (line, name) in bullets {
        match positions.get(name) {
            Some(position) => draft.integrations[*position].notes.push(note.clone()),
            None => report.line(
                line,
                Problem {
                    rule: "stray-integration",
                    found: "an integration that the page does not list for the operation"
                        .to_owned(),
                    expected: "one of those under `Integrations supported`".to_owned(),
                    fix: "copy the page again: the list above is not whole",
                },
            ),
        }
    }
    next
}

fn refuse_empty_list(line: usize, report: &mut Report<'_>) {
    report.line(
        line,
        Problem {
            rule: "missing-list",
            found: "a heading for integrations with none below it".to_owned(),
            expected: "a list with bullets".to_owned(),
            fix: "copy the page again: the list is missing here",
        },
    );
}

/// Reads the fields below a heading; gives them and the line of the next heading.
fn section(
    page: &Surroundings<'_>,
    heading: usize,
    draft: &Draft,
    report: &mut Report<'_>,
) -> (truto::Section, usize) {
    let mut section = truto::Section::new(heading);
    let mut line = heading + 1;
    while line < page.lines.end {
        let printed = page.lines.get(line);
        if lines::section(printed).is_some() {
            break;
        }
        if printed.is_empty()
            || lines::is_placeholder(printed)
            || printed.starts_with("Refer ") && section.fields.is_empty()
        {
            line += 1;
        } else if let (Some(_), Some((_, _, first))) = (truto::endpoint(printed), &draft.endpoint) {
            truto::refuse_second_endpoint(line, *first, report);
            line += 1;
        } else if let Some((flat, next)) = field::read(page, line, report) {
            section.fields.push(flat);
            line = next;
        } else if section.fields.is_empty() {
            section.description.push(printed.to_owned());
            line += 1;
        } else {
            report.line(
                line,
                Problem {
                    rule: "unexpected-line",
                    found: "a line that is no field".to_owned(),
                    expected: "a name, with its type on the next line".to_owned(),
                    fix: "compare the line with the vendor's page, and remove it if it is not part of the reference",
                },
            );
            line += 1;
        }
    }
    (section, line)
}
