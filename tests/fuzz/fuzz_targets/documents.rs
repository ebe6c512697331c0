//! A document, whatever it holds, becomes a crate or is refused with its place.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &str| {
    let Ok(document) = serde_json::from_str::<serde_json::Value>(document) else {
        return;
    };
    if let Err(refusals) = codegen::normalise::normalise(&document) {
        assert!(refusals.iter().next().is_some(), "a refusal says why");
    }
});
