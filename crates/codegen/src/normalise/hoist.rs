//! Rules `component-names` and `inline-schemas`: every component has the name that its Rust type will have, and every
//! object, enum and union inside another schema becomes a component, named after where it stands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    draft::{Content, Draft, Operation},
    identifier::{Names, pascal},
    schema::{
        at, is_annotation, is_true, keywords, needs_name, reference, reference_to, retarget,
        walk_mut,
    },
};
use crate::report::Report;

/// Type names that generated code uses for something else.
const RESERVED: [&str; 31] = [
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "Display",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "FromStr",
    "Iterator",
    "Send",
    "Sync",
    "Self_",
    "ToString",
    "Serialize",
    "Deserialize",
    "Client",
];

/// Renames the components to their Rust names, and gives back the names that are taken.
pub(super) fn rename(draft: &mut Draft, report: &mut Report) -> Names {
    let mut names = Names::default();
    names.reserve(&RESERVED);
    let mut renamed = BTreeMap::new();
    for (name, schema) in &draft.schemas {
        let wanted = pascal(name);
        let wanted = if RESERVED.contains(&wanted.as_str()) {
            format!("{wanted}Type")
        } else {
            wanted
        };
        let taken = names.take(&wanted);
        if taken != *name {
            report.note(
                "component-names",
                at(schema),
                format!("{name} is called {taken}"),
            );
        }
        renamed.insert(name.clone(), taken);
    }
    let schemas = std::mem::take(&mut draft.schemas);
    draft.schemas = schemas
        .into_iter()
        .map(|(name, schema)| (renamed.get(&name).cloned().unwrap_or(name), schema))
        .collect();
    for root in draft.roots_mut() {
        walk_mut(root, &mut |schema| {
            if let Some(name) = reference(schema).and_then(|name| renamed.get(&name)) {
                retarget(schema, name);
            }
        });
    }
    names
}

/// Moves what stands inline into components.
pub(super) fn apply(draft: &mut Draft, names: &mut Names, report: &mut Report) {
    let mut hoist = Hoist {
        names,
        report,
        added: Map::new(),
        shared: shared_enums(draft),
        made: BTreeMap::new(),
    };
    let components: Vec<_> = draft.schemas.keys().cloned().collect();
    for name in components {
        if let Some(schema) = draft.schemas.get_mut(&name) {
            hoist.inside(schema, &name);
        }
    }
    for operation in &mut draft.operations {
        hoist.operation(operation);
    }
    draft.schemas.extend(hoist.added);
}

/// The enums that several parameters of one name have alike.
fn shared_enums(draft: &Draft) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut shared = BTreeSet::new();
    let mut note = |name: &str, schema: &Value| {
        if let Some(key) = enum_key(name, schema)
            && !seen.insert(key.clone())
        {
            shared.insert(key);
        }
    };
    for parameter in draft
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
    {
        note(&parameter.name, &parameter.schema);
    }
    shared
}

/// What makes two inline enums the same: the Rust name of the parameter, the values, and whether others are kept.
fn enum_key(name: &str, schema: &Value) -> Option<(String, String)> {
    let values = schema.get("enum")?;
    let open = if is_true(schema, "x-open-enum") {
        "open"
    } else {
        "closed"
    };
    Some((pascal(name), format!("{open} {values}")))
}

struct Hoist<'a> {
    names: &'a mut Names,
    report: &'a mut Report,
    added: Map<String, Value>,
    /// The enums that several parameters of one name have alike.
    shared: BTreeSet<(String, String)>,
    /// The components that were made of them.
    made: BTreeMap<(String, String), String>,
}

impl Hoist<'_> {
    fn operation(&mut self, operation: &mut Operation) {
        let owner = pascal(&operation.id);
        for parameter in &mut operation.parameters {
            self.named(&mut parameter.schema, &owner, &parameter.name);
        }
        if let Some(schema) = operation
            .body
            .as_mut()
            .and_then(|body| body.schema.as_mut())
        {
            self.root(schema, &format!("{owner}Request"));
        }
        let successes = operation
            .responses
            .iter()
            .filter(|response| response.status.starts_with('2'))
            .count();
        for response in &mut operation.responses {
            let Content::Json(schema) = &mut response.content else {
                continue;
            };
            let name = if successes == 1 && response.status.starts_with('2') {
                format!("{owner}Response")
            } else {
                format!(
                    "{owner}Status{}",
                    pascal(&response.status).trim_start_matches('X')
                )
            };
            self.root(schema, &name);
        }
    }

    /// A body: a component whatever its shape, so that it has a name; only any JSON and timestamps stay as they are.
    fn root(&mut self, schema: &mut Value, name: &str) {
        keywords(schema).remove("nullable");
        if reference(schema).is_none() && schema.get("x-rust-type").is_none() {
            self.make(schema, name);
        }
    }

    /// The schema of a parameter; one enum serves all parameters that have it under one name.
    fn named(&mut self, schema: &mut Value, owner: &str, name: &str) {
        let wanted = format!("{owner}{}", pascal(name));
        let Some(key) = enum_key(name, schema).filter(|key| self.shared.contains(key)) else {
            return self.schema(schema, &wanted);
        };
        if let Some(component) = self.made.get(&key) {
            keywords(schema).retain(|keyword, _| keyword == "nullable" || is_annotation(keyword));
            retarget(schema, component);
            self.report.note(
                "inline-schemas",
                at(schema),
                format!("is the component {component}"),
            );
        } else {
            self.make(schema, name);
            self.made
                .extend(reference(schema).map(|component| (key, component)));
        }
    }

    fn schema(&mut self, schema: &mut Value, name: &str) {
        if needs_name(schema) {
            self.make(schema, name);
        } else {
            self.inside(schema, name);
        }
    }

    /// Makes the schema a component, and a reference to it.
    fn make(&mut self, schema: &mut Value, wanted: &str) {
        let name = self.names.take(&pascal(wanted));
        let mut component = std::mem::take(schema);
        let mut reference = reference_to(&name);
        let object = keywords(&mut component);
        for keyword in object
            .keys()
            .filter(|keyword| is_annotation(keyword))
            .cloned()
            .collect::<Vec<_>>()
        {
            if let Some(value) = object.get(&keyword) {
                keywords(&mut reference).insert(keyword, value.clone());
            }
        }
        if let Some(nullable) = object.remove("nullable") {
            keywords(&mut reference).insert("nullable".to_owned(), nullable);
        }
        self.report.note(
            "inline-schemas",
            at(&component),
            format!("becomes the component {name}"),
        );
        self.inside(&mut component, &name);
        self.added.insert(name, component);
        *schema = reference;
    }

    /// Moves what stands inside the schema.
    fn inside(&mut self, schema: &mut Value, owner: &str) {
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        if let Some(Value::Object(properties)) = object.get_mut("properties") {
            for (name, property) in properties.iter_mut() {
                self.schema(property, &format!("{owner}{}", pascal(name)));
            }
        }
        if let Some(items) = object.get_mut("items") {
            self.schema(items, &singular(owner));
        }
        if let Some(values @ Value::Object(_)) = object.get_mut("additionalProperties") {
            self.schema(values, &singular(owner));
        }
        if let Some(Value::Array(members)) = object.get_mut("oneOf") {
            for (index, member) in members.iter_mut().enumerate() {
                let title = member.get("title").and_then(Value::as_str).map(pascal);
                let part = title.unwrap_or_else(|| format!("Variant{index}"));
                self.schema(member, &format!("{owner}{part}"));
            }
        }
    }
}

/// A name for one of what the owner holds several of.
fn singular(owner: &str) -> String {
    if let Some(stem) = owner.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if let Some(stem) = owner.strip_suffix("sses") {
        format!("{stem}ss")
    } else if let Some(stem) = owner
        .strip_suffix('s')
        .filter(|stem| !stem.ends_with(['s', 'u', 'i']))
    {
        stem.to_owned()
    } else {
        format!("{owner}Item")
    }
}
