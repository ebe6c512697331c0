//! A listing that goes on after a page that failed.

use std::time::Duration;
use unified_contacts::{Contact, ContactListing, StoreError, StoreErrorKind};

/// How often a page is asked for again, beyond what the client itself does.
const AGAIN: u32 = 6;

/// How long the first pause is before that; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(50);

/// A listing that asks for a page again when its call failed. A list of thousands of pages would else hardly come to its
/// end where calls fail now and then, since not every status is one that the client tries again.
pub(crate) struct Patient {
    contacts: ContactListing,
    failures: u32,
    is_due: bool,
}

impl Patient {
    pub(crate) fn new(contacts: ContactListing) -> Self {
        Self {
            contacts,
            failures: 0,
            is_due: false,
        }
    }

    /// The next contact. The future can be dropped before it is ready, and nothing is lost.
    pub(crate) async fn next(&mut self) -> Option<Result<Box<dyn Contact>, StoreError>> {
        loop {
            if std::mem::take(&mut self.is_due) {
                tokio::time::sleep(PAUSE * 2_u32.pow(self.failures - 1)).await;
            }
            let error = match self.contacts.next().await {
                Some(Err(error)) if error.kind() == StoreErrorKind::Call => error,
                other => {
                    self.failures = 0;
                    return other;
                }
            };
            let status = error
                .call()
                .and_then(unified_contacts::client_runtime::Error::status);
            let may_pass = status.is_none_or(|status| status == 429 || status >= 500);
            if !may_pass || self.failures >= AGAIN {
                return Some(Err(error));
            }
            self.failures += 1;
            self.is_due = true;
            self.contacts.try_again();
        }
    }
}
