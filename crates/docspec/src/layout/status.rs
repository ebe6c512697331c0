//! Statuses as pages print them.

/// Whether the text is a status as OpenAPI writes it: `200`, `4XX` or `default`.
pub(super) fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => text == "default",
    }
}

/// The statuses of a row of tabs, which copying joins: `200401404` or `200 401 404`.
pub(super) fn row(text: &str) -> Option<Vec<&str>> {
    let statuses: Vec<&str> = if text.contains(' ') {
        text.split_whitespace().collect()
    } else {
        (0..text.len())
            .step_by(3)
            .map(|start| text.get(start..start + 3))
            .collect::<Option<_>>()?
    };
    (statuses.len() > 1 && statuses.iter().all(|status| is_status(status))).then_some(statuses)
}
