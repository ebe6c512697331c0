//! `info.version` as text, where a block writes it as a number.

use serde_json::Value;

use crate::layout::fences::Block;

use super::places::Places;

/// Makes a number in `info.version` the text that the block writes, so that `1.10` does not become `1.1`.
pub(super) fn as_text(block: &Block<'_>, document: &mut Value) {
    let Some(version) = document.pointer_mut("/info/version") else {
        return;
    };
    let Value::Number(number) = &*version else {
        return;
    };
    let line = Places::of(block).line_of(&["info", "version"]);
    let printed = block
        .lines
        .iter()
        .find(|(number, _)| *number == line)
        .and_then(|(_, line)| written(line, number.as_f64()));
    *version = Value::String(printed.map_or_else(|| number.to_string(), str::to_owned));
}

/// The text after a key `version` in the line that is this number.
fn written(line: &str, number: Option<f64>) -> Option<&str> {
    line.match_indices("version")
        .filter_map(|(at, key)| {
            let rest = line[at + key.len()..].trim_start_matches(['"', '\'']);
            let value = rest.trim_start().strip_prefix(':')?.trim_start();
            value.split([',', '}', ' ']).next()
        })
        .find(|value| value.parse::<f64>().ok() == number)
}
