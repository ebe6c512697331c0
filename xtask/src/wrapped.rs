//! Text that fits into 80 columns.

use unicode_width::UnicodeWidthStr;

/// How wide a line may be.
const WIDTH: usize = 80;

/// Words after a lead, broken where the line would be too wide; further lines are indented by `indent` columns. A word that
/// is wider than a line stands alone.
pub(crate) fn wrapped(lead: &str, text: &str, indent: usize) -> String {
    let mut lines = String::from(lead);
    let mut width = lead.width();
    let mut is_first = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let space = usize::from(!is_first);
        if !is_first && width + space + word.width() > WIDTH {
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            width = indent;
        } else if !is_first {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += word.width();
        is_first = false;
    }
    lines.truncate(lines.trim_end().len());
    lines.push('\n');
    lines
}
