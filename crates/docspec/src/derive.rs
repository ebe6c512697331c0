//! Pages to an `OpenAPI` 3.0.3 document.
//!
//! A page's facts stay where the page has them: schemas are inline, each property with its own `x-source`, and only
//! what a page names as a component becomes one. What no page states is marked `x-assumed`.
//!
//! An API description of the vendor can be the base. Pages come on top of it: an operation or a component of a page
//! takes the place of the base's, whole, and everything else of the base stays.

mod assemble;
mod description;
mod operation;
mod operation_id;
mod references;
mod schema;
mod servers;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::api::{Api, Retry};
use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Content, Method, Page, SecurityScheme};

/// An API description that pages come on top of.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// The description: an `OpenAPI` 3.0 or 3.1 document.
    pub document: &'a Value,
}

/// Derives the document that pages and `api.toml` describe. Without an `api.toml`, the title is the first page's and
/// the version is `0`.
///
/// # Errors
///
/// All that contradicts: two pages with the same operation, component or operation id, a component that no page
/// has, path parameters that do not fit the path, fields or parameters that stand twice, an embedded description
/// that is not `OpenAPI` 3.0 or 3.1. Each names its pages and lines.
pub fn document(pages: &[Page], api: Option<&Api>) -> Result<Value, Vec<Diagnostic>> {
    onto(None, pages, api)
}

/// Derives the document that pages and `api.toml` describe on top of an API description.
///
/// # Errors
///
/// As [`document`], and whatever makes the base no `OpenAPI` 3.0 or 3.1 document.
pub fn onto(
    base: Option<Base<'_>>,
    pages: &[Page],
    api: Option<&Api>,
) -> Result<Value, Vec<Diagnostic>> {
    let mut deriver = Deriver::new(api);
    if let Some(base) = base {
        base.name.clone_into(&mut deriver.page);
        deriver.base(base.document);
    }
    for page in pages {
        page.name.clone_into(&mut deriver.page);
        match &page.content {
            Content::Operation(operation) => deriver.add_operation(operation),
            Content::Components(components) => deriver.add_components(components),
            Content::Description(description) => deriver.add_description(description),
        }
    }
    deriver.finish(api)
}

/// Where something was read, to name it when it turns up again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    page: String,
    line: Option<usize>,
    /// Whether pages come on top of it.
    base: bool,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.page)?;
        match self.line {
            Some(line) => write!(f, ":{line}"),
            None => Ok(()),
        }
    }
}

/// The document while it is put together.
#[derive(Default)]
struct Deriver<'a> {
    /// The page being read.
    page: String,
    /// How deep the schema being read stands.
    depth: usize,
    all_enums_open: bool,
    /// What the base has beside paths and components.
    root: Map<String, Value>,
    title: Option<String>,
    tags: Vec<Value>,
    /// Path items by path, without their operations.
    path_items: BTreeMap<String, Map<String, Value>>,
    operations: BTreeMap<(String, Method), (Map<String, Value>, Origin)>,
    /// Paths by their form with the placeholders' names left out.
    path_forms: BTreeMap<String, (String, Origin)>,
    /// Components by section and name.
    components: BTreeMap<(String, String), (Value, Origin)>,
    schemes: BTreeMap<String, &'a SecurityScheme>,
    /// Component schemas that fields of pages refer to, with page and line.
    referred: Vec<(String, String, usize)>,
    problems: Vec<Diagnostic>,
}

impl Deriver<'_> {
    fn new(api: Option<&Api>) -> Self {
        Self {
            all_enums_open: api.is_some_and(|api| api.all_enums_open),
            ..Self::default()
        }
    }

    /// Notes what is wrong with a line of the page being read.
    fn problem(
        &mut self,
        rule: &'static str,
        line: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let span = (line > 0).then_some(Span {
            line,
            start: 0,
            end: usize::MAX,
        });
        self.problems.push(Diagnostic {
            rule,
            page: self.page.clone(),
            span,
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        });
    }

    fn finish(mut self, api: Option<&Api>) -> Result<Value, Vec<Diagnostic>> {
        self.check_referred_components();
        self.give_operation_ids();
        let servers = self.settle_servers(api.and_then(|api| api.server.as_ref()));
        let fallback = self.title.take().unwrap_or_else(|| self.page.clone());

        let mut root = std::mem::take(&mut self.root);
        root.insert("openapi".to_owned(), json!("3.0.3"));
        let info = info(root.remove("info"), fallback, api);
        root.insert("info".to_owned(), info);
        if let Some(servers) = servers {
            root.insert("servers".to_owned(), servers);
        }
        if !self.tags.is_empty() {
            root.insert(
                "tags".to_owned(),
                Value::Array(std::mem::take(&mut self.tags)),
            );
        }
        root.insert("paths".to_owned(), self.paths());
        if let Some(components) = self.component_sections() {
            root.insert("components".to_owned(), components);
        }
        if let Some(api) = api {
            extend_from_api(&mut root, api);
        }
        let document = Value::Object(root);
        self.check_references(&document);
        if self.problems.is_empty() {
            Ok(document)
        } else {
            Err(self.problems)
        }
    }

    /// Joins the operations to their path items.
    fn paths(&mut self) -> Value {
        let mut paths = std::mem::take(&mut self.path_items);
        for ((path, method), (operation, _)) in &self.operations {
            paths.entry(path.clone()).or_default().insert(
                method.as_str().to_ascii_lowercase(),
                Value::Object(operation.clone()),
            );
        }
        paths
            .into_iter()
            .map(|(path, item)| (path, Value::Object(item)))
            .collect()
    }

    fn component_sections(&self) -> Option<Value> {
        let mut sections: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for ((section, name), (component, _)) in &self.components {
            sections
                .entry(section)
                .or_default()
                .insert(name.clone(), component.clone());
        }
        let sections: Map<String, Value> = sections
            .into_iter()
            .map(|(section, components)| (section.to_owned(), Value::Object(components)))
            .collect();
        (!sections.is_empty()).then_some(Value::Object(sections))
    }

    /// The sections and names of all components.
    fn component_names(&self) -> BTreeSet<&str> {
        self.components
            .keys()
            .filter(|(section, _)| section == "schemas")
            .map(|(_, name)| name.as_str())
            .collect()
    }
}

/// `info`: the base's, with what `api.toml` says on top.
fn info(base: Option<Value>, fallback: String, api: Option<&Api>) -> Value {
    let mut info = match base {
        Some(Value::Object(info)) => info,
        _ => Map::new(),
    };
    let mut put = |key: &str, text: &str| info.insert(key.to_owned(), Value::from(text));
    if let Some(api) = api {
        put("title", &api.title);
        put("version", &api.version);
        if let Some(description) = &api.description {
            put("description", description);
        }
    }
    info.entry("title").or_insert(Value::String(fallback));
    info.entry("version").or_insert_with(|| json!("0"));
    Value::Object(info)
}

/// What `api.toml` says beside `info` and the server.
fn extend_from_api(root: &mut Map<String, Value>, api: &Api) {
    if let Some(url) = &api.docs {
        root.insert("externalDocs".to_owned(), json!({ "url": url }));
    }
    if api.all_enums_open {
        root.insert("x-unvalidated".to_owned(), Value::Bool(true));
    }
    if let Some(retry) = &api.retry {
        root.insert("x-retry".to_owned(), retry_value(retry));
    }
    if !api.quotas.is_empty() {
        let quotas = api.quotas.iter().map(|quota| {
            let mut value = json!({
                "per": quota.per.as_str(),
                "requests": quota.requests,
                "seconds": quota.seconds,
            });
            if let Value::Object(object) = &mut value {
                for (name, text) in [("parameter", &quota.parameter), ("source", &quota.source)] {
                    if let Some(text) = text {
                        object.insert(name.to_owned(), json!(text));
                    }
                }
            }
            value
        });
        root.insert("x-quotas".to_owned(), quotas.collect());
    }
}

fn retry_value(retry: &Retry) -> Value {
    let methods: Vec<&str> = retry
        .idempotent_methods
        .iter()
        .map(|method| method.as_str())
        .collect();
    let mut value = json!({
        "statuses": retry.statuses,
        "never": retry.never,
        "idempotent-methods": methods,
    });
    if let Value::Object(object) = &mut value {
        let header = retry.idempotency_header.as_deref();
        schema::insert_text(object, "idempotency-header", header);
        let pointer = retry.remote_error_pointer.as_deref();
        schema::insert_text(object, "remote-error-pointer", pointer);
    }
    value
}
