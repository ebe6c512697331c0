//! A journal is used for what it belongs to and nothing else, holds no credential and nothing personal but ids, and
//! tells what became of every record over all runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use contact_server::{ContactServer, Fault, FaultKind, FaultRate};
use contact_transfer::{
    Answer, Cancel, Endpoint, Progress, Stopped, TransferError, decide, decisions, report,
};
use serde_json::json;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use support::{Given, addresses, file, people, store};

#[tokio::test]
async fn of_another_source_or_target_is_refused() {
    let server = ContactServer::start().unwrap();
    let truto = store(&server.connection("truto"));
    let thelinks = store(&server.connection("thelinks"));
    let (_folder, path) = file("a.csv", people(3));
    Given::new(&*truto, &server, &path).run().await.unwrap();
    let other_target = Given::new(&*thelinks, &server, &path)
        .run()
        .await
        .unwrap_err();
    assert!(other_target.to_string().ends_with("this is the journal of another target; go on with what it belongs to, or name another journal"), "{other_target}");
    let mut other_account = Given::new(&*truto, &server, &path);
    other_account.target = Endpoint::new("truto", Some(&server.url("truto")), Some("another"));
    let error = other_account.run().await.unwrap_err();
    assert!(error.to_string().contains("another target"), "{error}");

    std::fs::write(&path, people(4)).unwrap();
    let error = Given::new(&*truto, &server, &path).run().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the file as it was before it was changed"),
        "{error}"
    );
    assert_eq!((server.count("truto"), server.count("thelinks")), (3, 0));

    let header = "First name,Surname,E-mail,Phone\n";
    let (_folder, path) = file("a.csv", people(3));
    Given::new(&*truto, &server, &path).run().await.unwrap();
    std::fs::write(
        &path,
        people(3).replacen("First name,Last name,E-mail,Phone\n", header, 1),
    )
    .unwrap();
    assert!(Given::new(&*truto, &server, &path).run().await.is_err());

    let (folder, path) = file("a.csv", people(3));
    let mut given = Given::new(&*truto, &server, &path);
    given.journal = folder.path().join("other.txt");
    std::fs::write(&given.journal, "no journal, but something of a person's").unwrap();
    let error = given.run().await.unwrap_err();
    assert!(matches!(error, TransferError::Journal(_)), "{error}");
    let left = std::fs::read_to_string(&given.journal).unwrap();
    assert_eq!(
        left, "no journal, but something of a person's",
        "it was written over"
    );
}

#[tokio::test]
async fn run_again_sends_nothing_again() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("thelinks"));
    let (_folder, path) = file("a.csv", people(200));
    let given = Given::new(&*store, &server, &path);
    let first = given.run().await.unwrap();
    let requests = server.requests_seen();
    let second = given.run().await.unwrap();
    assert_eq!(first, second);
    assert_eq!(server.requests_seen(), requests);
    assert_eq!(second.created, 200);
    assert_eq!(report(&given.journal).unwrap(), second);
}

#[tokio::test]
async fn holds_no_credential_and_no_contact() {
    let server = ContactServer::start().unwrap();
    let connection = server.connection("thelinks");
    let store = store(&connection);
    let (_folder, path) = file("a.csv", people(50));
    let mut given = Given::new(&*store, &server, &path);
    given.target = Endpoint::of(&support::settings(&connection));
    given.run().await.unwrap();
    let bytes = std::fs::read(&given.journal).unwrap();
    for text in [contact_server::TOKEN, "ada1@", "example.org", "No 1"] {
        let found = bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes());
        assert!(!found, "the journal holds `{text}`");
    }
    assert!(bytes.windows(9).any(|window| window == b"127.0.0.1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = given.journal.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "others may read it");
    }
}

#[tokio::test]
async fn is_open_in_one_process_at_a_time() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("thelinks"));
    let (_folder, path) = file("a.csv", people(20));
    let given = Given::new(&*store, &server, &path);
    server.set_fault(Some(Fault {
        on_next: 1,
        kind: FaultKind::Slow(Duration::from_millis(300)),
    }));
    let (first, second) = tokio::join!(given.run(), async {
        while server.requests_seen() == 0 {
            tokio::task::yield_now().await;
        }
        given.run().await
    });
    assert!(first.unwrap().is_complete);
    let error = second.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("another process has this journal open"),
        "{error}"
    );
}

#[tokio::test]
async fn of_records_that_were_refused() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("thelinks"));
    let content = format!(
        "{}=1,x,bad@example.org,1\nNobody,x,,1\nA,x,ada2@example.org,\n",
        people(10)
    );
    let (_folder, path) = file("a.csv", content);
    let mut given = Given::new(&*store, &server, &path);
    given.options.keep_going = true;
    server.set_fault(Some(Fault {
        on_next: 1,
        kind: FaultKind::Status(422),
    }));
    let report = given.run().await.unwrap();
    assert_eq!(
        (report.created, report.refused, report.total),
        (9, 4, Some(13)),
        "{report}"
    );
    assert!(report.is_complete);
    let lines: Vec<u64> = report.refusals.iter().map(|refusal| refusal.line).collect();
    assert_eq!(lines[1..], [12, 13, 14]);
    assert!(report.refusals[0].reason.contains("422"), "{report}");
    assert!(report.refusals[3].reason.contains("of line 3"), "{report}");
    let shared = report
        .reasons
        .keys()
        .any(|reason| reason.contains("an e-mail address of another line,"));
    assert!(shared, "{report}");
    assert_eq!(given.run().await.unwrap(), report, "a refusal is final");
    assert_eq!(addresses(&server, "thelinks").len(), 9);
    for line in report.to_string().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["refusals"][1]["line"], 12);
    assert_eq!(
        (&json["version"], &json["stopped"]),
        (&json!(1), &json!(null))
    );
}

#[tokio::test]
async fn after_the_credential_was_refused() {
    let server = ContactServer::start().unwrap();
    let connection = server.connection("thelinks");
    let wrong = store(&connection.replace(contact_server::TOKEN, "wr0ng"));
    let (_folder, path) = file("a.csv", people(100));
    let report = Given::new(&*wrong, &server, &path).run().await.unwrap();
    assert!(
        matches!(report.stopped, Some(Stopped::Denied(_))),
        "{report}"
    );
    assert_eq!(
        (
            report.created,
            report.refused,
            report.unknown,
            report.remaining
        ),
        (0, 0, 0, Some(100)),
        "{report}"
    );
    let right = store(&connection);
    let report = Given::new(&*right, &server, &path).run().await.unwrap();
    assert_eq!(
        (report.created, report.is_complete),
        (100, true),
        "{report}"
    );
}

#[tokio::test]
async fn after_a_lost_network() {
    for provider in ["truto", "thelinks"] {
        let server = ContactServer::start().unwrap();
        let store = store(&server.connection(provider));
        let (_folder, path) = file("a.csv", people(200));
        let mut given = Given::new(&*store, &server, &path);
        given.options.run.concurrency = 2;
        given.options.run.attempts = 1;
        server.set_fault_rate(Some(FaultRate {
            per_thousand: 1000,
            kinds: vec![FaultKind::DropBeforeCommit],
            seed: 1,
        }));
        let report = given.run().await.unwrap();
        assert!(
            matches!(report.stopped, Some(Stopped::Unreachable(_))),
            "{report}"
        );
        assert_eq!(report.created, 0);
        assert!(
            server.requests_seen() < 200,
            "it went on for {} requests",
            server.requests_seen()
        );
        server.set_fault_rate(None);
        let report = given.run().await.unwrap();
        assert_eq!(
            (report.created, report.is_complete),
            (200, true),
            "{report}"
        );
        assert_eq!(addresses(&server, provider).len(), 200);
    }
}

/// Counts what is told, and cancels after some records.
#[derive(Default)]
struct Told {
    cancel: Cancel,
    after: u64,
    started: Mutex<Vec<(Option<u64>, u64)>>,
    advanced: AtomicU64,
    failed: AtomicU64,
    finished: AtomicU64,
}

impl Progress for Told {
    fn started(&self, total: Option<u64>, done: u64) {
        self.started.lock().unwrap().push((total, done));
    }

    fn advanced(&self, records: u64) {
        let before = self.advanced.fetch_add(records, Ordering::SeqCst);
        if before + records >= self.after {
            self.cancel.cancel();
        }
    }

    fn failed(&self, _line: u64, _reason: &str) {
        self.failed.fetch_add(1, Ordering::SeqCst);
    }

    fn finished(&self) {
        self.finished.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn after_it_was_cancelled() {
    for provider in ["truto", "thelinks"] {
        let server = ContactServer::start().unwrap();
        let store = store(&server.connection(provider));
        let (_folder, path) = file("a.csv", people(500));
        let mut given = Given::new(&*store, &server, &path);
        given.options.run.concurrency = 8;
        let told = Told {
            after: 100,
            ..Told::default()
        };
        let report = given.run_with(&told, &told.cancel).await.unwrap();
        assert_eq!(report.stopped, Some(Stopped::Cancelled));
        // Those in flight were waited for: nothing is unknown.
        assert_eq!(report.unknown, 0, "{report}");
        assert!((100..=120).contains(&report.created), "{report}");
        assert_eq!(server.count(provider) as u64, report.created);
        assert_eq!(report.remaining, Some(500 - report.created));
        let before = report.created;

        let told = Told {
            after: u64::MAX,
            ..Told::default()
        };
        let report = given.run_with(&told, &told.cancel).await.unwrap();
        assert_eq!(
            (report.created, report.is_complete),
            (500, true),
            "{report}"
        );
        assert_eq!(*told.started.lock().unwrap(), [(Some(500), before)]);
        assert_eq!(told.advanced.load(Ordering::SeqCst), 500 - before);
        assert_eq!(
            (
                told.failed.load(Ordering::SeqCst),
                told.finished.load(Ordering::SeqCst)
            ),
            (0, 1)
        );
        assert_eq!(addresses(&server, provider).len(), 500);
    }
}

/// An import whose one answer is lost, into a target without keys that has these contacts.
async fn with_a_lost_answer(
    there: &[serde_json::Value],
    kind: FaultKind,
) -> (
    ContactServer,
    tempfile::TempDir,
    std::path::PathBuf,
    contact_transfer::Report,
) {
    let server = ContactServer::start().unwrap();
    for contact in there {
        server.put("thelinks", contact.clone());
    }
    let store = store(&server.connection("thelinks"));
    let (folder, path) = file("a.csv", people(1));
    let given = Given::new(&*store, &server, &path);
    server.set_fault(Some(Fault { on_next: 1, kind }));
    let report = given.run().await.unwrap();
    let journal = given.journal.clone();
    (server, folder, journal, report)
}

#[tokio::test]
async fn with_a_person_who_decides() {
    let namesake = json!({"first_name": "Ada", "last_name": "No 1", "email": "ADA1@example.org"});
    for answer in [
        Answer::SendAgain,
        Answer::Skip,
        Answer::CreatedAs("x".to_owned()),
    ] {
        let (server, folder, journal, report) = with_a_lost_answer(
            std::slice::from_ref(&namesake),
            FaultKind::StatusAfterCommit(500),
        )
        .await;
        assert_eq!(
            (report.undecided, report.created, report.is_complete),
            (1, 0, false),
            "{report}"
        );
        let open = decisions(&journal).unwrap();
        assert_eq!(
            (open.len(), open[0].line, open[0].candidates.len()),
            (1, 2, 2)
        );
        let shown = format!("{} {:?}", open[0], open[0]);
        assert!(
            open[0].candidates.iter().all(|id| !shown.contains(id)),
            "{shown}"
        );
        let error = decide(&journal, 3, Answer::Skip).await.unwrap_err();
        assert!(
            error.to_string().contains("nothing to decide about line 3"),
            "{error}"
        );

        decide(&journal, 2, answer.clone()).await.unwrap();
        assert!(decisions(&journal).unwrap().is_empty());
        let store = store(&server.connection("thelinks"));
        let path = folder.path().join("a.csv");
        let report = Given::new(&*store, &server, &path).run().await.unwrap();
        assert!(report.is_complete, "{report}");
        let sent_again = answer == Answer::SendAgain;
        assert_eq!(server.count("thelinks"), 2 + usize::from(sent_again));
        assert_eq!(
            (report.created, report.skipped),
            match answer {
                Answer::Skip => (0, 1),
                _ => (1, 0),
            }
        );
    }
}

#[tokio::test]
async fn with_a_lost_answer_that_the_target_tells() {
    // It was applied: it is found, and not sent again.
    let (server, _folder, _, report) =
        with_a_lost_answer(&[], FaultKind::StatusAfterCommit(500)).await;
    assert_eq!(
        (report.created, report.is_complete, server.count("thelinks")),
        (1, true, 1),
        "{report}"
    );
    // It was not: it is sent again.
    let (server, _folder, _, report) = with_a_lost_answer(&[], FaultKind::Status(500)).await;
    assert_eq!(
        (report.created, report.is_complete, server.count("thelinks")),
        (1, true, 1),
        "{report}"
    );
    // One of the same name was there long before.
    let old = json!({
        "first_name": "Ada", "last_name": "No 1", "email": "ada1@example.org",
        "source_data_created_at": "2020-01-01T00:00:00Z",
    });
    let (server, _folder, _, report) = with_a_lost_answer(&[old], FaultKind::Status(500)).await;
    assert_eq!(
        (report.created, server.count("thelinks")),
        (1, 2),
        "{report}"
    );
    // Somebody else has the address.
    let other = json!({"first_name": "Bob", "email": "ada1@example.org"});
    let (server, _folder, _, report) = with_a_lost_answer(&[other], FaultKind::Status(500)).await;
    assert_eq!(
        (report.undecided, server.count("thelinks")),
        (1, 1),
        "{report}"
    );
}

/// Ends the fault of a server at the first failure, and notes how many requests there were until then.
struct Mending<'a>(&'a ContactServer, AtomicU64);

impl Progress for Mending<'_> {
    fn failed(&self, _line: u64, _reason: &str) {
        self.0.set_fault(None);
        self.1
            .store(self.0.requests_seen() as u64, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn by_listing_when_keys_are_too_old() {
    for (kind, further) in [
        // It is found in the list.
        (FaultKind::StatusAfterCommit(500), ["GET"].as_slice()),
        // It is not, and sent again.
        (FaultKind::Status(500), ["GET", "POST"].as_slice()),
    ] {
        let server = ContactServer::start().unwrap();
        let store = store(&server.connection("truto"));
        let (_folder, path) = file("a.csv", people(1));
        let mut given = Given::new(&*store, &server, &path);
        // No key is young enough.
        given.options.run.replay_window = Duration::ZERO;
        server.set_fault(Some(Fault {
            on_next: 1000,
            kind,
        }));
        let mending = Mending(&server, AtomicU64::new(0));
        let report = given.run_with(&mending, &Cancel::new()).await.unwrap();
        assert_eq!(
            (report.created, report.is_complete, server.count("truto")),
            (1, true, 1),
            "{report}"
        );
        let failed = mending.1.load(Ordering::SeqCst);
        assert!(failed > 0);
        assert_eq!(server.requests_seen() as u64 - failed, further.len() as u64);
        let last = server.last_request().unwrap();
        assert_eq!(last.method(), *further.last().unwrap());
    }
}
