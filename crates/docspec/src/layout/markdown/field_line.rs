//! The line of a field: its name and its type.

use super::cursor::PARTS;
use super::inline::code_span;
use super::problem::Problem;

/// The line of a field, taken apart.
pub(super) struct Head<'a> {
    /// The field's name, or the part of a type that it is.
    pub(super) name: Result<&'a str, &'a str>,
    /// What stands between `_(` and `)_`.
    pub(super) inside: &'a str,
}

/// Takes the line of a field apart.
pub(super) fn head(text: &str) -> Result<Head<'_>, Problem<'_>> {
    let rest = text.strip_prefix("- **").unwrap_or(text);
    let part = PARTS
        .iter()
        .find_map(|part| {
            let after = rest.strip_prefix(part)?;
            Some((&rest[..part.len()], after))
        })
        .filter(|_| !rest.starts_with('`'));
    let (name, rest) = match part {
        Some((part, rest)) => (Err(part), rest),
        None => match code_span(rest) {
            Some((name, rest)) => (Ok(name), rest),
            None => {
                return Err(Problem::new(
                    "unclosed-backtick",
                    rest,
                    "a field's name whose backtick is never closed",
                    "- **`name`** _(type)_",
                    "close the backtick after the name",
                ));
            }
        },
    };
    if let Ok(name) = name
        && name.trim().is_empty()
    {
        return Err(Problem::new(
            "field-name",
            text,
            "a field without a name",
            "- **`name`** _(type)_",
            "write the name between the backticks; a capture that lost its names must be made again",
        ));
    }
    let Some(rest) = rest.strip_prefix("**") else {
        return Err(Problem::new(
            "field-line",
            if rest.is_empty() { text } else { rest },
            "a field's name that is not closed by `**`",
            "- **`name`** _(type)_",
            "write `**` after the name's backtick",
        ));
    };
    let typed = rest.trim_start();
    if typed.is_empty() {
        return Err(Problem::new(
            "missing-type",
            text,
            "a field without a type",
            "the type after the name, as in _(string)_",
            "write _(any)_ when no type is documented",
        ));
    }
    let inside = typed
        .strip_prefix("_(")
        .ok_or_else(|| {
            Problem::new(
                "field-line",
                typed,
                "text after a field's name that is no type",
                "the type, as in _(string, required)_",
                "put the type into _(…)_, and prose on the next line, indented by two spaces more",
            )
        })?
        .strip_suffix(")_")
        .ok_or_else(|| unclosed_type(typed))?;
    Ok(Head { name, inside })
}

pub(super) fn unclosed_type(part: &str) -> Problem<'_> {
    Problem::new(
        "unclosed-type",
        part,
        "a type that does not end with `)_`",
        "the type as the last thing in its line, as in _(string, required)_",
        "close the type with `)_`, and put prose on the next line",
    )
}
