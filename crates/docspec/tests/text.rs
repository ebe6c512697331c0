//! The damage of copying, undone.

use docspec::text::Text;
use proptest::prelude::*;

fn normalised(line: &str) -> String {
    Text::new(line).line(1).unwrap_or_default().to_owned()
}

#[test]
fn wide_blanks_become_blanks() {
    assert_eq!(normalised("a\u{a0}b\u{2009}c\u{3000}d"), "a b c d");
}

#[test]
fn marks_that_cannot_be_seen_are_dropped() {
    assert_eq!(
        normalised("\u{feff}a\u{200b}b\u{200e}c\u{2066}d\u{ad}"),
        "abcd"
    );
}

#[test]
fn mojibake_is_decoded_again() {
    assert_eq!(normalised("required·Â"), "required·");
    assert_eq!(normalised("REQUIRED Â·Â\u{a0}"), "REQUIRED ·");
    assert_eq!(
        normalised("the boatâ€™s â€œnameâ€\u{9d} cafÃ©"),
        "the boat’s “name” café"
    );
    assert_eq!(normalised("aâ€‹b"), "ab");
}

#[test]
fn letters_that_only_look_like_mojibake_stay() {
    assert_eq!(
        normalised("Ângström, São, naïve, é··"),
        "Ângström, São, naïve, é··"
    );
}

#[test]
fn lines_keep_their_numbers_whatever_ends_them() {
    let text = Text::new("a\r\nb\rc\n\u{2028}d\n\n");
    let lines: Vec<(usize, &str)> = text.lines().collect();
    assert_eq!(lines, [(1, "a"), (2, "b"), (3, "c"), (4, " d")]);
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing_more(line in "[ -~\u{a0}\u{200b}·é]{0,40}") {
        let once = normalised(&line);
        prop_assert_eq!(normalised(&once), once);
    }

    #[test]
    fn any_text_is_normalised(page in any::<String>()) {
        let text = Text::new(&page);
        prop_assert!(text.lines().all(|(_, line)| !line.contains('\n')));
    }
}
