//! What the integrations do with a field.

use super::Merger;
use super::fields::strip_support;
use crate::facts::same_values;
use crate::page::Support;

impl Merger<'_, '_> {
    /// The capture's integrations in its order, with our notes. Ours that the capture does not name stay where they are
    /// from another source, or where `keep` says so of the whole field.
    pub(super) fn supports(
        &self,
        ours: &[Support],
        theirs: &[Support],
        keep: bool,
    ) -> Vec<Support> {
        let mut merged: Vec<Support> = theirs
            .iter()
            .map(|support| {
                let known = ours
                    .iter()
                    .find(|known| known.integration == support.integration);
                if let Some(known) = known {
                    let mut merged = known.clone();
                    merged.level = support.level;
                    if !same_values(&known.values, &support.values) {
                        merged.values.clone_from(&support.values);
                    }
                    merged
                } else {
                    let mut added = support.clone();
                    // Like the integrations that stand in the field already.
                    let origin = ours
                        .first()
                        .map_or(&self.origin, |first| &first.source.origin);
                    strip_support(&mut added, origin.as_deref());
                    added
                }
            })
            .collect();
        for (index, support) in ours.iter().enumerate() {
            let is_named = theirs
                .iter()
                .any(|it| it.integration == support.integration);
            if is_named || !(keep || self.is_foreign(&support.source)) {
                continue;
            }
            let before = ours[..index].iter().rev().find_map(|before| {
                merged.iter().position(|it| {
                    it.integration == before.integration && it.level == support.level
                })
            });
            let first = || merged.iter().position(|it| it.level == support.level);
            let at = before
                .map(|at| at + 1)
                .or_else(first)
                .unwrap_or(merged.len());
            merged.insert(at, support.clone());
        }
        let same_order = merged.len() == ours.len()
            && ours.iter().all(|support| {
                merged
                    .iter()
                    .any(|it| it.integration == support.integration && it.level == support.level)
            })
            && keep;
        if same_order {
            // The list was put together from several pages: its order is ours.
            merged.sort_by_key(|support| {
                ours.iter()
                    .position(|it| it.integration == support.integration)
            });
        }
        merged
    }
}
