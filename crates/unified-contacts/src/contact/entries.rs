//! The entries of a contact's list, one after the other, without a copy.

use std::fmt;

/// A list that a contact holds, in whatever form its type has: an implementation for `Option<Vec<…>>` gives each
/// element as a `T`, one for the contact itself can give several fields as one list.
pub trait List<'a, T> {
    /// How many places there are; `None` where there is no list at all.
    fn places(&'a self) -> Option<usize>;

    /// What stands at a place, counted from 0. A place can be empty.
    fn at(&'a self, place: usize) -> Option<T>;
}

/// The entries of a list, as an iterator.
pub struct Entries<'a, T> {
    list: Option<&'a (dyn List<'a, T> + Sync + 'a)>,
    next: usize,
    end: usize,
}

impl<'a, T> Entries<'a, T> {
    /// The entries of `list`.
    #[must_use]
    pub fn of<L: List<'a, T> + Sync + 'a>(list: &'a L) -> Self {
        match list.places() {
            Some(end) => Self {
                list: Some(list),
                next: 0,
                end,
            },
            None => Self::absent(),
        }
    }

    /// No list at all.
    #[must_use]
    pub fn absent() -> Self {
        Self {
            list: None,
            next: 0,
            end: 0,
        }
    }

    /// Whether there is a list, if an empty one.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.list.is_some()
    }
}

impl<T> Iterator for Entries<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let list = self.list?;
        while self.next < self.end {
            let place = self.next;
            self.next += 1;
            if let Some(entry) = list.at(place) {
                return Some(entry);
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end - self.next))
    }
}

impl<T> Clone for Entries<'_, T> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<T> fmt::Debug for Entries<'_, T> {
    /// Prints how many places are left.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Entries({} places left)", self.end - self.next)
    }
}
