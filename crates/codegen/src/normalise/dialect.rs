//! Any OpenAPI 3.0 or 3.1 document as OpenAPI 3.0 that the other rules understand: what 3.1 says in another way is
//! rewritten, and what vendors write although the specification does not allow it is mended where only one meaning is
//! possible. Every change is reported under a rule's name; what stays wrong is refused by the rule `structure`.

mod constraints;
mod copy;
mod places;
mod repairs;
mod resources;
mod schemas;
mod types;

use serde_json::{Map, Value, json};

use self::resources::Resources;
use super::schema::step;
use crate::report::Report;

/// The document as OpenAPI 3.0.
pub(super) fn apply(source: &Value, report: &mut Report) -> Value {
    let mut document = copy::without_examples(source);
    let Some(root) = document.as_object_mut() else {
        return document;
    };
    let mut dialect = Dialect {
        source,
        resources: Resources::of(source),
        siblings_count: version(root, report),
        report,
        resource: String::new(),
    };
    dialect.root(root);
    document
}

/// The pass over one document.
struct Dialect<'a> {
    source: &'a Value,
    /// What `$id` and `$anchor` name.
    resources: Resources,
    /// Whether keywords beside a reference count, as in 3.1.
    siblings_count: bool,
    report: &'a mut Report,
    /// The pointer of the schema that `#` means in the schema that is being looked at.
    resource: String,
}

/// Sets the version to one that the later rules take; whether it was 3.1.
fn version(root: &mut Map<String, Value>, report: &mut Report) -> bool {
    if let Some(number) = root.get("openapi").filter(|version| version.is_number()) {
        let text = number.to_string();
        report.note("repairs", "/openapi", "a number is the version as text");
        root.insert("openapi".to_owned(), Value::String(text));
    }
    let version = root.get("openapi").and_then(Value::as_str);
    let is = |minor: &str| {
        version
            .and_then(|version| version.strip_prefix(minor))
            .is_some_and(|patch| patch.is_empty() || patch.starts_with(['.', '-']))
    };
    let newer = is("3.1");
    if newer || is("3.0") {
        root.insert("openapi".to_owned(), json!("3.0.3"));
    }
    newer
}

impl Dialect<'_> {
    fn root(&mut self, root: &mut Map<String, Value>) {
        self.drop_nulls(root, "");
        self.info(root);
        if self.siblings_count {
            root.entry("paths").or_insert_with(|| json!({}));
        }
        if let Some(Value::Object(hooks)) = root.remove("webhooks") {
            for name in hooks.keys() {
                self.report.note(
                    "webhooks",
                    step("/webhooks", name),
                    "the API sends it, and no client: left out",
                );
            }
        }
        if let Some(Value::Object(components)) = root.get_mut("components") {
            self.components(components);
        }
        if let Some(Value::Object(paths)) = root.get_mut("paths") {
            self.paths(paths);
        }
    }

    /// Title and version as text.
    fn info(&mut self, root: &mut Map<String, Value>) {
        let Some(Value::Object(info)) = root.get_mut("info") else {
            return;
        };
        self.drop_nulls(info, "/info");
        for key in ["title", "version", "description"] {
            self.text(info, key, "/info");
        }
        for (key, value) in [("title", "API"), ("version", "0")] {
            if !info.contains_key(key) {
                self.report.note(
                    "repairs",
                    "/info",
                    format!("{key} is missing, and taken for {value}"),
                );
                info.insert(key.to_owned(), json!(value));
            }
        }
    }
}
