//! Rule `aliases`: a component that is no type of its own, such as a string, a list or another component, is written
//! out wherever it is used, so that callers meet `Vec<Contact>` and not a wrapper around it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    schema::{at, children_mut, is_annotation, keywords, needs_name, reference, references},
};
use crate::{
    refusal::{Refusal, Refusals},
    report::Report,
};

const RULE: &str = "aliases";

/// How deep lists of lists are written out; deeper ones keep their wrapper.
const DEEPEST: usize = 6;

/// Writes out the aliases of the draft.
///
/// # Errors
///
/// When components refer to each other in a circle without a schema.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) -> Result<(), Refusals> {
    let sources: Map<String, Value> = draft
        .schemas
        .iter()
        .filter(|(_, schema)| !needs_name(schema))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let mut aliases = Aliases {
        sources: &sources,
        done: BTreeMap::new(),
        refusals: Vec::new(),
    };
    for name in sources.keys() {
        aliases.resolve(name);
    }
    let Aliases { done, refusals, .. } = aliases;
    Refusals::check(refusals)?;
    for (name, alias) in &done {
        if let Some(alias) = alias {
            draft.schemas.insert(name.clone(), alias.schema.clone());
        }
    }
    for schema in draft.schemas.values_mut() {
        children_mut(schema, &mut |_, child| write_out(child, &done));
    }
    for operation in &mut draft.operations {
        for parameter in &mut operation.parameters {
            write_out(&mut parameter.schema, &done);
        }
        for root in operation
            .body
            .iter_mut()
            .filter_map(|body| body.schema.as_mut())
        {
            root_alias(root, &done);
        }
        for root in operation.response_roots_mut() {
            root_alias(root, &done);
        }
    }
    let mut used = Vec::new();
    for root in draft.roots_mut() {
        references(root, &mut used);
    }
    let used: BTreeSet<String> = used.into_iter().collect();
    for (name, source) in sources
        .iter()
        .filter(|(name, _)| matches!(done.get(*name), Some(Some(_))))
    {
        if !used.contains(name) {
            report.note(
                RULE,
                at(source),
                format!("{name} is written out where it is used"),
            );
            draft.schemas.remove(name);
        }
    }
    Ok(())
}

#[derive(Clone)]
struct Alias {
    schema: Value,
    depth: usize,
}

struct Aliases<'a> {
    /// The components that are no types of their own.
    sources: &'a Map<String, Value>,
    /// What each of them stands for; none where it keeps its name, and while it is being looked at.
    done: BTreeMap<String, Option<Alias>>,
    refusals: Vec<Refusal>,
}

impl Aliases<'_> {
    fn resolve(&mut self, name: &str) -> Option<Alias> {
        if let Some(done) = self.done.get(name) {
            return done.clone();
        }
        let source = self.sources.get(name)?;
        if self.leads_in_a_circle(name) {
            self.refusals.push(Refusal::new(
                RULE,
                at(source),
                "components that refer to each other in a circle",
                "a schema in the end",
                "give one of them a type",
            ));
            self.done.insert(name.to_owned(), None);
            return None;
        }
        self.done.insert(name.to_owned(), None);
        let mut schema = source.clone();
        let mut depth = 0;
        self.expand(&mut schema, &mut depth);
        let alias = (depth < DEEPEST && !self.refers_back(&schema, name)).then_some(Alias {
            schema,
            depth: depth + 1,
        });
        self.done.insert(name.to_owned(), alias.clone());
        alias
    }

    fn expand(&mut self, schema: &mut Value, depth: &mut usize) {
        if let Some(name) = reference(schema) {
            if let Some(alias) = self.resolve(&name) {
                *depth = (*depth).max(alias.depth);
                replace(schema, &alias.schema);
            }
            return;
        }
        children_mut(schema, &mut |_, child| self.expand(child, depth));
    }

    /// Whether an alias of lists or maps contains itself.
    fn refers_back(&self, schema: &Value, name: &str) -> bool {
        let mut used = Vec::new();
        super::schema::references(schema, &mut used);
        used.iter()
            .any(|used| used == name || self.sources.contains_key(used))
    }

    fn leads_in_a_circle(&self, name: &str) -> bool {
        let mut current = name.to_owned();
        for _ in 0..=self.sources.len() {
            match self.sources.get(&current).and_then(reference) {
                Some(next) if next == name => return true,
                Some(next) => current = next,
                None => return false,
            }
        }
        true
    }
}

fn write_out(schema: &mut Value, done: &BTreeMap<String, Option<Alias>>) {
    if let Some(Some(alias)) = reference(schema).and_then(|name| done.get(&name)) {
        replace(schema, &alias.schema);
        return;
    }
    children_mut(schema, &mut |_, child| write_out(child, done));
}

/// A body keeps its component's name, unless the component is just another one, any JSON or a timestamp.
fn root_alias(root: &mut Value, done: &BTreeMap<String, Option<Alias>>) {
    if let Some(Some(alias)) = reference(root).and_then(|name| done.get(&name))
        && (alias.schema.get("x-rust-type").is_some() || reference(&alias.schema).is_some())
    {
        replace(root, &alias.schema);
    }
}

/// Puts what the alias stands for in the place of the reference, whose own annotations win.
fn replace(schema: &mut Value, alias: &Value) {
    let own = keywords(schema);
    own.remove("$ref");
    let Some(alias) = alias.as_object() else {
        return;
    };
    for (keyword, value) in alias {
        if !(is_annotation(keyword) || keyword == "nullable") || !own.contains_key(keyword) {
            own.insert(keyword.clone(), value.clone());
        }
    }
}
