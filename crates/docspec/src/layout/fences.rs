//! Fenced blocks of Markdown.

use crate::text::Text;

/// A fenced block.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    /// The line of the opening fence.
    pub(super) opening: usize,
    /// What follows the opening fence in its line.
    pub(super) info: &'a str,
    /// How many spaces the fence is indented by.
    pub(super) indent: usize,
    /// The lines inside with their numbers, as the page has them.
    pub(super) lines: Vec<(usize, &'a str)>,
    /// Whether the page ends before the block does.
    pub(super) unclosed: bool,
}

impl Block<'_> {
    /// The block's text, without the indentation of its fence.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (_, line) in &self.lines {
            let own = line.len() - line.trim_start_matches(' ').len();
            text.push_str(&line[own.min(self.indent)..]);
            text.push('\n');
        }
        text
    }
}

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

/// Every fenced block of the page.
pub(super) fn blocks(text: &Text) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Block<'_>)> = None;
    for (number, raw) in text.lines() {
        let line = raw.trim_start_matches(' ');
        match &mut open {
            None => {
                if let Some(fence) = opening_fence(line) {
                    let block = Block {
                        opening: number,
                        info: line[fence.len()..].trim(),
                        indent: raw.len() - line.len(),
                        lines: Vec::new(),
                        unclosed: false,
                    };
                    open = Some((fence, block));
                }
            }
            Some((fence, _)) if closes(fence, line) => {
                blocks.extend(open.take().map(|(_, block)| block));
            }
            Some((_, block)) => block.lines.push((number, raw)),
        }
    }
    if let Some((_, mut block)) = open {
        block.unclosed = true;
        blocks.push(block);
    }
    blocks
}
