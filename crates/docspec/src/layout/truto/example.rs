//! A field's example: behind its heading, or below it, JSON over as many lines as it takes.

use serde_json::Value;

use super::report::{Problem, Report};
use super::values;
use crate::page::{Schema, Shape};

/// Reads the example whose heading stands on `start` with `inline` behind it; gives it and the line after it.
///
/// `get` gives the lines of the section and nothing beyond its end; `starts_field` tells where JSON cannot go on.
pub(in crate::layout) fn read<'a>(
    get: impl Fn(usize) -> Option<&'a str>,
    starts_field: impl Fn(usize) -> bool,
    start: usize,
    inline: &str,
    schema: &Schema,
) -> Option<(Value, usize)> {
    let mut line = start + 1;
    let mut example = inline.to_owned();
    if example.is_empty() {
        get(line)?.clone_into(&mut example);
        line += 1;
    }
    if example.is_empty() {
        return None;
    }
    if example.starts_with(['{', '[']) && schema.shape != Shape::String {
        let mut brackets = Brackets::default();
        let mut closed = brackets.all_closed_after(&example);
        while !closed {
            let next =
                get(line).filter(|next| !next.starts_with("Example:") && !starts_field(line))?;
            closed = brackets.all_closed_after(next);
            example.push('\n');
            example.push_str(next);
            line += 1;
        }
    }
    Some((values::value_of(&example, schema), line))
}

/// Reports an example that is not there or does not end.
pub(in crate::layout) fn refuse(line: usize, report: &mut Report<'_>) {
    report.line(
        line,
        Problem {
            rule: "missing-example",
            found: "an example that is not there or does not end".to_owned(),
            expected: "a value on this line, or JSON with all its brackets below".to_owned(),
            fix: "copy the page again: a line is missing here",
        },
    );
}

/// How many brackets of a JSON text are open.
#[derive(Default)]
struct Brackets {
    open: usize,
    in_string: bool,
}

impl Brackets {
    fn all_closed_after(&mut self, line: &str) -> bool {
        let mut escaped = false;
        for character in line.chars() {
            if self.in_string {
                match character {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => self.in_string = false,
                    _ => {}
                }
            } else {
                match character {
                    '"' => self.in_string = true,
                    '{' | '[' => self.open += 1,
                    '}' | ']' => self.open = self.open.saturating_sub(1),
                    _ => {}
                }
            }
        }
        self.open == 0
    }
}
