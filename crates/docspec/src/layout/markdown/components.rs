//! A page of schemas that have names of their own.

use std::collections::HashSet;

use crate::page::Component;

use super::attribute::{self, Key};
use super::cursor::{Cursor, origin};
use super::inline::code_span;
use super::member;
use super::problem::{Line, Problem};
use super::said::attributes;
use super::section::reject_continuation;

/// Reads the components below the page's title and source.
pub(super) fn read<'a>(cursor: &mut Cursor<'a, '_>, title: Line<'a>) -> Vec<Component> {
    cursor.reject_rest_of_section("## Component `Name`");
    let mut components = Vec::new();
    let mut names = HashSet::new();
    while let Some(line) = cursor.peek() {
        cursor.advance();
        let name = line
            .heading()
            .filter(|(level, _)| *level == 2)
            .and_then(|(_, heading)| code_span(heading.strip_prefix("Component ")?))
            .filter(|(name, rest)| rest.is_empty() && is_component_name(name));
        let Some((name, _)) = name else {
            cursor.report(
                line,
                Problem::new(
                    "unknown-heading",
                    line.text,
                    "a heading that names no component",
                    "## Component `Name`, the name in Pascal case",
                    "correct the heading, or put other things on a page of their own",
                ),
            );
            cursor.reject_rest_of_section("## Component `Name`");
            continue;
        };
        let component = component(cursor, line, name);
        if !names.insert(name) {
            cursor.report(
                line,
                Problem::new(
                    "duplicate-component",
                    name,
                    format!("a second component `{name}`"),
                    "each name once",
                    "join the two, or rename one of them",
                ),
            );
        }
        components.extend(component);
    }
    if components.is_empty() && cursor.errors.is_empty() {
        cursor.report(
            title,
            Problem::new(
                "empty-section",
                title.text,
                "a page of components without a component",
                "## Component `Name`",
                "add a component, or remove the page",
            ),
        );
    }
    components
}

fn component<'a>(cursor: &mut Cursor<'a, '_>, line: Line<'a>, name: &str) -> Option<Component> {
    let said = attributes(cursor, 0, attribute::SOURCE);
    reject_continuation(cursor, &said);
    let description = cursor.prose(0, attribute::SOURCE, |_| false);
    let schema = member::block(cursor);
    cursor.reject_rest_of_section("a field, a type line or the next component");
    let mut source = cursor.source(line.number);
    if let Some(said) = said.iter().find(|said| said.key == Key::Source) {
        source.origin = origin(said.value);
    }
    let Some(schema) = schema else {
        cursor.report(
            line,
            Problem::new(
                "missing-type",
                line.text,
                "a component without a type",
                "a field list, or a type line such as _(object)_",
                "list the component's fields, or write _(any)_ when they are not documented",
            ),
        );
        return None;
    };
    Some(Component {
        name: name.to_owned(),
        description,
        schema,
        source,
    })
}

fn is_component_name(name: &str) -> bool {
    name.starts_with(|character: char| character.is_ascii_uppercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
}
