//! What a media type says of the values behind it, and which one is taken of several.

/// Whether values of the media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    ["application/json", "text/json", "*/*"].contains(&essence.as_str())
        || essence.ends_with("+json")
}

/// Whether the media type is a form in a URL's encoding.
pub(super) fn is_form(media_type: &str) -> bool {
    media_type
        .trim()
        .to_ascii_lowercase()
        .starts_with("application/x-www-form-urlencoded")
}

/// The lower, the rather is the media type chosen.
pub(super) fn rank(media_type: &str) -> usize {
    let lower = media_type.to_ascii_lowercase();
    if lower.starts_with("application/json") {
        0
    } else if lower != "*/*" && is_json(media_type) {
        1
    } else if lower == "*/*" {
        2
    } else if is_form(media_type) {
        3
    } else if lower.starts_with("multipart/") {
        4
    } else if lower.starts_with("text/") {
        5
    } else {
        6
    }
}

/// Whether the media type is a form in parts.
pub(super) fn is_multipart(media_type: &str) -> bool {
    media_type
        .trim()
        .to_ascii_lowercase()
        .starts_with("multipart/form-data")
}

/// Whether values of the media type are plain text.
pub(super) fn is_text(media_type: &str) -> bool {
    media_type.trim().to_ascii_lowercase().starts_with("text/")
}
