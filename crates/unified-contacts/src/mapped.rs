//! Conversions that say what they cannot carry.

use crate::contact::Contact;
use crate::field::Field;
use client_runtime::UnknownFields;
use std::collections::HashSet;
use std::fmt;

/// What a conversion made, and what it had to leave behind.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "`lost` says what is missing from the value"]
pub struct Mapped<T> {
    /// What was made.
    pub value: T,
    /// What is not in it, in the order of the contact's fields; empty when nothing is missing.
    pub lost: Vec<Lost>,
}

impl<T> Mapped<T> {
    /// The value, if nothing is lost.
    ///
    /// # Errors
    /// What is lost.
    pub fn lossless(self) -> Result<T, Vec<Lost>> {
        if self.lost.is_empty() {
            Ok(self.value)
        } else {
            Err(self.lost)
        }
    }

    /// The same with the value changed by `change`.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Mapped<U> {
        Mapped {
            value: change(self.value),
            lost: self.lost,
        }
    }
}

/// Something that a conversion could not carry.
#[derive(Clone, PartialEq, Eq)]
pub struct Lost {
    /// Where it is in the contact's record ([`ContactRecord`](crate::ContactRecord) as JSON), as a JSON pointer.
    pub pointer: String,
    /// Why it is lost.
    pub reason: LossReason,
}

impl Lost {
    /// Whether what is lost says something about the person. Ids, times and versions that an API gives out itself, the
    /// order of entries, empty lists, and what only contacts of one origin have, do not.
    #[must_use]
    pub fn is_content(&self) -> bool {
        const BOOKKEEPING: [&str; 5] = [
            "/id",
            "/created_at",
            "/updated_at",
            "/last_activity_at",
            "/etag",
        ];
        let is_of_person = matches!(
            self.reason,
            LossReason::NoSuchField | LossReason::NoRoom | LossReason::Form
        );
        is_of_person && !BOOKKEEPING.contains(&self.pointer.as_str())
    }

    /// The pointer without the names of raw fields, which a person may have chosen.
    fn printed(&self) -> &str {
        if self.pointer.starts_with("/raw/") {
            "/raw/…"
        } else {
            &self.pointer
        }
    }
}

impl fmt::Display for Lost {
    /// The pointer and the reason. Neither a value nor the name of a raw field is printed; [`Lost::pointer`] has it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.printed(), self.reason)
    }
}

impl fmt::Debug for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lost")
            .field("pointer", &self.printed())
            .field("reason", &self.reason)
            .finish()
    }
}

/// Why something is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LossReason {
    /// The target has no such field.
    NoSuchField,
    /// The target has room for fewer entries.
    NoRoom,
    /// The target cannot hold a value of this form, or not without another one beside it.
    Form,
    /// The target keeps the entries in an order of its own.
    Order,
    /// The target cannot tell an empty list from none.
    Empty,
    /// The target's API fills the field itself.
    SetByApi,
    /// Only contacts of the origin have it.
    OfOrigin,
}

impl fmt::Display for LossReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchField => "the target has no such field",
            Self::NoRoom => "the target has room for fewer entries",
            Self::Form => "the target cannot hold a value of this form",
            Self::Order => "the target keeps the entries in an order of its own",
            Self::Empty => "the target cannot tell an empty list from none",
            Self::SetByApi => "the target's API fills this field itself",
            Self::OfOrigin => "only contacts of the origin have this field",
        })
    }
}

/// A type that any contact can be turned into, with a report of what it cannot hold.
pub trait FromContact: Sized {
    /// Turns a contact into this type.
    fn from_contact(contact: &dyn Contact) -> Mapped<Self>;
}

impl FromContact for crate::ContactRecord {
    /// Nothing is lost.
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        Mapped {
            value: Self::of(contact),
            lost: Vec::new(),
        }
    }
}

/// Collects what a conversion loses.
#[derive(Debug, Default)]
pub struct Losses {
    lost: Vec<Lost>,
    /// The pointers among them, since something can be lost for several reasons and is told once.
    pointers: HashSet<String>,
}

impl Losses {
    /// Nothing lost.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Something at a pointer is lost.
    pub fn add(&mut self, pointer: impl Into<String>, reason: LossReason) {
        let pointer = pointer.into();
        if self.pointers.insert(pointer.clone()) {
            self.lost.push(Lost { pointer, reason });
        }
    }

    /// Part of an entry of a list is lost, if it is there.
    pub fn part(
        &mut self,
        is_there: bool,
        list: &str,
        index: usize,
        part: &str,
        reason: LossReason,
    ) {
        if is_there {
            self.add(format!("/{list}/{index}/{part}"), reason);
        }
    }

    /// Whole fields are lost, those of them that the contact has.
    pub fn fields(&mut self, contact: &dyn Contact, fields: &[Field], reason: LossReason) {
        for field in fields.iter().filter(|field| field.is_set(contact)) {
            self.add(format!("/{}", field.name()), reason);
        }
    }

    /// The unknown fields of an entry of a list are lost, if there are some: a request holds only what its document
    /// knows.
    pub fn extra(&mut self, list: &str, index: usize, extra: &UnknownFields) {
        let is_there = !extra.is_empty();
        self.part(is_there, list, index, "extra", LossReason::OfOrigin);
    }

    /// The unknown fields of an object are lost, if there are some.
    pub fn extra_of(&mut self, object: &str, extra: &UnknownFields) {
        if !extra.is_empty() {
            self.add(format!("/{object}/extra"), LossReason::OfOrigin);
        }
    }

    /// What a conversion made, with what it lost.
    pub fn with<T>(self, value: T) -> Mapped<T> {
        Mapped {
            value,
            lost: self.into_vec(),
        }
    }

    /// What is lost, in the order of the record's fields.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Lost> {
        self.lost
            .sort_by_key(|lost| Field::position_of(&lost.pointer));
        self.lost
    }
}
