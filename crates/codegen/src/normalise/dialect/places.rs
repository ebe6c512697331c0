//! Where schemas stand in a document, and what is mended of what stands around them.

use serde_json::{Map, Value, json};

use super::{
    super::{schema::step, structure::METHODS},
    Dialect,
    schemas::placed,
};

const RULE: &str = "repairs";

impl Dialect<'_> {
    pub(super) fn components(&mut self, components: &mut Map<String, Value>) {
        self.drop_nulls(components, "/components");
        self.each(
            components,
            "/components",
            "schemas",
            |dialect, value, pointer| {
                pointer.clone_into(&mut dialect.resource);
                dialect.schema(value, pointer);
            },
        );
        self.each(components, "/components", "parameters", Self::parameter);
        self.each(components, "/components", "headers", Self::header);
        self.each(
            components,
            "/components",
            "requestBodies",
            Self::with_content,
        );
        self.each(components, "/components", "responses", Self::response);
        self.each(components, "/components", "pathItems", Self::path_item);
    }

    pub(super) fn paths(&mut self, paths: &mut Map<String, Value>) {
        for (path, item) in paths.iter_mut() {
            if !path.starts_with("x-") {
                self.path_item(item, &step("/paths", path));
            }
        }
    }

    /// Calls `visit` for each entry of the map under `key`; entries that are null are left out.
    fn each(
        &mut self,
        object: &mut Map<String, Value>,
        pointer: &str,
        key: &str,
        mut visit: impl FnMut(&mut Self, &mut Value, &str),
    ) {
        let Some(Value::Object(entries)) = object.get_mut(key) else {
            return;
        };
        let pointer = step(pointer, key);
        self.drop_nulls(entries, &pointer);
        for (name, entry) in entries.iter_mut() {
            visit(self, entry, &step(&pointer, name));
        }
    }

    fn path_item(&mut self, item: &mut Value, pointer: &str) {
        if item.is_null() {
            *item = json!({});
        }
        let Some(object) = item.as_object_mut() else {
            return;
        };
        self.drop_nulls(object, pointer);
        self.parameters(object, pointer);
        for method in METHODS {
            if let Some(operation) = object.get_mut(method) {
                self.operation(operation, &step(pointer, method));
            }
        }
    }

    fn operation(&mut self, operation: &mut Value, pointer: &str) {
        let Some(object) = operation.as_object_mut() else {
            return;
        };
        self.drop_nulls(object, pointer);
        for key in ["operationId", "summary", "description"] {
            self.text(object, key, pointer);
        }
        self.flag(object, "deprecated", pointer);
        self.parameters(object, pointer);
        if let Some(body) = object.get_mut("requestBody") {
            self.with_content(body, &step(pointer, "requestBody"));
        }
        self.each(object, pointer, "responses", Self::response);
    }

    fn parameters(&mut self, owner: &mut Map<String, Value>, pointer: &str) {
        let pointer = step(pointer, "parameters");
        if let Some(Value::Object(_)) = owner.get("parameters")
            && let Some(Value::Object(named)) = owner.remove("parameters")
        {
            self.report
                .note(RULE, &pointer, "an object of parameters is a list of them");
            let list = named.into_iter().map(|(_, parameter)| parameter).collect();
            owner.insert("parameters".to_owned(), Value::Array(list));
        }
        if let Some(Value::Array(parameters)) = owner.get_mut("parameters") {
            for (index, parameter) in parameters.iter_mut().enumerate() {
                self.parameter(parameter, &step(&pointer, &index.to_string()));
            }
        }
    }

    fn parameter(&mut self, parameter: &mut Value, pointer: &str) {
        let Some(object) = parameter.as_object_mut() else {
            return;
        };
        self.drop_nulls(object, pointer);
        for key in ["name", "description", "style"] {
            self.text(object, key, pointer);
        }
        for key in ["required", "deprecated", "explode", "allowReserved"] {
            self.flag(object, key, pointer);
        }
        if !object.contains_key("schema") && object.contains_key("type") {
            self.report
                .note(RULE, pointer, "a type beside the name is the schema's");
            let schema: Map<String, Value> = ["type", "format", "items", "enum", "default"]
                .into_iter()
                .filter_map(|key| Some((key.to_owned(), object.remove(key)?)))
                .collect();
            let schema = placed(Value::Object(schema), pointer);
            object.insert("schema".to_owned(), schema);
        }
        self.header(parameter, pointer);
    }

    /// What headers and parameters have in common.
    fn header(&mut self, header: &mut Value, pointer: &str) {
        if let Some(schema) = header.get_mut("schema") {
            self.root_schema(schema, &step(pointer, "schema"));
        }
        self.content(header, pointer);
    }

    fn response(&mut self, response: &mut Value, pointer: &str) {
        if response.is_null() {
            *response = json!({});
        }
        self.with_content(response, pointer);
    }

    fn with_content(&mut self, owner: &mut Value, pointer: &str) {
        if let Some(object) = owner.as_object_mut() {
            self.drop_nulls(object, pointer);
            self.text(object, "description", pointer);
            self.flag(object, "required", pointer);
        }
        self.content(owner, pointer);
    }

    fn content(&mut self, owner: &mut Value, pointer: &str) {
        let Some(Value::Object(content)) = owner.get_mut("content") else {
            return;
        };
        let pointer = step(pointer, "content");
        for (media_type, media) in content.iter_mut() {
            if media.is_null() {
                *media = json!({});
            }
            let pointer = step(&pointer, media_type);
            if let Some(object) = media.as_object_mut() {
                self.drop_nulls(object, &pointer);
            }
            if let Some(schema) = media.get_mut("schema") {
                self.root_schema(schema, &step(&pointer, "schema"));
            }
        }
    }

    fn root_schema(&mut self, schema: &mut Value, pointer: &str) {
        pointer.clone_into(&mut self.resource);
        self.schema(schema, pointer);
    }
}
