//! What merging makes of the pages: all the captures of a run, taken together.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::components::{self, Decisions, References};
use super::conflict;
use super::job::Job;
use super::moves::{self, Moves};
use super::split::Splitter;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Components, Fact};
use crate::page::{Component, Content, Operation, Page};

/// What merging makes of the pages.
pub(super) struct Made<'p> {
    /// The pages that change, by name.
    pub(super) pages: BTreeMap<String, Content>,
    /// What moved, for each job.
    pub(super) moves: Vec<Moves<'p>>,
    /// The components that pages got of their own: the page, what it was before, what it is called.
    pub(super) split: Vec<(String, String, String)>,
}

/// Merges every capture into its page.
pub(super) fn made<'p>(
    jobs: &'p [Job<'_>],
    pages: &'p [Page],
    options: &Options,
) -> Result<Made<'p>, Vec<Diagnostic>> {
    let components = Components::of(pages);
    let mut all_moves = Vec::new();
    let mut wanted = Vec::new();
    let mut merged: Vec<Operation> = Vec::new();
    for job in jobs {
        let moves = found_moves(job, &components);
        let mut references = References::Observe(Vec::new());
        merged.push(job.merged(&components, &moves, &mut references));
        if let References::Observe(seen) = references {
            wanted.extend(components::wanted(
                &job.page(),
                seen,
                &components,
                &moves.donors,
            ));
        }
        all_moves.push(moves);
    }
    let names: Vec<String> = jobs.iter().map(Job::page).collect();
    let imported: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let decisions = components::decide(wanted, &imported, pages, &components);
    if !decisions.conflicts.is_empty() && !options.split {
        return Err(conflict::diagnostics(&decisions.conflicts, jobs));
    }
    let mut made: Vec<(String, Component)> = Vec::new();
    let mut split = Vec::new();
    if !decisions.conflicts.is_empty() {
        merged.clear();
        for (job, moves) in jobs.iter().zip(&all_moves) {
            let splitter = Splitter::new(job.operation(), &components, &made, &decisions);
            let mut references = References::Split(splitter);
            merged.push(job.merged(&components, moves, &mut references));
            if let References::Split(splitter) = references {
                for (from, component) in splitter.made {
                    split.push((job.file.clone(), from.clone(), component.name.clone()));
                    made.push((from, component));
                }
            }
        }
    }
    let mut contents = component_pages(pages, &decisions, &made);
    for (job, operation) in jobs.iter().zip(merged) {
        contents.insert(job.page(), Content::Operation(Box::new(operation)));
    }
    Ok(Made {
        pages: contents,
        moves: all_moves,
        split,
    })
}

fn found_moves<'p>(job: &'p Job<'_>, components: &Components<'p>) -> Moves<'p> {
    let ours = facts::facts("", &job.ours, components);
    let theirs = facts::facts("", &job.capture, components);
    moves::find(&ours, &theirs, |fact: &Fact<'_>| {
        let origin = match fact.places.first().map(|place| place.page) {
            None | Some("") => job.ours.source.origin.as_deref(),
            Some(page) => components
                .names()
                .filter_map(|name| components.get(name))
                .find(|known| known.page == page)
                .and_then(|known| known.origin),
        };
        fact.field.is_some_and(|field| {
            field.source.origin.is_some() && field.source.origin.as_deref() != origin
        })
    })
}

/// The pages of components with what changes and what is new, each new one after the one that it was made from.
fn component_pages(
    pages: &[Page],
    decisions: &Decisions,
    made: &[(String, Component)],
) -> BTreeMap<String, Content> {
    let mut contents = BTreeMap::new();
    for page in pages {
        let Content::Components(components) = &page.content else {
            continue;
        };
        let mut changed = Vec::new();
        for component in components {
            let mut component = component.clone();
            if let Some(schema) = decisions.changed.get(&component.name) {
                component.schema = schema.clone();
            }
            let name = component.name.clone();
            changed.push(component);
            changed.extend(
                made.iter()
                    .filter(|(from, _)| *from == name)
                    .map(|(_, component)| component.clone()),
            );
        }
        if changed != *components {
            contents.insert(page.name.clone(), Content::Components(changed));
        }
    }
    contents
}
