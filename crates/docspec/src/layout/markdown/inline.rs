//! Code spans and comma-separated lists inside a line.

use super::problem::Problem;

/// The code span that `text` starts with and what follows it.
///
/// As Markdown has it, a span is closed by as many backticks as opened it, and one space is taken off both ends when
/// both have one.
pub(crate) fn code_span(text: &str) -> Option<(&str, &str)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let inside = &text[ticks..];
    let mut from = 0;
    loop {
        let start = from + inside[from..].find('`')?;
        let run = inside[start..].len() - inside[start..].trim_start_matches('`').len();
        if run == ticks {
            let content = &inside[..start];
            let padded = content
                .strip_prefix(' ')
                .and_then(|content| content.strip_suffix(' '))
                .filter(|content| !content.trim().is_empty());
            return Some((padded.unwrap_or(content), &inside[start + run..]));
        }
        from = start + run;
    }
}

/// `content` as a code span that [`code_span`] reads back.
pub(crate) fn to_code_span(content: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for character in content.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let ticks = "`".repeat(longest + 1);
    let pad = content.starts_with('`')
        || content.ends_with('`')
        || (content.starts_with(' ') && content.ends_with(' ') && !content.trim().is_empty());
    let pad = if pad { " " } else { "" };
    format!("{ticks}{pad}{content}{pad}{ticks}")
}

/// The code spans of a comma-separated list.
pub(super) fn code_spans<'a>(text: &'a str, what: &str) -> Result<Vec<&'a str>, Problem<'a>> {
    let mut spans = Vec::new();
    let mut rest = text;
    loop {
        let Some((span, after)) = code_span(rest) else {
            return Err(not_a_span(rest, text, what));
        };
        spans.push(span);
        let after = after.trim_start();
        if after.is_empty() {
            return Ok(spans);
        }
        let Some(next) = after.strip_prefix(',') else {
            return Err(Problem::new(
                "list",
                after,
                "text after a code span",
                "a comma and the next code span, or the end of the line",
                format!("separate the {what} by commas and put each in backticks"),
            ));
        };
        rest = next.trim_start();
    }
}

fn not_a_span<'a>(rest: &'a str, text: &'a str, what: &str) -> Problem<'a> {
    let part = if rest.is_empty() { text } else { rest };
    if rest.starts_with('`') {
        Problem::new(
            "unclosed-backtick",
            part,
            "a backtick that is never closed",
            "as many backticks as opened the code span",
            format!("close the backticks around each of the {what}"),
        )
    } else {
        Problem::new(
            "list",
            part,
            "text outside of backticks",
            format!("{what} in backticks, separated by commas"),
            "put each of them in backticks: `a`, `b`",
        )
    }
}

/// The names of a comma-separated list; a name that holds a comma stands in backticks.
pub(super) fn names(text: &str) -> Result<Vec<&str>, Problem<'_>> {
    let mut names = Vec::new();
    let mut rest = text.trim();
    loop {
        let (name, after) = if rest.starts_with('`') {
            let Some((name, after)) = code_span(rest) else {
                return Err(not_a_span(rest, text, "names"));
            };
            let after = after.trim_start();
            if !after.is_empty() && !after.starts_with(',') {
                return Err(Problem::new(
                    "list",
                    after,
                    "text after a name in backticks",
                    "a comma and the next name, or the end of the line",
                    "separate the names by commas",
                ));
            }
            (name, after.strip_prefix(','))
        } else {
            match rest.split_once(',') {
                Some((name, after)) => (name.trim_end(), Some(after)),
                None => (rest, None),
            }
        };
        if name.trim().is_empty() {
            return Err(Problem::new(
                "list",
                if rest.is_empty() { text } else { rest },
                "an empty name in a list",
                "names separated by single commas",
                "remove the comma, or write the name that is missing",
            ));
        }
        names.push(name);
        match after {
            Some(after) => rest = after.trim_start(),
            None => return Ok(names),
        }
    }
}
