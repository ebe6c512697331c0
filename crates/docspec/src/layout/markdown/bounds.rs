//! Ranges and lengths.

use serde_json::Number;

use crate::page::{Schema, Shape};

use super::cursor::Cursor;
use super::problem::Problem;
use super::restriction::misplaced;
use super::said::Said;

pub(super) fn range<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    if !matches!(schema.shape, Shape::Integer | Shape::Number) {
        cursor.report(
            said.line,
            misplaced(said.words, "a range", &schema.shape, "a number"),
        );
        return;
    }
    let number = |text: &str| text.parse::<Number>().ok();
    let ordered = |least: &Number, most: &Number| {
        least.as_f64().unwrap_or(f64::MIN) <= most.as_f64().unwrap_or(f64::MAX)
    };
    if let Some((least, most)) = bounds(cursor, said, number, ordered) {
        schema.minimum = least;
        schema.maximum = most;
    }
}

pub(super) fn length<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    if !matches!(schema.shape, Shape::String | Shape::Binary) {
        cursor.report(
            said.line,
            misplaced(said.words, "a length", &schema.shape, "a string"),
        );
        return;
    }
    let number = |text: &str| text.parse::<u64>().ok();
    if let Some((least, most)) = bounds(cursor, said, number, |least, most| least <= most) {
        schema.min_length = least;
        schema.max_length = most;
    }
}

fn bounds<'a, T>(
    cursor: &mut Cursor<'a, '_>,
    said: &Said<'a>,
    parse: impl Fn(&str) -> Option<T>,
    ordered: impl Fn(&T, &T) -> bool,
) -> Option<(Option<T>, Option<T>)> {
    let form = "`A to B`, `at least A` or `at most B` with numbers";
    let Some((least, most)) = ends(said.value) else {
        cursor.report(
            said.line,
            Problem::new(
                "bounds",
                said.value,
                "bounds in another form",
                form,
                format!("write `{}: 1 to 100`", said.key.words()),
            ),
        );
        return None;
    };
    let mut valid = true;
    let mut read = |text: Option<&'a str>| {
        let text = text?;
        let parsed = parse(text);
        if parsed.is_none() {
            valid = false;
            cursor.report(
                said.line,
                Problem::new(
                    "bounds",
                    text,
                    "a bound that is no such number",
                    form,
                    "write the bound as a plain number",
                ),
            );
        }
        parsed
    };
    let (least, most) = (read(least), read(most));
    if let (Some(least), Some(most)) = (&least, &most)
        && !ordered(least, most)
    {
        valid = false;
        cursor.report(
            said.line,
            Problem::new(
                "bounds",
                said.value,
                "a lower bound above the upper one",
                "the lower bound first",
                "swap the bounds, or correct them",
            ),
        );
    }
    valid.then_some((least, most))
}

/// The two ends of `A to B`, `at least A` or `at most B`.
fn ends(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    if let Some(least) = text.strip_prefix("at least ") {
        return Some((Some(least.trim()), None));
    }
    if let Some(most) = text.strip_prefix("at most ") {
        return Some((None, Some(most.trim())));
    }
    let (least, most) = text.split_once(" to ")?;
    Some((Some(least.trim()), Some(most.trim())))
}
