//! The sections of an operation's page.

mod authentication;
mod bodies;
mod head;
mod integrations;
mod pagination;
mod parameters;
mod request_body;
mod responses;
mod servers;

pub(super) use head::{media_line, reject_continuation};
pub(super) use servers::add_server;

use crate::page::{Operation, Place, Source};

use super::attribute::Key;
use super::cursor::{Cursor, origin};
use super::inline::code_span;
use super::problem::Line;
use super::said::Said;

/// The sections that a page may have, for messages.
pub(super) const SECTIONS: &str = "one of Supported integrations, Servers, Authentication, Path parameters, Query parameters, Header parameters, Cookie parameters, Request body, Response `STATUS`, Response body, Response without status, Pagination and Code examples";

const NO_MEDIA_TYPE: &str = "the page names no media type";

/// A section, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section<'a> {
    Integrations,
    Servers,
    Authentication,
    Parameters(Place),
    RequestBody,
    Response(&'a str),
    ResponseBody,
    ResponseWithoutStatus,
    Pagination,
    Samples,
}

impl<'a> Section<'a> {
    /// The section that a heading of the second level starts.
    pub(super) fn of(title: &'a str) -> Option<Self> {
        if let Some(status) = title.strip_prefix("Response ")
            && let Some((status, "")) = code_span(status.trim_start())
        {
            return Some(Self::Response(status));
        }
        Some(match title.to_ascii_lowercase().as_str() {
            "supported integrations" => Self::Integrations,
            "servers" => Self::Servers,
            "authentication" => Self::Authentication,
            "path parameters" => Self::Parameters(Place::Path),
            "query parameters" => Self::Parameters(Place::Query),
            "header parameters" => Self::Parameters(Place::Header),
            "cookie parameters" => Self::Parameters(Place::Cookie),
            "request body" => Self::RequestBody,
            "response body" => Self::ResponseBody,
            "response without status" => Self::ResponseWithoutStatus,
            "pagination" => Self::Pagination,
            "code examples" | "code samples" => Self::Samples,
            _ => return None,
        })
    }

    /// Whether the section may stand more than once.
    pub(super) fn repeats(self) -> bool {
        matches!(
            self,
            Self::Parameters(_) | Self::ResponseWithoutStatus | Self::Response(_)
        )
    }
}

/// Reads a section into the operation. `heading` is its heading, which the cursor has passed.
pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    section: Section<'a>,
    operation: &mut Operation,
) {
    match section {
        Section::Integrations => integrations::read(cursor, operation),
        Section::Servers => servers::read(cursor, operation),
        Section::Authentication => authentication::read(cursor, operation),
        Section::Parameters(place) => parameters::read(cursor, place, operation),
        Section::RequestBody => request_body::read(cursor, heading, operation),
        Section::Response(status) => {
            responses::read(cursor, heading, Some(status), operation);
        }
        Section::ResponseBody => responses::read(cursor, heading, None, operation),
        Section::ResponseWithoutStatus => responses::without_status(cursor, heading, operation),
        Section::Pagination => pagination::read(cursor, heading, operation),
        Section::Samples => samples(cursor),
    }
}

fn source_of(cursor: &Cursor<'_, '_>, line: usize, said: &[Said<'_>]) -> Source {
    Source {
        line,
        origin: said
            .iter()
            .find(|said| said.key == Key::Source)
            .map_or_else(|| cursor.origin.clone(), |said| origin(said.value)),
    }
}

/// Passes the samples, which are compared with the operation once all of it is read.
fn samples(cursor: &mut Cursor<'_, '_>) {
    while let Some(line) = cursor.peek() {
        match line.heading() {
            Some((1 | 2, _)) => break,
            None if !line.fenced => {
                cursor.unexpected(
                    line,
                    "code in fenced blocks, each under a heading of the third level",
                );
            }
            _ => {}
        }
        cursor.advance();
    }
}
