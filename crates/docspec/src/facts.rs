//! What an operation says, fact by fact, under keys that stay the same when its page is written anew.
//!
//! A key names the part and the way to it: `operation`, `query/limit`, `request`, `request/account/id`,
//! `response 200`, `response 200 header/Retry-After`, `authentication/http bearer`. The items of a list have the key of
//! the list, the values of a map `*` below it. A name's `~` is written `~0` and its `/` `~1`, as in a JSON pointer.
//! Components are followed, so that the same fact has the same key whether a page names a component or not.

mod same;
mod says;
mod walk;

use std::collections::BTreeMap;

use crate::page::{Component, Content, Field, Level, Operation, Page};

pub(crate) use same::{same, same_values};
pub use walk::facts;
pub(crate) use walk::place_name;

/// The components of an API's pages, by name.
#[derive(Debug, Clone, Default)]
pub struct Components<'a> {
    by_name: BTreeMap<&'a str, Known<'a>>,
}

/// A component, and the page that has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The page's name.
    pub(crate) page: &'a str,
    /// Where the page as a whole is from.
    pub(crate) origin: Option<&'a str>,
    pub(crate) component: &'a Component,
}

impl<'a> Components<'a> {
    /// The components of these pages. Of two with one name, which is an error elsewhere, the first counts.
    #[must_use]
    pub fn of(pages: &'a [Page]) -> Self {
        let mut by_name = BTreeMap::new();
        for page in pages {
            let Content::Components(components) = &page.content else {
                continue;
            };
            let origin = components
                .first()
                .and_then(|component| component.source.origin.as_deref());
            for component in components {
                by_name.entry(component.name.as_str()).or_insert(Known {
                    page: &page.name,
                    origin,
                    component,
                });
            }
        }
        Self { by_name }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Known<'a>> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.by_name.keys().copied()
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<'a> {
    /// Its key.
    pub key: String,
    /// Where it stands: its own line, then those of the components that its type names.
    pub places: Vec<Place<'a>>,
    /// What is said, without prose, examples and lines.
    pub says: Says,
    /// The field, where the fact is one.
    pub(crate) field: Option<&'a Field>,
}

/// A line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'a> {
    /// The page's name.
    pub page: &'a str,
    /// The line, counted from 1.
    pub line: usize,
}

/// What a fact says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Says {
    /// The type in one line, such as `array<object>`; the method and path of an operation.
    pub kind: String,
    /// What else is said, a line for each: `required`, `value: "a"`, `default: 1`.
    pub more: Vec<String>,
    /// What the integrations do with it, in order.
    pub integrations: Vec<Integration>,
}

/// What one integration does with a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// Its name.
    pub name: String,
    /// Whether it needs the fact.
    pub level: Level,
    /// The values that it accepts, as JSON, sorted.
    pub values: Vec<String>,
}

/// The operations among pages, each with its page's name.
pub(crate) fn operations(pages: &[Page]) -> impl Iterator<Item = (&str, &Operation)> {
    pages.iter().filter_map(|page| match &page.content {
        Content::Operation(operation) => Some((page.name.as_str(), &**operation)),
        _ => None,
    })
}
