//! API descriptions: the ones that pages embed, and the one that pages come on top of.

use serde_json::{Map, Value};

use super::{Deriver, Origin};
use crate::description;
use crate::page::Method;

impl Deriver<'_> {
    /// Takes the base: its operations and components can be replaced by those of pages.
    pub(super) fn base(&mut self, document: &Value) {
        let Some(mut root) = self.checked(document) else {
            return;
        };
        self.take_parts(&mut root, true);
        self.root = root;
    }

    /// Adds an embedded description to what the other pages say.
    pub(super) fn add_description(&mut self, document: &Value) {
        let Some(mut root) = self.checked(document) else {
            return;
        };
        let title = root.get("info").and_then(|info| info.get("title"));
        if let (None, Some(title)) = (&self.title, title.and_then(Value::as_str)) {
            self.title = Some(title.to_owned());
        }
        self.take_parts(&mut root, false);
        for (key, value) in root {
            if key.starts_with("x-") {
                self.root.entry(key).or_insert(value);
            }
        }
    }

    /// The document as `OpenAPI` 3.0, when its form is one that can be taken apart.
    fn checked(&mut self, document: &Value) -> Option<Map<String, Value>> {
        match description::to_3_0(&self.page, document) {
            Ok(Value::Object(root)) => Some(root),
            Ok(_) => None,
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    /// Takes paths, components, tags, and what holds for all operations out of a description.
    fn take_parts(&mut self, root: &mut Map<String, Value>, base: bool) {
        let security = root.remove("security");
        let servers = if base { None } else { root.remove("servers") };
        if let Some(Value::Array(tags)) = root.remove("tags") {
            for tag in tags {
                if !self
                    .tags
                    .iter()
                    .any(|known| known.get("name") == tag.get("name"))
                {
                    self.tags.push(tag);
                }
            }
        }
        for (section, components) in self.entries(root.remove("components"), "components") {
            if section.starts_with("x-") {
                continue;
            }
            for (name, component) in self.entries(Some(components), &section) {
                self.put_component(&section, name, component, base);
            }
        }
        for (path, item) in self.entries(root.remove("paths"), "paths") {
            if path.starts_with("x-") {
                continue;
            }
            let item: Vec<(String, Value)> = self.entries(Some(item), &path);
            self.take_path(&path, item, security.as_ref(), servers.as_ref(), base);
        }
    }

    fn take_path(
        &mut self,
        path: &str,
        item: Vec<(String, Value)>,
        security: Option<&Value>,
        servers: Option<&Value>,
        base: bool,
    ) {
        let mut shared = Map::new();
        for (key, value) in item {
            let method = Method::parse(&key.to_ascii_uppercase());
            let (Some(method), true) = (method, key == key.to_ascii_lowercase()) else {
                shared.insert(key, value);
                continue;
            };
            let Value::Object(mut operation) = value else {
                self.wrong_form(&format!("the operation {key} {path}"));
                continue;
            };
            for (name, all) in [("security", security), ("servers", servers)] {
                if let Some(all) = all {
                    operation.entry(name).or_insert_with(|| all.clone());
                }
            }
            let line = operation
                .get("x-source")
                .and_then(|source| source.get("line"))
                .and_then(Value::as_u64)
                .and_then(|line| usize::try_from(line).ok());
            let origin = Origin {
                base,
                ..self.origin(line)
            };
            self.put_operation(path, method, operation, origin);
        }
        self.put_path_item(path, shared);
    }

    /// Keeps what a path item says beside its operations.
    fn put_path_item(&mut self, path: &str, shared: Map<String, Value>) {
        match self.path_items.get(path) {
            Some(first) if !shared.is_empty() && !first.is_empty() && *first != shared => {
                self.problem(
                    "path-item",
                    0,
                    format!("what the path `{path}` says for all its operations contradicts another description"),
                    "the same parameters and servers in both",
                    "correct one of the two descriptions",
                );
            }
            Some(first) if !first.is_empty() => {}
            _ => {
                self.path_items.insert(path.to_owned(), shared);
            }
        }
    }

    fn put_component(&mut self, section: &str, name: String, component: Value, base: bool) {
        let key = (section.to_owned(), name);
        if let Some((first, origin)) = self.components.get(&key).filter(|(_, first)| !first.base) {
            if *first != component {
                let found = format!(
                    "the component {section}/{} differs from the one of this name at {origin}",
                    key.1
                );
                self.problem(
                    "component-twice",
                    0,
                    found,
                    "one meaning for each name",
                    "correct one of the two, or give it another name",
                );
            }
            return;
        }
        let origin = Origin {
            base,
            ..self.origin(None)
        };
        self.components.insert(key, (component, origin));
    }

    /// The entries of an object; anything else in its place is a problem.
    fn entries(&mut self, value: Option<Value>, what: &str) -> Vec<(String, Value)> {
        match value {
            None => Vec::new(),
            Some(Value::Object(object)) => object.into_iter().collect(),
            Some(_) => {
                self.wrong_form(what);
                Vec::new()
            }
        }
    }

    fn wrong_form(&mut self, what: &str) {
        self.problem(
            "description-form",
            0,
            format!("{what} of the API description is no object"),
            "an object",
            "correct the description",
        );
    }
}
