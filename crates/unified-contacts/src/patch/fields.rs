//! A change to an account's own fields.

use client_runtime::{Json, JsonObject};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What becomes of an account's own fields. As JSON: not there, `"clear"`, `{"replace": {…}}`, or
/// `{"edit": {"clear": […], "set": {…}}}`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FieldsChange {
    /// They stay as they are.
    #[default]
    Keep,
    /// All of them are taken away.
    Clear,
    /// There are these and no others.
    Replace(BTreeMap<String, Json>),
    /// Some are cleared or set, and the others stay.
    Edit(FieldsEdit),
}

/// Fields that are cleared, and then fields that are set.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldsEdit {
    /// The names of those that are cleared.
    #[serde(default)]
    pub clear: BTreeSet<String>,
    /// The values of those that are set.
    #[serde(default)]
    pub set: BTreeMap<String, Json>,
}

impl FieldsEdit {
    fn apply_to(&self, mut fields: BTreeMap<String, Json>) -> BTreeMap<String, Json> {
        fields.retain(|name, _| !self.clear.contains(name));
        fields.extend(self.set.clone());
        fields
    }

    fn then(mut self, next: Self) -> Self {
        self.set.retain(|name, _| !next.clear.contains(name));
        self.clear.extend(next.clear);
        self.clear.retain(|name| !next.set.contains_key(name));
        self.set.extend(next.set);
        self
    }
}

impl FieldsChange {
    /// Whether all stay as they are.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Sets one more field.
    pub fn set(&mut self, name: String, value: Json) {
        let set = BTreeMap::from([(name, value)]);
        let clear = BTreeSet::new();
        *self = std::mem::take(self).then(Self::Edit(FieldsEdit { clear, set }));
    }

    /// Clears one more field.
    pub fn clear(&mut self, name: String) {
        let clear = BTreeSet::from([name]);
        let set = BTreeMap::new();
        *self = std::mem::take(self).then(Self::Edit(FieldsEdit { clear, set }));
    }

    /// This change and then the next one.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let Self::Edit(edit) = next else {
            return if next.is_keep() { self } else { next };
        };
        match self {
            Self::Keep => Self::Edit(edit),
            Self::Clear => Self::Replace(edit.apply_to(BTreeMap::new())),
            Self::Replace(fields) => Self::Replace(edit.apply_to(fields)),
            Self::Edit(first) => Self::Edit(first.then(edit)),
        }
    }

    pub(crate) fn between(before: Option<&JsonObject>, after: Option<&JsonObject>) -> Self {
        let Some(after) = after.map(JsonObject::to_map) else {
            return if before.is_some() {
                Self::Clear
            } else {
                Self::Keep
            };
        };
        let Some(before) = before.map(JsonObject::to_map) else {
            return Self::Replace(after);
        };
        let gone = before.keys().filter(|name| !after.contains_key(*name));
        let clear: BTreeSet<String> = gone.cloned().collect();
        let set: BTreeMap<String, Json> = after
            .into_iter()
            .filter(|(name, value)| before.get(name) != Some(value))
            .collect();
        if clear.is_empty() && set.is_empty() {
            Self::Keep
        } else {
            Self::Edit(FieldsEdit { clear, set })
        }
    }

    pub(crate) fn apply_to(&self, fields: &mut Option<JsonObject>) {
        match self {
            Self::Keep => {}
            Self::Clear => *fields = None,
            Self::Replace(replaced) => *fields = Some(replaced.clone().into()),
            Self::Edit(edit) => {
                let before = fields.take().map(|fields| fields.to_map());
                *fields = Some(edit.apply_to(before.unwrap_or_default()).into());
            }
        }
    }

    /// Makes of a replacement what it changes in fields that are known.
    pub(crate) fn resolve(&mut self, fields: Option<&JsonObject>) {
        if let (Self::Replace(replaced), Some(before)) = (&*self, fields) {
            *self = Self::between(Some(before), Some(&replaced.clone().into()));
        }
    }
}

impl fmt::Debug for FieldsEdit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FieldsEdit")
            .field("clear", &self.clear.len())
            .field("set", &self.set.len())
            .finish()
    }
}

impl fmt::Debug for FieldsChange {
    /// Prints what becomes of the fields, and neither names nor values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keep => formatter.write_str("Keep"),
            Self::Clear => formatter.write_str("Clear"),
            Self::Replace(fields) => write!(formatter, "Replace({} fields)", fields.len()),
            Self::Edit(edit) => edit.fmt(formatter),
        }
    }
}
