//! What finishing says when progenitor printed something that it does not know.

use crate::refusal::Refusal;

/// A form of printed code that finishing was not written for.
#[derive(Debug)]
pub(super) struct Unexpected {
    found: String,
    expected: String,
}

/// A new [`Unexpected`].
pub(super) fn unexpected(found: impl Into<String>, expected: impl Into<String>) -> Unexpected {
    Unexpected {
        found: found.into(),
        expected: expected.into(),
    }
}

impl Unexpected {
    /// The refusal of the document at `pointer`.
    pub(super) fn at(self, pointer: &str) -> Refusal {
        Refusal::new(
            "printed-form",
            pointer,
            format!("in what progenitor printed: {}", self.found),
            self.expected,
            "use the progenitor version that Cargo.lock names, or teach `codegen::finish` the new form",
        )
    }
}
