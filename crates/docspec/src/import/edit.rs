//! A page's text, changed where what it says has changed, and nowhere else.
//!
//! The old page and the new one are both printed, and the difference of the two prints is applied to the text. Where the
//! text is written in another way than the printer's, its own lines stay as long as they say the same.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Applies the difference between two prints of a page to its text.
pub(super) fn edit(text: &str, old: &str, new: &str) -> String {
    let text: Vec<&str> = text.lines().collect();
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let change = Change::between(&old, &new);
    let mut lines: Vec<&str> = Vec::new();
    for (theirs, ours) in aligned(&text, &old) {
        change.apply(&text[theirs.clone()], ours, &old, &mut lines);
    }
    lines.extend(&change.inserted[old.len()]);
    let mut edited = lines.join("\n");
    edited.push('\n');
    edited
}

type Lines = std::ops::Range<usize>;

/// Pairs the lines of the text with those of the print: equal ones one by one, and so are runs of the same length that
/// differ.
fn aligned(text: &[&str], print: &[&str]) -> Vec<(Lines, Lines)> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, text, print) {
        let (ours, theirs) = (op.old_range(), op.new_range());
        if ours.len() == theirs.len() {
            pairs.extend(
                ours.zip(theirs)
                    .map(|(one, other)| (one..one + 1, other..other + 1)),
            );
        } else {
            pairs.push((ours, theirs));
        }
    }
    pairs
}

/// What happens to the lines of the old print.
struct Change<'a> {
    /// Whether a line stays.
    stays: Vec<bool>,
    /// What is new before a line, or after the last one.
    inserted: Vec<Vec<&'a str>>,
}

impl<'a> Change<'a> {
    fn between(old: &[&str], new: &[&'a str]) -> Self {
        let mut change = Self {
            stays: vec![true; old.len()],
            inserted: vec![Vec::new(); old.len() + 1],
        };
        for op in capture_diff_slices(Algorithm::Patience, old, new) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            for line in op.old_range() {
                change.stays[line] = false;
            }
            change.inserted[op.old_range().start].extend(&new[op.new_range()]);
        }
        change
    }

    fn apply(&self, text: &[&'a str], old: Lines, print: &[&'a str], lines: &mut Vec<&'a str>) {
        if old.is_empty() {
            // Only the text has these lines; they go with what is around them.
            let goes = |line: Option<&bool>| line.is_some_and(|stays| !stays);
            let before = old.start.checked_sub(1).and_then(|at| self.stays.get(at));
            if !(goes(before) && goes(self.stays.get(old.start))) {
                lines.extend(text);
            }
            return;
        }
        let untouched = self.stays[old.clone()].iter().all(|stays| *stays)
            && self.inserted[old.start + 1..old.end]
                .iter()
                .all(Vec::is_empty);
        if untouched {
            lines.extend(&self.inserted[old.start]);
            lines.extend(text);
            return;
        }
        for line in old {
            lines.extend(&self.inserted[line]);
            if self.stays[line] {
                lines.push(print[line]);
            }
        }
    }
}
