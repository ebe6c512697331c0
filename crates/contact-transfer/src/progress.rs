//! How far a transfer is.

/// What is told while a transfer runs. It is called from the task that runs the transfer, so that it must not block.
pub trait Progress: Send + Sync {
    /// The transfer begins. `total` is how many records there are, where that is known; `done` of them are settled by
    /// earlier runs.
    fn started(&self, _total: Option<u64>, _done: u64) {}

    /// More records are settled: created, updated, unchanged, refused or left out.
    fn advanced(&self, _records: u64) {}

    /// A record was refused, or could not be sent this time. The reason holds no value of a contact.
    fn failed(&self, _line: u64, _reason: &str) {}

    /// The transfer does something else than sending records, such as waiting or listing the target.
    fn doing(&self, _what: &str) {}

    /// The transfer is over, done or not.
    fn finished(&self) {}
}

/// Tells nobody.
impl Progress for () {}
