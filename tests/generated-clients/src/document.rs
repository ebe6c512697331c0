//! Values that a derived document allows: one for each place in a schema, with something particular there.

use std::{fs, io, path::Path};

use serde_json::{Map, Value, json};

/// A derived document.
#[derive(Debug)]
pub struct Document(Value);

/// What a schema is replaced by, if by anything.
pub type Leaf = fn(&Value) -> Option<Value>;

impl Document {
    /// The document of an API under `specs/`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(api: &str) -> io::Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../specs")
            .join(api)
            .join("openapi.json");
        let text = fs::read_to_string(path)?;
        Ok(Self(serde_json::from_str(&text)?))
    }

    /// The schema of an operation's JSON body; null where there is none.
    #[must_use]
    pub fn body(&self, operation: &str) -> &Value {
        let content = &self.operation(operation)["requestBody"]["content"];
        &content["application/json"]["schema"]
    }

    /// The schema of an operation's JSON answer; null where there is none.
    #[must_use]
    pub fn answer(&self, operation: &str, status: &str) -> &Value {
        let content = &self.operation(operation)["responses"][status]["content"];
        &content["application/json"]["schema"]
    }

    fn operation(&self, id: &str) -> &Value {
        let paths = self.0["paths"].as_object();
        let mut operations = paths
            .into_iter()
            .flat_map(Map::values)
            .filter_map(Value::as_object)
            .flat_map(Map::values);
        operations
            .find(|operation| operation["operationId"] == id)
            .unwrap_or(&Value::Null)
    }

    /// For each place where `leaf` gives a value: a value of `schema` that has it there, and else only what is
    /// required.
    #[must_use]
    pub fn values(&self, schema: &Value, leaf: Leaf) -> Vec<Value> {
        self.each(schema, leaf, &mut Vec::new())
    }

    fn each(&self, schema: &Value, leaf: Leaf, open: &mut Vec<String>) -> Vec<Value> {
        let name = schema["$ref"].as_str().map(str::to_owned);
        if let Some(name) = &name {
            if open.contains(name) {
                return Vec::new();
            }
            open.push(name.clone());
        }
        let mut found = Vec::new();
        let schema = self.resolved(schema);
        for member in schema["oneOf"].as_array().into_iter().flatten() {
            found.extend(self.each(member, leaf, open));
        }
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let inner = self.each(property, leaf, open);
            let own = leaf(&self.resolved(property));
            for value in own.into_iter().chain(inner) {
                let mut object = self.required(&schema);
                object.insert(key.clone(), value);
                found.push(Value::Object(object));
            }
        }
        if schema["items"].is_object() {
            let items = self.each(&schema["items"], leaf, open);
            found.extend(items.into_iter().map(|item| json!([item])));
        }
        if name.is_some() {
            open.pop();
        }
        found
    }

    /// The schema without references: what stands beside one is added to what it names.
    fn resolved(&self, schema: &Value) -> Value {
        let mut resolved = schema.clone();
        let target = schema["$ref"].as_str();
        let named = target.and_then(|target| self.0.pointer(target.trim_start_matches('#')));
        let parts = schema["allOf"].as_array().into_iter().flatten();
        for part in named.into_iter().chain(parts) {
            if let (Value::Object(resolved), Value::Object(part)) =
                (&mut resolved, self.resolved(part))
            {
                for (key, value) in part {
                    resolved.entry(key).or_insert(value);
                }
            }
        }
        resolved
    }

    fn required(&self, schema: &Value) -> Map<String, Value> {
        let names = schema["required"].as_array().into_iter().flatten();
        let names = names.filter_map(Value::as_str);
        names
            .map(|name| {
                let property = self.resolved(&schema["properties"][name]);
                (name.to_owned(), self.plain(&property))
            })
            .collect()
    }

    /// Some value of the schema.
    fn plain(&self, schema: &Value) -> Value {
        if let Some(value) = schema["enum"].get(0) {
            return value.clone();
        }
        match schema["type"].as_str() {
            Some("integer" | "number") => json!(1),
            Some("boolean") => json!(true),
            Some("array") => json!([]),
            Some("object") => Value::Object(self.required(schema)),
            _ => json!("x"),
        }
    }
}
