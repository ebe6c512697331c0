//! A failing server gets little more load than is offered, and soon no more than that when it has recovered.

use crate::outcome::{Outcome, Run};
use crate::{Error, clients, runtime};
use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::LocalSet;
use tokio::time::Instant;

/// The full figure: how many calls a second are offered.
const CALLS: u64 = 1000;

/// How long the server fails.
const STORM: Duration = Duration::from_mins(1);

/// The longest pause between two attempts: one of these after the storm, nothing of it is left.
const CAP: Duration = Duration::from_mins(1);

/// How long calls go on after the cap.
const CALM: Duration = Duration::from_secs(5);

/// In seconds, how long the windows are within which the load must be bounded, too.
const WINDOW: u64 = 5;

/// The retries that a client has from the start, which the windows do not count.
const FRESH: u64 = 10;

/// How a server fails, and who calls it.
#[derive(Debug, Clone, Copy)]
struct Weather {
    name: &'static str,
    status: u16,
    retry_after: Option<&'static str>,
    /// Whether the caller's API documents what to do about the status.
    is_documented: bool,
}

const WEATHERS: [Weather; 5] = [
    Weather {
        name: "503",
        status: 503,
        retry_after: None,
        is_documented: false,
    },
    Weather {
        name: "503_retry_after",
        status: 503,
        retry_after: Some("7"),
        is_documented: false,
    },
    Weather {
        name: "429",
        status: 429,
        retry_after: None,
        is_documented: true,
    },
    Weather {
        name: "429_retry_after",
        status: 429,
        retry_after: Some("10"),
        is_documented: true,
    },
    Weather {
        name: "502_far_retry_after",
        status: 502,
        retry_after: Some("3600"),
        is_documented: true,
    },
];

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    outcome.count("calls_a_second", run.count_or(CALLS));
    let (mut extra, mut in_a_window, mut late, mut after) = (0.0_f64, 0.0_f64, 0, 0);
    for weather in WEATHERS {
        let load = weather.pass(run.count_or(CALLS))?;
        outcome.count(
            &format!("{}_requests", weather.name),
            load.requests.iter().sum::<u64>(),
        );
        extra = extra.max(load.extra_percent());
        in_a_window = in_a_window.max(load.extra_percent_in_a_window());
        late += load.failed_after_the_cap;
        after += load.extra_after_the_cap;
    }
    outcome.at_most("extra_load_percent", extra, 20.0);
    outcome.at_most("extra_load_percent_in_5_seconds", in_a_window, 20.0);
    outcome.at_most(
        "calls_that_failed_one_cap_after_the_storm",
        float(late),
        0.0,
    );
    outcome.at_most("extra_requests_one_cap_after_the_storm", float(after), 0.0);
    Ok(outcome)
}

/// What came in, second by second.
struct Load {
    offered: u64,
    requests: Vec<u64>,
    failed_after_the_cap: u64,
    extra_after_the_cap: u64,
}

impl Load {
    fn storm(&self) -> &[u64] {
        let seconds = usize::try_from(STORM.as_secs()).unwrap_or(usize::MAX);
        self.requests.get(..seconds).unwrap_or(&self.requests)
    }

    fn extra_percent(&self) -> f64 {
        let offered = self.offered * STORM.as_secs();
        percent_above(self.storm().iter().sum(), offered)
    }

    fn extra_percent_in_a_window(&self) -> f64 {
        let length = usize::try_from(WINDOW).unwrap_or(usize::MAX);
        self.storm()
            .windows(length)
            .map(|window| {
                percent_above(
                    window.iter().sum::<u64>().saturating_sub(FRESH),
                    self.offered * WINDOW,
                )
            })
            .fold(0.0, f64::max)
    }
}

fn percent_above(requests: u64, offered: u64) -> f64 {
    float(requests.saturating_sub(offered)) * 100.0 / float(offered)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of requests are far below 2^52"
)]
fn float(count: u64) -> f64 {
    count as f64
}

impl Weather {
    fn pass(self, offered: u64) -> Result<Load, Error> {
        let runtime = runtime::paused()?;
        LocalSet::new().block_on(&runtime, self.blow(offered))
    }

    async fn blow(self, offered: u64) -> Result<Load, Error> {
        let start = Instant::now();
        let seconds = (STORM + CAP + CALM).as_secs();
        let requests = Arc::new(Mutex::new(vec![0_u64; usize::try_from(seconds)? + 1]));
        let server = {
            let requests = Arc::clone(&requests);
            let mut failure = Reply::new(self.status).json("{}");
            if let Some(hint) = self.retry_after {
                failure = failure.header("retry-after", hint);
            }
            let (bad, good) = (
                Behaviour::prepared(&failure),
                Behaviour::prepared(&Reply::new(200).json("{}")),
            );
            FaultServer::builder()
                .unrecorded()
                .start_here(move |_: &Request, _: usize| {
                    let second = usize::try_from(start.elapsed().as_secs()).unwrap_or(usize::MAX);
                    let mut requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(count) = requests.get_mut(second) {
                        *count += 1;
                    }
                    if start.elapsed() < STORM {
                        bad.clone()
                    } else {
                        good.clone()
                    }
                })?
        };
        // Time stands still while the requests of a moment are exchanged, so that no attempt needs long.
        let long = Duration::from_hours(1);
        let truto = clients::truto(server.url(), |core| {
            core.attempt_timeout(long).timeout(long)
        })?;
        let thelinks = clients::thelinks(server.url(), |core| {
            core.attempt_timeout(long).timeout(long)
        })?;
        let late = Rc::new(RefCell::new((0_u64, 0_u64)));
        let mut calls = Vec::new();
        for number in 0..offered * seconds {
            let at =
                start + Duration::from_secs(1) * u32::try_from(number)? / u32::try_from(offered)?;
            tokio::time::sleep_until(at).await;
            let (truto, thelinks, late) = (truto.clone(), thelinks.clone(), Rc::clone(&late));
            calls.push(tokio::task::spawn_local(async move {
                let result = if self.is_documented {
                    truto
                        .contacts_get()
                        .id("1")
                        .integrated_account_id("a")
                        .send_raw()
                        .await
                } else {
                    thelinks.contacts_list().send_raw().await
                };
                if at >= start + STORM + CAP {
                    let mut late = late.borrow_mut();
                    late.0 += u64::from(!result.is_ok_and(|answer| answer.status() == 200));
                }
            }));
            calls.retain(|call| !call.is_finished());
        }
        for call in calls {
            call.await?;
        }
        let requests = requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        // The last second is not over for every call of it.
        let calm = usize::try_from((STORM + CAP).as_secs())? + 1..usize::try_from(seconds)?;
        let in_the_calm: u64 = requests.get(calm.clone()).unwrap_or_default().iter().sum();
        let offered_in_the_calm = offered * u64::try_from(calm.len())?;
        let (failed, _) = *late.borrow();
        Ok(Load {
            offered,
            requests,
            failed_after_the_cap: failed,
            extra_after_the_cap: in_the_calm.saturating_sub(offered_in_the_calm),
        })
    }
}
