//! Columns that fit the terminal.

use super::cells::{fitted, shown};
use unicode_width::UnicodeWidthStr as _;

/// Between two columns.
const GAP: &str = "  ";

/// How wide a column has to be to tell something.
const READABLE: usize = 14;

/// How narrow a column gets at most.
const LEAST: usize = 6;

/// A table whose columns are as wide as its first rows need, and together no wider than the terminal.
#[derive(Debug)]
pub(crate) struct Table {
    widths: Vec<usize>,
    /// The columns that are printed: those in which something stands.
    columns: Vec<usize>,
}

impl Table {
    /// A table for rows like these, the first of which is the header. A column that is empty but for its header is left
    /// out.
    pub(crate) fn fit(rows: &[Vec<String>], width: usize) -> Self {
        let count = rows.first().map_or(0, Vec::len);
        let mut columns: Vec<usize> = (0..count)
            .filter(|column| {
                rows.len() < 2 || rows.iter().skip(1).any(|row| !row[*column].is_empty())
            })
            .collect();
        let needed = |column: &usize| {
            rows.iter()
                .map(|row| shown(&row[*column]).width())
                .max()
                .unwrap_or(0)
        };
        let mut widths: Vec<usize> = columns.iter().map(needed).collect();
        let room = |count: usize| width.saturating_sub(GAP.len() * count.saturating_sub(1));
        // An id that is cut off is of no use: the first column stays whole, as long as half of the terminal is enough.
        let first = widths.first().copied().unwrap_or(0).min(width / 2);
        let least = |index: usize, width: usize| {
            if index == 0 {
                first
            } else {
                width.min(READABLE)
            }
        };
        // What would stand there in a few letters each tells nothing: the last columns give way to the first.
        while columns.len() > 2
            && widths
                .iter()
                .enumerate()
                .map(|(index, width)| least(index, *width))
                .sum::<usize>()
                > room(columns.len())
        {
            columns.pop();
            widths.pop();
        }
        let room = room(columns.len());
        // The widest column gives way, again and again: short ones stay whole.
        while widths.iter().sum::<usize>() > room {
            let mut others = widths.iter_mut().enumerate().filter(|(index, width)| {
                let least = if *index == 0 { first.max(LEAST) } else { LEAST };
                **width > least
            });
            let Some(first) = others.next() else { break };
            let (_, widest) = others.fold(
                first,
                |widest, other| if *other.1 > *widest.1 { other } else { widest },
            );
            *widest -= 1;
        }
        Self { widths, columns }
    }

    /// One row, without spaces at its end.
    pub(crate) fn row(&self, cells: &[String]) -> String {
        let cells = self
            .columns
            .iter()
            .zip(&self.widths)
            .map(|(column, width)| fitted(&shown(&cells[*column]), *width));
        let line = cells.collect::<Vec<_>>().join(GAP);
        line.trim_end().to_owned()
    }

    /// A line under the header.
    pub(crate) fn rule(&self) -> String {
        let parts = self.widths.iter().map(|width| "─".repeat(*width));
        parts.collect::<Vec<_>>().join(GAP)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use unicode_width::UnicodeWidthStr as _;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn every_line_fits_whatever_stands_in_it() {
        let rows = [
            row(&["name", "email", "note"]),
            row(&["株式会社青空の髙橋五十嵐", "a@example.org", "👩‍👩‍👧‍👦 family"]),
            row(&[
                "محمد العربي",
                &"long".repeat(40),
                "e\u{301}e\u{301}e\u{301}",
            ]),
            row(&["\x1b[31mred\x1b[0m", "two\nlines", "\u{202e}turned"]),
        ];
        for width in [20, 40, 80, 200] {
            let table = Table::fit(&rows, width);
            for cells in &rows {
                let line = table.row(cells);
                assert!(line.width() <= width, "{width}: {line}");
                assert!(!line.contains(['\x1b', '\n', '\u{202e}']), "{line:?}");
            }
        }
    }

    #[test]
    fn an_empty_column_is_left_out() {
        let rows = [row(&["a", "b"]), row(&["1", ""])];
        assert_eq!(Table::fit(&rows, 80).row(&rows[0]), "a");
    }
}
