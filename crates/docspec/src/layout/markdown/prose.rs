//! Prose: which lines are prose, and the backslashes that keep prose from being read as structure.

/// The fence that opens a fenced block on this line, without its info string.
pub(crate) fn opening_fence(text: &str) -> Option<&str> {
    let mark = text
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let info = text.trim_start_matches(mark);
    let fence = &text[..text.len() - info.len()];
    (fence.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(fence)
}

/// Whether this line closes the block that `fence` opened.
pub(crate) fn closes(fence: &str, text: &str) -> bool {
    let mark = if fence.starts_with('~') { '~' } else { '`' };
    text.len() >= fence.len() && text.chars().all(|character| character == mark)
}

/// The line without the backslash that kept it from being read as structure.
pub(crate) fn unescape(text: &str) -> String {
    let mut line = text.to_owned();
    if let Some(colon) = line.find(':')
        && line[..colon].ends_with('\\')
    {
        line.remove(colon - 1);
    }
    let mut characters = line.chars();
    if characters.next() == Some('\\')
        && characters
            .next()
            .is_some_and(|character| character.is_ascii_punctuation())
    {
        line.remove(0);
    }
    line
}
