//! What somebody may have meant.

/// The known name that is nearest to one that is not known, if it is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let most = (name.chars().count() / 3).max(2);
    let distances = known.into_iter().map(|known| {
        (
            strsim::damerau_levenshtein(&known.to_lowercase(), &name),
            known,
        )
    });
    distances
        .min()
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, known)| known)
}
