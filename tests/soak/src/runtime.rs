//! The runtimes that promises run in, and many calls at once.

use crate::Error;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// A runtime in this thread.
pub(crate) fn current_thread() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// A runtime in this thread in which waiting takes no time.
pub(crate) fn paused() -> io::Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
}

/// Runs `work` for every number below `count`, at most `in_flight` of them at a time, and gives how many panicked.
pub(crate) fn many<W, F>(count: u64, in_flight: u64, work: W) -> Result<u64, Error>
where
    W: Fn(u64) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let work = Arc::new(work);
    let next = Arc::new(AtomicU64::new(0));
    let mut panics = 0;
    current_thread()?.block_on(async {
        let mut tasks = JoinSet::new();
        let spawn = |tasks: &mut JoinSet<()>| {
            let (work, next) = (Arc::clone(&work), Arc::clone(&next));
            tasks.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    work(number).await;
                }
            });
        };
        for _ in 0..in_flight.min(count) {
            spawn(&mut tasks);
        }
        while let Some(ended) = tasks.join_next().await {
            if ended.is_err_and(|error| error.is_panic()) {
                panics += 1;
                spawn(&mut tasks);
            }
        }
    });
    Ok(panics)
}

/// A number that follows from others, as if it were random.
pub(crate) fn mixed(seed: u64, numbers: [u64; 2]) -> u64 {
    let [first, second] = numbers;
    let first = first.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let second = second.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    fastrand::Rng::with_seed(seed ^ first ^ second).u64(..)
}
