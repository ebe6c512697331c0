//! The field lists of a Fumadocs page.

use std::collections::HashSet;

use super::super::findings::{Advice, Findings, Line};
use super::field_line::{self, ANY_KEY, FieldLine, Marks};
use super::tags;
use crate::diagnostic::Span;
use crate::page::{Field, Place, Schema, Shape, Source};

/// Reads a list of fields: an object's properties, or the parameters of a place.
pub(super) fn read(
    lines: &[Line<'_>],
    marks: Marks,
    place: Option<Place>,
    findings: &mut Findings<'_>,
) -> Shape {
    let mut list = List {
        lines,
        next: 0,
        marks,
        place,
        findings,
        open: Vec::new(),
        read: Vec::new(),
    };
    list.run();
    let read = list.read;
    object(read, findings)
}

/// Adds a paragraph to a field's description.
pub(super) fn describe(field: &mut Field, text: &str) {
    match &mut field.description {
        Some(description) => {
            description.push_str("\n\n");
            description.push_str(text);
        }
        None => field.description = Some(text.to_owned()),
    }
}

struct Open<'t> {
    line: Line<'t>,
    field: Field,
    hidden: bool,
    children: Vec<Field>,
}

struct List<'l, 't, 'f, 'p> {
    lines: &'l [Line<'t>],
    next: usize,
    marks: Marks,
    place: Option<Place>,
    findings: &'f mut Findings<'p>,
    open: Vec<Open<'t>>,
    read: Vec<Field>,
}

impl<'t> List<'_, 't, '_, '_> {
    fn run(&mut self) {
        while let Some(&line) = self.lines.get(self.next) {
            if let Some(start) = field_line::read(&self.lines[self.next..], self.marks) {
                self.next += start.lines;
                self.start(line, start);
            } else {
                self.next += 1;
                self.inside(line);
            }
        }
        self.close(0);
    }

    fn start(&mut self, line: Line<'t>, start: FieldLine<'t>) {
        self.close(line.indent);
        let schema = start.schema.unwrap_or_else(|notation| {
            self.findings.add(
                "unknown-type",
                Some(line.span_of(notation)),
                format!("a field of the unknown type `{notation}`"),
                Advice::new(
                    "a type such as `string`, `string | null`, `array<string>` or the name of a schema",
                    "correct the type in the capture, or write the page in Markdown",
                ),
            );
            Schema::new(Shape::Any)
        });
        self.open.push(Open {
            line,
            field: Field {
                name: start.name.to_owned(),
                source: Source {
                    line: line.number,
                    origin: None,
                },
                required: start.required,
                schema,
                description: None,
                example: None,
                deprecated: start.deprecated,
                assumed: None,
                integrations: Vec::new(),
            },
            hidden: false,
            children: Vec::new(),
        });
    }

    /// Reads a line that starts no field.
    fn inside(&mut self, line: Line<'t>) {
        let Some(mut open) = self.open.pop() else {
            self.findings
                .unknown_line(line, "a field's name, mark and type, such as `name?string`");
            return;
        };
        if line.text == "Show Attributes" {
            open.hidden = true;
        } else if let Some(place) = line.text.strip_prefix("In: ") {
            self.place(line, place);
        } else if let Some((tag, value)) = tags::read(line.text) {
            match value.or_else(|| self.value_line(tag)) {
                Some(value) => {
                    if let Err(expected) = tag.apply(&mut open.field, value, line) {
                        self.bad_value(line, value, expected);
                    }
                }
                None => describe(&mut open.field, line.text),
            }
        } else {
            describe(&mut open.field, line.text);
        }
        self.open.push(open);
    }

    fn place(&mut self, line: Line<'_>, printed: &str) {
        let agrees = self
            .place
            .is_none_or(|place| Some(place) == super::place_named(printed));
        if !agrees {
            self.findings.add(
                "parameter-place",
                Some(line.span()),
                format!("a parameter in `{printed}` below the heading of another place"),
                Advice::new(
                    "the place that the heading names",
                    "move the parameter below the right heading",
                ),
            );
        }
    }

    /// The next line, when it is the value that a box holds.
    fn value_line(&mut self, tag: tags::Tag) -> Option<&'t str> {
        let value = self.lines.get(self.next)?;
        if value.after_blank || !tag.can_hold(value.text) {
            return None;
        }
        self.next += 1;
        Some(value.text)
    }

    fn bad_value(&mut self, line: Line<'_>, value: &str, expected: &str) {
        self.findings.add(
            "value-type",
            Some(line.span()),
            format!("the value `{value}` does not fit"),
            Advice::new(
                expected,
                "correct the value or the field's type in the capture",
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
            match self.open.last_mut() {
                Some(parent) => parent.children.push(field),
                None => self.read.push(field),
            }
        }
    }

    fn complete(&mut self, open: Open<'_>) -> Field {
        let mut field = open.field;
        let inside = match (open.children, open.hidden) {
            (children, _) if !children.is_empty() => object(children, self.findings),
            (_, true) => Shape::Hidden,
            (_, false) => return field,
        };
        let mut innermost = &mut field.schema.shape;
        while let Shape::Array(items) = innermost {
            innermost = &mut items.shape;
        }
        match innermost {
            Shape::Object(_) if inside == Shape::Hidden => *innermost = Shape::hidden_object(),
            Shape::Object(_) | Shape::Any | Shape::Hidden => *innermost = inside,
            Shape::OneOf(_) if inside == Shape::Hidden => {}
            _ => self.findings.add(
                "children-of-scalar",
                Some(open.line.span()),
                format!("`{}` has children and is no object", field.name),
                Advice::new(
                    "an object or an array of objects",
                    "correct the type or the indentation in the capture",
                ),
            ),
        }
        field
    }
}

/// The object that the fields make: one with free keys when that is all that it lists.
fn object(mut fields: Vec<Field>, findings: &mut Findings<'_>) -> Shape {
    if let [only] = fields.as_slice()
        && only.name == ANY_KEY
    {
        return Shape::Map(Box::new(fields.remove(0).schema));
    }
    // Beside named properties, other keys say no more than what an open object says anyway.
    fields.retain(|field| field.name != ANY_KEY);
    let mut seen = HashSet::new();
    for field in &fields {
        if !seen.insert(field.name.as_str()) {
            findings.add(
                "repeated-field",
                Some(Span {
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
    Shape::Object(fields)
}
