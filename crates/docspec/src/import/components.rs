//! What becomes of components: a page's fields can be the fields of a component, which other pages have too.
//!
//! A component changes when every page that uses it is imported in the same run and all of them show the same. Otherwise
//! the change is a conflict. With `--split` each page that differs gets a component of its own instead.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::{At, Donors, Merger};
use super::split::Splitter;
use crate::facts::{self, Components, Known};
use crate::page::{Operation, Page, Schema, Shape};

/// What merging does with a reference to a component.
pub(super) enum References {
    /// Notes what the capture shows in its place.
    Observe(Vec<Seen>),
    /// Names the component that fits, a new one where none does.
    Split(Splitter),
}

/// What a capture shows in the place of a component.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    name: String,
    at: At,
    shown: Schema,
}

/// What a page makes of a component.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The page.
    pub(super) page: String,
    /// The component.
    pub(super) name: String,
    /// Where the page uses it.
    pub(super) key: String,
    /// What it would be.
    pub(super) schema: Schema,
}

/// What becomes of the components that the captures show.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// The bodies of those that change.
    pub(super) changed: BTreeMap<String, Schema>,
    /// Those that differ and cannot change.
    pub(super) conflicts: Vec<Conflict>,
}

/// A component that the pages do not agree about.
#[derive(Debug)]
pub(super) struct Conflict {
    pub(super) name: String,
    /// The page that shows something else, and where.
    pub(super) page: String,
    pub(super) key: String,
    /// The pages that use the component and are not imported in this run.
    pub(super) missing: Vec<String>,
}

impl Merger<'_, '_> {
    /// The component that stands for what the capture shows in the place of `name`; none where no page has it.
    pub(super) fn reference(&mut self, name: &str, theirs: &Schema, at: &At) -> Option<String> {
        let known = self.components.get(name)?;
        // Null and the default are said beside the reference.
        let shown = Schema {
            nullable: known.component.schema.nullable,
            default: known.component.schema.default.clone(),
            ..theirs.clone()
        };
        if let References::Observe(seen) = &mut *self.references {
            seen.push(Seen {
                name: name.to_owned(),
                at: at.clone(),
                shown,
            });
            return Some(name.to_owned());
        }
        let schema = self.component(known, &shown, at);
        match &mut *self.references {
            References::Split(splitter) => Some(splitter.name_of(known.component, schema)),
            References::Observe(_) => Some(name.to_owned()),
        }
    }

    /// What a component would be if it were what the capture shows.
    fn component(&mut self, known: Known<'_>, shown: &Schema, at: &At) -> Schema {
        let outside = std::mem::replace(&mut self.origin, known.origin.map(str::to_owned));
        let at = At {
            keep: self.is_foreign(&known.component.source),
            ..at.clone()
        };
        let merged = self.schema(&known.component.schema, shown, &at);
        self.origin = outside;
        merged
    }
}

/// What a page makes of each component that the capture shows, those inside of others included.
pub(super) fn wanted(
    page: &str,
    mut seen: Vec<Seen>,
    components: &Components<'_>,
    donors: &Donors<'_>,
) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    while let Some(Seen { name, at, shown }) = seen.pop() {
        let Some(known) = components.get(&name) else {
            continue;
        };
        let mut references = References::Observe(Vec::new());
        let schema = Merger {
            origin: None,
            components,
            donors,
            references: &mut references,
        }
        .component(known, &shown, &at);
        wanted.push(Wanted {
            page: page.to_owned(),
            name,
            key: at.key,
            schema,
        });
        if let References::Observe(more) = references {
            seen.extend(more);
        }
    }
    wanted
}

/// Decides about every component.
pub(super) fn decide(
    wanted: Vec<Wanted>,
    imported: &BTreeSet<&str>,
    pages: &[Page],
    components: &Components<'_>,
) -> Decisions {
    let mut by_name: BTreeMap<String, Vec<Wanted>> = BTreeMap::new();
    for one in wanted {
        by_name.entry(one.name.clone()).or_default().push(one);
    }
    let users = users(pages, components);
    let mut decisions = Decisions::default();
    for (name, wanted) in by_name {
        let Some(known) = components.get(&name) else {
            continue;
        };
        let differs = |one: &&Wanted| !facts::same(&one.schema, &known.component.schema);
        let Some(different) = wanted.iter().find(differs) else {
            continue;
        };
        let missing: Vec<String> = users
            .get(name.as_str())
            .into_iter()
            .flatten()
            .filter(|page| !imported.contains(*page))
            .map(|page| (*page).to_owned())
            .collect();
        let agreed = wanted
            .iter()
            .all(|one| facts::same(&one.schema, &different.schema));
        if agreed && missing.is_empty() {
            decisions.changed.insert(name, different.schema.clone());
        } else {
            decisions.conflicts.push(Conflict {
                name,
                page: different.page.clone(),
                key: different.key.clone(),
                missing,
            });
        }
    }
    decisions
}

/// The pages of operations that use each component, directly or through others.
fn users<'a>(
    pages: &'a [Page],
    components: &Components<'a>,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (page, operation) in facts::operations(pages) {
        let mut reached = BTreeSet::new();
        for schema in schemas(operation) {
            reach(schema, components, &mut reached);
        }
        for name in reached {
            users.entry(name).or_default().insert(page);
        }
    }
    users
}

/// Every type that an operation names itself.
fn schemas(operation: &Operation) -> impl Iterator<Item = &Schema> {
    let parameters = operation.parameters.iter().map(|it| &it.field.schema);
    let request = operation.request_body.iter().flat_map(|body| &body.content);
    let answers = operation.responses.iter().flat_map(|it| &it.content);
    let headers = operation.responses.iter().flat_map(|it| &it.headers);
    parameters
        .chain(request.chain(answers).map(|media| &media.schema))
        .chain(headers.map(|header| &header.schema))
}

fn reach<'a>(schema: &'a Schema, components: &Components<'a>, reached: &mut BTreeSet<&'a str>) {
    match &schema.shape {
        Shape::Object(fields) => {
            for field in fields {
                reach(&field.schema, components, reached);
            }
        }
        Shape::Array(inner) | Shape::Map(inner) => reach(inner, components, reached),
        Shape::OneOf(alternatives) => {
            for alternative in alternatives {
                reach(alternative, components, reached);
            }
        }
        Shape::Component(name) => {
            if reached.insert(name)
                && let Some(known) = components.get(name)
            {
                reach(&known.component.schema, components, reached);
            }
        }
        _ => {}
    }
}
