//! Paths as pages print them, and what their placeholders stand for.

/// Splits a printed path or URL into its server, when it names one, and its path template.
///
/// `:id` becomes `{id}`; a query and a fragment are dropped. `None` when the text is neither a path nor a URL.
pub(super) fn parse(printed: &str) -> Option<(Option<String>, String)> {
    let (server, path) = match printed.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            if host.is_empty() {
                return None;
            }
            (Some(format!("{scheme}://{host}")), path)
        }
        Some(_) => return None,
        None => (None, printed),
    };
    if !path.starts_with('/') && server.is_none() || path.contains(char::is_whitespace) {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<String> = path.split('/').map(segment).collect();
    let path = segments.join("/");
    Some((
        server,
        if path.is_empty() {
            "/".to_owned()
        } else {
            path
        },
    ))
}

fn segment(printed: &str) -> String {
    match printed.strip_prefix(':') {
        Some(name) if !name.is_empty() => format!("{{{name}}}"),
        _ => printed.to_owned(),
    }
}

/// The names of the placeholders, in order.
pub(super) fn placeholders(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
