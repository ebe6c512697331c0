//! Statuses as pages print them.

/// Whether the text is a status as OpenAPI writes it: `200`, `4XX` or `default`.
pub(super) fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => text == "default",
    }
}
