//! Sends what a feed gives, many at a time, each written down before it goes out and after.

use crate::cancel::Cancel;
use crate::error::TransferError;
use crate::journal::entry::State;
use crate::journal::{Change, Journal};
use crate::losses::Losses;
use crate::options::RunOptions;
use crate::progress::Progress;
use crate::report::Stopped;
use crate::verdict::Verdict;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::Pin;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::time::{Instant, sleep_until};
use unified_contacts::{
    CallOptions, ContactPatch, ContactRecord, ContactStore, Integration, StoreError, WriteOptions,
    Written,
};

/// A record that is to be sent.
pub(crate) struct Job {
    pub(crate) number: u64,
    pub(crate) line: u64,
    pub(crate) work: Work,
    /// When an earlier run was going to send it, of which nobody knows what became of it.
    pub(crate) intended_at: Option<u64>,
    /// How often it was sent in this run.
    pub(crate) attempts: u32,
}

/// What is sent.
pub(crate) enum Work {
    Create(Box<ContactRecord>),
    Update(String, Box<ContactPatch>),
}

/// What a feed gives.
pub(crate) enum Fed {
    /// A record that is to be sent.
    Job(Job),
    /// A record that is settled without being sent.
    Settled {
        number: u64,
        line: u64,
        state: State,
    },
    /// A record of which nothing is to be done now.
    Passed,
    /// No more can be had.
    Stopped(Stopped),
    /// No more records.
    End,
}

/// Where records come from.
pub(crate) trait Feed {
    /// The next record. The future can be dropped before it is ready, and nothing is lost.
    fn next(&mut self) -> impl Future<Output = Result<Fed, TransferError>>;
}

/// What a transfer works with.
pub(crate) struct Transfer<'a> {
    pub(crate) store: &'a dyn ContactStore,
    pub(crate) journal: &'a Journal,
    pub(crate) integration: Option<Integration>,
    pub(crate) options: &'a RunOptions,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) cancel: &'a Cancel,
}

/// How many records are taken one after the other without a pause.
const LET_OTHERS: usize = 2048;

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map(|since| since.as_secs()).unwrap_or_default()
}

type Commit<'a> = Pin<Box<dyn Future<Output = Result<(), crate::JournalError>> + 'a>>;

/// A run of a feed.
struct Run<'a> {
    transfer: &'a Transfer<'a>,
    /// Records whose intent is queued for the journal.
    queued: Vec<Job>,
    /// Records whose intent is being written.
    committing: Vec<Job>,
    /// Records whose intent is on disk.
    ready: VecDeque<Job>,
    stopped: Option<Stopped>,
    /// How many calls failed one after the other.
    failures: usize,
}

/// Sends what a feed gives until its end, or until there is a reason to stop.
pub(crate) async fn drive<F: Feed>(
    transfer: &Transfer<'_>,
    feed: &mut F,
) -> Result<Option<Stopped>, TransferError> {
    let concurrency = transfer.options.concurrency();
    // As many intents in one commit as keep the calls busy until the next one, and no more: whatever is intended and
    // not sent when the process is killed has to be looked for.
    let batch = concurrency * 4;
    let mut run = Run {
        transfer,
        queued: Vec::new(),
        committing: Vec::new(),
        ready: VecDeque::new(),
        stopped: None,
        failures: 0,
    };
    let mut in_flight = FuturesUnordered::new();
    let mut commit: Option<Commit<'_>> = None;
    let mut has_ended = false;
    let mut was_fed = false;
    let mut given_since = 0_usize;
    let mut deadline: Option<Instant> = None;
    loop {
        if given_since >= LET_OTHERS {
            // A feed of what is settled already never waits: others have their turn, and the journal keeps up.
            given_since = 0;
            transfer.journal.durable().await?;
            tokio::task::yield_now().await;
        }
        if transfer.cancel.is_cancelled() && run.stopped.is_none() {
            run.stopped = Some(Stopped::Cancelled);
        }
        if run.stopped.is_some() {
            has_ended = true;
            run.put_back();
            deadline.get_or_insert_with(|| Instant::now() + transfer.options.grace);
        }
        while in_flight.len() < concurrency
            && let Some(job) = run.ready.pop_front()
        {
            in_flight.push(send(transfer, job));
        }
        let is_full = run.queued.len() >= batch;
        if commit.is_none() && !run.queued.is_empty() && (is_full || has_ended || !was_fed) {
            run.committing = std::mem::take(&mut run.queued);
            commit = Some(Box::pin(transfer.journal.durable()));
        }
        if has_ended && commit.is_none() && run.ready.is_empty() && in_flight.is_empty() {
            break;
        }
        let is_hungry = !has_ended && !is_full && run.ready.len() + run.committing.len() <= batch;
        was_fed = false;
        tokio::select! {
            biased;
            given = feed.next(), if is_hungry => {
                was_fed = true;
                has_ended = run.take(given?);
                given_since += 1;
            }
            written = awaited(&mut commit), if commit.is_some() => {
                given_since = 0;
                commit = None;
                written?;
                run.ready.extend(run.committing.drain(..));
            }
            Some((job, answer)) = in_flight.next(), if !in_flight.is_empty() => run.settle(job, answer),
            () = transfer.cancel.cancelled(), if run.stopped.is_none() => {}
            // Whatever is still in flight stays intended: the next run finds out what became of it.
            () = until(deadline), if deadline.is_some() => break,
        }
    }
    drop(in_flight);
    transfer.journal.durable().await?;
    Ok(run.stopped)
}

async fn awaited(commit: &mut Option<Commit<'_>>) -> Result<(), crate::JournalError> {
    match commit {
        Some(commit) => commit.await,
        None => pending().await,
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}

async fn send(transfer: &Transfer<'_>, job: Job) -> (Job, Result<Written, StoreError>) {
    let store = transfer.store;
    let mut call = CallOptions::new();
    // A change may be another one when it is made again, so that it needs a key of its own, which the client makes.
    let is_create = matches!(job.work, Work::Create(_));
    if is_create && store.capabilities().idempotency_keys {
        call = call.idempotency_key(&transfer.journal.key(job.number));
    }
    let mut options = WriteOptions::new().accept_loss().call(call);
    options.integration = transfer.integration;
    let answer = match &job.work {
        Work::Create(draft) => store.create(&**draft, options).await,
        Work::Update(id, patch) => store.update(id, (**patch).clone(), options).await,
    };
    (job, answer)
}

impl Run<'_> {
    /// Takes what a feed gave, and says whether that was the last.
    fn take(&mut self, fed: Fed) -> bool {
        let Transfer {
            journal, progress, ..
        } = self.transfer;
        match fed {
            Fed::Job(job) => {
                if job.intended_at.is_none() {
                    journal.put(job.number, job.line, State::Intended { at: now() });
                }
                self.queued.push(job);
            }
            Fed::Settled {
                number,
                line,
                state,
            } => {
                if let State::Refused { reason } = &state {
                    progress.failed(line, reason);
                }
                journal.put(number, line, state);
                progress.advanced(1);
            }
            Fed::Passed => {}
            Fed::Stopped(stopped) => {
                self.stopped.get_or_insert(stopped);
            }
            Fed::End => return true,
        }
        false
    }

    /// Takes the intents of what was not sent back.
    fn put_back(&mut self) {
        let waiting = self.queued.drain(..).chain(self.committing.drain(..));
        for job in waiting.chain(self.ready.drain(..)) {
            self.transfer.forget(&job);
        }
    }

    fn settle(&mut self, mut job: Job, answer: Result<Written, StoreError>) {
        let Transfer {
            journal,
            progress,
            options,
            ..
        } = self.transfer;
        let error = match answer {
            Ok(written) => {
                self.failures = 0;
                self.transfer.wrote(&job, &written);
                return;
            }
            Err(error) => error,
        };
        let reason = error.to_string();
        match Verdict::of(&error) {
            Verdict::Applied => {
                self.failures = 0;
                let state = match job.work {
                    Work::Create(_) => State::Created { id: None },
                    Work::Update(id, _) => State::Updated { id },
                };
                journal.put(job.number, job.line, state);
                progress.advanced(1);
            }
            Verdict::Refused => {
                self.failures = 0;
                progress.failed(job.line, &reason);
                progress.advanced(1);
                journal.put(job.number, job.line, State::Refused { reason });
            }
            Verdict::Unknown => {
                // The intent stays.
                self.failures += 1;
                progress.failed(job.line, &reason);
            }
            Verdict::Later => {
                self.failures += 1;
                job.attempts += 1;
                if job.attempts < options.attempts {
                    self.ready.push_back(job);
                } else {
                    progress.failed(job.line, &reason);
                    self.transfer.forget(&job);
                }
            }
            Verdict::Denied => {
                progress.failed(job.line, &reason);
                self.transfer.forget(&job);
                self.stopped.get_or_insert(Stopped::Denied(reason));
                return;
            }
        }
        if self.failures >= options.concurrency() * 4 {
            self.stopped
                .get_or_insert(Stopped::Unreachable(error.to_string()));
        }
    }
}

impl Transfer<'_> {
    /// Notes a write that was applied.
    fn wrote(&self, job: &Job, written: &Written) {
        let id = written.contact.as_ref().and_then(|contact| contact.id());
        let id = id.map(str::to_owned);
        let state = match &job.work {
            Work::Create(_) => {
                if let Some(id) = id.clone().filter(|_| self.journal.is_of_sync()) {
                    self.journal.change(Change::Id(job.number, id));
                }
                State::Created { id }
            }
            Work::Update(id, _) => State::Updated { id: id.clone() },
        };
        let mut lost = Losses::default();
        lost.add(&written.lost);
        if !lost.is_empty() {
            self.journal.change(Change::Lost(lost.counts));
        }
        self.journal.put(job.number, job.line, state);
        self.progress.advanced(1);
    }

    /// Takes the intent of a record back that was certainly not applied. An earlier one, of which that is not known,
    /// stays.
    fn forget(&self, job: &Job) {
        if job.intended_at.is_none() {
            self.journal.change(Change::Remove(job.number));
        }
    }
}
