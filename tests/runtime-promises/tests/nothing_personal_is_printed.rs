//! No token, id, query, header or body shows in what is printed of a client, a request, an answer or an error, nor in
//! what is traced or logged, over every way in which a server misbehaves.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core, Encoding, Error, Operation, Request};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, KEYLESS_API, builder};
use serde_json::{Value, json};
use std::fmt::{Debug, Write as _};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const CANARY: &str = "canary";

static UPDATE: Operation = Operation::new("things_update", "PATCH", "/things/{id}")
    .security(&[&["bearerAuth"]])
    .accept("application/json");

/// Everything that was traced and logged.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl log::Log for Captured {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("log: {} {}\n", record.target(), record.args());
        self.0.lock().unwrap().extend_from_slice(line.as_bytes());
    }

    fn flush(&self) {}
}

fn endings() -> Vec<Ending> {
    let reply = |status| {
        Reply::new(status)
            .header("x-canary", CANARY)
            .header("location", "/canary?canary=canary")
            .header("set-cookie", "canary=canary")
            .header("retry-after", CANARY)
            .json(r#"{"message":"canary","canary":["canary"]}"#)
    };
    let raw = |text: &str| Ending::Raw(text.as_bytes().to_vec());
    let mut endings = vec![
        Ending::Drop,
        Ending::Reset,
        Ending::Hang,
        Ending::Truncate(reply(200), 10),
        Ending::WrongLength(reply(200), 1),
        Ending::WrongLength(reply(200), 1 << 40),
        Ending::Endless(reply(200)),
        Ending::Slow(reply(200), Duration::from_millis(50)),
        Ending::Answer(reply(200).header("content-encoding", CANARY)),
        Ending::Answer(reply(200).header("content-encoding", "gzip")),
        Ending::Answer(Reply::new(200).body(b"\xffcanary".to_vec())),
        Ending::Answer(Reply::new(200).body("canary")),
        Ending::Answer(Reply::new(200).body("\"canary\"")),
        raw("canary\r\n\r\n"),
        raw("HTTP/1.1 canary canary\r\n\r\n"),
        raw("HTTP/1.1 200 canary\r\ncanary canary\r\n\r\n"),
        raw("HTTP/1.1 200 OK\r\ncontent-length: canary\r\n\r\ncanary"),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ncanary\r\n"),
    ];
    endings.extend(
        [200, 201, 301, 400, 401, 404, 409, 422, 429, 500, 502, 503]
            .map(|status| Ending::Answer(reply(status))),
    );
    endings
}

fn everything_of(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// All that an error prints, its sources included.
fn all_of(error: &(dyn std::error::Error + 'static)) -> String {
    let mut printed = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(printed, "{error} {error:?} {error:#?}; ").unwrap();
        next = error.source();
    }
    printed
}

fn request() -> Request {
    let mut request = Request::new(&UPDATE);
    request.path("id", "canary");
    request.query("q", Encoding::DeepObject, &json!({"canary": "canary"}));
    request.header("X-Name", "canary");
    request.json(&json!({"name": "canary", "canary": 1}));
    request.options(CallOptions::new().header("x-extra", CANARY));
    request
}

async fn call(core: &Core, printed: &mut String) {
    printed.push_str(&everything_of(&request()));
    printed.push_str(&everything_of(
        &CallOptions::new().header("x-extra", CANARY),
    ));
    match core.send(request()).await {
        Ok(answer) => {
            printed.push_str(&everything_of(&answer));
            if (200..=299).contains(&answer.status()) {
                match answer.json::<Vec<u8>, Value>() {
                    Ok(value) => printed.push_str(&everything_of(&value)),
                    Err(error) => printed.push_str(&all_of(&error)),
                }
            } else {
                let error: Error<Value> = answer.error(|body| body);
                printed.push_str(&all_of(&error));
                printed.push_str(&everything_of(&error.outcome()));
                printed.push_str(&all_of(&error.into_untyped()));
            }
        }
        Err(failure) => {
            printed.push_str(&all_of(&failure));
            printed.push_str(&all_of(&Error::<Value>::from(failure)));
        }
    }
}

#[tokio::test]
async fn nothing_personal_is_printed_traced_or_logged() {
    let captured = Captured::default();
    log::set_boxed_logger(Box::new(captured.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let mut printed = String::new();
    let _guard = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    for ending in endings() {
        for api in [&API, &KEYLESS_API] {
            let server = FaultServer::start(Behaviour::new(ending.clone())).unwrap();
            let builder = builder(api, &server)
                .credential("bearerAuth", CANARY)
                .attempt_timeout(Duration::from_millis(200))
                .max_attempts(2)
                .max_body_bytes(1 << 16);
            printed.push_str(&everything_of(&builder));
            let core = builder.build().unwrap();
            printed.push_str(&everything_of(&core));
            call(&core, &mut printed).await;
        }
    }
    for id in ["..canary/..", "canary\\", "canary\n"] {
        let server = FaultServer::start(Behaviour::status(204)).unwrap();
        let core = builder(&API, &server).build().unwrap();
        let mut request = Request::new(&UPDATE);
        request.path("id", id);
        printed.push_str(&everything_of(&request));
        printed.push_str(&all_of(&core.send(request).await.unwrap_err()));
    }
    for (url, secret) in [
        ("https://canary:canary@127.0.0.1", "x"),
        ("ftp://canary", "x"),
        ("https://127.0.0.1", "canary\n"),
    ] {
        let error = Core::builder(&API)
            .base_url(url)
            .credential("bearerAuth", secret)
            .build()
            .unwrap_err();
        printed.push_str(&all_of(&error));
    }
    let traced = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    assert!(
        traced.contains("things_update") && traced.contains("HTTP request"),
        "nothing was traced"
    );
    assert!(traced.contains("log: "), "nothing was logged");
    assert!(printed.len() > 10_000);
    for text in [printed, traced] {
        if let Some(at) = text.find(CANARY) {
            let from = text.floor_char_boundary(at.saturating_sub(400));
            let to = text.ceil_char_boundary((at + 100).min(text.len()));
            panic!("{}", &text[from..to]);
        }
    }
}
