//! Putting operations and components of several pages into one document.

use serde_json::{Map, Value};

use super::{Deriver, Origin};
use crate::page::{Component, Method, Operation, SecurityScheme};

impl<'a> Deriver<'a> {
    pub(super) fn add_operation(&mut self, operation: &'a Operation) {
        if self.title.is_none() {
            self.title.clone_from(&operation.summary);
        }
        for scheme in &operation.security {
            self.add_security_scheme(scheme);
        }
        let object = self.operation(operation);
        let origin = self.origin(Some(operation.source.line));
        self.put_operation(&operation.path, operation.method, object, origin);
    }

    pub(super) fn add_components(&mut self, components: &[Component]) {
        for component in components {
            let line = component.source.line;
            let core = self.schema(&component.schema, line);
            let mut said = Map::new();
            super::schema::insert_text(&mut said, "description", component.description.as_deref());
            self.facts(&mut said, &component.source, None, &[]);
            let schema = Value::Object(super::schema::join(core, said));
            let key = ("schemas".to_owned(), component.name.clone());
            let origin = self.origin(Some(line));
            if let Some((_, first)) = self.components.get(&key).filter(|(_, first)| !first.base) {
                let first = first.to_string();
                self.problem(
                    "component-twice",
                    line,
                    format!(
                        "the component `{}` stands twice, first at {first}",
                        component.name
                    ),
                    "each component once",
                    "join the two, or give one of them another name",
                );
            } else {
                self.components.insert(key, (schema, origin));
            }
        }
    }

    fn add_security_scheme(&mut self, scheme: &'a SecurityScheme) {
        if let Some(first) = self.schemes.get(scheme.name.as_str()) {
            if first.kind != scheme.kind {
                let key = ("securitySchemes".to_owned(), scheme.name.clone());
                let place = self
                    .components
                    .get(&key)
                    .map_or_else(String::new, |(_, origin)| format!(" at {origin}"));
                self.problem(
                    "security-scheme",
                    scheme.source.line,
                    format!(
                        "the authentication `{}` differs from the one of this name{place}",
                        scheme.name
                    ),
                    "one meaning for each name",
                    "correct one of the two, or give it another name",
                );
            }
            return;
        }
        self.schemes.insert(scheme.name.clone(), scheme);
        let value = self.security_scheme(scheme);
        let origin = self.origin(Some(scheme.source.line));
        self.components.insert(
            ("securitySchemes".to_owned(), scheme.name.clone()),
            (value, origin),
        );
    }

    /// Puts an operation under its path and method, unless one that it may not replace stands there.
    pub(super) fn put_operation(
        &mut self,
        path: &str,
        method: Method,
        operation: Map<String, Value>,
        origin: Origin,
    ) {
        let line = origin.line.unwrap_or(0);
        let form = path_form(path);
        if let Some((other, first)) = self.path_forms.get(&form) {
            if other != path {
                let found = format!(
                    "the path `{path}` differs from `{other}` ({first}) only in the names of its placeholders"
                );
                self.problem(
                    "path-names",
                    line,
                    found,
                    "the same names for the same path",
                    "name the placeholders alike in both",
                );
                return;
            }
        } else {
            self.path_forms
                .insert(form, (path.to_owned(), origin.clone()));
        }
        let key = (path.to_owned(), method);
        if let Some((_, first)) = self.operations.get(&key)
            && (!first.base || origin.base)
        {
            let found = format!(
                "the operation {} {path} stands twice, first at {first}",
                method.as_str()
            );
            self.problem(
                "operation-twice",
                line,
                found,
                "each operation once",
                "remove one of the two pages, or join them",
            );
            return;
        }
        self.operations.insert(key, (operation, origin));
    }

    /// A place in the page being read.
    pub(super) fn origin(&self, line: Option<usize>) -> Origin {
        Origin {
            page: self.page.clone(),
            line,
            base: false,
        }
    }

    /// Every component that a page's field refers to must be there.
    pub(super) fn check_referred_components(&mut self) {
        let referred = std::mem::take(&mut self.referred);
        let names = self.component_names();
        let mut missing: Vec<(String, String, usize)> = referred
            .into_iter()
            .filter(|(name, _, _)| !names.contains(name.as_str()))
            .collect();
        missing.dedup();
        let known: Vec<&str> = names.into_iter().collect();
        let expected = if known.is_empty() {
            "a page with components".to_owned()
        } else {
            format!("one of `{}`", known.join("`, `"))
        };
        for (name, page, line) in missing {
            self.page = page;
            self.problem(
                "component-missing",
                line,
                format!("no page has the component `{name}`"),
                expected.clone(),
                "correct the name, or add the component to a page of components",
            );
        }
    }
}

/// A path with the names of its placeholders left out.
fn path_form(path: &str) -> String {
    let mut form = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        inside = inside && character != '}';
        if !inside {
            form.push(character);
        }
        inside = inside || character == '{';
    }
    form
}
