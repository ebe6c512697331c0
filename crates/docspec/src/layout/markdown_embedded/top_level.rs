//! The keys at the top of a block, found without reading the block as JSON or YAML: it may be neither.

use crate::layout::fences::Block;

/// The keys that tell a description from other data.
const KEYS: [&str; 5] = ["openapi", "swagger", "paths", "components", "webhooks"];

/// Where those of [`KEYS`] that a block has at its top level stand.
pub(super) struct TopLevel {
    lines: [Option<usize>; KEYS.len()],
}

impl TopLevel {
    pub(super) fn of(block: &Block<'_>) -> Self {
        let mut found = Self {
            lines: [None; KEYS.len()],
        };
        let first = block.lines.iter().find(|(_, line)| !line.trim().is_empty());
        if first.is_some_and(|(_, line)| line.trim_start().starts_with('{')) {
            found.in_json(block);
        } else {
            found.in_yaml(block);
        }
        found
    }

    /// The line of the key that says which description format the block is in.
    pub(super) fn version(&self) -> Option<usize> {
        self.lines[0].or(self.lines[1])
    }

    /// Whether the block describes anything.
    pub(super) fn has_content(&self) -> bool {
        self.lines[2..].iter().any(Option::is_some)
    }

    fn add(&mut self, key: &str, line: usize) {
        if let Some(index) = KEYS.iter().position(|known| *known == key) {
            self.lines[index].get_or_insert(line);
        }
    }

    fn in_yaml(&mut self, block: &Block<'_>) {
        for (number, line) in &block.lines {
            let start = line.trim_start();
            if line.len() - start.len() > block.indent {
                continue;
            }
            if let Some((key, rest)) = start.split_once(':')
                && (rest.is_empty() || rest.starts_with(' '))
            {
                self.add(key.trim_matches(['"', '\'']), *number);
            }
        }
    }

    fn in_json(&mut self, block: &Block<'_>) {
        let mut depth = 0_usize;
        for (number, line) in &block.lines {
            let mut string: Option<usize> = None;
            let mut escaped = false;
            for (at, character) in line.char_indices() {
                match (string, character) {
                    (Some(_), _) if escaped => escaped = false,
                    (Some(_), '\\') => escaped = true,
                    (Some(start), '"') => {
                        string = None;
                        if depth == 1 && line[at + 1..].trim_start().starts_with(':') {
                            self.add(&line[start..at], *number);
                        }
                    }
                    (None, '"') => string = Some(at + 1),
                    (None, '{' | '[') => depth += 1,
                    (None, '}' | ']') => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }
}
