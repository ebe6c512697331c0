//! Rules `property-names`, `lenient-responses`, `three-state` and `open-enums`: fields have names that Rust can tell
//! apart; an answer may lack any of them, hold null and hold fields of its own; what is sent keeps absent, null and a
//! value apart; and enums that may hold other values keep them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    directions::Direction,
    draft::Draft,
    identifier::{Names, snake},
    schema::{
        at, children_mut, is_annotation, is_any_json, is_record, is_true, keywords, reference,
        reference_to, rust_type, type_of,
    },
};
use crate::{
    plan::{Field, Type},
    report::Report,
};

/// Gives every schema its final form, and says what finishing must do to the types.
pub(super) fn apply(
    draft: &mut Draft,
    directions: &BTreeMap<String, Direction>,
    report: &mut Report,
) -> BTreeMap<String, Type> {
    let enums = Enums::of(draft);
    let updated = updated(draft);
    let mut types = BTreeMap::new();
    for (name, schema) in &mut draft.schemas {
        let direction = directions.get(name).copied().unwrap_or_default();
        let mut shape = Type {
            pointer: at(schema),
            in_request: direction.request,
            in_response: direction.response,
            ..Type::default()
        };
        if is_record(schema) {
            let clearable = draft.unvalidated && updated.contains(name);
            record(schema, direction, clearable, &enums, &mut shape, report);
        } else {
            children_mut(schema, &mut |_, child| {
                inner(child, direction.response, &enums, report);
            });
            if schema.get("x-rust-type").is_none() {
                keywords(schema).remove("nullable");
            }
        }
        types.insert(name.clone(), shape);
    }
    for operation in &mut draft.operations {
        for parameter in &mut operation.parameters {
            value(&mut parameter.schema, false, &enums, report);
        }
        // A body is a component, and so has its final form already, or a type of the runtime.
    }
    types
}

/// The components that are enums, and whether each is open.
struct Enums(BTreeMap<String, bool>);

impl Enums {
    fn of(draft: &Draft) -> Self {
        let enums = draft
            .schemas
            .iter()
            .filter(|(_, schema)| schema.get("enum").is_some());
        Self(
            enums
                .map(|(name, schema)| {
                    (
                        name.clone(),
                        draft.unvalidated || is_true(schema, "x-open-enum"),
                    )
                })
                .collect(),
        )
    }
}

/// The objects of bodies that update something, and the objects directly inside them.
fn updated(draft: &mut Draft) -> BTreeSet<String> {
    let mut open = Vec::new();
    for operation in &mut draft.operations {
        if operation.method == "put" || operation.method == "patch" {
            open.extend(
                operation
                    .body
                    .iter()
                    .filter_map(|body| body.schema.as_ref())
                    .filter_map(reference),
            );
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(schema) = draft.schemas.get(&name)
            && seen.insert(name)
        {
            let properties = schema.get("properties").and_then(Value::as_object);
            open.extend(
                properties
                    .into_iter()
                    .flat_map(Map::values)
                    .filter_map(reference),
            );
        }
    }
    seen
}

fn record(
    schema: &mut Value,
    direction: Direction,
    clearable: bool,
    enums: &Enums,
    shape: &mut Type,
    report: &mut Report,
) {
    let place = at(schema);
    let required: BTreeSet<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let object = keywords(schema);
    let more = object.remove("additionalProperties");
    let Some(Value::Object(properties)) = object.remove("properties") else {
        return;
    };
    let mut names = Names::default();
    // A property whose name is a Rust name already keeps it, wherever it stands.
    let exact: BTreeSet<String> = properties
        .keys()
        .filter(|name| snake(name) == **name)
        .cloned()
        .collect();
    for name in &exact {
        names.take(name);
    }
    let mut renamed = Map::new();
    let mut still_required = Vec::new();
    for (wire_name, mut property) in properties {
        let ident = snake(&wire_name);
        let free = if exact.contains(&wire_name) {
            ident.clone()
        } else {
            names.take(&ident)
        };
        let name = if free == ident {
            wire_name.clone()
        } else {
            free
        };
        let mut field = Field {
            deprecated: is_true(&property, "deprecated"),
            ..Field::default()
        };
        if name != wire_name {
            report.note(
                "property-names",
                at(&property),
                format!("called {name} in Rust, beside another {ident}"),
            );
            field.wire_name = Some(wire_name.clone());
        }
        if direction.response {
            answered(&mut property, &mut field, enums, report);
        } else {
            let must = required.contains(&wire_name);
            sent(&mut property, must, clearable, &mut field, enums, report);
            if must {
                still_required.push(Value::String(name.clone()));
            }
        }
        shape.fields.insert(name.clone(), field);
        renamed.insert(name, property);
    }
    object.insert("properties".to_owned(), Value::Object(renamed));
    object.remove("required");
    if !still_required.is_empty() {
        object.insert("required".to_owned(), Value::Array(still_required));
    }
    let open = more
        .as_ref()
        .is_some_and(|more| more.is_object() || *more == Value::Bool(true));
    if direction.response || open {
        shape.unknown_fields = Some(names.take("extra"));
    }
    if more.is_some_and(|more| more.is_object() && !is_any_json(&more)) {
        report.note(
            "additional-properties",
            &place,
            "further fields are any JSON",
        );
        report.fields.total += 1;
        report
            .fields
            .weakened
            .push(("additional-properties".to_owned(), place.clone()));
    }
    if direction.response && !required.is_empty() {
        report.note(
            "lenient-responses",
            place,
            "an answer may lack required fields",
        );
    }
}

/// A field of an answer.
fn answered(property: &mut Value, field: &mut Field, enums: &Enums, report: &mut Report) {
    value(property, true, enums, report);
    field.three_state = is_any_json(property);
    let listed = matches!(type_of(property), Some("array" | "object"));
    let object = keywords(property);
    if listed {
        object.insert("nullable".to_owned(), Value::Bool(true));
    } else {
        object.remove("nullable");
    }
}

/// A field of what is sent.
fn sent(
    property: &mut Value,
    must: bool,
    clearable: bool,
    field: &mut Field,
    enums: &Enums,
    report: &mut Report,
) {
    value(property, false, enums, report);
    let nullable = keywords(property).remove("nullable") == Some(Value::Bool(true));
    if is_any_json(property) {
        field.three_state = !must;
        return;
    }
    if must {
        if nullable {
            wrap(property, "std", "std::option::Option");
        }
        return;
    }
    if nullable || clearable {
        if !nullable {
            report.note(
                "three-state",
                at(property),
                "null is accepted, so that an update can clear the field",
            );
        }
        wrap(property, "client-runtime", "client_runtime::Nullable");
        field.three_state = true;
    } else if matches!(type_of(property), Some("array" | "object")) {
        // Without this, a list that was set to empty would not be sent.
        keywords(property).insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// Puts the schema into a generic Rust type, which keeps the schema's documentation.
fn wrap(schema: &mut Value, krate: &str, path: &str) {
    let mut parameter = std::mem::take(schema);
    let annotations: Map<String, Value> = keywords(&mut parameter)
        .iter()
        .filter(|(keyword, _)| is_annotation(keyword))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    keywords(&mut parameter).retain(|keyword, _| !is_annotation(keyword));
    let mut wrapped = rust_type(krate, path, &[parameter]);
    keywords(&mut wrapped).extend(annotations);
    *schema = wrapped;
}

/// A value whose being null or absent is somebody else's matter.
fn value(schema: &mut Value, response: bool, enums: &Enums, report: &mut Report) {
    if let Some(name) = reference(schema)
        && let Some(open) = enums.0.get(&name)
        && (response || *open)
    {
        let parameter = reference_to(&name);
        let object = keywords(schema);
        object.remove("$ref");
        if let Value::Object(open) =
            rust_type("client-runtime", "client_runtime::Open", &[parameter])
        {
            object.extend(open);
        }
        report.note(
            "open-enums",
            at(schema),
            format!("other values than those of {name} are kept"),
        );
        return;
    }
    children_mut(schema, &mut |_, child| {
        inner(child, response, enums, report);
    });
}

/// An item of a list, a value of a map or a member of a union.
fn inner(schema: &mut Value, response: bool, enums: &Enums, report: &mut Report) {
    value(schema, response, enums, report);
    let nullable = keywords(schema).remove("nullable") == Some(Value::Bool(true));
    if nullable && !is_any_json(schema) {
        wrap(schema, "std", "std::option::Option");
    }
}
