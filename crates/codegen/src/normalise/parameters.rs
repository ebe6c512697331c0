//! Rule `parameter-encodings`: how each parameter is written, and a schema for it that progenitor can print.

use serde_json::{Map, Value, json};

use super::{
    documentation,
    draft::{Draft, Operation, Parameter},
    schema::{
        is_any_json, is_record, is_true, keywords, reference, reference_to, rust_path, rust_type,
        type_of,
    },
};
use crate::{
    plan::{self, Encoding, Place},
    report::Report,
};

const RULE: &str = "parameter-encodings";

/// The parameters of an operation, as the plan has them and as progenitor reads them.
pub(super) fn of(
    operation: &Operation,
    draft: &Draft,
    report: &mut Report,
) -> (Vec<plan::Parameter>, Vec<Value>) {
    operation
        .parameters
        .iter()
        .map(|parameter| one(parameter, draft, report))
        .unzip()
}

fn one(parameter: &Parameter, draft: &Draft, report: &mut Report) -> (plan::Parameter, Value) {
    let kind = Kind::of(&parameter.schema, draft);
    let flat = is_flat(&parameter.schema, draft);
    let (mut encoding, wire_name) = encoding(parameter, kind, flat, draft);
    let mut schema = parameter.schema.clone();
    keywords(&mut schema).remove("nullable");
    let required = parameter.place == Place::Path || is_true(&parameter.source, "required");
    if kind == Kind::Record
        && let Some(name) = reference(&schema)
    {
        // progenitor takes an object with properties for a body; wrapped, for a value.
        schema = rust_type(
            "client-runtime",
            "client_runtime::Typed",
            &[reference_to(&name)],
        );
    }
    if parameter.place != Place::Query && encoding != Encoding::Json && !flat {
        report.fields.total += 1;
        report
            .fields
            .weakened
            .push((RULE.to_owned(), parameter.pointer.clone()));
        report.note(
            RULE,
            &parameter.pointer,
            "only a string can be written here: the caller writes the value as text",
        );
        schema = json!({ "type": "string" });
        encoding = Encoding::Plain;
    }
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        // progenitor knows no cookies; the plan does.
        Place::Header | Place::Cookie => "header",
    };
    let doc = documentation::of(
        &parameter.source,
        parameter.source.get("schema").unwrap_or(&Value::Null),
    );
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(parameter.ident));
    object.insert("in".to_owned(), json!(place));
    object.insert("required".to_owned(), json!(required));
    if !doc.is_empty() {
        object.insert("description".to_owned(), json!(doc));
    }
    if parameter.place == Place::Query {
        object.insert("style".to_owned(), json!("form"));
    }
    object.insert(
        "schema".to_owned(),
        super::printed_schema::schema(&schema, true),
    );
    let plan = plan::Parameter {
        name: parameter.ident.clone(),
        wire_name,
        place: parameter.place,
        encoding,
        required,
        deprecated: is_true(&parameter.source, "deprecated"),
        doc,
    };
    (plan, Value::Object(object))
}

/// Whether the items of a list are objects or lists.
fn holds_no_single(list: &Value, draft: &Draft) -> bool {
    let items = target(list, draft).get("items");
    items.is_some_and(|items| {
        matches!(
            Kind::of(items, draft),
            Kind::Record | Kind::Map | Kind::List
        )
    })
}

/// Whether every style can write the value: it is a single one, or a list or object of single ones.
fn is_flat(schema: &Value, draft: &Draft) -> bool {
    let single = |schema: &Value| match Kind::of(schema, draft) {
        Kind::Scalar => true,
        Kind::Union => members(schema, draft).all(|member| Kind::of(member, draft) == Kind::Scalar),
        _ => false,
    };
    let target = target(schema, draft);
    match Kind::of(schema, draft) {
        Kind::Scalar => true,
        Kind::Any => false,
        Kind::List => target.get("items").is_some_and(single),
        Kind::Union => members(schema, draft).all(|member| is_flat(member, draft)),
        Kind::Map | Kind::Record => {
            let properties = target.get("properties").and_then(Value::as_object);
            let more = target.get("additionalProperties");
            let more = more.filter(|more| more.is_object());
            let mut fields = properties.into_iter().flat_map(Map::values).chain(more);
            fields.all(single)
        }
    }
}

/// The members of a union.
fn members<'a>(union: &'a Value, draft: &'a Draft) -> impl Iterator<Item = &'a Value> {
    let members = target(union, draft).get("oneOf");
    members.and_then(Value::as_array).into_iter().flatten()
}

/// The component that the schema names, or the schema itself.
fn target<'a>(schema: &'a Value, draft: &'a Draft) -> &'a Value {
    let named = reference(schema).and_then(|name| draft.schemas.get(&name));
    named.unwrap_or(schema)
}

/// What a parameter's value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scalar,
    List,
    Map,
    Record,
    Any,
    Union,
}

impl Kind {
    fn of(schema: &Value, draft: &Draft) -> Self {
        if let Some(name) = reference(schema) {
            return match draft.schemas.get(&name) {
                Some(target) if is_record(target) => Self::Record,
                Some(target) if target.get("oneOf").is_some() => Self::Union,
                Some(target) if target.get("enum").is_some() => Self::Scalar,
                Some(target) if reference(target).is_none() => Self::of(target, draft),
                _ => Self::Any,
            };
        }
        if is_any_json(schema) {
            return Self::Any;
        }
        match (type_of(schema), rust_path(schema)) {
            (Some("array"), _) => Self::List,
            (Some("object"), _) => Self::Map,
            _ => Self::Scalar,
        }
    }
}

/// How the value is written, and the name on the wire without what the encoding adds.
fn encoding(parameter: &Parameter, kind: Kind, flat: bool, draft: &Draft) -> (Encoding, String) {
    let name = parameter.name.clone();
    if parameter.json {
        return (Encoding::Json, name);
    }
    let is_of_form = matches!(parameter.place, Place::Query | Place::Cookie);
    let style = parameter
        .source
        .get("style")
        .and_then(Value::as_str)
        .unwrap_or(if is_of_form { "form" } else { "simple" });
    let explode = parameter
        .source
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    if parameter.place != Place::Query {
        let encoding = match (style, explode) {
            _ if kind == Kind::Scalar => Encoding::Plain,
            ("label", true) => Encoding::Dot,
            ("matrix" | "form", true) => Encoding::Semicolon,
            ("simple", true) => Encoding::CommaPairs,
            _ => Encoding::Comma,
        };
        return (encoding, name);
    }
    match (kind, style) {
        (Kind::Record | Kind::Map | Kind::Any | Kind::Union | Kind::List, "deepObject") => {
            match name.strip_suffix("[]") {
                Some(stem) => (
                    if kind == Kind::List {
                        Encoding::Brackets
                    } else {
                        Encoding::DeepObject
                    },
                    stem.to_owned(),
                ),
                None if kind == Kind::List => (Encoding::Brackets, name),
                None => (Encoding::DeepObject, name),
            }
        }
        (Kind::List, "spaceDelimited") if !explode => (Encoding::Space, name),
        (Kind::List, "pipeDelimited") if !explode => (Encoding::Pipe, name),
        (Kind::List, _) if !explode => (Encoding::Comma, name),
        (Kind::List, _) => match name.strip_suffix("[]") {
            Some(stem) => (Encoding::Brackets, stem.to_owned()),
            // The specification does not say how; as text, nothing is lost.
            None if holds_no_single(&parameter.schema, draft) => (Encoding::RepeatedJson, name),
            None => (Encoding::Repeated, name),
        },
        (Kind::Record | Kind::Map, _) if explode => (Encoding::Spread, name),
        (Kind::Record | Kind::Map, "pipeDelimited") if flat => (Encoding::Pipe, name),
        (Kind::Record | Kind::Map, "spaceDelimited") if flat => (Encoding::Space, name),
        (Kind::Record | Kind::Map, "form") if flat => (Encoding::Comma, name),
        (Kind::Record | Kind::Map, _) => (Encoding::Json, name),
        // A choice between a value and a list of them.
        (Kind::Union | Kind::Any, "form") if explode => (Encoding::Repeated, name),
        _ => (Encoding::Plain, name),
    }
}
