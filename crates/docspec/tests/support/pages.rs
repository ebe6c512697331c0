//! Pages compared by what they say.

use docspec::page::Page;

/// What a page says, without the numbers of the lines that say it.
pub(crate) fn without_lines(page: &Page) -> String {
    let text = format!("{page:#?}");
    text.lines()
        .map(|line| {
            if line.trim_start().starts_with("line: ") {
                "line: _"
            } else {
                line
            }
        })
        .collect::<Vec<&str>>()
        .join("\n")
}
