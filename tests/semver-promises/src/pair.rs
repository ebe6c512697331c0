//! The pairs of documents: a document, and the edits of it.

use serde::Deserialize;
use serde_json::Value;

/// The document that every pair starts from, or comes back to.
const BASE: &str = include_str!("../pairs/base.yaml");

/// The edits.
const EDITS: &str = include_str!("../pairs/pairs.toml");

/// The document that every pair starts from, or comes back to.
///
/// # Errors
///
/// When `pairs/base.yaml` is no YAML; the text names the place.
pub fn base() -> Result<Value, String> {
    codegen::document::parse(BASE, codegen::document::Format::Yaml)
        .map_err(|refusals| format!("pairs/base.yaml: {refusals}"))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    edit: Vec<Edit>,
}

/// An edit of the document: one kind of change there, and one back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Edit {
    there: String,
    /// None where the way back is the same kind of change.
    back: Option<String>,
    /// What is special about it, where a kind has another level in another case.
    case: Option<String>,
    patch: Value,
    /// Why the judges need not agree.
    exception: Option<String>,
    back_exception: Option<String>,
}

/// Two documents between which one thing changed.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The rule of `specdiff` that reports the change.
    pub kind: String,
    /// What is special about it, where a kind has another level in another case.
    pub case: Option<String>,
    /// Which edit it is, counted from 0: the pair there and the one back have the same.
    pub edit: usize,
    /// Whether it goes from the edited document back to the one that all start from.
    pub is_back: bool,
    /// The document before the change.
    pub old: Value,
    /// The document after it.
    pub new: Value,
    /// Why the advice need not be what the judges say.
    pub exception: Option<String>,
}

impl Pair {
    /// The name of the pair: its kind, and the case in brackets.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.case {
            Some(case) => format!("{} ({case})", self.kind),
            None => self.kind.clone(),
        }
    }
}

/// Every pair, in the order of the table.
///
/// # Errors
///
/// When the table cannot be read, or a patch cannot be applied; the text names the edit.
pub fn pairs() -> Result<Vec<Pair>, String> {
    let base = base()?;
    let table: Table =
        toml::from_str(EDITS).map_err(|error| format!("pairs/pairs.toml: {error}"))?;
    let mut pairs = Vec::new();
    for (index, edit) in table.edit.into_iter().enumerate() {
        let fault = |error: &dyn std::fmt::Display| {
            format!(
                "pairs/pairs.toml: the patch of `{}` cannot be applied: {error}; expected a JSON Patch of \
                 pairs/base.yaml; to fix: mend its `op`, `path` or `value`",
                edit.there
            )
        };
        let patch: json_patch::Patch =
            serde_json::from_value(edit.patch).map_err(|error| fault(&error))?;
        let mut edited = base.clone();
        json_patch::patch(&mut edited, &patch).map_err(|error| fault(&error))?;
        if let Some(back) = edit.back {
            pairs.push(Pair {
                kind: back,
                case: edit.case.clone(),
                edit: index,
                is_back: true,
                old: edited.clone(),
                new: base.clone(),
                exception: edit.back_exception,
            });
        }
        pairs.push(Pair {
            kind: edit.there,
            case: edit.case,
            edit: index,
            is_back: false,
            old: base.clone(),
            new: edited,
            exception: edit.exception,
        });
    }
    pairs.sort_by_key(|pair| (pair.edit, pair.is_back));
    Ok(pairs)
}
