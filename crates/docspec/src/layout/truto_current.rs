//! Text captures of Truto's current layout: names and types without a separator, `N supported` above the list of
//! the integrations that know a field, code samples at the end.

mod field;
mod lines;
mod support;

use super::truto::nesting::{Rules, Standing};
use super::truto::report::{Problem, Report};
use super::truto::{self, Draft};
use super::{Context, Layout};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::text::Text;
use crate::type_notation;
use lines::Lines;

/// The signs of the layout, for messages.
pub(super) const SIGNS: &str = "`METHOD /path` as the first line, `Path Parameters`/`Query Parameters` headings, `N supported`, `required·`, `Show Truto-specific parameters`, `Possible values:`, `<your_api_token>`, names with their types as `first_namestring`";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    let any = |is_sign: fn(&str) -> bool| usize::from(text.lines().any(|(_, line)| is_sign(line)));
    let first = text
        .lines()
        .map(|(_, line)| line)
        .find(|line| !line.is_empty() && *line != "Skip to content");
    usize::from(first.is_some_and(|line| truto::endpoint(line).is_some()))
        + any(|line| lines::support_header(line).is_some())
        + any(lines::is_required_mark)
        + any(|line| line == lines::GROUP)
        + any(|line| matches!(line, "Path Parameters" | "Query Parameters"))
        + any(|line| line == "Possible values:")
        + any(|line| line.contains("<your_api_token>"))
        + any(names_and_types)
}

/// Whether a line is a name with its type and nothing between them.
fn names_and_types(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_lowercase())
        && type_notation::split_fused(line)
            .first()
            .is_some_and(|reading| reading.notation.is_some())
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
    let mut line = preamble(lines, &mut draft, &mut report);
    while let Some(kind) = lines::section(lines.get(line)) {
        let (section, next) = section(lines, line, &draft, context, &mut report);
        draft.put(kind, section, &mut report);
        line = next;
    }
    let rules = Rules {
        counts_nested: true,
        sorts_bodies: true,
    };
    let page = draft.into_page(Layout::TrutoCurrent, rules, context, &mut report);
    report.finish(page)
}

/// Reads what stands above the first section; gives the line of its heading.
fn preamble(lines: Lines<'_>, draft: &mut Draft, report: &mut Report<'_>) -> usize {
    let mut line = lines.skip_blank(1);
    if lines.get(line) == "Skip to content" {
        line += 1;
    }
    while line < lines.end {
        let printed = lines.get(line);
        if lines::section(printed).is_some() {
            break;
        }
        if let Some((method, path)) = truto::endpoint(printed) {
            if let Some((_, _, first)) = draft.endpoint {
                truto::refuse_second_endpoint(line, first, report);
            } else {
                draft.endpoint = Some((method, path.to_owned(), line));
            }
        } else if printed.is_empty() {
            // Blank lines only separate.
        } else if draft.endpoint.is_some() {
            draft.description.push(printed.to_owned());
        } else if draft.title.is_none() {
            draft.title = Some(printed.to_owned());
        } else {
            report.line(
                line,
                Problem {
                    rule: "unexpected-line",
                    found: "a line above the method and path that is not the title".to_owned(),
                    expected:
                        "at most the page's title above a line such as `POST /unified/crm/contacts`"
                            .to_owned(),
                    fix: "remove what belongs to the site's navigation",
                },
            );
        }
        line += 1;
    }
    line
}

/// Reads the fields below a heading; gives them and the line of the next heading.
fn section(
    lines: Lines<'_>,
    heading: usize,
    draft: &Draft,
    context: Context<'_>,
    report: &mut Report<'_>,
) -> (truto::Section, usize) {
    let mut section = truto::Section::new(heading);
    let mut line = heading + 1;
    let mut in_group = false;
    while line < lines.end {
        let printed = lines.get(line);
        if lines::section(printed).is_some() {
            break;
        }
        if printed.is_empty() || printed.starts_with("Refer ") && section.fields.is_empty() {
            line += 1;
        } else if printed == lines::GROUP {
            in_group = true;
            line += 1;
        } else if let Some((_, _, first)) = draft
            .endpoint
            .as_ref()
            .filter(|_| truto::endpoint(printed).is_some())
        {
            truto::refuse_second_endpoint(line, *first, report);
            line += 1;
        } else if let Some((mut flat, next)) = field::read(lines, line, context, report) {
            if in_group {
                flat.standing = Standing::InGroup;
            }
            section.fields.push(flat);
            line = next;
        } else if section.fields.is_empty() && lines.get(line - 1).is_empty() && !in_group {
            section.description.push(printed.to_owned());
            line += 1;
        } else {
            report.line(
                line,
                Problem {
                    rule: "unexpected-line",
                    found: "a line that is no field".to_owned(),
                    expected: "a name with its type, as `first_namestring`, or a name with a support block below it".to_owned(),
                    fix: "compare the line with the vendor's page, and remove it if it is not part of the reference",
                },
            );
            line += 1;
        }
    }
    (section, line)
}
