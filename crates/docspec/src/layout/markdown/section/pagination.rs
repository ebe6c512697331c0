//! How a list is paged.

use crate::page::{Operation, Pagination};

use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::inline::code_span;
use crate::layout::markdown::problem::{Line, Problem};

pub(super) fn read<'a>(cursor: &mut Cursor<'a, '_>, heading: Line<'a>, operation: &mut Operation) {
    let line = cursor.peek_in_section();
    let Some(line) = line else {
        cursor.report(heading, pagination_problem(heading.text));
        return;
    };
    cursor.advance();
    match pagination_line(line.text) {
        Some(pagination) => operation.pagination = Some(pagination),
        None => cursor.report(line, pagination_problem(line.text)),
    }
    cursor.reject_rest_of_section("the next section");
}

fn pagination_problem(part: &str) -> Problem<'_> {
    Problem::new(
        "pagination",
        part,
        "no way of paging that is known",
        "Cursor `parameter` from `/pointer`, items at `/pointer`, partial at `/pointer`, limit `parameter` or Page `parameter`, items at `/pointer`, total pages at `/pointer`, partial at `/pointer`, limit `parameter`; all after the items may be left out",
        "write the line in one of these forms",
    )
}

fn pagination_line(text: &str) -> Option<Pagination> {
    let pointer = |text: &str| text.is_empty() || text.starts_with('/');
    let (cursor, rest) = match text.strip_prefix("Cursor ") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("Page ")?),
    };
    let (parameter, rest) = code_span(rest)?;
    let (next, rest) = match rest.strip_prefix(" from ") {
        Some(rest) if cursor => {
            let (next, rest) = code_span(rest)?;
            (Some(next), rest)
        }
        _ if cursor => return None,
        _ => (None, rest),
    };
    let (items, mut rest) = code_span(rest.strip_prefix(", items at ")?)?;
    let mut total_pages = None;
    if !cursor && let Some(after) = rest.strip_prefix(", total pages at ") {
        let (pages, after) = code_span(after)?;
        total_pages = Some(pages);
        rest = after;
    }
    let mut partial = None;
    if let Some(after) = rest.strip_prefix(", partial at ") {
        let (place, after) = code_span(after)?;
        partial = Some(place);
        rest = after;
    }
    let mut limit = None;
    if let Some(after) = rest.strip_prefix(", limit ") {
        let (name, after) = code_span(after)?;
        limit = Some(name.to_owned());
        rest = after;
    }
    if !rest.is_empty()
        || !pointer(items)
        || ![next, total_pages, partial]
            .into_iter()
            .flatten()
            .all(pointer)
    {
        return None;
    }
    let (parameter, items) = (parameter.to_owned(), items.to_owned());
    let partial = partial.map(str::to_owned);
    Some(match next {
        Some(next) => Pagination::Cursor {
            parameter,
            next: next.to_owned(),
            items,
            partial,
            limit,
        },
        None => Pagination::Page {
            parameter,
            items,
            total_pages: total_pages.map(str::to_owned),
            partial,
            limit,
        },
    })
}
