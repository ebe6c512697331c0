#![doc = include_str!("../../../README.md")]

/// The examples of the sandbox's own README.
#[cfg(doctest)]
#[doc = include_str!("../../../crates/sandbox/README.md")]
mod of_the_sandbox {}
