//! Where each type is used, for the documentation of types that the document says little about.

use std::collections::BTreeMap;

use syn::{
    Type,
    visit::{self, Visit},
};

use super::{
    client::method_name,
    printed::{Printed, TypeItem},
};
use crate::plan::{Operation, Payload, Plan};

/// How many places a documentation lists before it only counts.
const LISTED: usize = 3;

/// What is known of the use of one type.
#[derive(Default)]
struct Use {
    /// What it is to operations, as sentences.
    roles: Vec<String>,
    /// The fields, variants and parameters that hold it, as links.
    places: Vec<String>,
}

/// The uses of all types.
pub(super) struct Uses(BTreeMap<String, Use>);

impl Uses {
    /// Goes through everything that can name a type.
    pub(super) fn of(printed: &Printed, plan: &Plan) -> Self {
        let mut uses = Self(
            printed
                .type_names()
                .into_iter()
                .map(|name| (name, Use::default()))
                .collect(),
        );
        for operation in &plan.operations {
            uses.operation(operation, printed);
        }
        for printed_type in &printed.types {
            uses.members(&printed_type.item);
        }
        uses
    }

    /// What an undescribed type is; of a described one, `text` and, for what only stands in fields, where.
    pub(super) fn described(&self, name: &str, text: Option<&str>, names_places: bool) -> String {
        let unused = Use::default();
        let found = self.0.get(name).unwrap_or(&unused);
        let places = listed(&found.places);
        match (text, places) {
            (Some(text), Some(places)) if names_places => format!("{text}\n\nFor {places}."),
            (Some(text), _) => text.to_owned(),
            (None, _) if !found.roles.is_empty() => roles(&found.roles),
            (None, Some(places)) if found.places.len() == 1 => format!("What {places} holds."),
            (None, Some(places)) => format!("What {places} hold."),
            (None, None) => format!("`{name}`, as the API's document calls it."),
        }
    }

    fn operation(&mut self, operation: &Operation, printed: &Printed) {
        let method = method_name(operation).to_string();
        let method = without_raw(&method);
        let link = format!("[`Client::{method}`](crate::Client::{method})");
        let request = format!("`{} {}`", operation.method, operation.path);
        if let Some(name) = operation
            .body
            .as_ref()
            .and_then(|body| body.schema.as_ref())
        {
            self.role(name, format!("The body of {link}: {request}."));
        }
        for response in &operation.responses {
            let Payload::Json { schema } = &response.payload else {
                continue;
            };
            let meaning = response.description.trim();
            let meaning = meaning.split('\n').next().unwrap_or_default();
            let meaning = if meaning.is_empty() {
                String::new()
            } else {
                format!(" {meaning}")
            };
            let status = match (response.is_default, response.from == response.to) {
                (true, _) => "any other status".to_owned(),
                (_, true) => format!("status {}", response.from),
                _ => format!("a status from {} to {}", response.from, response.to),
            };
            let success = response.from >= 200 && response.to <= 299;
            self.role(
                schema,
                if success {
                    format!("What {link} answers: {request}.{meaning}")
                } else {
                    format!("What {link} answers with {status}.{meaning}")
                },
            );
        }
        if let Some(builder) = printed.builders.get(&operation.id) {
            for (parameter, kind) in builder.fields.iter().filter(|(name, _)| *name != "body") {
                let parameter = without_raw(parameter);
                self.place(kind, &format!("the parameter `{parameter}` of {link}"));
            }
        }
    }

    fn members(&mut self, item: &TypeItem) {
        match item {
            TypeItem::Struct(item) => {
                for field in &item.fields {
                    let link = match &field.ident {
                        Some(field) => linked(&item.ident.to_string(), &field.to_string()),
                        None => format!("[`{0}`](super::{0})", item.ident),
                    };
                    self.place(&field.ty, &link);
                }
            }
            TypeItem::Enum(item) => {
                for variant in &item.variants {
                    let link = linked(&item.ident.to_string(), &variant.ident.to_string());
                    for field in &variant.fields {
                        self.place(&field.ty, &link);
                    }
                }
            }
        }
    }

    fn role(&mut self, name: &str, role: String) {
        if let Some(found) = self.0.get_mut(name)
            && !found.roles.contains(&role)
        {
            found.roles.push(role);
        }
    }

    /// Notes that a value of type `kind` stands at `link`.
    fn place(&mut self, kind: &Type, link: &str) {
        let mut names = Names(Vec::new());
        names.visit_type(kind);
        for name in names.0 {
            if let Some(found) = self.0.get_mut(&name)
                && !found.places.iter().any(|place| place == link)
            {
                found.places.push(link.to_owned());
            }
        }
    }
}

/// The generated types that a type names, and others with names like theirs.
pub(super) fn named_in(kind: &Type) -> Vec<String> {
    let mut names = Names(Vec::new());
    names.visit_type(kind);
    names.0
}

/// The generated types that the fields of a type name.
pub(super) fn named_in_item(item: &TypeItem) -> Vec<String> {
    let mut names = Names(Vec::new());
    match item {
        TypeItem::Struct(item) => item
            .fields
            .iter()
            .for_each(|field| names.visit_type(&field.ty)),
        TypeItem::Enum(item) => {
            let fields = item.variants.iter().flat_map(|variant| &variant.fields);
            fields.for_each(|field| names.visit_type(&field.ty));
        }
    }
    names.0
}

/// The generated types in a type, whether it stands in a builder or beside them.
struct Names(Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        match (names.next(), names.next(), names.next()) {
            (Some(name), None, _) => self.0.push(name),
            (Some(module), Some(name), None) if module == "types" => self.0.push(name),
            _ => {}
        }
        visit::visit_path(self, path);
    }
}

fn linked(owner: &str, member: &str) -> String {
    let member = without_raw(member);
    // These are methods too, so that a link would have two targets.
    if ["new", "is_set"].contains(&member) {
        return format!("`{member}` of [`{owner}`](super::{owner})");
    }
    format!("[`{owner}::{member}`](super::{owner}::{member})")
}

fn without_raw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn roles(roles: &[String]) -> String {
    let mut paragraphs: Vec<String> = roles.iter().take(LISTED).cloned().collect();
    if roles.len() > LISTED {
        paragraphs.push(format!("Also of {} further answers.", roles.len() - LISTED));
    }
    paragraphs.join("\n\n")
}

fn listed(places: &[String]) -> Option<String> {
    let (last, first) = places.split_last()?;
    if places.len() > LISTED {
        let shown = places[..LISTED].join(", ");
        let others = places.len() - LISTED;
        let word = if others == 1 { "other" } else { "others" };
        return Some(format!("{shown} and {others} {word}"));
    }
    Some(if first.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", first.join(", "))
    })
}
