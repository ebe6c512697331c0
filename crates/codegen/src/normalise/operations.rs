//! Rules `operation-names`, `path-parameters`, `parameters` and `security`: operations and parameters have Rust names
//! that differ, the path and its parameters agree, and what the client itself sends is no parameter.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    draft::{Draft, Operation, Parameter},
    identifier::{Names, pascal, snake},
    schema::{AT, step},
};
use crate::{
    plan::{Place, SecurityScheme},
    refusal::{Refusal, Refusals},
    report::Report,
};

/// Method names that a client has, or that every type has.
const METHODS: [&str; 22] = [
    "new",
    "new_with_client",
    "client",
    "baseurl",
    "inner",
    "api_version",
    "pre",
    "exec",
    "post",
    "builder",
    "core",
    "clone",
    "fmt",
    "default",
    "from",
    "into",
    "try_from",
    "try_into",
    "borrow",
    "to_owned",
    "type_id",
    "drop",
];

/// Type names that the modules of builders use for something else.
const TYPES: [&str; 22] = [
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
    "Debug",
    "Client",
    "ClientInfo",
    "ClientHooks",
    "OperationInfo",
    "ResponseValue",
    "RequestBuilderExt",
    "Error",
    "ByteStream",
    "From",
    "Into",
];

/// Names that a builder uses for something else.
const SETTERS: [&str; 9] = [
    "send", "body", "body_map", "options", "client", "new", "clone", "fmt", "builder",
];

/// Headers that belong to the transport, whatever the document says about them.
const TRANSPORT: [&str; 3] = ["accept", "content-type", "authorization"];

/// Names the operations.
pub(super) fn name(draft: &mut Draft, report: &mut Report) {
    let mut snakes = Names::default();
    let mut pascals = Names::default();
    snakes.reserve(&METHODS);
    pascals.reserve(&TYPES);
    for operation in &mut draft.operations {
        let source_id = operation.source.get("operationId").and_then(Value::as_str);
        let wanted = match source_id {
            Some(id) if !id.trim().is_empty() => snake(id),
            _ => from_path(&operation.method, &operation.path),
        };
        let mut id = wanted.clone();
        if METHODS.contains(&id.as_str()) || TYPES.contains(&pascal(&id).as_str()) {
            id = format!("{}_operation", id.trim_end_matches('_'));
        }
        let mut number = 2_usize;
        let stem = id.trim_end_matches('_').to_owned();
        while snakes.has(&id) || pascals.has(&pascal(&id)) {
            id = snake(&format!("{stem}_v{number}"));
            number += 1;
        }
        snakes.take(&id);
        pascals.take(&pascal(&id));
        if source_id != Some(id.as_str()) {
            report.note(
                "operation-names",
                &operation.pointer,
                format!("called {id}"),
            );
        }
        operation.id = id;
    }
}

/// `GET /contacts/{id}` is `get_contacts_by_id`.
fn from_path(method: &str, path: &str) -> String {
    let words: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|segment| segment.strip_suffix('}'))
            {
                Some(name) => format!("by {name}"),
                None => segment.to_owned(),
            }
        })
        .collect();
    snake(&format!("{method} {}", words.join(" ")))
}

/// The ways to authenticate.
pub(super) fn security_schemes(
    document: &Value,
    report: &mut Report,
) -> BTreeMap<String, SecurityScheme> {
    let mut schemes = BTreeMap::new();
    let Some(Value::Object(entries)) = document.pointer("/components/securitySchemes") else {
        return schemes;
    };
    for (name, source) in entries {
        let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
        let scheme = match (text("type"), text("scheme").to_ascii_lowercase().as_str()) {
            ("http", "basic") => SecurityScheme::Basic,
            ("http", "bearer") => SecurityScheme::Bearer,
            ("apiKey", _) => {
                let place = match text("in") {
                    "query" => Place::Query,
                    "cookie" => Place::Cookie,
                    _ => Place::Header,
                };
                SecurityScheme::ApiKey {
                    place,
                    name: text("name").to_owned(),
                }
            }
            _ => {
                let pointer = step("/components/securitySchemes", name);
                report.note("security", pointer, "the caller brings a bearer token");
                SecurityScheme::OAuth2
            }
        };
        schemes.insert(name.clone(), scheme);
    }
    schemes
}

/// The sets of schemes of each operation, any one of which authenticates.
///
/// # Errors
///
/// When an operation names a scheme that the document does not have.
pub(super) fn security(
    document: &Value,
    draft: &Draft,
    schemes: &BTreeMap<String, SecurityScheme>,
) -> Result<Vec<Vec<Vec<String>>>, Refusals> {
    let mut refusals = Vec::new();
    let mut reported = BTreeSet::new();
    let mut all = Vec::new();
    for operation in &draft.operations {
        let (pointer, requirements) = match operation.source.get("security") {
            Some(own) => (step(&operation.pointer, "security"), Some(own)),
            None => ("/security".to_owned(), document.get("security")),
        };
        let mut sets = Vec::new();
        for (index, requirement) in requirements
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let names: Vec<String> = requirement
                .as_object()
                .into_iter()
                .flat_map(|object| object.keys().cloned())
                .collect();
            for name in names.iter().filter(|name| !schemes.contains_key(*name)) {
                let pointer = step(&step(&pointer, &index.to_string()), name);
                if reported.insert(pointer.clone()) {
                    refusals.push(Refusal::new(
                        "security",
                        pointer,
                        "a scheme that the document does not have",
                        "a name of components/securitySchemes",
                        "add the scheme, or mend the name",
                    ));
                }
            }
            sets.push(names);
        }
        all.push(sets);
    }
    Refusals::check(refusals)?;
    Ok(all)
}

/// Settles the parameters of every operation. `security` are the sets of schemes of each operation.
pub(super) fn parameters(
    draft: &mut Draft,
    schemes: &BTreeMap<String, SecurityScheme>,
    security: &[Vec<Vec<String>>],
    report: &mut Report,
) {
    for (operation, sets) in draft.operations.iter_mut().zip(security) {
        let own: Vec<&SecurityScheme> = sets
            .iter()
            .flatten()
            .filter_map(|name| schemes.get(name))
            .collect();
        drop_credentials(operation, &own, report);
        reconcile_path(operation, report);
        let mut names = Names::default();
        names.reserve(&SETTERS);
        for parameter in &mut operation.parameters {
            let mut wanted = snake(parameter.name.trim_end_matches("[]"));
            if SETTERS.contains(&wanted.as_str()) {
                wanted.push_str("_parameter");
            }
            parameter.ident = snake(&names.take(&wanted));
            if parameter.ident != wanted {
                report.note(
                    "parameters",
                    &parameter.pointer,
                    format!("called {}", parameter.ident),
                );
            }
        }
    }
}

/// Leaves out what the client sends by itself: a scheme that the operation does not ask for is not sent.
fn drop_credentials(operation: &mut Operation, schemes: &[&SecurityScheme], report: &mut Report) {
    let is_credential = |parameter: &Parameter| {
        let header = parameter.place == Place::Header;
        header && TRANSPORT.contains(&parameter.name.to_ascii_lowercase().as_str())
            || schemes.iter().any(|scheme| match scheme {
                SecurityScheme::ApiKey { place, name } => {
                    *place == parameter.place
                        && (*name == parameter.name
                            || header && name.eq_ignore_ascii_case(&parameter.name))
                }
                _ => false,
            })
    };
    operation.parameters.retain(|parameter| {
        let drop = is_credential(parameter);
        if drop {
            let detail = format!(
                "{} is sent by the client itself, and is no parameter",
                parameter.name
            );
            report.note("security", &parameter.pointer, detail);
        }
        !drop
    });
}

/// Makes the path's names and its parameters agree.
fn reconcile_path(operation: &mut Operation, report: &mut Report) {
    let names = template_names(&operation.path);
    operation.parameters.retain(|parameter| {
        let keep = parameter.place != Place::Path || names.contains(&parameter.name);
        if !keep {
            report.note(
                "path-parameters",
                &parameter.pointer,
                "left out, since the path does not name it",
            );
        }
        keep
    });
    for name in names {
        let known =
            |parameter: &Parameter| parameter.place == Place::Path && parameter.name == name;
        if operation.parameters.iter().any(known) {
            continue;
        }
        let detail = format!("{name} is a string, since the path names it and no parameter does");
        report.note("path-parameters", &operation.pointer, detail);
        operation.parameters.push(Parameter {
            pointer: operation.pointer.clone(),
            ident: String::new(),
            place: Place::Path,
            json: false,
            source: json!({ "name": name.as_str(), "in": "path", "required": true }),
            schema: json!({ "type": "string", AT: operation.pointer.as_str() }),
            name,
        });
    }
}

/// The names in a template's braces, each once.
fn template_names(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}
