//! What the adapters share when they turn contacts into an API's own types.

use crate::capabilities::FieldMap;
use crate::contact::{Contact, Entries, Kind, RawField};
use crate::field::Field;
use crate::mapped::{LossReason, Losses, Mapped};
use crate::patch::Change;
use client_runtime::{Nullable, Timestamp, UnknownFields};

/// A contact that is being turned into an API's own type.
pub struct Source<'a> {
    /// The contact.
    pub contact: &'a dyn Contact,
    /// Whether the contact came from where it goes to, so that what only that kind has can be put back.
    pub is_own: bool,
    /// What is lost so far.
    pub losses: Losses,
}

impl<'a> Source<'a> {
    /// Begins with a contact. `own_origin` is what contacts of the target call themselves.
    #[must_use]
    pub fn new(contact: &'a dyn Contact, own_origin: &str) -> Self {
        Self {
            contact,
            is_own: contact.origin() == own_origin,
            losses: Losses::new(),
        }
    }

    /// The target has no such fields.
    pub fn lacks(&mut self, fields: &[Field]) {
        let reason = LossReason::NoSuchField;
        self.losses.fields(self.contact, fields, reason);
    }

    /// The target has these fields and no others. Raw fields are dealt with one by one.
    pub fn holds(&mut self, held: FieldMap) {
        for field in Field::ALL.iter().copied() {
            let is_held = held.iter().any(|(known, _)| *known == field);
            if !is_held && field != Field::Raw {
                self.lacks(&[field]);
            }
        }
    }

    /// The target's API fills these fields itself.
    pub fn set_by_api(&mut self, fields: &[Field]) {
        let reason = LossReason::SetByApi;
        self.losses.fields(self.contact, fields, reason);
    }

    /// The entries of a list, each turned into an entry of the target's.
    pub fn list<T, R>(
        &mut self,
        entries: Entries<'a, T>,
        mut entry: impl FnMut(&mut Self, usize, T) -> R,
    ) -> Option<Vec<R>> {
        let is_present = entries.is_present();
        let made = entries
            .enumerate()
            .map(|(index, part)| entry(self, index, part))
            .collect();
        is_present.then_some(made)
    }

    /// The entries of a list as records, each turned into an entry of a request, or left out.
    pub fn some<T, O: From<T>, R, I: Into<Option<R>>>(
        &mut self,
        entries: Entries<'a, T>,
        mut entry: impl FnMut(&mut Losses, usize, O) -> I,
    ) -> Option<Vec<R>> {
        let is_present = entries.is_present();
        let made = entries
            .enumerate()
            .filter_map(|(index, part)| entry(&mut self.losses, index, part.into()).into())
            .collect();
        is_present.then_some(made)
    }

    /// Unknown fields of a part: put back where they came from, lost elsewhere.
    pub fn extra(&mut self, pointer: &str, extra: Option<&UnknownFields>) -> UnknownFields {
        match extra {
            Some(extra) if self.is_own => extra.clone(),
            Some(_) => {
                let pointer = format!("{pointer}/extra");
                self.losses.add(pointer, LossReason::OfOrigin);
                UnknownFields::new()
            }
            None => UnknownFields::new(),
        }
    }

    /// Unknown fields of a part are lost, where the target has no part to put them into.
    pub fn extra_lost(&mut self, pointer: &str, extra: Option<&UnknownFields>) {
        if extra.is_some() {
            let pointer = format!("{pointer}/extra");
            self.losses.add(pointer, LossReason::OfOrigin);
        }
    }

    /// An empty list is lost, where the target cannot tell it from none.
    pub fn empty_list(&mut self, is_empty: bool, pointer: &str) {
        if is_empty {
            self.losses.add(pointer, LossReason::Empty);
        }
    }

    /// Puts back what only contacts of this origin have, field by field; `put` says whether it took one.
    pub fn raw(&mut self, mut put: impl FnMut(&str, &RawField<'a>) -> bool) {
        for field in self.contact.raw() {
            let pointer = field.pointer();
            if !(self.is_own && put(&pointer, &field)) {
                let pointer = crate::contact::escaped(&pointer);
                let pointer = format!("/raw/{pointer}");
                self.losses.add(pointer, LossReason::OfOrigin);
            }
        }
    }

    /// What was made, with what it lost.
    pub fn made<T>(self, value: T) -> Mapped<T> {
        self.losses.with(value)
    }
}

/// The name that a JSON pointer of one part stands for, as it is on the wire. `None` where the text is no such pointer.
#[must_use]
pub fn top_name(pointer: &str) -> Option<String> {
    let escaped = pointer.strip_prefix('/')?;
    let name = escaped.replace("~1", "/").replace("~0", "~");
    (crate::contact::escaped(&name) == escaped).then_some(name)
}

/// The name that a pointer into an object stands for, as it is on the wire.
pub(crate) fn name_within(pointer: &str, parent: &str) -> Option<String> {
    let name = pointer.strip_prefix('/')?.strip_prefix(parent)?;
    top_name(name)
}

pub(crate) fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

pub(crate) fn owned_kind(kind: Option<Kind<'_>>) -> Option<String> {
    kind.map(|kind| kind.as_str().to_owned())
}

pub(crate) fn timestamp(time: Option<crate::contact::Time<'_>>) -> Option<Timestamp> {
    time.map(|time| Timestamp::as_it_came(time.as_str()))
}

/// A change as an update's property: absent, null or a value.
#[must_use]
pub fn nullable<T>(change: Change<T>) -> Option<Nullable<T>> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(Nullable::Null),
        Change::Set(value) => Some(Nullable::Value(value)),
    }
}
