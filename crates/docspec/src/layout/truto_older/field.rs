//! One field of a section: its name, its type below it, and everything up to the next field.

use std::collections::HashSet;

use serde_json::Value;

use super::integrations::Integrations;
use super::lines::{self, Label, Lines};
use crate::layout::Context;
use crate::layout::truto;
use crate::layout::truto::example;
use crate::layout::truto::nesting::Flat;
use crate::layout::truto::report::{Problem, Report};
use crate::layout::truto::values;
use crate::page::{Level, Schema, Shape};

/// What a field is read against.
pub(super) struct Surroundings<'a> {
    pub(super) lines: Lines<'a>,
    pub(super) context: Context<'a>,
    /// The integrations that the page lists for the operation.
    pub(super) integrations: &'a HashSet<&'a str>,
}

/// Reads the field on `start`, if one starts there; gives it and the line after it.
pub(super) fn read<'a>(
    page: &'a Surroundings<'a>,
    start: usize,
    report: &mut Report<'_>,
) -> Option<(Flat, usize)> {
    let printed = page.lines.get(start);
    let (name, schema) = match page.lines.field_start(start) {
        Some(found) => found,
        None if lines::is_bare_name(printed) => {
            report.line(
                start,
                Problem {
                    rule: "field-without-type",
                    found: "a name with neither a type nor a list of integrations".to_owned(),
                    expected: "the type on the next line, or `Supported in` below the name"
                        .to_owned(),
                    fix: "copy the page again: a line of this field is missing",
                },
            );
            (printed, None)
        }
        None => return None,
    };
    let typed = schema.is_some();
    let damaged = !typed && page.lines.field_start(start).is_none();
    let schema = schema.unwrap_or(Schema::new(Shape::Any));
    let mut reader = Reader {
        page,
        line: start + 1 + usize::from(typed),
        report,
        paragraphs: Vec::new(),
        prose_is_over: false,
        integrations: Integrations::default(),
        flat: Flat::new(truto::field(name, schema, start)),
    };
    // A damaged field counts as one of the resource, so that it does not put its neighbours in doubt.
    reader.flat.has_support = damaged;
    reader.read();
    Some(reader.finish())
}

struct Reader<'a, 'r, 'p> {
    page: &'a Surroundings<'a>,
    line: usize,
    report: &'r mut Report<'p>,
    paragraphs: Vec<String>,
    /// Whether something has come that stands below all prose.
    prose_is_over: bool,
    integrations: Integrations<'a>,
    flat: Flat,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) {
        if let Some(rest) = lines::required_mark(self.page.lines.get(self.line)) {
            self.flat.field.required = true;
            if !rest.is_empty() {
                self.paragraphs.push(rest.to_owned());
            }
            self.line += 1;
        }
        while self.line < self.page.lines.end {
            let printed = self.page.lines.get(self.line);
            if printed.is_empty() || lines::is_placeholder(printed) {
                self.line += 1;
                continue;
            }
            if lines::section(printed).is_some()
                || truto::endpoint(printed).is_some()
                || self.page.lines.field_start(self.line).is_some()
            {
                break;
            }
            if let Some(label) = lines::label(printed) {
                self.labelled(label);
                self.prose_is_over = true;
            } else if let Some(count) = lines::property_count(printed) {
                self.flat.properties = Some((count, self.line));
                self.line += 1;
            } else if let Some(example) = printed.strip_prefix("Example:") {
                self.example(example.trim_start());
                self.prose_is_over = true;
            } else if lines::is_bare_name(printed) {
                break;
            } else if self.prose_is_over {
                self.refuse_line();
                self.line += 1;
            } else {
                self.paragraph();
            }
        }
    }

    fn labelled(&mut self, label: Label) {
        let start = self.line;
        self.line += 1;
        if label == Label::EnumValues {
            self.enum_values();
            return;
        }
        let (bullets, next) = self.page.lines.bullets(self.line);
        if bullets.is_empty() {
            self.report.line(
                start,
                Problem {
                    rule: "missing-list",
                    found: "a heading for integrations with none below it".to_owned(),
                    expected: "a list with bullets".to_owned(),
                    fix: "copy the page again: the list is missing here",
                },
            );
            return;
        }
        self.line = next;
        match label {
            Label::RequiredIn => self
                .integrations
                .list(&bullets, Level::Required, self.report),
            Label::SupportedIn => {
                self.integrations
                    .list(&bullets, Level::Supported, self.report);
            }
            Label::ValuesByIntegration => {
                self.integrations.values(&bullets, self.page, self.report);
            }
            _ => self.line = self.integrations.notes(&bullets, self.page, self.line),
        }
    }

    fn enum_values(&mut self) {
        let heading = self.line - 1;
        let (bullets, next) = self.page.lines.bullets(self.line);
        if let Some((first, _)) = bullets.first() {
            let first = *first;
            let items = values::innermost(&self.flat.field.schema);
            let list: Vec<Value> = bullets
                .iter()
                .map(|(_, text)| values::value_of(text, items))
                .collect();
            values::allow(&mut self.flat.field.schema, list, false, first);
            self.line = next;
            return;
        }
        let line = self.page.lines.skip_blank(self.line);
        let printed = self.page.lines.get(line);
        if printed.is_empty()
            || lines::section(printed).is_some()
            || lines::label(printed).is_some()
            || printed.starts_with("Example:")
        {
            self.report.line(
                heading,
                Problem {
                    rule: "missing-values",
                    found: "a heading for values with no values below it".to_owned(),
                    expected: "the values, each behind a bullet".to_owned(),
                    fix: "copy the page again: the list is missing here",
                },
            );
            return;
        }
        let values::Fused { text, hidden } = values::fused(printed);
        let told = values::Told {
            paragraphs: &self.paragraphs,
            example: self.flat.field.example.as_ref(),
        };
        let split = values::split(text, line, told, self.page.context, self.report);
        let open = hidden > 0 || split.is_none();
        values::allow(
            &mut self.flat.field.schema,
            split.unwrap_or_default(),
            open,
            line,
        );
        self.line = line + 1;
    }

    fn example(&mut self, inline: &str) {
        let start = self.line;
        let lines = self.page.lines;
        let found = example::read(
            |line| {
                let printed = lines.get(line);
                (line < lines.end && lines::section(printed).is_none()).then_some(printed)
            },
            |line| lines.field_start(line).is_some(),
            start,
            inline,
            &self.flat.field.schema,
        );
        if let Some((example, next)) = found {
            self.flat.field.example = Some(example);
            self.line = next;
        } else {
            self.line += 1;
            example::refuse(start, self.report);
        }
    }

    fn paragraph(&mut self) {
        let mut paragraph = Vec::new();
        loop {
            let printed = self.page.lines.get(self.line);
            if printed.is_empty()
                || lines::section(printed).is_some()
                || lines::label(printed).is_some()
                || printed.starts_with("Example:")
                || self.page.lines.field_start(self.line).is_some()
            {
                break;
            }
            if lines::bullet(printed).is_some_and(|text| self.page.integrations.contains(text)) {
                self.refuse_stray_integration();
            }
            paragraph.push(printed);
            self.line += 1;
        }
        let paragraph = paragraph.join("\n");
        if let Some(default) = values::stated_default(&paragraph) {
            let schema = &mut self.flat.field.schema;
            schema.default = Some(values::value_of(default, schema));
        }
        self.paragraphs.push(paragraph);
    }

    fn refuse_stray_integration(&mut self) {
        self.report.line(
            self.line,
            Problem {
                rule: "stray-integration",
                found: "an integration in the prose about a field".to_owned(),
                expected: "`Required in` or `Supported in` above the list".to_owned(),
                fix: "copy the page again: the line above the list is missing",
            },
        );
    }

    fn refuse_line(&mut self) {
        self.report.line(
            self.line,
            Problem {
                rule: "unexpected-line",
                found: "a line that is no part of a field".to_owned(),
                expected: "the next field: a name, with its type on the next line".to_owned(),
                fix: "compare the line with the vendor's page, and remove it if it is not part of the reference",
            },
        );
    }

    fn finish(self) -> (Flat, usize) {
        let mut flat = self.flat;
        flat.has_support |= self.integrations.is_listed();
        self.integrations.give_to(&mut flat.field, self.report);
        if !self.paragraphs.is_empty() {
            flat.field.description = Some(self.paragraphs.join("\n\n"));
        }
        (flat, self.line)
    }
}
