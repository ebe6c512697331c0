//! Which operations are about the same records, and what each does with them: read off methods, paths and schemas.

use super::operation::{Operation, Role};
use super::response::{ListShape, RecordShape, items_of, record_pointer};
use super::schema::{Schemas, type_of};
use super::{Place, properties_of};
use serde_json::{Map, Value};

/// Records of one kind.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The path that they lie under, without its last letter where that makes a plural.
    pub key: String,
    /// The last segment of that path.
    pub name: String,
    /// What a record has, by name.
    pub properties: Map<String, Value>,
    pub required: Vec<String>,
    /// The property that holds the id.
    pub id: String,
    pub is_id_number: bool,
    /// The property that changes with every write, and by which a write can name the version that it is for.
    pub version: Option<String>,
    pub is_version_number: bool,
    /// A validator for each property that a request may write.
    pub validators: Vec<(String, jsonschema::Validator)>,
}

/// Gives each operation its role and its resource.
pub(super) fn assign(
    document: &Value,
    schemas: &Schemas<'_>,
    operations: &mut [Operation],
) -> Result<Vec<Resource>, String> {
    let mut resources: Vec<Resource> = Vec::new();
    let collections: Vec<String> = operations
        .iter()
        .map(|operation| collection_of(operation).0)
        .collect();
    for operation in operations.iter_mut() {
        let (key, role) = role_of(document, operation, &collections);
        operation.role = role;
        if let (Role::Update, Some(body)) = (role, &mut operation.body) {
            body.null_clears = schemas.is_open();
        }
        if role == Role::Other {
            continue;
        }
        let known = resources.iter().position(|resource| resource.key == key);
        let at = known.unwrap_or_else(|| {
            resources.push(Resource::new(key, &operation.id));
            resources.len() - 1
        });
        operation.resource = Some(at);
    }
    for (at, resource) in resources.iter_mut().enumerate() {
        resource.learn(
            document,
            schemas,
            operations
                .iter()
                .filter(|operation| operation.resource == Some(at)),
        )?;
    }
    for operation in operations.iter_mut() {
        let Some(resource) = operation.resource.map(|at| &resources[at]) else {
            operation.record = RecordShape::made_up(document, &operation.success_schema);
            continue;
        };
        if operation.role == Role::List {
            let json = operation_of(document, operation).clone();
            operation.list = ListShape::read(document, &json, &operation.success_schema);
        } else {
            let pointer = record_pointer(document, &operation.success_schema, resource);
            operation.record =
                RecordShape::around(document, &operation.success_schema, pointer.as_deref());
        }
    }
    Ok(resources)
}

/// The collection that an operation is about, and what it does with it.
fn role_of(document: &Value, operation: &Operation, collections: &[String]) -> (String, Role) {
    let (key, is_item) = collection_of(operation);
    let is_list = || {
        let json = operation_of(document, operation);
        items_of(document, json, &operation.success_schema).is_some()
    };
    let role = match (operation.method.as_str(), is_item) {
        ("GET" | "HEAD", false) if is_list() => Role::List,
        ("GET" | "HEAD", true) => Role::Get,
        ("POST", false) => match parent_collection(operation, collections) {
            Some(parent) => return (parent, Role::DeleteMany),
            None if operation.body.is_some() => Role::Create,
            None => Role::Other,
        },
        ("PUT" | "PATCH" | "POST", true) => Role::Update,
        ("DELETE", true) => Role::Delete,
        _ => Role::Other,
    };
    (key, role)
}

fn operation_of<'a>(document: &'a Value, operation: &Operation) -> &'a Value {
    &document["paths"][&operation.path][operation.method.to_ascii_lowercase()]
}

/// The collection of an operation's path, and whether the path goes on to one of its records.
fn collection_of(operation: &Operation) -> (String, bool) {
    let mut segments = operation
        .path
        .trim_matches('/')
        .split('/')
        .collect::<Vec<_>>();
    let is_item = segments.last().is_some_and(|last| last.starts_with('{'));
    if is_item {
        segments.pop();
    }
    let path = segments.join("/");
    (path.strip_suffix('s').unwrap_or(&path).to_owned(), is_item)
}

/// The collection below which a path has one more word that says that several records are deleted.
fn parent_collection(operation: &Operation, collections: &[String]) -> Option<String> {
    let (parent, word) = operation.path.trim_matches('/').rsplit_once('/')?;
    let word = word.to_ascii_lowercase();
    let parent = parent.strip_suffix('s').unwrap_or(parent).to_owned();
    (word.contains("delete") && collections.contains(&parent)).then_some(parent)
}

impl Resource {
    fn new(key: String, operation_id: &str) -> Self {
        let of_path = key.rsplit('/').next().unwrap_or_default();
        // A document whose one path is a parameter names its records in its operations only.
        let of_operation = operation_id.split('_').next().unwrap_or_default();
        let name = if of_path.is_empty() {
            of_operation.trim_end_matches('s')
        } else {
            of_path
        };
        let name = format!("{name}s");
        Self {
            key,
            name,
            properties: Map::new(),
            required: Vec::new(),
            id: "id".to_owned(),
            is_id_number: false,
            version: None,
            is_version_number: false,
            validators: Vec::new(),
        }
    }

    /// Takes what a record has from the answers that hold one.
    fn learn<'a>(
        &mut self,
        document: &Value,
        schemas: &Schemas<'_>,
        operations: impl Iterator<Item = &'a Operation>,
    ) -> Result<(), String> {
        let operations: Vec<&Operation> = operations.collect();
        let of_list = operations.iter().find_map(|operation| {
            let (_, items) = items_of(
                document,
                operation_of(document, operation),
                &operation.success_schema,
            )?;
            (operation.role == Role::List).then_some(items)
        });
        let of_item = || {
            let single = operations.iter().find(|operation| {
                operation.role != Role::DeleteMany && !operation.success_schema.is_null()
            })?;
            let pointer =
                record_pointer(document, &single.success_schema, self).unwrap_or_default();
            schema_at(document, &single.success_schema, &pointer)
        };
        let of_request = || {
            let body = operations
                .iter()
                .find(|operation| operation.body.is_some())?;
            let request = &operation_of(document, body)["requestBody"];
            super::body::json_content(super::resolved(document, request)).cloned()
        };
        let schema = of_list
            .or_else(of_item)
            .or_else(of_request)
            .unwrap_or_default();
        let schema = super::resolved(document, &schema);
        self.properties = properties_of(document, schema);
        let required = schema["required"].as_array().into_iter().flatten();
        self.required = required
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        self.id = self.id_property(&operations);
        self.is_id_number = self.is_number(document, &self.id);
        let version = ["etag", "version", "revision"].into_iter().find(|name| {
            let is_named = |operation: &&Operation| {
                operation.role.is_write()
                    && operation
                        .parameters
                        .iter()
                        .any(|parameter| parameter.name == *name)
            };
            self.properties.contains_key(*name) && operations.iter().any(is_named)
        });
        self.version = version.map(str::to_owned);
        self.is_version_number = version.is_some_and(|name| self.is_number(document, name));
        for (name, schema) in &self.properties {
            let validator = schemas
                .validator(schema)
                .map_err(|problem| format!("{}: property `{name}`: {problem}", self.key))?;
            self.validators.push((name.clone(), validator));
        }
        Ok(())
    }

    /// Whether answers can have `null` there.
    pub(crate) fn allows_null(&self, name: &str) -> bool {
        let validator = self.validators.iter().find(|(known, _)| known == name);
        validator.is_none_or(|(_, validator)| validator.is_valid(&Value::Null))
    }

    fn is_number(&self, document: &Value, name: &str) -> bool {
        let schema = self.properties.get(name).unwrap_or(&Value::Null);
        type_of(document, schema) == Some("integer")
    }

    fn id_property(&self, operations: &[&Operation]) -> String {
        let mut parameters = operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        let last = parameters.rfind(|parameter| parameter.place == Place::Path);
        let candidates = [
            Some("id"),
            last.map(|parameter| parameter.name.as_str()),
            Some("_id"),
            Some("uuid"),
        ];
        let known = candidates
            .into_iter()
            .flatten()
            .find(|name| self.properties.contains_key(*name));
        known.unwrap_or("id").to_owned()
    }
}

/// The schema at a pointer into the values of another.
fn schema_at(document: &Value, schema: &Value, pointer: &str) -> Option<Value> {
    let mut schema = super::resolved(document, schema).clone();
    for name in pointer.split('/').skip(1) {
        let properties = properties_of(document, &schema);
        schema = super::resolved(document, properties.get(name)?).clone();
    }
    Some(schema)
}
