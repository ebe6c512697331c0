//! `api.toml`: a new page is listed, and the version is the day of the newest source.

use toml_edit::{Array, DocumentMut, Item, Value};

use crate::captures::is_date;

/// Lists a page before or after others. Comments and everything else stay.
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

/// Inserts a string that looks like the ones beside it. A comment after the one before stays there.
fn insert(pages: &mut Array, at: usize, page: &str) {
    let mut value = Value::from(page);
    let indent = pages
        .iter()
        .filter_map(|value| {
            decor(value.decor().prefix())
                .rsplit_once('\n')
                .map(|it| it.1.to_owned())
        })
        .last();
    if let Some(indent) = indent {
        let (beside, below) = match after(pages, at).split_once('\n') {
            Some((beside, below)) => (beside.to_owned(), format!("\n{below}")),
            None => (String::new(), after(pages, at)),
        };
        value.decor_mut().set_prefix(format!("{beside}\n{indent}"));
        set_after(pages, at, &mut value, below);
    } else if at > 0 {
        value.decor_mut().set_prefix(" ");
        let blank = after(pages, at);
        if at == pages.len() {
            set_after(pages, at, &mut value, blank);
        }
    } else if let Some(next) = pages.get_mut(0) {
        value.decor_mut().set_prefix(decor(next.decor().prefix()));
        next.decor_mut().set_prefix(" ");
    }
    pages.insert_formatted(at, value);
}

/// What stands between the value before a place and the next one, or the end.
fn after(pages: &Array, at: usize) -> String {
    let last = at.checked_sub(1).and_then(|last| pages.get(last));
    match pages.get(at) {
        Some(next) => decor(next.decor().prefix()),
        None if pages.trailing_comma() => decor(Some(pages.trailing())),
        None => last.map_or_else(String::new, |last| decor(last.decor().suffix())),
    }
}

/// Puts text after a value that is about to be inserted.
fn set_after(pages: &mut Array, at: usize, value: &mut Value, text: String) {
    if let Some(next) = pages.get_mut(at) {
        next.decor_mut().set_prefix(text);
    } else if pages.trailing_comma() {
        pages.set_trailing(text);
    } else {
        value.decor_mut().set_suffix(text);
        if let Some(last) = at.checked_sub(1).and_then(|last| pages.get_mut(last)) {
            last.decor_mut().set_suffix("");
        }
    }
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
