//! Splits of fused values: what a page asks for stands in `vocabulary.toml`, and nothing else does.

use serde_json::Value;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::markdown_print::Fused;
use crate::vocabulary::{Split, Vocabulary};

/// The fused texts that reading has asked for, by their values.
pub(super) fn fused(vocabularies: &[&Vocabulary]) -> Fused {
    let mut fused = Fused::new();
    for split in vocabularies.iter().flat_map(|vocabulary| vocabulary.used()) {
        let mut values: Vec<Value> = Vec::new();
        for value in &split.values {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        if !fused.iter().any(|(known, _)| *known == values) {
            fused.push((values, split.text.clone()));
        }
    }
    fused
}

/// What became of `vocabulary.toml`.
#[derive(Debug, Default)]
pub(super) struct Edited {
    /// Its text; none where there is no file and none is needed.
    pub(super) text: Option<String>,
    /// The texts whose entries were added.
    pub(super) added: Vec<String>,
    /// The texts whose entries were removed.
    pub(super) removed: Vec<String>,
}

/// The file with the entries that the pages ask for: `used` are all of those, `before` those that the pages asked for
/// before. An entry that nothing asked for before stays, so that it is reported.
pub(super) fn edited(text: Option<&str>, before: &[&Split], used: &[&Split]) -> Edited {
    let known = text.unwrap_or_default();
    let mut edited = Edited {
        text: text.map(str::to_owned),
        ..Edited::default()
    };
    let Ok(mut document) = known.parse::<DocumentMut>() else {
        return edited;
    };
    let is_used = |text: &str| used.iter().any(|split| split.text == text);
    let goes = |text: &str| !is_used(text) && before.iter().any(|split| split.text == text);
    let entries = document
        .entry("split")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(entries) = entries.as_array_of_tables_mut() else {
        return edited;
    };
    let text_of = |entry: &Table| entry.get("text").and_then(Item::as_str).map(str::to_owned);
    edited.removed = entries
        .iter()
        .filter_map(text_of)
        .filter(|text| goes(text))
        .collect();
    entries.retain(|entry| !text_of(entry).is_some_and(|text| goes(&text)));
    for split in used {
        let is_there = entries
            .iter()
            .any(|entry| text_of(entry).as_ref() == Some(&split.text));
        if is_there {
            continue;
        }
        let mut entry = Table::new();
        entry.insert("text", value(&split.text));
        let values: toml_edit::Array = split.values.iter().filter_map(in_toml).collect();
        entry.insert("values", value(values));
        entry.insert("reason", value(&split.reason));
        if !(entries.is_empty() && known.trim().is_empty()) {
            entry.decor_mut().set_prefix("\n");
        }
        entries.push(entry);
        edited.added.push(split.text.clone());
    }
    if !(edited.added.is_empty() && edited.removed.is_empty()) {
        edited.text = Some(document.to_string());
    }
    edited
}

fn in_toml(value: &Value) -> Option<toml_edit::Value> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Bool(flag) => Some((*flag).into()),
        Value::Number(number) => number
            .as_i64()
            .map(toml_edit::Value::from)
            .or_else(|| number.as_f64().map(toml_edit::Value::from)),
        _ => None,
    }
}
