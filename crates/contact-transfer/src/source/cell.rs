//! What a cell of a spreadsheet may hold.

use crate::problem::ProblemKind;

/// What is wrong with a cell: the kind, what was found, what was expected and how to mend it.
pub(crate) type CellProblem = (ProblemKind, &'static str, &'static str, &'static str);

/// The characters with which a spreadsheet takes a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '@', '+', '-', '\t', '\r'];

/// The text of a cell, without the apostrophe that an export put before what looks like a formula.
pub(crate) fn text_of(cell: &[u8], allows_formulas: bool) -> Result<&str, CellProblem> {
    if cell.contains(&0) {
        return Err((
            ProblemKind::NulByte,
            "a NUL byte",
            "text",
            "take the NUL bytes out; a file full of them is UTF-16, save it as UTF-8",
        ));
    }
    let Ok(text) = std::str::from_utf8(cell) else {
        return Err((
            ProblemKind::InvalidText,
            "bytes that are no valid text",
            "UTF-8, or UTF-16 with a byte order mark",
            "save the file again as UTF-8",
        ));
    };
    if let Some(rest) = text.strip_prefix('\'')
        && rest.starts_with(FORMULA_STARTS)
    {
        return Ok(rest);
    }
    if !allows_formulas && is_formula(text) {
        return Err((
            ProblemKind::Formula,
            "a cell that a spreadsheet takes for a formula",
            "text that does not begin with `=`, `@`, `+` or `-`, but for numbers",
            "replace it by its value, put an apostrophe before it, or allow formulas",
        ));
    }
    Ok(text)
}

/// Whether a spreadsheet would take a text for a formula. Numbers, telephone numbers among them, are none.
fn is_formula(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches(' ').strip_prefix(FORMULA_STARTS) else {
        return false;
    };
    let first = text.trim_start_matches(' ').chars().next();
    let rest = rest.trim_end();
    match first {
        Some('+') => !(rest.chars().any(|char| char.is_ascii_digit()) && is_dialled(rest)),
        Some('-') => {
            let is_number =
                rest.starts_with(|char: char| char.is_ascii_digit()) && rest.parse::<f64>().is_ok();
            !(rest.is_empty() || is_number)
        }
        Some('\t' | '\r') => !rest.trim_start().is_empty() && is_formula(rest.trim_start()),
        _ => true,
    }
}

/// Whether a text holds only what telephone numbers are written with.
fn is_dialled(text: &str) -> bool {
    let is_sign = |char: char| char.is_ascii_digit() || " ()-./\u{a0}x#".contains(char);
    // Two signs that would be an operator of a formula: `+1-2` is a telephone number all the same.
    text.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_numbers() {
        for formula in [
            "=1+1",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "+",
            "-x",
            "\t=1",
            " =1",
            "-inf",
        ] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for text in [
            "+49 30 123-45",
            "+1 (555) 010-9999 x12",
            "-5",
            "-1.5",
            "-",
            "a=b",
            "",
            "ada@example.org",
            "'",
        ] {
            assert!(!is_formula(text), "{text:?}");
        }
    }

    #[test]
    fn the_apostrophe_of_an_export_is_taken_off() {
        assert_eq!(text_of(b"'=1+1", false), Ok("=1+1"));
        assert_eq!(text_of(b"'Tis", false), Ok("'Tis"));
        assert_eq!(text_of(b"=1", true), Ok("=1"));
        assert_eq!(text_of(b"=1", false).unwrap_err().0, ProblemKind::Formula);
        assert_eq!(text_of(b"a\0", false).unwrap_err().0, ProblemKind::NulByte);
        assert_eq!(
            text_of(b"\xff", false).unwrap_err().0,
            ProblemKind::InvalidText
        );
    }
}
