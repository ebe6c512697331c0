//! The document taken apart once for all rules: its parts with their places, its operations with their fields.

pub(super) mod fields;
mod kinds;
mod operations;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::Input;
use super::finding::Place;
use crate::structure::Part;

pub(super) use kinds::Kind;
pub(super) use operations::{Answer, Operation};

/// Which way the values of a schema go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// No schema, or a component, which can go either way.
    Neither,
    /// A parameter.
    Parameter,
    /// A request body.
    Request,
    /// An answer's body or header.
    Response,
}

/// A part of the document.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) part: Part,
    /// The key under which it stands in its parent.
    pub(super) key: Cow<'a, str>,
    pub(super) value: &'a Value,
    pub(super) parent: Option<usize>,
    pub(super) pointer: String,
    pub(super) side: Side,
    file: &'a str,
    line: Option<usize>,
    /// The names of the fields around it and its own.
    field: String,
}

impl<'a> Node<'a> {
    /// A text of its own.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// Whether a key holds `true`.
    pub(super) fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The field's name with the objects around it.
    pub(super) fn field(&self) -> &str {
        &self.field
    }

    pub(super) fn place(&self) -> Place {
        Place {
            file: self.file.to_owned(),
            line: self.line,
            pointer: Some(self.pointer.clone()),
            field: (!self.field.is_empty()).then(|| self.field.clone()),
        }
    }
}

/// The document, taken apart.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    pub(super) input: Input<'a>,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) operations: Vec<Operation<'a>>,
    by_pointer: HashMap<String, usize>,
    /// The lines of each page that facts were read from.
    lines: BTreeSet<(&'a str, usize)>,
}

impl<'a> Survey<'a> {
    pub(super) fn new(input: Input<'a>) -> Self {
        let mut survey = Self {
            input,
            nodes: Vec::new(),
            operations: Vec::new(),
            by_pointer: HashMap::new(),
            lines: BTreeSet::new(),
        };
        let root = Node {
            part: Part::Document,
            key: Cow::Borrowed(""),
            value: input.document,
            parent: None,
            pointer: String::new(),
            side: Side::Neither,
            file: input.document_name,
            line: None,
            field: String::new(),
        };
        survey.visit(root);
        survey.operations = operations::all(&survey);
        survey
    }

    fn visit(&mut self, mut node: Node<'a>) {
        if let Some(source) = node
            .value
            .get("x-source")
            .filter(|_| node.part.takes_extensions())
        {
            if let Some(page) = source.get("page").and_then(Value::as_str) {
                node.file = page;
            }
            node.line = source
                .get("line")
                .and_then(Value::as_u64)
                .and_then(|line| usize::try_from(line).ok())
                .filter(|line| *line > 0);
        }
        self.lines.extend(node.line.map(|line| (node.file, line)));
        let index = self.nodes.len();
        let (part, value) = (node.part, node.value);
        self.by_pointer.insert(node.pointer.clone(), index);
        self.nodes.push(node);
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    self.descend(index, part, Cow::Borrowed(key), value);
                }
            }
            Value::Array(list) if matches!(part, Part::List(_)) => {
                for (at, value) in list.iter().enumerate() {
                    self.descend(index, part, Cow::Owned(at.to_string()), value);
                }
            }
            _ => {}
        }
    }

    fn descend(&mut self, parent: usize, part: Part, key: Cow<'a, str>, value: &'a Value) {
        let child = part.child(&key);
        if child == Part::Free || child == Part::Source {
            return;
        }
        let above = &self.nodes[parent];
        let side = match (part, key.as_ref()) {
            (Part::Operation | Part::PathItem | Part::Components, "parameters") => Side::Parameter,
            (Part::Operation, "requestBody") | (Part::Components, "requestBodies") => Side::Request,
            (Part::Operation | Part::Components, "responses") | (Part::Components, "headers") => {
                Side::Response
            }
            _ => above.side,
        };
        let name = self.own_name(parent, child, &key, value);
        let field = match name {
            Some(name) if above.field.is_empty() => name.to_owned(),
            Some(name) => format!("{}.{name}", above.field),
            None => above.field.clone(),
        };
        let node = Node {
            part: child,
            value,
            parent: Some(parent),
            pointer: format!("{}/{}", above.pointer, escaped(&key)),
            key,
            side,
            file: above.file,
            line: above.line,
            field,
        };
        self.visit(node);
    }

    /// The name that a part adds to those around it: that of a property, a parameter, a header, a component.
    fn own_name<'n>(
        &self,
        parent: usize,
        child: Part,
        key: &'n str,
        value: &'n Value,
    ) -> Option<&'n str> {
        let parent = &self.nodes[parent];
        let is_named = match parent.part {
            Part::Names(_) => matches!(parent.key.as_ref(), "properties" | "headers" | "schemas"),
            _ => false,
        };
        match child {
            Part::Parameter if !is_named => value.get("name").and_then(Value::as_str),
            Part::Schema | Part::Parameter if is_named => Some(key),
            _ => None,
        }
    }

    /// The part at a pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<usize> {
        self.by_pointer.get(pointer).copied()
    }

    /// The part that a `$ref` of this part names, or the part itself.
    pub(super) fn resolved(&self, mut index: usize) -> usize {
        for _ in 0..16 {
            let Some(target) = self.nodes[index]
                .text("$ref")
                .and_then(|reference| reference.strip_prefix('#'))
                .and_then(|pointer| self.at(pointer))
            else {
                break;
            };
            index = target;
        }
        index
    }

    /// A part below another, by the rest of its pointer.
    pub(super) fn below(&self, index: usize, rest: &str) -> Option<usize> {
        self.at(&format!("{}{rest}", self.nodes[index].pointer))
    }

    /// The line of the next fact behind a line of a page.
    pub(super) fn next_line(&self, file: &str, line: usize) -> Option<usize> {
        self.lines
            .range((file, line + 1)..)
            .next()
            .filter(|(next, _)| *next == file)
            .map(|(_, line)| *line)
    }

    /// The nodes of a part.
    pub(super) fn of_part(&self, part: Part) -> impl Iterator<Item = (usize, &Node<'a>)> {
        self.nodes
            .iter()
            .enumerate()
            .filter(move |(_, node)| node.part == part)
    }

    /// Whether a node is a property of an object.
    pub(super) fn is_property(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        node.part == Part::Schema
            && node.parent.is_some_and(|parent| {
                let parent = &self.nodes[parent];
                parent.key == "properties" && matches!(parent.part, Part::Names(_))
            })
    }

    /// Every property of every object, where it is declared.
    pub(super) fn properties(&self) -> impl Iterator<Item = (usize, &Node<'a>)> {
        self.of_part(Part::Schema)
            .filter(|(index, _)| self.is_property(*index))
    }

    /// The place of the whole document.
    pub(super) fn whole(&self) -> Place {
        Place::of_file(self.input.document_name, None)
    }
}

/// A key as a JSON pointer writes it.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
