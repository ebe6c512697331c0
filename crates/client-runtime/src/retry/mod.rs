//! When a request is sent again.

mod backoff;
mod budget;
mod hint;

pub(crate) use backoff::Backoff;
pub(crate) use budget::Budget;
pub(crate) use hint::{is_exhausted, retry_after};

use crate::api::RetryPolicy;
use crate::effect::Effect;
use crate::operation::Operation;
use std::time::Duration;

/// The longest pause between two attempts, whatever a server asks for.
pub(crate) const MAX_PAUSE: Duration = Duration::from_mins(1);

impl RetryPolicy {
    /// Whether the vendor says that a request which was answered like this is worth another try.
    pub(crate) fn is_temporary(&self, status: u16, body: &[u8]) -> bool {
        if self.never.contains(&status) {
            return false;
        }
        if self.statuses.contains(&status) {
            return true;
        }
        status >= 500
            && self
                .remote_error_pointer
                .is_some_and(|pointer| !holds_true(body, pointer))
    }

    /// Whether sending a request again cannot apply it twice: it reads, its repetition changes nothing, it was not
    /// applied, or the server recognises it by its key.
    pub(crate) fn may_replay(&self, operation: &Operation, effect: Effect, has_key: bool) -> bool {
        effect == Effect::None
            || has_key
            || operation.is_safe()
            || self.idempotent_methods.contains(&operation.method())
    }

    /// The header for an idempotency key, if the operation takes one: those methods that HTTP itself does not make
    /// idempotent.
    pub(crate) fn key_header(&self, operation: &Operation) -> Option<&'static str> {
        self.idempotency_header
            .filter(|_| matches!(operation.method(), "POST" | "PATCH"))
    }
}

fn holds_true(body: &[u8], pointer: &str) -> bool {
    serde_json::from_slice::<serde_json::Value>(body)
        .is_ok_and(|body| body.pointer(pointer) == Some(&serde_json::Value::Bool(true)))
}
