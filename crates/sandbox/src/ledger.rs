//! What was committed.

use serde::{Deserialize, Serialize};

/// One write that the server applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Commit {
    /// Its place among all, from 1.
    pub number: u64,
    /// The name of the document.
    pub api: String,
    /// The `operationId`.
    pub operation: String,
    /// The connected account, where requests name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The ids of the records that it made, changed or deleted.
    pub ids: Vec<String>,
    /// The idempotency key under which it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
}
