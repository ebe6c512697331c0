//! What the request for the next page of a listing carries, where it is a number that the caller counts.

/// What a page says of those after it, as far as the API documents it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageEnd {
    /// How many pages there are, or items where offsets are counted.
    pub total: Option<i64>,
    /// Whether there is more.
    pub has_more: Option<bool>,
}

impl PageEnd {
    /// Whether there is nothing after the first `reached` pages or items; an empty page ends a listing that says
    /// nothing.
    fn is_reached(self, reached: i64, is_empty: bool) -> bool {
        match self {
            Self {
                has_more: Some(has_more),
                ..
            } => !has_more,
            Self {
                total: Some(total), ..
            } => reached >= total,
            Self {
                total: None,
                has_more: None,
            } => is_empty,
        }
    }
}

/// What the request for the page after `cursor` carries, where pages are numbered from `first`; `None` after the last
/// one. That is the page that says so, or where the API does not say it, the first one that is empty.
///
/// # Errors
/// When `cursor` is no number of a page, since it was taken from another listing.
pub fn next_page(
    cursor: Option<&str>,
    first: i64,
    end: PageEnd,
    is_empty: bool,
) -> Result<Option<String>, &'static str> {
    let current = counted(cursor, first)?;
    let reached = current.saturating_sub(first).saturating_add(1);
    Ok((!end.is_reached(reached, is_empty)).then(|| current.saturating_add(1).to_string()))
}

/// What the request for the page after `cursor` carries, where it says how many items are to be left out; `None` after
/// the last one. `items` is how many the page has: a page without one is the last, since the next would be the same.
///
/// # Errors
/// When `cursor` is no number, since it was taken from another listing.
pub fn next_offset(
    cursor: Option<&str>,
    end: PageEnd,
    items: usize,
) -> Result<Option<String>, &'static str> {
    let items = i64::try_from(items).unwrap_or(i64::MAX);
    let next = counted(cursor, 0)?.saturating_add(items);
    Ok((items > 0 && !end.is_reached(next, false)).then(|| next.to_string()))
}

fn counted(cursor: Option<&str>, first: i64) -> Result<i64, &'static str> {
    cursor.map_or(Ok(first), |cursor| {
        cursor
            .parse()
            .map_err(|_| "the listing was taken up at a place that is no page's number")
    })
}
