//! `api.toml`: a new page is listed, and the version is the day of the newest source.

use toml_edit::{Array, DocumentMut, Item, Value};

use crate::captures::is_date;

/// Lists a page before or after others, and raises the version to a day. Comments and everything else stay.
///
/// The page comes after the last of the pages whose names start with `family`, else before the first page of components,
/// else at the end.
pub(super) fn list_page(text: &str, page: &str, family: &str, components: &[&str]) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    let pages = document
        .get_mut("api")
        .and_then(|api| api.get_mut("pages"))
        .and_then(Item::as_array_mut);
    let Some(pages) = pages else {
        return text.to_owned();
    };
    let names: Vec<&str> = pages.iter().filter_map(Value::as_str).collect();
    let of_family = names.iter().rposition(|name| {
        name.starts_with(family) && !components.contains(name) && !family.is_empty()
    });
    let first_component = names.iter().position(|name| components.contains(name));
    let at = of_family
        .map(|at| at + 1)
        .or(first_component)
        .unwrap_or(names.len());
    insert(pages, at, page);
    document.to_string()
}

/// Inserts a string that looks like the ones beside it.
fn insert(pages: &mut Array, at: usize, page: &str) {
    let several_lines = pages
        .iter()
        .any(|value| decor(value.decor().prefix()).contains('\n'));
    let mut value = Value::from(page);
    if several_lines {
        let prefix = pages
            .get(pages.len().saturating_sub(1))
            .map(|value| decor(value.decor().prefix()))
            .filter(|prefix| !prefix.contains('#'))
            .unwrap_or_else(|| "\n  ".to_owned());
        value.decor_mut().set_prefix(prefix);
    } else if at > 0 {
        value.decor_mut().set_prefix(" ");
    } else if let Some(next) = pages.get_mut(0) {
        next.decor_mut().set_prefix(" ");
    }
    pages.insert_formatted(at, value);
}

fn decor(text: Option<&toml_edit::RawString>) -> String {
    text.and_then(toml_edit::RawString::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Raises the version to a day, where it is an earlier one.
pub(super) fn raise_version(text: &str, day: &str) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    let version = document
        .get_mut("api")
        .and_then(|api| api.get_mut("version"))
        .and_then(Item::as_value_mut);
    let Some(version) = version else {
        return text.to_owned();
    };
    match version.as_str() {
        Some(known) if is_date(known) && known < day => {}
        _ => return text.to_owned(),
    }
    let decor = version.decor().clone();
    *version = Value::from(day);
    *version.decor_mut() = decor;
    document.to_string()
}
