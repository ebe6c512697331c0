//! What progenitor printed, taken apart: its types with their impls, and its builders with what each parameter is
//! called on the wire.

mod send;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::{
    Field, Fields, GenericArgument, Ident, ImplItem, Item, ItemImpl, ItemMod, PathArguments,
    ReturnType, Type,
};

use super::unexpected::{Unexpected, unexpected};

/// The parts of a printed client that finishing builds on.
pub(super) struct Printed {
    /// The types in the order in which they stand.
    pub(super) types: Vec<PrintedType>,
    /// The items of `types::error`, which some types convert with.
    pub(super) conversion_error: Vec<Item>,
    /// The builders by the method of `Client` that makes them.
    pub(super) builders: BTreeMap<String, PrintedBuilder>,
}

/// A struct or an enum, and the impls that follow it.
pub(super) struct PrintedType {
    /// The struct or enum itself.
    pub(super) item: TypeItem,
    /// Its impls, without the one that makes a `types::builder`.
    pub(super) impls: Vec<ItemImpl>,
}

/// The kinds of item that a type can be.
pub(super) enum TypeItem {
    /// A struct with named fields or a tuple of one.
    Struct(syn::ItemStruct),
    /// An enum.
    Enum(syn::ItemEnum),
}

impl PrintedType {
    /// The type's name.
    pub(super) fn ident(&self) -> &Ident {
        match &self.item {
            TypeItem::Struct(item) => &item.ident,
            TypeItem::Enum(item) => &item.ident,
        }
    }
}

/// A builder of one operation.
pub(super) struct PrintedBuilder {
    /// The builder's type.
    pub(super) ident: Ident,
    /// The parameters' types by their Rust name; `body` is among them.
    pub(super) fields: BTreeMap<String, Type>,
    /// The Rust name of each query and header parameter, by its name in the document that progenitor read.
    pub(super) names: BTreeMap<String, String>,
    /// The Rust names of the path parameters, in the order of the template.
    pub(super) path: Vec<String>,
}

impl Printed {
    /// Takes a printed client apart.
    pub(super) fn read(printed: TokenStream) -> Result<Self, Unexpected> {
        let file = syn::parse2::<syn::File>(printed).map_err(|error| {
            unexpected(format!("code that does not parse: {error}"), "a Rust file")
        })?;
        let mut types = None;
        let mut builders = None;
        let mut methods = BTreeMap::new();
        for item in file.items {
            match item {
                Item::Mod(module) if module.ident == "types" => types = Some(module),
                Item::Mod(module) if module.ident == "builder" => builders = Some(module),
                Item::Impl(block) if block.trait_.is_none() => {
                    methods.extend(operation_methods(&block));
                }
                _ => {}
            }
        }
        let (types, conversion_error) = read_types(types.ok_or_else(|| missing_module("types"))?)?;
        let mut builders = match builders {
            Some(module) => read_builders(module)?,
            None if methods.is_empty() => BTreeMap::new(),
            None => return Err(missing_module("builder")),
        };
        let mut by_method = BTreeMap::new();
        for (method, builder) in methods {
            let found = builders.remove(&builder).ok_or_else(|| {
                unexpected(
                    format!("no builder `{builder}`"),
                    "one for each method of `Client`",
                )
            })?;
            by_method.insert(method, found);
        }
        if let Some(name) = builders.keys().next() {
            return Err(unexpected(
                format!("a builder `{name}` that no method makes"),
                "one method of `Client` for each builder",
            ));
        }
        Ok(Self {
            types,
            conversion_error,
            builders: by_method,
        })
    }

    /// The names of all types.
    pub(super) fn type_names(&self) -> BTreeSet<String> {
        self.types
            .iter()
            .map(|printed| printed.ident().to_string())
            .collect()
    }
}

fn missing_module(name: &str) -> Unexpected {
    unexpected(
        format!("no module `{name}`"),
        "modules `types` and `builder`",
    )
}

fn items_of(module: ItemMod) -> Vec<Item> {
    module.content.map(|(_, items)| items).unwrap_or_default()
}

/// The methods that return a builder, with the builder's name.
fn operation_methods(block: &ItemImpl) -> Vec<(String, String)> {
    block
        .items
        .iter()
        .filter_map(|item| match item {
            ImplItem::Fn(method) => match &method.sig.output {
                ReturnType::Type(_, kind) => {
                    Some((method.sig.ident.to_string(), builder_name(kind)?))
                }
                ReturnType::Default => None,
            },
            _ => None,
        })
        .collect()
}

fn builder_name(kind: &Type) -> Option<String> {
    let Type::Path(kind) = kind else { return None };
    let mut segments = kind.path.segments.iter();
    (segments.next()?.ident == "builder").then_some(())?;
    Some(segments.next()?.ident.to_string())
}

fn read_types(module: ItemMod) -> Result<(Vec<PrintedType>, Vec<Item>), Unexpected> {
    let mut types: Vec<PrintedType> = Vec::new();
    let mut conversion_error = Vec::new();
    for item in items_of(module) {
        match item {
            Item::Struct(item) => types.push(PrintedType {
                item: TypeItem::Struct(item),
                impls: Vec::new(),
            }),
            Item::Enum(item) => types.push(PrintedType {
                item: TypeItem::Enum(item),
                impls: Vec::new(),
            }),
            Item::Impl(block) => {
                let owner = types.last_mut().ok_or_else(|| {
                    unexpected("an impl before any type", "types before their impls")
                })?;
                if !makes_builder(&block) {
                    owner.impls.push(block);
                }
            }
            Item::Mod(module) if module.ident == "error" => conversion_error = items_of(module),
            // Setters of our own take the place of its builders for types; default values are stripped beforehand.
            Item::Mod(module) if module.ident == "builder" => {}
            Item::Mod(module) => {
                return Err(unexpected(
                    format!("a module `types::{}`", module.ident),
                    "no modules in `types` but `builder` and `error`",
                ));
            }
            Item::Use(_) => {}
            other => {
                return Err(unexpected(
                    format!("an item of another kind in `types`: {}", kind_of(&other)),
                    "structs, enums and impls",
                ));
            }
        }
    }
    Ok((types, conversion_error))
}

fn kind_of(item: &Item) -> &'static str {
    match item {
        Item::Const(_) => "a constant",
        Item::Fn(_) => "a function",
        Item::Macro(_) => "a macro call",
        Item::Static(_) => "a static",
        Item::Trait(_) => "a trait",
        Item::Type(_) => "a type alias",
        _ => "one that progenitor did not print before",
    }
}

fn makes_builder(block: &ItemImpl) -> bool {
    block.trait_.is_none()
        && block.items.len() == 1
        && matches!(&block.items[0], ImplItem::Fn(method) if method.sig.ident == "builder")
}

fn read_builders(module: ItemMod) -> Result<BTreeMap<String, PrintedBuilder>, Unexpected> {
    let mut builders: BTreeMap<String, PrintedBuilder> = BTreeMap::new();
    for item in items_of(module) {
        match item {
            Item::Use(_) => {}
            Item::Struct(item) => {
                let name = item.ident.to_string();
                let fields = parameter_types(&item.fields, &name)?;
                builders.insert(
                    name,
                    PrintedBuilder {
                        ident: item.ident,
                        fields,
                        names: BTreeMap::new(),
                        path: Vec::new(),
                    },
                );
            }
            Item::Impl(block) => {
                let name = self_name(&block).unwrap_or_default();
                let builder = builders.get_mut(&name).ok_or_else(|| {
                    unexpected(format!("an impl for `{name}`"), "impls of builders only")
                })?;
                send::read(&block, builder)?;
            }
            other => {
                return Err(unexpected(
                    format!("an item of another kind in `builder`: {}", kind_of(&other)),
                    "structs and impls",
                ));
            }
        }
    }
    Ok(builders)
}

fn self_name(block: &ItemImpl) -> Option<String> {
    match &*block.self_ty {
        Type::Path(kind) => Some(kind.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The parameters of a builder: each field is `Result<T, String>`, of which `T` is the type or, for an optional
/// parameter, an `Option` of it.
fn parameter_types(fields: &Fields, builder: &str) -> Result<BTreeMap<String, Type>, Unexpected> {
    let mut types = BTreeMap::new();
    for Field { ident, ty, .. } in fields {
        let Some(ident) = ident.as_ref().filter(|ident| *ident != "client") else {
            continue;
        };
        let kind = generic_argument(ty, "Result").ok_or_else(|| {
            unexpected(
                format!(
                    "the field `{ident}` of the builder `{builder}` with a type of another form"
                ),
                "`Result<T, String>`",
            )
        })?;
        let kind = bare_generic_argument(kind, "Option").unwrap_or(kind);
        types.insert(ident.to_string(), kind.clone());
    }
    Ok(types)
}

/// The first generic argument of a type whose last segment is `name`.
pub(super) fn generic_argument<'a>(kind: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(kind) = kind else { return None };
    let last = kind
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(kind) => Some(kind),
                _ => None,
            })
        }
        _ => None,
    }
}

/// As [`generic_argument`], of a path with one segment: what progenitor writes itself, not what typify does.
fn bare_generic_argument<'a>(kind: &'a Type, name: &str) -> Option<&'a Type> {
    match kind {
        Type::Path(path) if path.path.segments.len() == 1 => generic_argument(kind, name),
        _ => None,
    }
}
