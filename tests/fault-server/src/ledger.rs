//! What was committed.

use crate::request::Request;
use std::collections::HashMap;

/// The header by which a write is recognised.
const KEY_HEADER: &str = "idempotency-key";

/// Every write that the server was asked to commit. One that carries a key which was seen before is the same write:
/// it is not applied again.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    writes: Vec<Write>,
    by_key: HashMap<String, usize>,
}

/// A write that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The key that it carried.
    pub key: Option<String>,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The body.
    pub body: Vec<u8>,
    /// How often a request for it came in.
    pub requests: usize,
}

impl Ledger {
    pub(crate) fn commit(&mut self, request: &Request) {
        let key = request.header(KEY_HEADER).map(str::to_owned);
        let seen = key.as_ref().and_then(|key| self.by_key.get(key));
        if let Some(write) = seen.and_then(|index| self.writes.get_mut(*index)) {
            write.requests += 1;
            return;
        }
        if let Some(key) = &key {
            self.by_key.insert(key.clone(), self.writes.len());
        }
        self.writes.push(Write {
            key,
            method: request.method().to_owned(),
            path: request.path().to_owned(),
            body: request.body().to_vec(),
            requests: 1,
        });
    }

    /// The writes that were applied, in order.
    #[must_use]
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// How many writes with this body were applied.
    #[must_use]
    pub fn applied(&self, body: &[u8]) -> usize {
        self.writes
            .iter()
            .filter(|write| write.body == body)
            .count()
    }
}
