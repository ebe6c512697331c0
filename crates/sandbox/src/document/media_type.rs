//! What a media type says of a body.

/// The media type without its parameters.
pub(crate) fn essence_of(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether the media type is a form in a URL's encoding.
pub(crate) fn is_form(media_type: &str) -> bool {
    essence_of(media_type).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether values of the media type are lines of JSON.
pub(crate) fn is_json_lines(media_type: &str) -> bool {
    const KNOWN: [&str; 5] = [
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/x-ndjson",
    ];
    KNOWN
        .iter()
        .any(|known| known.eq_ignore_ascii_case(essence_of(media_type)))
}

/// Whether values of the media type are JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence_of(media_type).to_ascii_lowercase();
    ["application/json", "text/json", "*/*"].contains(&essence.as_str())
        || essence.ends_with("+json")
}
