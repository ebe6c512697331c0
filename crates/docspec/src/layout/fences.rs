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

/// How many spaces deeper than its opening fence a closing one may stand; a line that is deeper is part of the
/// block, such as an example inside a description.
const DEEPER: usize = 3;

/// The line that opens a fenced block, taken apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fence<'a> {
    /// The backticks or tildes.
    pub(crate) marks: &'a str,
    /// What follows them.
    pub(crate) info: &'a str,
    /// How many spaces the line starts with.
    pub(crate) indent: usize,
}

impl<'a> Fence<'a> {
    /// The fence that this line opens a block with.
    pub(crate) fn opened_by(line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        let mark = text
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let marks = &text[..text.len() - info.len()];
        (marks.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(Self {
            marks,
            info: info.trim(),
            indent: line.len() - text.len(),
        })
    }

    /// Whether this line closes the block.
    pub(crate) fn is_closed_by(self, line: &str) -> bool {
        let text = line.trim_start_matches(' ');
        line.len() - text.len() <= self.indent + DEEPER
            && text.len() >= self.marks.len()
            && text
                .trim_start_matches(if self.marks.starts_with('~') {
                    '~'
                } else {
                    '`'
                })
                .is_empty()
    }
}

/// Every fenced block of the page.
pub(super) fn blocks(text: &Text) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(Fence<'_>, Block<'_>)> = None;
    for (number, raw) in text.lines() {
        match &mut open {
            None => {
                open = Fence::opened_by(raw).map(|fence| {
                    let block = Block {
                        opening: number,
                        info: fence.info,
                        indent: fence.indent,
                        lines: Vec::new(),
                        unclosed: false,
                    };
                    (fence, block)
                });
            }
            Some((fence, _)) if fence.is_closed_by(raw) => {
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
