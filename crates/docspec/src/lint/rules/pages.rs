//! What a captured page itself shows, beside the facts read from it.

use crate::layout::Layout;
use crate::lint::finding::Place;
use crate::lint::printed;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::Survey;

pub(super) const RULES: &[Rule] = &[Rule {
    name: "repeated-heading",
    level: Level::Note,
    summary: "a heading that a captured page prints twice",
    why: "Two sections under one heading can say two things, and one of them is not read: the second may be the panel \
          of samples, or the capture holds a part twice. Compare the two on the page.",
    check: repeated_heading,
}];

/// The headings of the sections that captured pages have.
const HEADINGS: [&str; 13] = [
    "Header Parameters",
    "Path Parameters",
    "Path parameters",
    "Query Parameters",
    "Query parameters",
    "Cookie Parameters",
    "Body Parameters",
    "Request Body",
    "Request body",
    "Response",
    "Responses",
    "Response Body",
    "Response body",
];

fn repeated_heading(survey: &Survey<'_>, report: &mut Report) {
    for page in survey.input.pages {
        if matches!(page.layout, Layout::Markdown | Layout::MarkdownEmbedded) {
            continue;
        }
        let Some(text) = survey.input.texts.get(&page.name) else {
            continue;
        };
        for (first, line, heading) in printed::repeated_lines(text, &HEADINGS) {
            report.add(Doubt::new(
                Place::of_file(&page.name, Some(line)),
                format!("the heading `{heading}` again, which line {first} has"),
                "each section once",
                "compare the two sections on the page; accept it when the second adds nothing",
            ));
        }
    }
}
