//! From the JSON text of an answer to values.

use serde::de::DeserializeOwned;
use std::cell::Cell;

thread_local! {
    static IS_DIRECT: Cell<bool> = const { Cell::new(false) };
}

/// Decodes JSON text as the body of an answer is decoded. No text at all is null.
///
/// The text is read straight into `T` first. Only where that fails is it read again with what an answer may hold and
/// its document does not: items that are not as documented ([`Items`](crate::Items)) and values of none of the forms
/// of a union are kept apart then, instead of failing the whole.
///
/// # Errors
/// When the text is no `T`. The error's text may quote the value that does not fit.
pub fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    if text.is_empty() {
        return serde_json::from_slice(b"null");
    }
    // Checked once here, strings are not checked again one by one.
    let Ok(text) = std::str::from_utf8(text) else {
        return serde_json::from_slice(text);
    };
    let direct = Direct::begin();
    let value = serde_json::from_str(text);
    drop(direct);
    value.or_else(|_| serde_json::from_str(text))
}

/// Whether a value is being read straight from the text of an answer, so that a type which takes values of several
/// forms may take the likely one and fail where it is another: it is asked again without this then.
#[must_use]
pub fn is_direct_reading() -> bool {
    IS_DIRECT.get()
}

/// Lasts as long as a direct reading.
struct Direct {
    before: bool,
}

impl Direct {
    fn begin() -> Self {
        Self {
            before: IS_DIRECT.replace(true),
        }
    }
}

impl Drop for Direct {
    fn drop(&mut self) {
        IS_DIRECT.set(self.before);
    }
}
