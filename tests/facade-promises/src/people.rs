//! Words of people who do not exist, in many scripts.

use fastrand::Rng;

const WORDS: [&str; 16] = [
    "Ada",
    "Zoë",
    "O'Brien",
    "Nguyễn",
    "李小龍",
    "محمد",
    "שרה",
    "Ѐлена",
    "अनन्या",
    "e\u{301}cole",
    "👩‍💻",
    "\u{202e}txt",
    "a/b~c",
    "\"quoted\"",
    "line\nend",
    "primary",
];

/// A word.
pub fn word(random: &mut Rng) -> &'static str {
    let at = random.usize(..WORDS.len());
    WORDS.get(at).copied().unwrap_or_default()
}

/// Text of up to three words; sometimes none.
pub fn text(random: &mut Rng) -> String {
    let count = random.usize(..4);
    let words: Vec<&str> = (0..count).map(|_| word(random)).collect();
    words.join(" ")
}
