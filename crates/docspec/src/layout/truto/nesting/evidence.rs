//! How many of the fields that follow an object are inside it, where nothing says so directly.
//!
//! Three facts narrow it down, and only one answer that agrees with all of them is taken:
//! - the fields of one object have different names;
//! - where the layout orders the fields of a body, required ones come first and both kinds go by name, inside an
//!   object as well as beside it;
//! - the keys of the sample's body are the typed fields of the request, and no field inside another one.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Flat;
use crate::page::Shape;

/// What the page tells about the fields of the resource as a whole.
pub(super) struct Evidence {
    /// Whether the layout orders the fields of this section.
    pub(super) sorted: bool,
    /// The keys of the sample's body, where the section is the request and has a sample.
    keys: Option<HashSet<String>>,
    /// The names of the fields that are certainly not inside an object of the resource.
    beside: HashSet<String>,
    /// How often each other name occurs.
    open: HashMap<String, usize>,
}

impl Evidence {
    pub(super) fn of(resource: &[Flat], sorted: bool, keys: Option<HashSet<String>>) -> Self {
        let mut beside = HashSet::new();
        let mut open = HashMap::new();
        let mut inside = false;
        for flat in resource {
            let certain = !flat.may_be_inside() || !inside;
            if certain {
                inside = false;
                beside.insert(flat.field.name.clone());
            } else {
                *open.entry(flat.field.name.clone()).or_default() += 1;
            }
            inside |= certain && (flat.is_container() || flat.properties.is_some());
        }
        Self {
            sorted,
            keys,
            beside,
            open,
        }
    }

    /// Notes that a field stands beside the objects.
    pub(super) fn is_beside(&mut self, flat: &Flat) {
        if !self.beside.contains(&flat.field.name) {
            self.beside.insert(flat.field.name.clone());
        }
    }

    /// How many of the fields that follow `parent` are inside it, each with the fields that it counts as its own;
    /// nothing where that is not settled.
    pub(super) fn inside(
        &self,
        parent: &Flat,
        following: &VecDeque<Flat>,
        counts_nested: bool,
    ) -> Option<usize> {
        let mut units: Vec<(usize, &Flat)> = Vec::new();
        let mut next_object = None;
        let mut at = 0;
        while let Some(flat) = following.get(at).filter(|flat| flat.may_be_inside()) {
            if flat.is_container() && flat.properties.is_none() {
                next_object = Some(flat);
                break;
            }
            units.push((at, flat));
            at = after(following, at)?;
        }
        let end = at;
        let length = units.len();
        // The longest run from the start that one object can hold.
        let mut names = HashSet::new();
        let mut longest = 0;
        while longest < length {
            let flat = units[longest].1;
            let in_order = longest == 0 || self.in_order(units[longest - 1].1, flat);
            if !in_order || !self.can_be_inside(flat) || !names.insert(flat.field.name.as_str()) {
                break;
            }
            longest += 1;
        }
        // The longest run before the end that can stand beside the object.
        let mut names = HashSet::new();
        let mut first_beside = length;
        let mut below = following.get(end).filter(|flat| !flat.is_beside_result());
        while first_beside > 0 {
            let (_, flat) = units[first_beside - 1];
            let in_order = below.is_none_or(|below| self.in_order(flat, below));
            let counted = counts_nested && flat.properties.is_some();
            if !in_order
                || counted
                || !self.can_be_beside(flat)
                || !names.insert(flat.field.name.as_str())
            {
                break;
            }
            below = Some(flat);
            first_beside -= 1;
        }
        // The next object may itself be inside, unless something before it or its own name keeps it out. A layout that
        // counts the fields of nested objects would say so.
        if let Some(object) = next_object
            && !counts_nested
            && longest == length
            && !names_contain(&units, &object.field.name)
            && self.can_be_inside(object)
        {
            return None;
        }
        // Such a layout also has a notation of its own for objects with free keys: others have fields.
        let least = usize::from(counts_nested && length > 0);
        let mut possible = (first_beside.max(least)..=longest).filter(|inside| {
            let first = units.get(*inside).map(|(_, flat)| *flat).or(next_object);
            first.is_none_or(|first| self.in_order(parent, first))
        });
        let inside = possible.next()?;
        if possible.next().is_some() {
            return None;
        }
        Some(units.get(inside).map_or(end, |(at, _)| *at))
    }

    pub(super) fn in_order(&self, a: &Flat, b: &Flat) -> bool {
        !self.sorted || a.order() < b.order()
    }

    fn can_be_inside(&self, flat: &Flat) -> bool {
        let name = flat.field.name.as_str();
        let is_sent = self.keys.as_ref().is_some_and(|keys| keys.contains(name));
        !is_sent || self.beside.contains(name) || self.open.get(name).is_none_or(|times| *times > 1)
    }

    fn can_be_beside(&self, flat: &Flat) -> bool {
        let name = flat.field.name.as_str();
        let is_unsent = flat.field.schema.shape != Shape::Any
            && self.keys.as_ref().is_some_and(|keys| !keys.contains(name));
        !is_unsent && !self.beside.contains(name)
    }
}

fn names_contain(units: &[(usize, &Flat)], name: &str) -> bool {
    units.iter().any(|(_, flat)| flat.field.name == name)
}

/// The place after a field and the fields that it counts as its own; nothing where they are not all there.
fn after(following: &VecDeque<Flat>, at: usize) -> Option<usize> {
    let mut left = 1_usize;
    let mut next = at;
    while left > 0 {
        let flat = following.get(next)?;
        let (count, _) = flat.properties.unwrap_or((0, 0));
        left = left.checked_add(count)? - 1;
        next += 1;
    }
    Some(next)
}
