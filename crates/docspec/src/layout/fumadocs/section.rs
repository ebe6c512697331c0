//! The sections of a Fumadocs page.

use super::super::findings::{Advice, Findings, Line};
use super::field_line::{self, Marks};
use super::security;
use crate::page::Place;
use crate::type_notation;

/// A section's kind, the line of its heading, and the lines below it.
pub(super) type Part<'t> = (Section, Line<'t>, Vec<Line<'t>>);

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Authorization,
    Parameters(Place),
    Request,
    Response,
    Callbacks,
    /// Fields that stand below no heading of their own.
    Unnamed,
}

impl Section {
    /// The section that a line heads.
    pub(super) fn of(text: &str) -> Option<Self> {
        Some(match text {
            "Authorization" => Self::Authorization,
            "Path Parameters" => Self::Parameters(Place::Path),
            "Query Parameters" => Self::Parameters(Place::Query),
            "Header Parameters" => Self::Parameters(Place::Header),
            "Cookie Parameters" => Self::Parameters(Place::Cookie),
            "Request Body" => Self::Request,
            "Response Body" => Self::Response,
            "Callbacks" | "Webhooks" => Self::Callbacks,
            _ => return None,
        })
    }
}

/// Cuts the lines at their headings.
pub(super) fn split<'t>(
    lines: &[Line<'t>],
    marks: Marks,
    findings: &mut Findings<'_>,
) -> Vec<Part<'t>> {
    let mut sections: Vec<Part<'t>> = Vec::new();
    for line in lines {
        match Section::of(line.text) {
            Some(section) => {
                if let Some((_, earlier, _)) =
                    sections.iter().find(|(earlier, ..)| *earlier == section)
                {
                    findings.add(
                        "repeated-section",
                        Some(line.span()),
                        format!(
                            "the section `{}` again, which starts on line {}",
                            line.text, earlier.number
                        ),
                        Advice::new(
                            "each section once: a page documents one operation",
                            "capture each operation into a file of its own",
                        ),
                    );
                }
                sections.push((section, *line, Vec::new()));
            }
            None => {
                if let Some((.., body)) = sections.last_mut() {
                    body.push(*line);
                }
            }
        }
    }
    let unnamed = sections
        .iter_mut()
        .filter(|(section, ..)| *section == Section::Authorization)
        .find_map(|(.., lines)| fields_without_heading(lines, marks));
    sections.extend(unnamed);
    sections
}

/// Takes what some pages say about authentication, without a heading, right below the method and the path.
pub(super) fn authorization_without_heading<'t>(lines: &mut Vec<Line<'t>>) -> Option<Part<'t>> {
    let start = authorization(lines)?;
    let section = lines.split_off(start);
    Some((Section::Authorization, *section.first()?, section))
}

/// The number of the line where a page without a method and a path begins to speak of authentication.
pub(super) fn start_of_authorization(lines: &[Line<'_>]) -> Option<usize> {
    lines.get(authorization(lines)?).map(|line| line.number)
}

fn authorization(lines: &[Line<'_>]) -> Option<usize> {
    let property = lines
        .iter()
        .position(|line| security::is_property(line.text))?;
    let named = property > 0 && type_notation::is_name(lines[property - 1].text);
    Some(property - usize::from(named))
}

/// Takes the fields that stand below no heading: some pages lose the headings between the authentication and the
/// answers when they are copied.
pub(super) fn fields_without_heading<'t>(
    lines: &mut Vec<Line<'t>>,
    marks: Marks,
) -> Option<Part<'t>> {
    let place = lines
        .iter()
        .position(|line| line.text.starts_with("In: "))
        .map_or(0, |place| place + 1);
    let field =
        (place..lines.len()).find(|index| field_line::read(&lines[*index..], marks).is_some())?;
    // What stands between the authentication and the first field is about the fields.
    let start = if place > 0 { place } else { field };
    let section = lines.split_off(start);
    Some((Section::Unnamed, *section.get(field - start)?, section))
}

/// Removes the links to the pages before and after this one.
pub(super) fn cut_footer(lines: &mut Vec<Line<'_>>) {
    let footer = lines
        .iter()
        .position(|line| matches!(line.text, "Previous Page" | "Next Page"));
    if let Some(footer) = footer {
        // The title of the page that a link leads to stands above it.
        lines.truncate(footer.saturating_sub(1));
    }
}
