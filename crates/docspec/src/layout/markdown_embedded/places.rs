//! Where keys and references stand in a block, found once for all of them.

use std::collections::HashMap;

use crate::layout::fences::Block;

/// The lines of a block by the keys and references on them.
pub(super) struct Places<'a> {
    first: usize,
    keys: HashMap<&'a str, Vec<usize>>,
    references: HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(block: &Block<'a>) -> Self {
        let first = block.lines.first().map_or(block.opening, |(line, _)| *line);
        let mut places = Self {
            first,
            keys: HashMap::new(),
            references: HashMap::new(),
        };
        for (number, line) in &block.lines {
            places.keys_of(*number, line);
            places.references_of(*number, line);
        }
        places
    }

    fn keys_of(&mut self, number: usize, line: &'a str) {
        let bare = line.trim_start().trim_start_matches("- ");
        let end = bare
            .find(": ")
            .or_else(|| bare.strip_suffix(':').map(str::len));
        if let Some(end) = end
            && !bare.starts_with(['"', '\'', '{'])
        {
            self.add(&bare[..end], number);
        }
        for quote in ['"', '\''] {
            let mut parts = line.split(quote);
            let mut before = parts.next();
            while let (Some(_), Some(key)) = (before, parts.next()) {
                let after = parts.next();
                if after.is_some_and(|after| after.trim_start().starts_with(':')) {
                    self.add(key, number);
                }
                before = after;
            }
        }
    }

    fn add(&mut self, key: &'a str, number: usize) {
        let lines = self.keys.entry(key).or_default();
        if lines.last() != Some(&number) {
            lines.push(number);
        }
    }

    fn references_of(&mut self, number: usize, line: &'a str) {
        for (at, word) in line.match_indices("$ref") {
            let rest = line[at + word.len()..].trim_start_matches(['"', '\'']);
            let Some(value) = rest.trim_start().strip_prefix(':') else {
                continue;
            };
            let value = value.trim_start();
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split([' ', ',', '}']).next(),
            };
            if let Some(value) = value {
                self.references.entry(value).or_insert(number);
            }
        }
    }

    /// The line on which the last of these keys stands, each below or beside the one before; the line of the last
    /// key that was found, or the block's first, when it cannot be told.
    pub(super) fn line_of(&self, keys: &[&str]) -> usize {
        let mut found = self.first;
        for key in keys {
            let next = self.keys.get(key).and_then(|lines| {
                let at = lines.partition_point(|line| *line < found);
                lines.get(at)
            });
            match next {
                Some(next) => found = *next,
                None => return found,
            }
        }
        found
    }

    /// The line on which a reference first stands.
    pub(super) fn line_of_reference(&self, reference: &str) -> Option<usize> {
        self.references.get(reference).copied()
    }
}
