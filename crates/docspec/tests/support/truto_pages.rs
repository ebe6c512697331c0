//! Pages of Truto's layouts that a generator makes up.

use std::fmt::Write;

use docspec::page::Level;
use proptest::prelude::*;

/// A field, as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) notation: &'static str,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) integrations: Vec<(String, Level)>,
    pub(crate) children: Vec<Model>,
}

const SCALARS: [&str; 6] = [
    "string",
    "number",
    "integer",
    "boolean",
    "string · date-time",
    "Record<string, any>",
];
const OBJECTS: [&str; 2] = ["object", "object[]"];
/// The integrations that fields name.
pub(crate) const INTEGRATIONS: [&str; 6] = [
    "Dock 9",
    "Northquay",
    "Southpier",
    "eastgate",
    "West & Sons CRM",
    "9lives",
];

fn name() -> impl Strategy<Value = String> {
    "[a-z]{2,7}(_[a-z]{2,7})?".prop_filter("a word of the layout", |name| {
        !matches!(name.as_str(), "supported" | "required" | "result" | "limit")
            && !name.starts_with("truto")
            && !["string", "integer", "number", "boolean", "object", "array"]
                .iter()
                .any(|word| name.ends_with(word))
    })
}

fn description() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[A-Z][a-z]{2,8} [a-z]{2,8}\\.")
}

fn integrations() -> impl Strategy<Value = Vec<(String, Level)>> {
    let level = prop_oneof![Just(Level::Required), Just(Level::Supported)];
    let entry = (proptest::sample::select(INTEGRATIONS.to_vec()), level);
    proptest::collection::vec(entry, 1..6).prop_map(|entries| {
        let mut distinct: Vec<(String, Level)> = Vec::new();
        for (name, level) in entries {
            if !distinct.iter().any(|(known, _)| known == name) {
                distinct.push((name.to_owned(), level));
            }
        }
        distinct.sort_by_key(|(_, level)| *level);
        distinct
    })
}

fn distinct(mut fields: Vec<Model>) -> Vec<Model> {
    let mut names = std::collections::HashSet::new();
    fields.retain(|field| names.insert(field.name.clone()));
    fields
}

fn child() -> impl Strategy<Value = Model> {
    let leaf = (
        name(),
        proptest::sample::select(SCALARS.to_vec()),
        any::<bool>(),
        description(),
    )
        .prop_map(|(name, notation, required, description)| Model {
            name,
            notation,
            required,
            description,
            integrations: Vec::new(),
            children: Vec::new(),
        });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (
            name(),
            proptest::sample::select(OBJECTS.to_vec()),
            any::<bool>(),
            description(),
            proptest::collection::vec(inner, 1..3),
        )
            .prop_map(|(name, notation, required, description, children)| Model {
                name,
                notation,
                required,
                description,
                integrations: Vec::new(),
                children: distinct(children),
            })
    })
}

fn field() -> impl Strategy<Value = Model> {
    (
        name(),
        any::<proptest::sample::Index>(),
        any::<bool>(),
        description(),
        integrations(),
        proptest::collection::vec(child(), 0..4),
    )
        .prop_map(
            |(name, kind, required, description, integrations, children)| Model {
                name,
                notation: if children.is_empty() {
                    SCALARS[kind.index(SCALARS.len())]
                } else {
                    OBJECTS[kind.index(OBJECTS.len())]
                },
                required,
                description,
                integrations,
                children: distinct(children),
            },
        )
}

/// The fields of a body.
pub(crate) fn resource() -> impl Strategy<Value = Vec<Model>> {
    proptest::collection::vec(field(), 1..6).prop_map(distinct)
}

/// Prints a field of the current layout. Objects inside others declare how many fields they hold.
fn print_current(out: &mut String, field: &Model, nested: bool) {
    writeln!(out, "{}{}", field.name, field.notation).unwrap();
    if field.required {
        out.push_str("required·\n");
    }
    if let Some(description) = &field.description {
        write!(out, "\n{description}\n\n").unwrap();
    }
    if !field.integrations.is_empty() {
        let required = field
            .integrations
            .iter()
            .filter(|(_, level)| *level == Level::Required)
            .count();
        write!(out, "{} supported", field.integrations.len()).unwrap();
        if required > 0 {
            write!(out, "{required} required").unwrap();
        }
        out.push('\n');
        for (name, level) in &field.integrations {
            writeln!(out, "{name}\n{}", level.as_str()).unwrap();
        }
    }
    if nested && !field.children.is_empty() {
        let what = if field.children.len() == 1 {
            "property"
        } else {
            "properties"
        };
        writeln!(out, "{} {what}", field.children.len()).unwrap();
    }
    for child in &field.children {
        print_current(out, child, true);
    }
}

fn print_older(out: &mut String, field: &Model, nested: bool) {
    writeln!(out, "{}\n{}", field.name, field.notation).unwrap();
    if field.required {
        out.push_str("REQUIRED · \n");
    }
    if let Some(description) = &field.description {
        write!(out, "\n{description}\n\n").unwrap();
    }
    for (level, heading) in [
        (Level::Required, "Required in"),
        (Level::Supported, "Supported in"),
    ] {
        let mut names = field
            .integrations
            .iter()
            .filter(|(_, of)| *of == level)
            .peekable();
        if names.peek().is_some() {
            writeln!(out, "{heading}").unwrap();
        }
        for (name, _) in names {
            writeln!(out, "  • {name}").unwrap();
        }
    }
    if nested && !field.children.is_empty() {
        writeln!(out, "{} properties", field.children.len()).unwrap();
    }
    for child in &field.children {
        print_older(out, child, true);
    }
}

/// A page of the current layout.
pub(crate) fn current(fields: &[Model]) -> String {
    let mut page = "Skip to content\nPOST /boats\n\nRequest Body\n\n".to_owned();
    for field in fields {
        print_current(&mut page, field, false);
    }
    page.push_str("\nResponse Body\n\nidstring\n1 supported\nDock 9\nsupported\n");
    page
}

/// A page of the older layout.
pub(crate) fn older(fields: &[Model]) -> String {
    let mut page =
        "Make a Boat\n\nEndpoint\n\nhttp\nPOST /boats\nIntegrations supported\n".to_owned();
    for name in INTEGRATIONS {
        writeln!(page, "  • {name}").unwrap();
    }
    page.push_str("\nRequest Body\n\n");
    for field in fields {
        print_older(&mut page, field, false);
    }
    page.push_str("\nResponse Body\n\nid\nstring\nSupported in\n  • Dock 9\n");
    page
}
