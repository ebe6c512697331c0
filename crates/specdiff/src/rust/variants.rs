//! The names of enum variants, as far as it must be seen that they change or cannot be told apart.

use std::collections::BTreeSet;

use heck::ToPascalCase as _;
use serde_json::Value;
use unicode_ident::is_xid_continue;

/// The names of the variants for these values, in their order; none where they are not told apart, so that `codegen`
/// makes no enum.
pub(crate) fn names(values: &[&Value]) -> Option<Vec<String>> {
    let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
    let plain = |text: &&str| {
        text.replace('\'', "")
            .replace(|letter| !is_xid_continue(letter), "-")
            .to_pascal_case()
    };
    // What stands between words counts only where the words alone do not do.
    let marked = |text: &&str| {
        text.replace(|letter| letter == '_' || !is_xid_continue(letter), "X")
            .to_pascal_case()
    };
    let ways: [Vec<String>; 2] = [
        texts.iter().map(plain).collect(),
        texts.iter().map(marked).collect(),
    ];
    ways.into_iter()
        .find(|names| names.iter().collect::<BTreeSet<_>>().len() == names.len())
}

/// Whether a value that both lists have is another variant in the new one.
pub(crate) fn are_renamed(old: &[&Value], new: &[&Value]) -> bool {
    let (Some(before), Some(after)) = (names(old), names(new)) else {
        return false;
    };
    old.iter().zip(before).any(|(value, name)| {
        new.iter()
            .position(|other| other == value)
            .is_some_and(|index| after[index] != name)
    })
}
