//! Links that an answer gives in its head, as RFC 8288 has them.

use http::HeaderMap;
use http::header::LINK;

/// The target of the link to the next page that an answer gives in its head: that of the first link whose `rel` is
/// `next`, in any case and beside others.
///
/// ```
/// use client_runtime::next_link;
/// use http::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("link", r#"</things?page=3>; rel="next", </things?page=9>; rel="last""#.parse()?);
/// assert_eq!(next_link(&headers), Some("/things?page=3"));
/// # Ok::<_, http::header::InvalidHeaderValue>(())
/// ```
#[must_use]
pub fn next_link(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(links)
        .find(|(_, parameters)| is_next(parameters))
        .map(|(target, _)| target)
}

/// Each link of a header with its target and the text of its parameters.
fn links(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let (_, link) = rest.split_once('<')?;
        let (target, after) = link.split_once('>')?;
        let end = end_of(after, ',');
        rest = after.get(end..).unwrap_or_default();
        Some((target, &after[..end]))
    })
}

/// Where the next `mark` is that stands in no quotes; the end of the text without one.
fn end_of(text: &str, mark: char) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            other if other == mark && !is_quoted => return index,
            _ => {}
        }
    }
    text.len()
}

/// Whether the first `rel` among the parameters says `next`.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while !rest.is_empty() {
        let end = end_of(rest, ';');
        let parameter = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let Some((name, value)) = parameter.split_once('=') else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            return value
                .trim()
                .trim_matches('"')
                .split_ascii_whitespace()
                .any(|relation| relation.eq_ignore_ascii_case("next"));
        }
    }
    false
}
