//! Reading a derived document and the pages that it was derived from.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// The APIs under `specs/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// `specs/truto`
    Truto,
    /// `specs/thelinks`
    TheLinks,
    /// `specs/contact-update`
    ContactUpdate,
}

impl Api {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Truto, Self::TheLinks, Self::ContactUpdate];

    /// The folder's name.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Truto => "truto",
            Self::TheLinks => "thelinks",
            Self::ContactUpdate => "contact-update",
        }
    }

    /// The folder of the sources.
    #[must_use]
    pub fn path(self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../specs")
            .join(self.folder())
    }

    /// The text of a file of the sources.
    ///
    /// # Panics
    ///
    /// When the file cannot be read.
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its input has failed")]
    pub fn source(self, file: &str) -> String {
        let path = self.path().join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// A derived document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Whose document it is.
    pub api: Api,
    /// The document.
    pub value: Value,
}

impl Document {
    /// Reads the committed document of an API.
    ///
    /// # Panics
    ///
    /// When there is none, or it is not JSON.
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its input has failed")]
    pub fn read(api: Api) -> Self {
        let text = api.source("openapi.json");
        let value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: openapi.json: {error}", api.folder()));
        Self { api, value }
    }

    /// What stands at a JSON pointer.
    ///
    /// # Panics
    ///
    /// When nothing does.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a missing part is the failure that the test is for"
    )]
    pub fn at(&self, pointer: &str) -> &Value {
        self.value
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{}: nothing at {pointer}", self.api.folder()))
    }

    /// The method, path and object of each operation.
    #[must_use]
    pub fn operations(&self) -> Vec<(String, String, &Value)> {
        let mut operations = Vec::new();
        for (path, item) in self.value["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                operations.push((method.to_ascii_uppercase(), path.clone(), operation));
            }
        }
        operations
    }

    /// The operation of this id.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a missing part is the failure that the test is for"
    )]
    pub fn operation(&self, id: &str) -> &Value {
        self.operations()
            .into_iter()
            .find(|(_, _, operation)| operation["operationId"] == id)
            .map_or_else(
                || panic!("{}: no operation {id}", self.api.folder()),
                |found| found.2,
            )
    }

    /// The schema of an operation's JSON request body.
    #[must_use]
    pub fn request(&self, id: &str) -> &Value {
        &self.operation(id)["requestBody"]["content"]["application/json"]["schema"]
    }

    /// The schema of a response's JSON body.
    #[must_use]
    pub fn response(&self, id: &str, status: &str) -> &Value {
        &self.operation(id)["responses"][status]["content"]["application/json"]["schema"]
    }

    /// A parameter of an operation by its name on the wire.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a missing part is the failure that the test is for"
    )]
    pub fn parameter(&self, id: &str, name: &str) -> &Value {
        self.operation(id)["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|parameter| parameter["name"] == name)
            .unwrap_or_else(|| panic!("{}: {id} has no parameter {name}", self.api.folder()))
    }

    /// The component schema that a reference names, or the schema itself.
    #[must_use]
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match shape_reference(schema) {
            Some(pointer) => self.at(pointer),
            None => schema,
        }
    }

    /// Calls `visit` with every value of the document and its JSON pointer.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&str, &'a Value)) {
        walk(&self.value, "", visit);
    }
}

/// The pointer of the component that a schema refers to, with or without siblings.
#[must_use]
pub(crate) fn shape_reference(schema: &Value) -> Option<&str> {
    let reference = schema
        .get("$ref")
        .or_else(|| schema["allOf"].as_array()?.first()?.get("$ref"))?;
    reference.as_str()?.strip_prefix('#')
}

fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(pointer, value);
    match value {
        Value::Object(object) => {
            for (key, child) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                walk(child, &format!("{pointer}/{key}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                walk(child, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}
