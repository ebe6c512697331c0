//! A field as it stands in the page's flat list, and what its own lines tell about where it belongs.

use crate::page::{Field, Schema, Shape};

/// A field as it stands in the page's flat list.
pub(in crate::layout) struct Flat {
    pub(in crate::layout) field: Field,
    /// Whether the page says which integrations know the field.
    pub(in crate::layout) has_support: bool,
    /// How many fields stand inside this one, and the line that says so.
    pub(in crate::layout) properties: Option<(usize, usize)>,
    pub(in crate::layout) standing: Standing,
    /// Whether the field is a name alone, with neither a type nor a block nor values.
    pub(in crate::layout) is_bare: bool,
}

/// Where a field stands by what is printed around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Standing {
    /// Among the fields of the section.
    Ordinary,
    /// In the group of parameters that every operation has, so that it is inside nothing before it.
    InGroup,
    /// Beside `result` in a listing.
    BesideResult,
}

impl Flat {
    /// A field of which nothing but its name and type has been read.
    pub(in crate::layout) fn new(field: Field) -> Self {
        Self {
            field,
            has_support: false,
            properties: None,
            standing: Standing::Ordinary,
            is_bare: false,
        }
    }

    pub(super) fn passes_through(&self) -> bool {
        let name = self.field.name.as_str();
        self.standing == Standing::InGroup
            || name == "remote_data"
            || name == "remote_query"
            || name == "integrated_account_id"
            || name.starts_with("truto_")
    }

    /// Whether the field may stand inside an object of the resource that is above it.
    pub(super) fn may_be_inside(&self) -> bool {
        !self.has_support && !self.passes_through() && !self.is_beside_result()
    }

    /// By what the current layout orders the fields of an object.
    pub(super) fn order(&self) -> (bool, &str) {
        (!self.field.required, &self.field.name)
    }

    pub(super) fn is_container(&self) -> bool {
        holds_fields(&self.field.schema) && !self.passes_through()
    }

    pub(super) fn is_envelope(&self) -> bool {
        matches!(self.field.name.as_str(), "result" | "results")
            && holds_fields(&self.field.schema)
            && !self.has_support
            && self.properties.is_none()
    }

    pub(super) fn is_beside_result(&self) -> bool {
        self.standing == Standing::BesideResult
    }

    pub(super) fn may_stand_beside_result(&self) -> bool {
        let name = self.field.name.as_str();
        !self.has_support
            && matches!(
                name,
                "next_cursor" | "prev_cursor" | "result_count" | "is_partial_response" | "limit"
            )
    }
}

fn holds_fields(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(_) => true,
        Shape::Array(items) => holds_fields(items),
        _ => false,
    }
}

/// Gives an object, or the objects of a list, their fields; gives them back when there is no object.
pub(super) fn fill(schema: &mut Schema, children: Vec<Field>) -> Result<(), Vec<Field>> {
    match &mut schema.shape {
        Shape::Object(fields) => {
            *fields = children;
            Ok(())
        }
        Shape::Array(items) => fill(items, children),
        _ => Err(children),
    }
}
