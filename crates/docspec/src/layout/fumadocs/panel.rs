//! What stands behind the documentation of a Fumadocs page: the sample call and the example answers.

use serde_json::Value;

use super::super::Context;
use super::super::example::{self, Example};
use super::super::findings::{Advice, Findings, Line};
use super::is_site_chrome;
use super::section::Section;
use crate::diagnostic::Span;
use crate::sample::{self, Sample};
use crate::text::Text;

/// The sample call and the example answers.
pub(super) struct Panel {
    pub(super) sample: Option<Sample>,
    /// The sample's body, as far as it is JSON.
    pub(super) body: Option<Value>,
    /// The example answers; none when they could not be read.
    pub(super) examples: Option<Vec<Example>>,
}

impl Panel {
    /// Takes the panel out of the page's lines, and reads it.
    pub(super) fn take(
        text: &Text,
        lines: &mut Vec<Line<'_>>,
        context: Context<'_>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let last_line = lines.last().map_or(0, |line| line.number);
        let response = lines
            .iter()
            .position(|line| Section::of(line.text) == Some(Section::Response));
        let start = lines
            .iter()
            .enumerate()
            .position(|(index, line)| {
                sample::starts_here(line.text)
                    || response.is_some_and(|response| index > response)
                        && example::starts_here(line.text)
            })
            .unwrap_or(lines.len());
        let behind = lines.split_off(start);
        let mut panel = Self {
            sample: None,
            body: None,
            examples: None,
        };
        let Some(first) = behind.first() else {
            panel.examples = Some(Vec::new());
            return panel;
        };
        if !sample::starts_here(first.text) {
            panel.examples =
                example::read(text, first.number..=last_line, "", is_site_chrome, findings);
            return panel;
        }
        match sample::read(text, first.number, context.page) {
            Ok(mut sample) => {
                let (body, glued) = body_of(&mut sample, findings);
                let lines = sample.last_line + 1..=last_line;
                panel.examples = example::read(text, lines, &glued, is_site_chrome, findings);
                panel.body = body;
                panel.sample = Some(sample);
            }
            Err(diagnostic) => findings.push(*diagnostic),
        }
        panel
    }
}

/// The sample's body as JSON, and the beginning of the first example where copying lost the line break before it.
fn body_of(sample: &mut Sample, findings: &mut Findings<'_>) -> (Option<Value>, String) {
    let Some(body) = &mut sample.body else {
        let url = &mut sample.url.text;
        let glued = url.ends_with(['{', '[']).then(|| url.pop()).flatten();
        return (None, glued.map(String::from).unwrap_or_default());
    };
    let mut values = serde_json::Deserializer::from_str(&body.text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        let glued = body.text.split_off(values.byte_offset());
        return (Some(value), glued.trim().to_owned());
    }
    let json = sample
        .media_type()
        .is_none_or(|media_type| media_type.ends_with("json"));
    if json {
        findings.add(
            "sample-body",
            sample.body.as_ref().map(|body| Span {
                line: body.line,
                start: 0,
                end: usize::MAX,
            }),
            "a sample whose body is no JSON",
            Advice::new("JSON", "correct the sample in the capture"),
        );
    }
    (None, String::new())
}
