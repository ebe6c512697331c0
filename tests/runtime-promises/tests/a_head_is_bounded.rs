//! No head and no trailer of an answer takes more than the client allows, and a call after it is none the worse.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ErrorKind};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, builder, get};
use std::time::Duration;

/// What an answer of these bytes ends as; a second answer must be taken whatever the first one was.
async fn kind(first: String) -> Option<ErrorKind> {
    let good = Behaviour::answer(Reply::new(200).json("{}"));
    let first = Behaviour::new(Ending::Raw(first.into_bytes()));
    let server = FaultServer::start([first, good]).unwrap();
    let core = builder(&API, &server)
        .attempt_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let once = || CallOptions::new().no_retries();
    let kind = get(&core, "1", once())
        .await
        .err()
        .map(|error| error.kind());
    get(&core, "1", once()).await.unwrap();
    kind
}

/// An answer with so many headers, each with a value of so many letters.
fn head(headers: usize, letters: usize) -> String {
    let value = "a".repeat(letters);
    let lines = (1..headers).map(|number| format!("x-{number}: {value}\r\n"));
    let lines: String = lines.collect();
    format!("HTTP/1.1 200 OK\r\n{lines}content-length: 2\r\n\r\n{{}}")
}

#[tokio::test]
async fn a_hundred_headers_are_taken_and_one_more_is_refused() {
    assert_eq!(kind(head(100, 20)).await, None);
    assert_eq!(kind(head(101, 20)).await, Some(ErrorKind::Io));
    assert_eq!(kind(head(100_000, 20)).await, Some(ErrorKind::Io));
}

#[tokio::test]
async fn a_head_is_refused_by_its_size_too() {
    assert_eq!(kind(head(50, 1000)).await, None);
    assert_eq!(kind(head(50, 100_000)).await, Some(ErrorKind::Io));
    assert_eq!(kind(head(2, 16 << 20)).await, Some(ErrorKind::Io));
    let name = format!("HTTP/1.1 200 OK\r\n{}: x\r\n\r\n", "a".repeat(1 << 20));
    assert_eq!(kind(name).await, Some(ErrorKind::Io));
    let reason = format!("HTTP/1.1 200 {}\r\n\r\n", "a".repeat(1 << 20));
    assert_eq!(kind(reason).await, Some(ErrorKind::Io));
}

#[tokio::test]
async fn interim_answers_and_trailers_are_bounded() {
    let interim = head(200, 20).replace("200 OK", "103 Early Hints");
    assert_eq!(kind(interim).await, Some(ErrorKind::Io));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
    let trailers = format!("{chunked}{}\r\n", "x-trailer: a\r\n".repeat(100_000));
    assert_eq!(kind(trailers).await, Some(ErrorKind::Io));
    let extension = format!(
        "{}2;{}\r\n{{}}\r\n0\r\n\r\n",
        chunked.split_once("2\r\n").unwrap().0,
        "a".repeat(1 << 20)
    );
    assert_eq!(kind(extension).await, Some(ErrorKind::Io));
}
