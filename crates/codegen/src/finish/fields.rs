//! The fields of a printed struct: their names on the wire, their types, and what their absence means.

use syn::{Attribute, Ident, ItemStruct, LitStr, Type};

use super::{
    docs,
    paths::Paths,
    printed::generic_argument,
    unexpected::{Unexpected, unexpected},
};
use crate::plan;

/// A field of a struct.
pub(super) struct StructField {
    /// The Rust name.
    pub(super) ident: Ident,
    /// The name on the wire.
    pub(super) wire_name: String,
    /// What it is.
    pub(super) doc: Option<String>,
    /// The Rust type.
    pub(super) kind: Type,
    /// What it means that it is not there.
    pub(super) presence: Presence,
    /// Whether the document calls it deprecated.
    pub(super) deprecated: bool,
}

/// What it means that a field is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It must be there.
    Required,
    /// `None`; so is null.
    Optional,
    /// `None`; null is a value of its own.
    ThreeState,
    /// An empty list or map.
    Collection,
}

/// The fields of a struct, and what holds those without a documented name.
pub(super) struct Fields {
    /// The documented fields.
    pub(super) documented: Vec<StructField>,
    /// The field for all others.
    pub(super) rest: Option<Rest>,
    /// Whether a field without a documented name is an error.
    pub(super) closed: bool,
}

/// The field that holds what has no documented name.
pub(super) struct Rest {
    /// The Rust name.
    pub(super) ident: Ident,
    /// The type of one value where the document gives one; else any JSON.
    pub(super) value: Option<Type>,
    /// What it is, where the document says it.
    pub(super) doc: Option<String>,
}

impl Fields {
    /// Reads the fields of `item` and applies what the plan says of them.
    pub(super) fn read(
        item: &ItemStruct,
        plan: &plan::Type,
        paths: &mut Paths<'_>,
    ) -> Result<Self, Unexpected> {
        let mut fields = Self {
            documented: Vec::new(),
            rest: None,
            closed: container_is_closed(&item.attrs)?,
        };
        for field in &item.fields {
            let Some(ident) = &field.ident else {
                return Err(unexpected(
                    format!("`{}` with fields that have no names", item.ident),
                    "named fields",
                ));
            };
            let attributes = FieldAttributes::read(&field.attrs, &item.ident, ident)?;
            if attributes.flatten {
                fields.rest = Some(rest(
                    ident,
                    &field.ty,
                    paths,
                    docs::written(&field.attrs, ""),
                ));
                continue;
            }
            let rust_name = ident.to_string();
            let rust_name = rust_name.strip_prefix("r#").unwrap_or(&rust_name);
            let name = attributes
                .rename
                .clone()
                .unwrap_or_else(|| rust_name.to_owned());
            let planned = plan.fields.get(&name);
            let kind = option_outside(paths.rewritten(&field.ty));
            let presence = presence(&attributes, &kind);
            if attributes.default && presence == Presence::Required {
                return Err(unexpected(
                    format!("a default value for `{}.{ident}`", item.ident),
                    "defaults for lists and maps only",
                ));
            }
            let three_state = planned.is_some_and(|planned| planned.three_state);
            let presence = match presence {
                Presence::Optional if three_state => Presence::ThreeState,
                _ if three_state || nullable(&kind) => {
                    return Err(unexpected(
                        format!(
                            "the field `{}.{ident}` with other states than planned",
                            item.ident
                        ),
                        "an `Option` where absent, null and a value are three things, and `Nullable` only there",
                    ));
                }
                other => other,
            };
            fields.documented.push(StructField {
                ident: ident.clone(),
                wire_name: planned
                    .and_then(|planned| planned.wire_name.clone())
                    .unwrap_or(name),
                doc: docs::written(&field.attrs, rust_name),
                kind,
                presence,
                deprecated: planned.is_some_and(|planned| planned.deprecated),
            });
        }
        if let Some(name) = &plan.unknown_fields
            && fields.rest.is_none()
        {
            fields.closed = false;
            fields.rest = Some(Rest {
                ident: super::paths::ident(name),
                value: None,
                doc: None,
            });
        }
        Ok(fields)
    }

    /// The fields that must be there.
    pub(super) fn required(&self) -> impl Iterator<Item = &StructField> {
        self.documented
            .iter()
            .filter(|field| field.presence == Presence::Required)
    }
}

/// The map that typify flattens into a struct for `additionalProperties`.
fn rest(ident: &Ident, kind: &Type, paths: &mut Paths<'_>, doc: Option<String>) -> Rest {
    let kind = paths.rewritten(kind);
    let value = last_generic_argument(&kind)
        .filter(|value| !is_json(value))
        .cloned();
    Rest {
        ident: ident.clone(),
        value,
        doc,
    }
}

fn last_generic_argument(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    match &path.path.segments.last()?.arguments {
        syn::PathArguments::AngleBracketed(list) => {
            list.args.iter().rev().find_map(|argument| match argument {
                syn::GenericArgument::Type(kind) => Some(kind),
                _ => None,
            })
        }
        _ => None,
    }
}

fn is_json(kind: &Type) -> bool {
    matches!(kind, Type::Path(path)
        if path.path.segments.len() == 2
            && path.path.segments[0].ident == "client_runtime"
            && path.path.segments[1].ident == "Json")
}

fn presence(attributes: &FieldAttributes, kind: &Type) -> Presence {
    let option = generic_argument(kind, "Option");
    match option {
        Some(_) if attributes.skipped_if_empty || !attributes.must_be_there => Presence::Optional,
        None if attributes.skipped_if_empty => Presence::Collection,
        _ => Presence::Required,
    }
}

/// An optional value in a box, as typify prints some types that contain themselves, as an option of a box.
fn option_outside(kind: Type) -> Type {
    match generic_argument(&kind, "Box").and_then(|boxed| generic_argument(boxed, "Option")) {
        Some(value) => syn::parse_quote! { Option<Box<#value>> },
        None => kind,
    }
}

/// Whether an optional field tells null from nothing.
fn nullable(kind: &Type) -> bool {
    generic_argument(kind, "Option")
        .is_some_and(|inner| generic_argument(inner, "Nullable").is_some())
}

/// What the serde attributes of a field say.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one attribute of serde"
)]
struct FieldAttributes {
    rename: Option<String>,
    default: bool,
    skipped_if_empty: bool,
    must_be_there: bool,
    flatten: bool,
}

impl FieldAttributes {
    fn read(attributes: &[Attribute], owner: &Ident, field: &Ident) -> Result<Self, Unexpected> {
        let mut read = Self::default();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
        {
            attribute
                .parse_nested_meta(|meta| {
                    if meta.path.is_ident("rename") {
                        read.rename = Some(meta.value()?.parse::<LitStr>()?.value());
                    } else if meta.path.is_ident("flatten") {
                        read.flatten = true;
                    } else if meta.path.is_ident("skip_serializing_if") {
                        meta.value()?.parse::<LitStr>()?;
                        read.skipped_if_empty = true;
                    } else if meta.path.is_ident("deserialize_with") {
                        let function = meta.value()?.parse::<LitStr>()?.value();
                        if function != "::std::option::Option::deserialize" {
                            return Err(meta.error(format!("deserialize_with {function}")));
                        }
                        read.must_be_there = true;
                    } else if meta.path.is_ident("default") && !meta.input.peek(syn::Token![=]) {
                        read.default = true;
                    } else {
                        return Err(meta.error("an attribute of another form"));
                    }
                    Ok(())
                })
                .map_err(|error| {
                    unexpected(
                        format!("a serde attribute of `{owner}.{field}`: {error}"),
                        "`rename`, `default`, `skip_serializing_if`, `flatten` or `deserialize_with` of a nullable field",
                    )
                })?;
        }
        Ok(read)
    }
}

fn container_is_closed(attributes: &[Attribute]) -> Result<bool, Unexpected> {
    let mut closed = false;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        attribute
            .parse_nested_meta(|meta| {
                if meta.path.is_ident("deny_unknown_fields") {
                    closed = true;
                    Ok(())
                } else {
                    Err(meta.error("an attribute of another form"))
                }
            })
            .map_err(|error| {
                unexpected(
                    format!("a serde attribute of a struct: {error}"),
                    "`deny_unknown_fields`",
                )
            })?;
    }
    Ok(closed)
}
