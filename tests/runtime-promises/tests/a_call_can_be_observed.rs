//! What a metrics hook sees of calls and attempts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{AttemptReport, CallOptions, CallReport, ErrorKind, Observer};
use fault_server::{Behaviour, FaultServer, Reply};
use runtime_promises::{API, builder, get};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Seen(Mutex<Vec<String>>);

impl Observer for Seen {
    fn attempt(&self, report: &AttemptReport<'_>) {
        self.0.lock().unwrap().push(format!(
            "{} {} attempt {} {:?} {:?} {:?}",
            report.api,
            report.operation.id(),
            report.number,
            report.status,
            report.error,
            report.request_id
        ));
    }

    fn call(&self, report: &CallReport) {
        self.0.lock().unwrap().push(format!(
            "{} call {} {:?} {:?}",
            report.operation.id(),
            report.attempts,
            report.status,
            report.error
        ));
    }
}

#[tokio::test]
async fn an_observer_sees_attempts_and_calls() {
    let ok = Reply::new(200).header("x-request-id", "r-7").json("{}");
    let server =
        FaultServer::start([Behaviour::drop(), Behaviour::answer(ok), Behaviour::drop()]).unwrap();
    let seen = Arc::new(Seen::default());
    let core = builder(&API, &server)
        .observer(seen.clone())
        .build()
        .unwrap();
    get(&core, "1", CallOptions::new()).await.unwrap();
    let failure = get(&core, "1", CallOptions::new().no_retries())
        .await
        .unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Io);
    assert_eq!(
        *seen.0.lock().unwrap(),
        [
            "example-client things_get attempt 1 None Some(Io) None",
            "example-client things_get attempt 2 Some(200) None Some(\"r-7\")",
            "things_get call 2 Some(200) None",
            "example-client things_get attempt 1 None Some(Io) None",
            "things_get call 1 None Some(Io)",
        ]
    );
}
