//! `contacts doctor`: what stands between a person and their store. Nothing is written.

use crate::arguments::StoreArguments;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::{Opened, open};
use client_runtime::{AttemptReport, Observer};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use unified_contacts::{ListQuery, Operation, connect};
use url::Url;

/// By how much a clock may be wrong before somebody should know.
const SKEW: Duration = Duration::from_mins(1);

/// What the server said of itself in the last answer.
#[derive(Debug, Default, Clone)]
struct Said {
    date: Option<String>,
    limit: Option<String>,
    remaining: Option<String>,
    duration: Duration,
}

#[derive(Debug, Default)]
struct Listener(Mutex<Option<Said>>);

impl Observer for Listener {
    fn attempt(&self, report: &AttemptReport<'_>) {
        if report.status.is_none() {
            return;
        }
        let header = |name: &str| report.headers.get(name).map(str::to_owned);
        let said = Said {
            date: header("date"),
            limit: header("ratelimit-limit"),
            remaining: header("ratelimit-remaining"),
            duration: report.duration,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Ok,
    Warning,
    Failed,
}

#[derive(Debug)]
struct Checks<'o> {
    output: &'o mut Output,
    worst: u8,
}

impl Checks<'_> {
    fn say(&mut self, mark: Mark, what: &str, text: &str) -> Result<(), Failure> {
        let word = match mark {
            Mark::Ok => "ok",
            Mark::Warning => "warning",
            Mark::Failed => "failed",
        };
        self.output.line(format!("{word:<8} {what:<13} {text}"))
    }

    fn fail(&mut self, what: &str, failure: &Failure) -> Result<(), Failure> {
        self.worst = failure.code();
        self.say(Mark::Failed, what, &failure.to_string())?;
        if let Some(hint) = failure.hint_text() {
            self.output.line(format!("{:22} {hint}", ""))?;
        }
        Ok(())
    }
}

pub(super) async fn run(store: &StoreArguments, output: &mut Output) -> Result<u8, Failure> {
    let mut checks = Checks {
        output,
        worst: exit::DONE,
    };
    let opened = match open(store) {
        Ok(opened) => opened,
        Err(failure) => {
            checks.fail("settings", &failure)?;
            return Ok(checks.worst);
        }
    };
    let url = opened.settings.base_url.clone();
    let shown = url.as_deref().unwrap_or("its documented server");
    checks.say(
        Mark::Ok,
        "settings",
        &format!("{} at {shown}, with a credential", opened.store.provider()),
    )?;
    if opened.store.capabilities().supports(Operation::List) {
        listed(&opened, &mut checks).await?;
    } else {
        connected(url.as_deref(), &mut checks).await?;
    }
    Ok(checks.worst)
}

/// Asks for one contact, and looks at what comes with it.
async fn listed(opened: &Opened, checks: &mut Checks<'_>) -> Result<(), Failure> {
    let listener = Arc::new(Listener::default());
    let observer = Arc::clone(&listener);
    let settings = opened.settings.clone();
    let earlier = settings.clone();
    let settings = settings.configure(move |core| {
        earlier
            .configured(core)
            .observer(Arc::clone(&observer) as Arc<dyn Observer>)
            .max_attempts(1)
    });
    let store = connect(&settings)?;
    let first = store.list(ListQuery::new().page_size(1))?.next().await;
    let said = listener
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    match first {
        Some(Err(error)) => {
            let what = if error
                .call()
                .is_some_and(client_runtime::Error::is_unauthorized)
            {
                "credential"
            } else {
                "reading"
            };
            checks.fail(what, &error.into())?;
        }
        found => {
            let what = if found.is_some() {
                "a contact was read"
            } else {
                "there are no contacts"
            };
            let time = said.as_ref().map_or(0, |said| said.duration.as_millis());
            checks.say(Mark::Ok, "reading", &format!("{what}, in {time} ms"))?;
        }
    }
    let Some(said) = said else { return Ok(()) };
    clock(said.date.as_deref(), checks)?;
    match (said.remaining, said.limit) {
        (Some(remaining), Some(limit)) => {
            let mark = if remaining == "0" {
                Mark::Warning
            } else {
                Mark::Ok
            };
            checks.say(
                mark,
                "quota",
                &format!("{remaining} requests left of {limit}"),
            )
        }
        _ => checks.say(
            Mark::Ok,
            "quota",
            "the server says nothing of it; the documented one is kept to",
        ),
    }
}

fn clock(date: Option<&str>, checks: &mut Checks<'_>) -> Result<(), Failure> {
    let Some(theirs) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        return checks.say(Mark::Ok, "clock", "the server does not tell its time");
    };
    let ours = SystemTime::now();
    let apart = ours
        .duration_since(theirs)
        .or_else(|_| theirs.duration_since(ours))
        .unwrap_or_default();
    if apart > SKEW {
        let text = format!(
            "{} s apart from the server's; set this machine's clock",
            apart.as_secs()
        );
        return checks.say(Mark::Warning, "clock", &text);
    }
    checks.say(
        Mark::Ok,
        "clock",
        "less than a minute apart from the server's",
    )
}

/// For an API without anything that could be read: whether somebody answers there.
async fn connected(url: Option<&str>, checks: &mut Checks<'_>) -> Result<(), Failure> {
    let url = url.and_then(|url| Url::parse(url).ok());
    let place = url
        .as_ref()
        .and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    let Some((host, port)) = place else {
        return checks.say(
            Mark::Warning,
            "reachability",
            "no server is named, nothing was checked",
        );
    };
    let connecting = tokio::net::TcpStream::connect((host, port));
    match tokio::time::timeout(Duration::from_secs(10), connecting).await {
        Ok(Ok(_)) => checks.say(
            Mark::Ok,
            "reachability",
            "the server takes connections; the API has nothing to read",
        ),
        Ok(Err(error)) => checks.fail(
            "reachability",
            &Failure::new(
                exit::FAILED,
                format!("no connection to {host}:{port}: {error}"),
            ),
        ),
        Err(_) => checks.fail(
            "reachability",
            &Failure::new(
                exit::FAILED,
                format!("no connection to {host}:{port} within 10 s"),
            ),
        ),
    }
}
