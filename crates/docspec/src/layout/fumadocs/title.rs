//! What stands above the sections of a Fumadocs page.

use super::super::findings::Line;

/// The title and the prose below it, without the titles of the pages above this one.
pub(super) fn title_and_description<'t>(head: &[Line<'t>]) -> (Option<&'t str>, Vec<&'t str>) {
    let start = match head {
        [first, second, ..] if is_trail(first.text) || !second.text.ends_with('.') => 1,
        [first] if is_trail(first.text) => 1,
        _ => 0,
    };
    let mut lines = head[start..].iter().map(|line| line.text);
    (lines.next(), lines.collect())
}

/// Whether a line is the trail of titles above the page: copying joins them without a separator.
fn is_trail(text: &str) -> bool {
    text.starts_with("Open in ")
        || text.split_whitespace().any(|word| {
            let mut characters = word.chars().peekable();
            let mut joined = 0;
            while let Some(character) = characters.next() {
                let next = characters.peek();
                joined += usize::from(
                    character.is_lowercase() && next.is_some_and(|next| next.is_uppercase()),
                );
            }
            joined > 0 && word.starts_with(char::is_uppercase)
        })
}
