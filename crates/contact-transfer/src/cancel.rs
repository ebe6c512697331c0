//! How a transfer is stopped.

use std::sync::Arc;
use tokio::sync::watch;

/// Stops a transfer from elsewhere, such as a handler of Ctrl-C. Clones stop the same transfer. No more records are
/// taken, those in flight are waited for as long as [`RunOptions::grace`](crate::RunOptions::grace) says, and the
/// journal is written; the transfer then goes on when it is run again.
#[derive(Debug, Clone)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Default for Cancel {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Cancel {
    /// A handle that was not used yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the transfer.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether the transfer is to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the transfer is to stop.
    pub async fn cancelled(&self) {
        let mut seen = self.0.subscribe();
        // The sender lives as long as this handle.
        let _ = seen.wait_for(|is_cancelled| *is_cancelled).await;
    }
}
