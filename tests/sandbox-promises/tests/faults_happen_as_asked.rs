//! Each fault happens to the requests that it is for, as often as asked, and what was to be done is done or not as it
//! says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::{Fault, FaultKind, Sandbox, When};
use sandbox_promises::{Caller, TRUTO, send};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn truto() -> (Sandbox, Caller) {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    (sandbox, caller)
}

fn create(caller: &Caller) -> Result<reqwest::blocking::Response, reqwest::Error> {
    caller
        .in_account("POST", TRUTO)
        .json(&json!({ "name": "Ada" }))
        .send()
}

/// Everything that a server sends on a connection of its own, and whether it was reset.
fn raw(sandbox: &Sandbox, method: &str) -> (String, bool) {
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let body = r#"{"name":"Ada"}"#;
    let account = Sandbox::ACCOUNT;
    write!(
        stream,
        "{method} /truto{TRUTO}?integrated_account_id={account} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\n\
         connection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut text = Vec::new();
    let result = stream.read_to_end(&mut text);
    let is_reset = result.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
    (String::from_utf8_lossy(&text).into_owned(), is_reset)
}

#[test]
fn a_connection_is_dropped_or_reset_before_or_after_the_commit() {
    for (kind, commits, is_reset) in [
        (
            FaultKind::Drop {
                after_commit: false,
            },
            0,
            false,
        ),
        (FaultKind::Drop { after_commit: true }, 1, false),
        (
            FaultKind::Reset {
                after_commit: false,
            },
            0,
            true,
        ),
        (FaultKind::Reset { after_commit: true }, 1, true),
    ] {
        let (sandbox, _) = truto();
        sandbox.fault(Fault::new(kind.clone())).unwrap();
        assert_eq!(raw(&sandbox, "POST"), (String::new(), is_reset), "{kind:?}");
        assert_eq!(sandbox.commits(), commits, "{kind:?}");
    }
}

#[test]
fn an_answer_is_cut_off() {
    let (sandbox, _) = truto();
    sandbox
        .fault(Fault::new(FaultKind::Truncate { bytes: 10 }))
        .unwrap();
    let (text, _) = raw(&sandbox, "POST");
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.len(), 10);
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    assert!(length.parse::<usize>().unwrap() > 10);
    assert_eq!(sandbox.commits(), 1);
}

#[test]
fn a_length_is_wrong() {
    for difference in [-5, 5] {
        let (sandbox, _) = truto();
        sandbox
            .fault(Fault::new(FaultKind::WrongLength { difference }))
            .unwrap();
        let (text, _) = raw(&sandbox, "GET");
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap();
        assert_eq!(
            length.parse::<i64>().unwrap() - difference,
            i64::try_from(body.len()).unwrap()
        );
    }
}

#[test]
fn an_answer_waits_or_comes_in_pieces() {
    let (sandbox, caller) = truto();
    sandbox
        .fault(Fault::new(FaultKind::Delay { milliseconds: 200 }))
        .unwrap();
    let started = Instant::now();
    assert_eq!(send(caller.in_account("GET", TRUTO)).status, 200);
    assert!(started.elapsed() >= Duration::from_millis(200));
    sandbox.clear_faults();
    sandbox
        .fault(Fault::new(FaultKind::SlowBody {
            bytes: 20,
            milliseconds: 20,
        }))
        .unwrap();
    let started = Instant::now();
    let answer = send(caller.in_account("GET", TRUTO));
    assert_eq!(answer.body["result"], json!([]));
    assert!(started.elapsed() >= Duration::from_millis(60));
}

#[test]
fn a_status_is_answered_with_its_headers() {
    let (sandbox, caller) = truto();
    let headers = BTreeMap::from([("retry-after".to_owned(), "7".to_owned())]);
    let kind = FaultKind::Status {
        status: 429,
        headers,
        body: None,
        after_commit: false,
    };
    sandbox.fault(Fault::new(kind).when(When::Next(1))).unwrap();
    let answer = send(caller.in_account("POST", TRUTO).json(&json!({})));
    assert_eq!(answer.status, 429);
    assert_eq!(answer.body["statusCode"], 429);
    assert_eq!(answer.headers, [("retry-after".to_owned(), "7".to_owned())]);
    assert_eq!(sandbox.commits(), 0);
    let kind = FaultKind::Status {
        status: 502,
        headers: BTreeMap::new(),
        body: Some(json!({ "own": 1 })),
        after_commit: true,
    };
    sandbox.fault(Fault::new(kind)).unwrap();
    let answer = send(caller.in_account("POST", TRUTO).json(&json!({})));
    assert_eq!((answer.status, answer.body), (502, json!({ "own": 1 })));
    assert_eq!(sandbox.commits(), 1);
}

#[test]
fn json_is_malformed_or_surprising() {
    let (sandbox, caller) = truto();
    let record = json!({ "id": "7", "name": "Ada", "first_name": "Ada", "phone_numbers": [{ "number": "1", "type": "mobile" }] });
    sandbox
        .put("truto", "contacts", Some(Sandbox::ACCOUNT), record)
        .unwrap();
    let get = |kind: FaultKind| {
        sandbox.clear_faults();
        sandbox.fault(Fault::new(kind)).unwrap();
        caller
            .in_account("GET", &format!("{TRUTO}/7"))
            .send()
            .unwrap()
            .text()
            .unwrap()
    };
    let value = |kind: FaultKind| -> Value { serde_json::from_str(&get(kind)).unwrap() };
    assert!(serde_json::from_str::<Value>(&get(FaultKind::MalformedJson)).is_err());
    let surprising = value(FaultKind::UnknownEnumValues);
    assert_eq!(surprising["phone_numbers"][0]["type"], "unheard_of");
    assert_eq!(surprising["name"], "Ada");
    let extended = value(FaultKind::ExtraFields);
    assert!(
        extended["unheard_of"].is_object()
            && extended["phone_numbers"][0]["unheard_of"].is_object()
    );
    let thin = value(FaultKind::MissingFields);
    assert_eq!(thin["id"], "7");
    assert!(thin.as_object().unwrap().len() < extended.as_object().unwrap().len() - 2);
}

#[test]
fn a_list_never_ends() {
    let (sandbox, caller) = truto();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 3)
        .unwrap();
    sandbox.fault(Fault::new(FaultKind::EndlessList)).unwrap();
    let mut cursor = None;
    for _ in 0..20 {
        let request = caller.in_account("GET", TRUTO).query(&[("limit", "2")]);
        let request = match &cursor {
            Some(cursor) => request.query(&[("next_cursor", cursor)]),
            None => request,
        };
        let answer = send(request);
        assert!(!answer.body["result"].as_array().unwrap().is_empty());
        cursor = Some(answer.body["next_cursor"].as_str().unwrap().to_owned());
    }
}

#[test]
fn a_bomb_is_small_on_the_wire() {
    let (sandbox, caller) = truto();
    sandbox
        .fault(Fault::new(FaultKind::Bomb { mebibytes: 64 }))
        .unwrap();
    let response = caller.in_account("GET", TRUTO).send().unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let wire = response.bytes().unwrap();
    assert!(wire.len() < 1 << 20, "{}", wire.len());
}

#[test]
fn a_fault_is_for_the_requests_that_it_names() {
    let (sandbox, caller) = truto();
    let drop = || FaultKind::Drop {
        after_commit: false,
    };
    sandbox
        .fault(
            Fault::new(drop())
                .on("contacts_create")
                .when(When::Calls(vec![2, 4])),
        )
        .unwrap();
    sandbox
        .fault(Fault::new(drop()).on("GET /unified/crm/leads"))
        .unwrap();
    let created: Vec<bool> = (0..5).map(|_| create(&caller).is_ok()).collect();
    assert_eq!(created, [true, false, true, false, true]);
    assert_eq!(send(caller.in_account("GET", TRUTO)).status, 200);
    assert!(
        caller
            .in_account("GET", "/unified/crm/leads")
            .send()
            .is_err()
    );
    sandbox.clear_faults();
    assert!(
        caller
            .in_account("GET", "/unified/crm/leads")
            .send()
            .is_ok()
    );
}

#[test]
fn a_rate_is_kept_and_the_same_for_a_seed() {
    let failed = |seed: u64| -> Vec<bool> {
        let rate = Fault::new(FaultKind::Drop { after_commit: true })
            .on("contacts_create")
            .when(When::Rate(0.2));
        let sandbox = Sandbox::builder().seed(seed).fault(rate).start().unwrap();
        let caller = Caller::new(&sandbox, "truto");
        let failed = (0..300).map(|_| create(&caller).is_err()).collect();
        assert_eq!(sandbox.commits(), 300);
        failed
    };
    let first = failed(1);
    let count = first.iter().filter(|failed| **failed).count();
    assert!((30..=90).contains(&count), "{count} of 300");
    assert_eq!(failed(1), first);
    assert_ne!(failed(2), first);
}

/// The admin routes do what the library does, and say what is wrong with a fault.
#[test]
fn faults_are_set_over_http() {
    let (sandbox, caller) = truto();
    let client = reqwest::blocking::Client::new();
    let url = format!("{}_sandbox/faults", sandbox.page());
    let set = |fault: &Value| client.post(&url).body(fault.to_string()).send().unwrap();
    assert_eq!(set(&json!({ "route": "contacts_create", "when": { "next": 1 }, "kind": { "status": { "status": 503 } } })).status(), 200);
    assert_eq!(create(&caller).unwrap().status(), 503);
    assert_eq!(create(&caller).unwrap().status(), 200);
    for (fault, problem) in [
        (json!({ "kind": "explode" }), "explode"),
        (
            json!({ "kind": "malformed_json", "when": { "rate": 2.0 } }),
            "when.rate",
        ),
        (
            json!({ "kind": { "status": { "status": 99 } } }),
            "kind.status.status",
        ),
        (
            json!({ "kind": "malformed_json", "whem": "always" }),
            "whem",
        ),
    ] {
        let refused = set(&fault);
        assert_eq!(refused.status(), 400, "{fault}");
        let text = refused.text().unwrap();
        assert!(text.contains(problem), "{text}");
    }
    let listed: Value =
        serde_json::from_str(&client.get(&url).send().unwrap().text().unwrap()).unwrap();
    assert_eq!(listed["faults"][0]["requests"], 2);
    assert_eq!(client.delete(&url).send().unwrap().status(), 200);
    let listed: Value =
        serde_json::from_str(&client.get(&url).send().unwrap().text().unwrap()).unwrap();
    assert_eq!(listed["faults"], json!([]));
}
