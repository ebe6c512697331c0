//! `contacts sync` is killed again and again while one write in ten fails: in the end each contact is in the target
//! exactly once, and another run finds nothing to do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::{Fault, FaultKind, Sandbox, When};
use std::collections::HashSet;
use support::{killed_at, run, spawned, store};

const CONTACTS: usize = 2000;
const KILLS: usize = 15;

#[test]
fn each_contact_is_copied_once_after_kills() {
    let some = |kind| {
        Fault::new(kind)
            .on("POST /unified/crm/contacts")
            .when(When::Rate(0.05))
    };
    let sandbox = Sandbox::builder()
        .seed(12)
        .fault(some(FaultKind::Drop { after_commit: true }))
        .fault(some(FaultKind::Reset {
            after_commit: false,
        }))
        .start()
        .unwrap();
    sandbox
        .seed("thelinks", "contacts", None, CONTACTS)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal");
    let (from, to) = (store(&sandbox, "thelinks"), store(&sandbox, "truto"));
    let arguments = [
        "sync",
        "--from",
        &from,
        "--to",
        &to,
        "--no-rate-limit",
        "--accept-loss",
        "--concurrency",
        "32",
        "--settle",
        "1",
        "--quiet",
        "--journal",
        journal.to_str().unwrap(),
    ];
    let mut random = fastrand::Rng::with_seed(12);
    let mut moments: Vec<(usize, u64)> = (0..KILLS)
        .map(|_| (random.usize(1..CONTACTS - 100), 0))
        .collect();
    moments.sort_unstable();
    let last = killed_at(&sandbox, &moments, || spawned(&arguments));
    assert_eq!(last.code, 0, "{} {}", last.out, last.error);
    let copies = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
    let emails: HashSet<&str> = copies
        .iter()
        .map(|copy| copy["email_addresses"][0]["email"].as_str().unwrap())
        .collect();
    assert_eq!(
        (copies.len(), emails.len()),
        (CONTACTS, CONTACTS),
        "each contact is there exactly once"
    );
    assert_eq!(sandbox.commits(), CONTACTS);

    sandbox.clear_faults();
    let again = run(&arguments);
    assert_eq!(again.code, 0, "{}", again.error);
    assert_eq!(
        sandbox.commits(),
        CONTACTS,
        "nothing was left to do: {}",
        again.out
    );
}
