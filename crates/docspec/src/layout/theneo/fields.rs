//! The field lists of a Theneo page.

use std::collections::HashSet;

use serde_json::Value;

use super::super::Context;
use super::super::findings::{Advice, Findings, Line};
use super::super::printed_value;
use super::head::{self, Head};
use crate::page::{Allowed, Field, Schema, Shape, Source};
use crate::vocabulary::Vocabulary;

/// Reads a list of fields; the lines are those of one section, without its heading.
pub(super) fn read(
    lines: &[Line<'_>],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Field> {
    let mut list = List {
        lines,
        next: 0,
        context,
        findings,
        open: Vec::new(),
        read: Vec::new(),
    };
    list.run();
    list.read
}

/// A field whose lines are still being read.
struct Open<'t> {
    line: Line<'t>,
    field: Field,
    description: Vec<&'t str>,
    children: Children,
    child_fields: Vec<Field>,
}

#[derive(PartialEq, Eq)]
enum Children {
    Unmentioned,
    Hidden,
    Shown,
}

struct List<'l, 't, 'f, 'p> {
    lines: &'l [Line<'t>],
    next: usize,
    context: Context<'l>,
    findings: &'f mut Findings<'p>,
    open: Vec<Open<'t>>,
    read: Vec<Field>,
}

impl<'t> List<'_, 't, '_, '_> {
    fn run(&mut self) {
        while let Some(&line) = self.lines.get(self.next) {
            if let Some(head) = head::read(&self.lines[self.next..]) {
                self.next += head.lines;
                self.start(line, head);
            } else {
                self.next += 1;
                self.inside(line);
            }
        }
        self.close(0);
        report_repeats(&self.read, self.findings);
    }

    fn start(&mut self, line: Line<'t>, head: Head<'t>) {
        self.close(line.indent);
        if let Some(parent) = self.open.last_mut() {
            parent.children = Children::Shown;
        }
        self.open.push(Open {
            line,
            field: Field {
                name: head.name.to_owned(),
                source: source(line),
                required: head.required,
                schema: head.schema,
                description: None,
                example: None,
                deprecated: head.deprecated,
                assumed: None,
                integrations: Vec::new(),
            },
            description: Vec::new(),
            children: Children::Unmentioned,
            child_fields: Vec::new(),
        });
    }

    /// Reads a line that starts no field.
    fn inside(&mut self, line: Line<'t>) {
        if let Some(unread) = head::unread_type(line.text) {
            self.findings.add(
                "unknown-type",
                Some(line.span_of(unread)),
                format!("a field of the unknown type `{unread}`"),
                Advice::new(
                    "a type such as `string`, `integer`, `number`, `boolean`, `object` or `array`",
                    "correct the type in the capture, or write the page in Markdown",
                ),
            );
            return;
        }
        let Some(mut open) = self.open.pop() else {
            self.findings
                .unknown_line(line, "a field's name and type, such as `idstring`");
            return;
        };
        match line.text {
            "Show child attributes" => open.children = Children::Hidden,
            "Hide child attributes" => self.shown_children(line, &mut open),
            text => match Label::read(text) {
                Some((label, value)) => self.attribute(line, &mut open, label, value),
                None if looks_like_a_label(text) => self.findings.add(
                    "unknown-attribute",
                    Some(line.span()),
                    "an attribute of a field that is not known",
                    Advice::new(
                        "`Nullable:`, `Enum values:`, `Default value:`, `Example:`, `Format:` or another known attribute",
                        "remove the attribute from the capture, or write the page in Markdown",
                    ),
                ),
                None => open.description.push(text),
            },
        }
        self.open.push(open);
    }

    fn shown_children(&mut self, line: Line<'t>, open: &mut Open<'t>) {
        open.children = Children::Shown;
        let indented = self
            .lines
            .get(self.next)
            .is_some_and(|next| next.indent > open.line.indent);
        if !indented {
            self.findings.add(
                "unmarked-children",
                Some(line.span()),
                format!(
                    "children of `{}` that are not told from its siblings",
                    open.field.name
                ),
                Advice::new(
                    "the lines of the children indented deeper than their parent",
                    "indent them in the capture, or close the list on the page so that it reads `Show child attributes`",
                ),
            );
        }
    }

    fn attribute(
        &mut self,
        line: Line<'t>,
        open: &mut Open<'t>,
        label: Label,
        inline: Option<&'t str>,
    ) {
        let span = line.span();
        if label == Label::Enum {
            self.enumeration(line, open, inline);
            return;
        }
        let Some(printed) = inline.or_else(|| self.value_line()) else {
            self.findings.add(
                "missing-value",
                Some(span),
                "an attribute without its value",
                Advice::new(
                    "the value on the next line",
                    "complete the field from the page",
                ),
            );
            return;
        };
        if let Err(expected) = label.apply(open, printed) {
            self.findings.add(
                "value-type",
                Some(span),
                format!("the value `{printed}` does not fit"),
                Advice::new(
                    expected,
                    "correct the value or the field's type in the capture",
                ),
            );
        }
    }

    /// The next line, when it can be an attribute's value.
    fn value_line(&mut self) -> Option<&'t str> {
        let rest = &self.lines[self.next..];
        let value = rest.first()?;
        if Label::read(value.text).is_some() || head::read(rest).is_some() {
            return None;
        }
        self.next += 1;
        Some(value.text)
    }

    fn enumeration(&mut self, line: Line<'t>, open: &mut Open<'t>, inline: Option<&'t str>) {
        let mut printed: Vec<Line<'t>> = Vec::new();
        if let Some(text) = inline {
            printed.push(Line { text, ..line });
        }
        while let Some(&next) = self.lines.get(self.next) {
            let ends = next.after_blank && !printed.is_empty()
                || Label::read(next.text).is_some()
                || matches!(next.text, "Show child attributes" | "Hide child attributes")
                || !printed.is_empty() && head::unread_type(next.text).is_some()
                || head::read(&self.lines[self.next..]).is_some();
            if ends {
                break;
            }
            printed.push(next);
            self.next += 1;
        }
        let values: Option<Vec<Value>> = match printed.as_slice() {
            [] => {
                self.findings.add(
                    "missing-value",
                    Some(line.span()),
                    "a list of values without a value",
                    Advice::new(
                        "the values on the next line",
                        "complete the field from the page",
                    ),
                );
                return;
            }
            [one] if bullet(one.text).is_none() => self.fused_values(*one, &open.field.schema),
            [_, next, ..] if printed.iter().any(|line| bullet(line.text).is_none()) => {
                self.findings.unknown_line(
                    *next,
                    "the values on one line, or each behind a bullet, and an empty line below them",
                );
                None
            }
            several => self.listed_values(several, &open.field.schema),
        };
        if let (Some(values), Some(first)) = (values, printed.first()) {
            open.field.schema.allowed = Some(Allowed {
                values: printed_value::without_repeats(values),
                open: false,
                source: source(*first),
            });
        }
    }

    fn fused_values(&mut self, line: Line<'_>, schema: &Schema) -> Option<Vec<Value>> {
        if let Some(values) = self.context.vocabulary.split(line.text) {
            let typed: Option<Vec<Value>> = values
                .iter()
                .map(|value| match value {
                    Value::String(text) => printed_value::typed(schema, text),
                    other => printed_value::typed(schema, &other.to_string()),
                })
                .collect();
            if typed.is_none() {
                self.value_of_another_type(line, schema);
            }
            return typed;
        }
        if line.text.contains(", ") {
            return self.typed_values(line, line.text.split(", "), schema);
        }
        self.findings.add(
            "unknown-enum-text",
            Some(line.span()),
            "values printed without separators that nobody has split",
            Advice::new(
                "a reviewed entry for exactly this text in the vocabulary",
                format!(
                    "fill in the values and the reason, and add this to vocabulary.toml:\n{}",
                    Vocabulary::entry_to_fill_in(line.text)
                ),
            ),
        );
        None
    }

    fn listed_values(&mut self, lines: &[Line<'_>], schema: &Schema) -> Option<Vec<Value>> {
        let mut all = Some(Vec::with_capacity(lines.len()));
        for line in lines {
            let text = bullet(line.text).unwrap_or(line.text);
            let value = self.typed_values(*line, std::iter::once(text), schema);
            all = all.zip(value).map(|(mut all, value)| {
                all.extend(value);
                all
            });
        }
        all
    }

    fn typed_values<'v>(
        &mut self,
        line: Line<'_>,
        printed: impl Iterator<Item = &'v str>,
        schema: &Schema,
    ) -> Option<Vec<Value>> {
        let values: Option<Vec<Value>> = printed
            .map(|text| printed_value::typed(schema, text.trim()))
            .collect();
        if values.is_none() {
            self.value_of_another_type(line, schema);
        }
        values
    }

    fn value_of_another_type(&mut self, line: Line<'_>, schema: &Schema) {
        self.findings.add(
            "value-type",
            Some(line.span()),
            "a value that is not of the field's type",
            Advice::new(
                head::word_of(&schema.shape),
                "correct the values in the capture or in vocabulary.toml",
            ),
        );
    }

    /// Closes the fields that a line at this indentation cannot belong to.
    fn close(&mut self, indent: usize) {
        while self
            .open
            .last()
            .is_some_and(|open| open.line.indent >= indent)
        {
            let Some(open) = self.open.pop() else { return };
            let field = self.complete(open);
            let siblings = self
                .open
                .last_mut()
                .map_or(&mut self.read, |parent| &mut parent.child_fields);
            siblings.push(field);
        }
    }

    fn complete(&mut self, open: Open<'_>) -> Field {
        let Open {
            line,
            mut field,
            description,
            children,
            child_fields,
        } = open;
        if !description.is_empty() {
            field.description = Some(description.join("\n\n"));
        }
        let inside = match children {
            Children::Unmentioned => return field,
            Children::Hidden => Shape::Hidden,
            Children::Shown => {
                report_repeats(&child_fields, self.findings);
                Shape::Object(child_fields)
            }
        };
        match &mut field.schema.shape {
            Shape::Array(items) => **items = Schema::new(inside),
            shape @ Shape::Object(_) => *shape = inside,
            shape => {
                let word = head::word_of(shape);
                self.findings.add(
                    "children-of-scalar",
                    Some(line.span()),
                    format!("`{}` has children and is of the type {word}", field.name),
                    Advice::new(
                        "an object or an array",
                        "correct the type or remove the children in the capture",
                    ),
                );
            }
        }
        field
    }
}

/// Adds a finding for every name that stands twice in one list.
fn report_repeats(fields: &[Field], findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for field in fields {
        if !seen.insert(field.name.as_str()) {
            findings.add(
                "repeated-field",
                Some(crate::diagnostic::Span {
                    line: field.source.line,
                    start: 0,
                    end: field.name.len(),
                }),
                format!("the field `{}` stands twice in one list", field.name),
                Advice::new(
                    "each field once",
                    "remove one of them from the capture, or indent the children of an object",
                ),
            );
        }
    }
}

fn source(line: Line<'_>) -> Source {
    Source {
        line: line.number,
        origin: None,
    }
}

fn bullet(text: &str) -> Option<&str> {
    ["• ", "- ", "* "]
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet))
        .map(str::trim)
}

/// Whether a line that ends in a colon is an attribute's name and no sentence.
fn looks_like_a_label(text: &str) -> bool {
    text.strip_suffix(':').is_some_and(|label| {
        label.starts_with(char::is_uppercase) && label.split_whitespace().count() <= 3
    })
}

/// The attributes that a field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Nullable,
    Deprecated,
    Enum,
    Default,
    Example,
    Format,
    Pattern,
    Minimum,
    Maximum,
    MinLength,
    MaxLength,
}

impl Label {
    /// The attribute that a line names, with the value when it stands on the same line.
    fn read(text: &str) -> Option<(Self, Option<&str>)> {
        let (label, value) = text.split_once(':')?;
        let label = match label.to_ascii_lowercase().as_str() {
            "nullable" => Self::Nullable,
            "deprecated" => Self::Deprecated,
            "enum values" | "enum value" | "enum" | "possible values" | "allowed values" => {
                Self::Enum
            }
            "default" | "default value" | "default values" => Self::Default,
            "example" | "examples" | "example value" | "example values" => Self::Example,
            "format" => Self::Format,
            "pattern" | "regex" => Self::Pattern,
            "minimum" | "min" | "minimum value" | "min value" => Self::Minimum,
            "maximum" | "max" | "maximum value" | "max value" => Self::Maximum,
            "min length" | "minimum length" => Self::MinLength,
            "max length" | "maximum length" => Self::MaxLength,
            _ => return None,
        };
        let value = value.trim();
        Some((label, (!value.is_empty()).then_some(value)))
    }

    /// Adds the value to the field; the error is what was expected.
    fn apply(self, open: &mut Open<'_>, printed: &str) -> Result<(), &'static str> {
        let schema = &mut open.field.schema;
        match self {
            Self::Nullable => schema.nullable = truth(printed)?,
            Self::Deprecated => open.field.deprecated = truth(printed)?,
            Self::Default => {
                let value = printed_value::typed(schema, printed)
                    .ok_or("a default of the field's own type")?;
                schema.default = Some(value);
            }
            Self::Example => open.field.example = Some(printed_value::example(schema, printed)),
            Self::Format => schema.format = Some(printed.to_owned()),
            Self::Pattern => schema.pattern = Some(printed.to_owned()),
            Self::Minimum => schema.minimum = Some(number(printed)?),
            Self::Maximum => schema.maximum = Some(number(printed)?),
            Self::MinLength => schema.min_length = Some(length(printed)?),
            Self::MaxLength => schema.max_length = Some(length(printed)?),
            Self::Enum => {}
        }
        Ok(())
    }
}

fn truth(printed: &str) -> Result<bool, &'static str> {
    match printed.to_ascii_lowercase().as_str() {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err("`True` or `False`"),
    }
}

fn number(printed: &str) -> Result<serde_json::Number, &'static str> {
    serde_json::from_str(printed).map_err(|_| "a number")
}

fn length(printed: &str) -> Result<u64, &'static str> {
    printed.parse().map_err(|_| "a whole number of characters")
}
