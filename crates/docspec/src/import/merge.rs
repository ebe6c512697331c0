//! A page of ours and a capture of the vendor's page, taken together: the capture's facts, our words.
//!
//! What a capture cannot show (a section that its layout does not print, children that it hides) is no sign that it is
//! gone. What it shows wins over what our page says. What only our page says stays where a `Source:` of its own says that
//! it is from elsewhere, and goes otherwise.

mod answers;
mod fields;
mod schema;
mod supports;

use std::collections::BTreeMap;

use super::components::References;
use crate::facts::{self, Components};
use crate::page::{Field, Operation, Parameter, Place, Source};

pub(super) use fields::stripped;

/// Our fields whose words a field of the capture takes over, by the key of the capture's field.
pub(super) type Donors<'a> = BTreeMap<String, &'a Field>;

/// What merging needs to know, and what it finds.
pub(super) struct Merger<'a, 'r> {
    /// Where the page that is merged into is from as a whole: a component's own page while inside one.
    pub(super) origin: Option<String>,
    pub(super) components: &'a Components<'a>,
    pub(super) donors: &'a Donors<'a>,
    /// What becomes of references to components.
    pub(super) references: &'r mut References,
}

/// Where the merging stands.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// The key of the fact.
    pub(super) key: String,
    /// Whether what only our page says of it stays.
    pub(super) keep: bool,
    /// Whether neither of the two states the type: ours is a reviewed guess, and better than the reader's.
    pub(super) guessed: bool,
}

impl Merger<'_, '_> {
    /// Whether a fact is from another source than the page that it stands on.
    pub(super) fn is_foreign(&self, source: &Source) -> bool {
        source.origin.is_some() && source.origin != self.origin
    }

    /// Merges an operation.
    pub(super) fn operation(&mut self, ours: &Operation, theirs: &Operation) -> Operation {
        let mut merged = ours.clone();
        if theirs.assumed.is_none() {
            merged.method = theirs.method;
        }
        let is_same_path = theirs.assumed.is_some() || theirs.path == ours.path;
        if !is_same_path {
            theirs.path.clone_into(&mut merged.path);
        }
        if theirs.assumed.is_none() {
            merged.assumed = None;
        }
        merged.deprecated = theirs.deprecated;
        self.servers(&mut merged, theirs);
        security(&mut merged, theirs);
        if !theirs.integrations.is_empty() {
            merged.integrations = self.supports(&ours.integrations, &theirs.integrations, false);
        }
        merged.parameters = self.parameters(ours, theirs, &merged.path);
        merged.request_body = self.request_body(ours.request_body.as_ref(), theirs);
        merged.responses = self.responses(&ours.responses, &theirs.responses);
        self.without_status(&mut merged, theirs);
        if theirs.pagination.is_some() {
            merged.pagination.clone_from(&theirs.pagination);
        }
        merged
    }

    fn servers(&self, merged: &mut Operation, theirs: &Operation) {
        if theirs.servers.is_empty() {
            return;
        }
        let ours = std::mem::take(&mut merged.servers);
        for server in &theirs.servers {
            let known = ours.iter().find(|known| known.url == server.url);
            merged.servers.push(known.cloned().unwrap_or_else(|| {
                let mut server = server.clone();
                server.description = None;
                server.source.origin.clone_from(&self.origin);
                server
            }));
        }
        merged.servers.extend(
            ours.into_iter()
                .filter(|server| self.is_foreign(&server.source))
                .filter(|server| !theirs.servers.iter().any(|it| it.url == server.url)),
        );
    }

    fn parameters(&mut self, ours: &Operation, theirs: &Operation, path: &str) -> Vec<Parameter> {
        let renamed = placeholders(&ours.path, &theirs.path);
        let pairs = |parameter: &Parameter| {
            let name = parameter.field.name.as_str();
            let name = match parameter.place {
                Place::Path => renamed.get(name).map_or(name, String::as_str),
                _ => name,
            };
            let found = theirs.parameters.iter().find(|it| {
                it.place == parameter.place && same_name(it.place, &it.field.name, name)
            });
            (name.to_owned(), found)
        };
        let mut merged: Vec<Parameter> = Vec::new();
        for parameter in &ours.parameters {
            let (name, found) = pairs(parameter);
            match found {
                Some(theirs) => merged.push(self.parameter(parameter, theirs)),
                None if parameter.place == Place::Path && path.contains(&format!("{{{name}}}")) => {
                    let mut kept = parameter.clone();
                    kept.field.name = name;
                    merged.push(kept);
                }
                None if self.is_foreign(&parameter.field.source) => merged.push(parameter.clone()),
                None => {}
            }
        }
        let is_taken = |it: &Parameter| {
            ours.parameters
                .iter()
                .any(|ours| pairs(ours).1.is_some_and(|found| std::ptr::eq(found, it)))
        };
        for (index, parameter) in theirs.parameters.iter().enumerate() {
            if is_taken(parameter) {
                continue;
            }
            let added = self.added_parameter(parameter);
            let before = theirs.parameters[..index]
                .iter()
                .rev()
                .filter(|it| it.place == parameter.place)
                .find_map(|it| position(&merged, it));
            let at = before.map_or_else(|| first_place(&merged, parameter.place), |at| at + 1);
            merged.insert(at, added);
        }
        merged
    }

    fn parameter(&mut self, ours: &Parameter, theirs: &Parameter) -> Parameter {
        let key = parameter_key(theirs);
        let mut field = self.field(&key, &ours.field, &theirs.field);
        if theirs.place == Place::Path {
            field.required = ours.field.required;
        }
        Parameter {
            place: theirs.place,
            encoding: theirs.encoding.or(ours.encoding),
            field,
        }
    }

    fn added_parameter(&mut self, theirs: &Parameter) -> Parameter {
        let key = parameter_key(theirs);
        Parameter {
            field: self.added(&key, &theirs.field),
            ..theirs.clone()
        }
    }
}

fn parameter_key(parameter: &Parameter) -> String {
    let place = facts::place_name(parameter.place);
    format!("{place}/{}", fields::escaped(&parameter.field.name))
}

/// The names of headers do not depend on the case.
fn same_name(place: Place, one: &str, other: &str) -> bool {
    match place {
        Place::Header => one.eq_ignore_ascii_case(other),
        _ => one == other,
    }
}

fn position(merged: &[Parameter], of: &Parameter) -> Option<usize> {
    merged
        .iter()
        .position(|it| it.place == of.place && same_name(it.place, &it.field.name, &of.field.name))
}

/// Where the first parameter of a place goes.
fn first_place(merged: &[Parameter], place: Place) -> usize {
    merged
        .iter()
        .position(|it| it.place >= place)
        .unwrap_or(merged.len())
}

/// The names of the capture's placeholders by ours, where the two paths differ in nothing else.
fn placeholders(ours: &str, theirs: &str) -> BTreeMap<String, String> {
    let name = |segment: &str| {
        segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .map(str::to_owned)
    };
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (ours.split('/').collect(), theirs.split('/').collect());
    if ours.len() != theirs.len() {
        return BTreeMap::new();
    }
    ours.into_iter()
        .zip(theirs)
        .filter_map(|(ours, theirs)| Some((name(ours)?, name(theirs)?)))
        .collect()
}

/// The ways to authenticate: the capture's, where it shows any, under our names and words.
fn security(merged: &mut Operation, theirs: &Operation) {
    if theirs.security.is_empty() {
        return;
    }
    let origin = merged.source.origin.clone();
    let ours = std::mem::take(&mut merged.security);
    for scheme in &theirs.security {
        let known = ours.iter().find(|known| known.kind == scheme.kind);
        merged.security.push(known.cloned().unwrap_or_else(|| {
            let mut scheme = scheme.clone();
            scheme.description = None;
            scheme.source.origin.clone_from(&origin);
            scheme
        }));
    }
    merged.security.extend(ours.into_iter().filter(|scheme| {
        scheme.source.origin.is_some()
            && scheme.source.origin != origin
            && !theirs.security.iter().any(|it| it.kind == scheme.kind)
    }));
}
