//! A sandbox with a file loses no write that it answered, whenever it is killed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

struct Keeper {
    child: Child,
    page: String,
}

impl Keeper {
    fn start(file: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_keeper"))
            .arg(file)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut page = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut page)
            .unwrap();
        Self {
            child,
            page: page.trim().to_owned(),
        }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _waited = self.child.wait();
    }
}

fn get(url: &str) -> Value {
    serde_json::from_str(&reqwest::blocking::get(url).unwrap().text().unwrap()).unwrap()
}

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.redb");
    let mut random = fastrand::Rng::with_seed(5);
    let answered = Mutex::new(BTreeMap::<String, String>::new());
    let number = AtomicU64::new(0);
    for round in 0..10 {
        let keeper = Keeper::start(&file);
        let url = format!(
            "{}truto/unified/crm/contacts?integrated_account_id={}",
            keeper.page,
            Sandbox::ACCOUNT
        );
        let enough = answered.lock().unwrap().len() + random.usize(5..60);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let client = reqwest::blocking::Client::builder()
                        .timeout(Duration::from_secs(10))
                        .build()
                        .unwrap();
                    loop {
                        let key = format!("k{}", number.fetch_add(1, Ordering::Relaxed));
                        let request = client
                            .post(&url)
                            .bearer_auth("x")
                            .header("idempotency-key", &key);
                        let answer = request
                            .json(&json!({ "name": key }))
                            .send()
                            .and_then(reqwest::blocking::Response::text);
                        let Ok(text) = answer else { return };
                        let record: Value = serde_json::from_str(&text).unwrap();
                        answered
                            .lock()
                            .unwrap()
                            .insert(key, record["id"].as_str().unwrap().to_owned());
                    }
                });
            }
            while answered.lock().unwrap().len() < enough {
                std::thread::yield_now();
            }
            keeper.kill();
        });
        let keeper = Keeper::start(&file);
        let answered = answered.lock().unwrap();
        let kept = get(&format!(
            "{}_sandbox/records/truto/contacts?account={}",
            keeper.page,
            Sandbox::ACCOUNT
        ));
        let kept = kept["records"].as_array().unwrap();
        let ids: HashSet<&str> = kept
            .iter()
            .map(|record| record["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), kept.len());
        for id in answered.values() {
            assert!(
                ids.contains(id.as_str()),
                "round {round}: an answered write is gone"
            );
        }
        // The ledger and the answers to be given again survive as well.
        let ledger = get(&format!("{}_sandbox/ledger", keeper.page));
        assert_eq!(ledger["count"], kept.len());
        let (key, id) = answered.iter().next_back().unwrap();
        let url = format!(
            "{}truto/unified/crm/contacts?integrated_account_id={}",
            keeper.page,
            Sandbox::ACCOUNT
        );
        let again = reqwest::blocking::Client::new()
            .post(url)
            .bearer_auth("x")
            .header("idempotency-key", key);
        let again: Value = serde_json::from_str(
            &again
                .json(&json!({ "name": key }))
                .send()
                .unwrap()
                .text()
                .unwrap(),
        )
        .unwrap();
        assert_eq!(again["id"], id.as_str());
    }
}

#[test]
fn a_file_has_one_sandbox_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.redb");
    let keeper = Keeper::start(&file);
    let error = Sandbox::builder()
        .data(&file)
        .start()
        .unwrap_err()
        .to_string();
    assert!(error.contains("another sandbox uses it"), "{error}");
    keeper.kill();
    let sandbox = Sandbox::builder().data(&file).start().unwrap();
    sandbox.seed("thelinks", "contacts", None, 5).unwrap();
    sandbox.stop();
    let sandbox = Sandbox::builder().data(&file).start().unwrap();
    assert_eq!(sandbox.records("thelinks", "contacts", None).len(), 5);
    sandbox.clear().unwrap();
    drop(sandbox);
    assert!(
        Sandbox::builder()
            .data(&file)
            .start()
            .unwrap()
            .records("thelinks", "contacts", None)
            .is_empty()
    );
    std::fs::write(folder.path().join("notes.txt"), "not a database").unwrap();
    let error = Sandbox::builder()
        .data(folder.path().join("notes.txt"))
        .start()
        .unwrap_err()
        .to_string();
    assert!(error.contains("notes.txt"), "{error}");
}
