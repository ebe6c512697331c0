//! The items of a page, of which one that is not as documented does not spoil the others.

use crate::decode::is_direct_reading;
use crate::json::Json;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// The items of a page. An item that cannot be decoded is kept apart as it came, in [`Items::rejected`]; the others
/// are there all the same. `Debug` prints how many there are, and none of them.
#[derive(Clone, PartialEq)]
pub struct Items<T> {
    items: Vec<T>,
    rejected: Vec<RejectedItem>,
}

/// An item of a page that is not as the document says.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RejectedItem {
    /// Its place among all items of the page, from 0.
    pub index: usize,
    /// The item as it came.
    pub json: Json,
    /// The line of the item's text in which decoding failed, from 1.
    pub line: usize,
    /// The column of that line, from 1.
    pub column: usize,
}

impl<T> Items<T> {
    /// Items that all are as documented.
    #[must_use]
    pub fn new(items: Vec<T>) -> Self {
        Self {
            items,
            rejected: Vec::new(),
        }
    }

    /// The items that could not be decoded, in order.
    #[must_use]
    pub fn rejected(&self) -> &[RejectedItem] {
        &self.rejected
    }

    /// The items that could be decoded, and those that could not.
    #[must_use]
    pub fn into_parts(self) -> (Vec<T>, Vec<RejectedItem>) {
        (self.items, self.rejected)
    }

    /// Every item in the order in which it came.
    pub(crate) fn into_each(self) -> impl Iterator<Item = Result<T, RejectedItem>> {
        in_order(self.items.into_iter(), self.rejected.into_iter())
    }
}

/// Items and rejected ones in the order in which they came.
fn in_order<T, R: Borrow<RejectedItem>>(
    mut items: impl Iterator<Item = T>,
    rejected: impl Iterator<Item = R>,
) -> impl Iterator<Item = Result<T, R>> {
    let mut rejected = rejected.peekable();
    let mut index = 0;
    std::iter::from_fn(move || {
        let item = match rejected.next_if(|rejected| rejected.borrow().index == index) {
            Some(rejected) => Some(Err(rejected)),
            // A caller may have taken items out, which leaves a gap before a rejected one.
            None => items.next().map(Ok).or_else(|| rejected.next().map(Err)),
        };
        index += 1;
        item
    })
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> Deref for Items<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<T> DerefMut for Items<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        Self::new(items)
    }
}

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items.into_iter().collect())
    }
}

impl<T> IntoIterator for Items<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    /// The items that could be decoded.
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Items<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (items, rejected) = (self.items.len(), self.rejected.len());
        write!(formatter, "Items({items} items, {rejected} rejected)")
    }
}

impl fmt::Debug for RejectedItem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            index,
            line,
            column,
            ..
        } = self;
        write!(
            formatter,
            "RejectedItem({index}, line {line} column {column})"
        )
    }
}

impl fmt::Display for RejectedItem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            index,
            line,
            column,
            ..
        } = self;
        write!(
            formatter,
            "item {index} of its page is not as documented, from line {line} column {column} of its text on"
        )
    }
}

impl<T: Serialize> Serialize for Items<T> {
    /// Writes every item in the order in which it came, a rejected one as it came.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            in_order(self.items.iter(), self.rejected.iter()).map(|item| match item {
                Ok(item) => Either::Item(item),
                Err(rejected) => Either::Json(&rejected.json),
            }),
        )
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Either<'a, T> {
    Item(&'a T),
    Json(&'a Json),
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if is_direct_reading() {
            Vec::deserialize(deserializer).map(Self::new)
        } else {
            deserializer.deserialize_seq(EachItem(PhantomData))
        }
    }
}

struct EachItem<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for EachItem<T> {
    type Value = Items<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Items<T>, A::Error> {
        let mut all = Items::default();
        let mut index = 0;
        while let Some(json) = sequence.next_element::<Json>()? {
            match json.to_value() {
                Ok(item) => all.items.push(item),
                Err(error) => all.rejected.push(RejectedItem {
                    index,
                    line: error.line(),
                    column: error.column(),
                    json,
                }),
            }
            index += 1;
        }
        Ok(all)
    }
}
