//! The field lists of a Theneo page.

use std::collections::HashSet;

use super::super::Context;
use super::super::findings::{Advice, Findings, Line};
use super::head::{self, Head};
use super::label::{Label, looks_like_a_label};
use super::values;
use crate::page::{Field, Schema, Shape, Source};

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
        if let Err(expected) = label.apply(&mut open.field, printed) {
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
        let schema = &open.field.schema;
        if let Some(allowed) = values::read(line, &printed, schema, self.context, self.findings) {
            open.field.schema.allowed = Some(allowed);
        }
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
            shape @ Shape::Object(_) if inside == Shape::Hidden => *shape = Shape::hidden_object(),
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
