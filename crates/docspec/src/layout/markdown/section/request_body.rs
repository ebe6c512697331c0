//! The request body.

use crate::page::{Operation, RequestBody, Shape};

use super::bodies::{self, missing_type};
use super::{NO_MEDIA_TYPE, source_of};
use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::problem::Line;

pub(super) fn read<'a>(cursor: &mut Cursor<'a, '_>, heading: Line<'a>, operation: &mut Operation) {
    let bodies = bodies::read(cursor, heading, false);
    if bodies.content.is_empty() {
        missing_type(cursor, heading);
        return;
    }
    let source = source_of(cursor, heading.number, &bodies.head.said);
    let assumed = bodies
        .head
        .assumed()
        .or_else(|| bodies.unnamed.then(|| NO_MEDIA_TYPE.to_owned()));
    let needs_fields = bodies.content.iter().any(|media| {
        matches!(&media.schema.shape, Shape::Object(fields) if fields.iter().any(|field| field.required))
    });
    operation.request_body = Some(RequestBody {
        required: bodies
            .head
            .required
            .unwrap_or(bodies.unnamed && needs_fields),
        description: bodies.head.prose,
        content: bodies.content,
        assumed,
        source,
    });
}
