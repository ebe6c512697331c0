//! What `docspec::lint` promises.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod acceptances;
mod each_rule;
mod harbour;
mod inconsistencies_of_pages;
mod output;
mod slips;
mod sources;
