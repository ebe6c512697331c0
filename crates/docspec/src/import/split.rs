//! `--split`: a page that differs from others about a component gets one of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::components::Decisions;
use crate::facts::{self, Components};
use crate::page::{Component, Schema};

/// Gives pages components of their own.
pub(super) struct Splitter {
    /// What the new names start with: the operation's id in Pascal case.
    prefix: String,
    /// What the components that the page shares with others are, by name.
    shared: BTreeMap<String, Schema>,
    taken: BTreeSet<String>,
    /// The new components, each with the one that it was made from.
    pub(super) made: Vec<(String, Component)>,
}

impl Splitter {
    /// A splitter for an operation's page.
    pub(super) fn new(
        operation: &str,
        components: &Components<'_>,
        made: &[(String, Component)],
        decisions: &Decisions,
    ) -> Self {
        let shared = components
            .names()
            .filter_map(|name| components.get(name))
            .map(|known| {
                let name = known.component.name.clone();
                let schema = decisions
                    .changed
                    .get(&name)
                    .unwrap_or(&known.component.schema);
                (name, schema.clone())
            })
            .collect();
        Self {
            prefix: pascal(operation),
            shared,
            taken: components
                .names()
                .map(str::to_owned)
                .chain(made.iter().map(|(_, component)| component.name.clone()))
                .collect(),
            made: Vec::new(),
        }
    }

    /// The component for a page's own type: the shared one where it fits, else one of the page's own.
    pub(super) fn name_of(&mut self, component: &Component, schema: Schema) -> String {
        let fits = |other: &Schema| facts::same(&schema, other);
        if self.shared.get(&component.name).is_some_and(fits) {
            return component.name.clone();
        }
        let made = self
            .made
            .iter()
            .find(|(from, made)| *from == component.name && fits(&made.schema));
        if let Some((_, made)) = made {
            return made.name.clone();
        }
        let wanted = format!("{}{}", self.prefix, component.name);
        let name = std::iter::once(wanted.clone())
            .chain((2..=u32::MAX).map(|number| format!("{wanted}{number}")))
            .find(|name| !self.taken.contains(name))
            .unwrap_or(wanted);
        self.taken.insert(name.clone());
        self.made.push((
            component.name.clone(),
            Component {
                name: name.clone(),
                schema,
                ..component.clone()
            },
        ));
        name
    }
}

/// `contacts_create` as `ContactsCreate`.
fn pascal(text: &str) -> String {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .filter_map(|word| {
            let mut characters = word.chars();
            let first = characters.next()?;
            Some(format!(
                "{}{}",
                first.to_ascii_uppercase(),
                characters.as_str()
            ))
        })
        .collect()
}
