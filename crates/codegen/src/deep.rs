//! Work that recurses as deep as a document nests.

use std::{cell::Cell, thread};

/// Enough for the rules' recursion over components that build on each other in long chains, and for typify's over the
/// deepest document that normalising lets through, in a debug build.
const STACK: usize = 256 << 20;

thread_local! {
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Does the work on a thread with a deep stack: this one, when it is one already, since memory that one stage frees
/// is at hand for the next stage of the same thread. None when there is no such thread, or when the work panics.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    if IS_DEEP.get() {
        return Some(work());
    }
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("codegen".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                IS_DEEP.set(true);
                work()
            })
            .ok()?;
        worker.join().ok()
    })
}
