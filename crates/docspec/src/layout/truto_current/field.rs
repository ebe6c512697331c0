//! One field of a section: its name and type, and everything below it up to the next field.

use super::lines::{self, Lines};
use super::support;
use crate::layout::Context;
use crate::layout::truto;
use crate::layout::truto::example;
use crate::layout::truto::nesting::Flat;
use crate::layout::truto::report::{Problem, Report};
use crate::layout::truto::values;
use crate::page::{Schema, Shape};
use crate::type_notation;

/// Reads the field on `start`, if one starts there; gives it and the line after it.
pub(super) fn read(
    lines: Lines<'_>,
    start: usize,
    context: Context<'_>,
    report: &mut Report<'_>,
) -> Option<(Flat, usize)> {
    let printed = lines.get(start);
    let (name, notation, schema) = match lines.field_start(start) {
        Some(fused) => (fused.name, fused.notation, fused.schema),
        None if is_bare_name(lines, start) => (printed, None, Schema::new(Shape::Any)),
        None => return None,
    };
    let mut reader = Reader {
        lines,
        line: start + 1,
        context,
        report,
        paragraphs: Vec::new(),
        prose_is_over: false,
        flat: Flat::new(truto::field(name, schema, start)),
    };
    reader.read();
    let has_values = values::allowed(&reader.flat.field.schema).is_some();
    reader.flat.is_bare = notation.is_none() && !reader.flat.has_support && !has_values;
    Some(reader.finish())
}

/// Whether the line is a name and nothing else, in the case in which the vendor writes names.
fn is_bare_name(lines: Lines<'_>, line: usize) -> bool {
    let printed = lines.get(line);
    printed.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && type_notation::is_name(printed)
        && !lines::is_status(printed)
}

struct Reader<'a, 'r, 'p> {
    lines: Lines<'a>,
    line: usize,
    context: Context<'a>,
    report: &'r mut Report<'p>,
    paragraphs: Vec<String>,
    /// Whether something has come that stands below all prose.
    prose_is_over: bool,
    flat: Flat,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) {
        if lines::is_required_mark(self.lines.get(self.line))
            || self.lines.get(self.line) == "required"
        {
            if self.lines.get(self.line) == "required" && self.is_untyped() {
                self.refuse_stray_entry(self.line - 1);
            }
            self.flat.field.required = true;
            self.line += 1;
        }
        let mut after_blank = false;
        while self.line < self.lines.end {
            let printed = self.lines.get(self.line);
            if printed.is_empty() {
                after_blank = true;
                self.line += 1;
                continue;
            }
            if lines::section(printed).is_some()
                || printed == lines::GROUP
                || truto::endpoint(printed).is_some()
                || self.lines.field_start(self.line).is_some()
            {
                break;
            }
            if self.known_line() {
                self.prose_is_over = true;
            } else if values::is_reviewed(values::fused(printed).text, self.context) {
                self.refuse_stray_values();
                self.line += 1;
            } else if self.lines.is_entry(self.line) {
                self.refuse_stray_entry(self.line);
                self.line += 2;
            } else if is_bare_name(self.lines, self.line)
                && !(after_blank && self.is_one_word_of_prose())
            {
                break;
            } else if after_blank && !self.prose_is_over {
                self.paragraph();
            } else {
                self.refuse_line();
                self.line += 1;
            }
            after_blank = false;
        }
    }

    /// Whether the name on this line, which stands below a blank line, is all of the field's description: another
    /// blank line and no prose follow it, which a field without a type would have.
    fn is_one_word_of_prose(&self) -> bool {
        let next = self.lines.skip_blank(self.line + 1);
        let printed = self.lines.get(next);
        !self.prose_is_over
            && self.paragraphs.is_empty()
            && (next > self.line + 1 || next >= self.lines.end)
            && (printed.is_empty()
                || lines::section(printed).is_some()
                || self.lines.field_start(next).is_some()
                || self.lines.opens_block(next))
    }

    fn is_untyped(&self) -> bool {
        self.lines.get(self.flat.field.source.line) == self.flat.field.name
    }

    /// Reads a line that says by itself what it is, and what belongs to it.
    fn known_line(&mut self) -> bool {
        let printed = self.lines.get(self.line);
        if let Some(header) = lines::support_header(printed) {
            self.support(header);
        } else if let Some(count) = lines::property_count(printed) {
            if let Some((_, first)) = self.flat.properties {
                self.refuse_second("count of properties", first);
            }
            self.flat.properties = Some((count, self.line));
            self.line += 1;
        } else if printed == "Possible values:" {
            self.possible_values();
        } else if let Some(example) = printed.strip_prefix("Example:") {
            self.example(example.trim_start());
        } else if printed.starts_with("References: ") {
            self.paragraphs.push(printed.to_owned());
            self.line += 1;
        } else if printed.starts_with("Default: ") {
            if let Some(default) = values::stated_default(printed) {
                self.default(default);
            }
            self.line += 1;
        } else {
            return false;
        }
        true
    }

    fn support(&mut self, header: lines::SupportHeader) {
        let start = self.line;
        if self.flat.has_support {
            self.refuse_second("support block", start);
        }
        let has_enum = values::allowed(&self.flat.field.schema).is_some();
        let (entries, next) = support::read(
            self.lines,
            start,
            header,
            has_enum,
            self.context,
            self.report,
        );
        self.flat.has_support = true;
        self.flat.field.integrations = entries;
        self.line = next;
        values::refuse_foreign(&self.flat.field, self.report);
    }

    fn possible_values(&mut self) {
        let heading = self.line;
        let line = self.lines.skip_blank(heading + 1);
        let printed = self.lines.get(line);
        if printed.is_empty()
            || lines::section(printed).is_some()
            || lines::support_header(printed).is_some()
        {
            self.report.line(
                heading,
                Problem {
                    rule: "missing-values",
                    found: "a heading for values with no values below it".to_owned(),
                    expected: "the values on the next line".to_owned(),
                    fix: "copy the page again: a line is missing here",
                },
            );
            self.line = heading + 1;
            return;
        }
        let values::Fused { text, hidden } = values::fused(printed);
        let told = values::Told {
            paragraphs: &self.paragraphs,
            example: self.flat.field.example.as_ref(),
        };
        if let Some(values) = values::split(text, line, told, self.context, self.report) {
            values::allow(&mut self.flat.field.schema, values, hidden > 0, line);
        } else {
            // Reported; an open enum keeps what follows from being reported again.
            values::allow(&mut self.flat.field.schema, Vec::new(), true, line);
        }
        self.line = line + 1;
    }

    fn example(&mut self, inline: &str) {
        let start = self.line;
        let lines = self.lines;
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

    fn default(&mut self, printed: &str) {
        let schema = &mut self.flat.field.schema;
        schema.default = Some(values::value_of(printed, schema));
    }

    fn paragraph(&mut self) {
        let mut paragraph = Vec::new();
        while !self.lines.get(self.line).is_empty() {
            let printed = self.lines.get(self.line);
            if !paragraph.is_empty()
                && (lines::section(printed).is_some()
                    || lines::support_header(printed).is_some()
                    || self.lines.is_entry(self.line))
            {
                break;
            }
            paragraph.push(printed);
            self.line += 1;
        }
        let paragraph = paragraph.join("\n");
        if let Some(default) = values::stated_default(&paragraph) {
            self.default(default);
        }
        self.paragraphs.push(paragraph);
    }

    fn refuse_stray_entry(&mut self, line: usize) {
        self.report.line(
            line,
            Problem {
                rule: "stray-integration",
                found: "an integration and its status outside a support block".to_owned(),
                expected: "a line such as `2 supported` above the list".to_owned(),
                fix: "copy the page again: the line with the number of integrations is missing, or its number is too small",
            },
        );
    }

    fn refuse_stray_values(&mut self) {
        self.report.line(
            self.line,
            Problem {
                rule: "stray-values",
                found: "values of an enum where none are expected".to_owned(),
                expected: "`Possible values:` above them, or the integration that accepts them"
                    .to_owned(),
                fix: "copy the page again: the line above the values is missing",
            },
        );
    }

    fn refuse_second(&mut self, what: &str, line: usize) {
        self.report.line(
            line,
            Problem {
                rule: "repeated-block",
                found: format!("a second {what} of `{}`", self.flat.field.name),
                expected: format!("at most one {what} to a field"),
                fix: "copy the page again: the name of a field between the two is missing",
            },
        );
    }

    fn refuse_line(&mut self) {
        self.report.line(
            self.line,
            Problem {
                rule: "unexpected-line",
                found: "a line that is no part of a field".to_owned(),
                expected: "a field, or a blank line above a paragraph about one".to_owned(),
                fix: "compare the line with the vendor's page, and remove it if it is not part of the reference",
            },
        );
    }

    fn finish(self) -> (Flat, usize) {
        let mut flat = self.flat;
        if !self.paragraphs.is_empty() {
            flat.field.description = Some(self.paragraphs.join("\n\n"));
        }
        (flat, self.line)
    }
}
