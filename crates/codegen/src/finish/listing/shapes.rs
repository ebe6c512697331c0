//! The types of answers, and the way that a JSON pointer takes through them.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Fields as VariantFields, Type};

use super::super::{
    fields::{Fields, Presence},
    paths::Paths,
    printed::{Printed, TypeItem, generic_argument},
};
use crate::plan::{self, Plan};

/// The types of answers, as far as a listing has to find its way in them.
pub(in crate::finish) struct Shapes(BTreeMap<String, Shape>);

pub(super) enum Shape {
    Struct(Vec<Field>),
    Union(Vec<(Ident, Type)>),
}

#[derive(Clone)]
pub(super) struct Field {
    wire_name: String,
    pub(super) ident: Ident,
    pub(super) is_option: bool,
    /// The type, without the `Option` around it.
    pub(super) kind: Type,
}

impl Shapes {
    /// The shapes of all printed types.
    pub(in crate::finish) fn of(printed: &Printed, plan: &Plan) -> Self {
        let names = printed.type_names();
        let unplanned = plan::Type::default();
        let shapes = printed.types.iter().filter_map(|printed_type| {
            let name = printed_type.ident().to_string();
            let planned = plan.types.get(&name).unwrap_or(&unplanned);
            let mut paths = Paths::in_builder(&names, "").keeping_objects_raw(planned.in_response);
            let shape = match &printed_type.item {
                TypeItem::Struct(item) => {
                    let fields = Fields::read(item, planned, &mut paths).ok()?;
                    Shape::Struct(
                        fields
                            .documented
                            .into_iter()
                            .map(|field| Field {
                                is_option: field.presence == Presence::Optional,
                                kind: generic_argument(&field.kind, "Option")
                                    .unwrap_or(&field.kind)
                                    .clone(),
                                wire_name: field.wire_name,
                                ident: field.ident,
                            })
                            .collect(),
                    )
                }
                TypeItem::Enum(item) => Shape::Union(
                    item.variants
                        .iter()
                        .map(|variant| match &variant.fields {
                            VariantFields::Unnamed(fields) if fields.unnamed.len() == 1 => Some((
                                variant.ident.clone(),
                                paths.rewritten(&fields.unnamed[0].ty),
                            )),
                            _ => None,
                        })
                        .collect::<Option<_>>()?,
                ),
            };
            Some((name, shape))
        });
        Self(shapes.collect())
    }

    pub(super) fn of_type(&self, kind: &Type) -> Option<&Shape> {
        let Type::Path(path) = kind else { return None };
        self.0.get(&path.path.segments.last()?.ident.to_string())
    }

    /// The fields on the way of a JSON pointer, from the type `from` on.
    pub(super) fn way(&self, from: &str, pointer: &str) -> Option<Vec<Field>> {
        let mut shape = self.0.get(from)?;
        let mut way: Vec<Field> = Vec::new();
        for name in pointer.strip_prefix('/')?.split('/') {
            if let Some(last) = way.last() {
                shape = self.of_type(&last.kind)?;
            }
            let Shape::Struct(fields) = shape else {
                return None;
            };
            way.push(fields.iter().find(|field| field.wire_name == name)?.clone());
        }
        Some(way)
    }
}
