//! The server counts what it does not record, serves from several threads, and runs within a paused runtime.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends a request and gives the first bytes of the answer; empty when the connection is closed.
async fn exchange(stream: &mut TcpStream) -> Vec<u8> {
    let request = b"PUT /7 HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";
    stream.write_all(request).await.unwrap();
    let mut answer = vec![0; 1024];
    let read = stream.read(&mut answer).await.unwrap();
    answer.truncate(read);
    answer
}

async fn connect(server: &FaultServer) -> TcpStream {
    let address = server.url().strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

#[tokio::test]
async fn requests_are_counted_where_they_are_not_recorded() {
    let seen = |_: &Request, seen: usize| {
        Behaviour::prepared(&Reply::new(200).body(seen.to_string())).commits()
    };
    let server = FaultServer::builder().unrecorded().start(seen).unwrap();
    let mut stream = connect(&server).await;
    for index in 0..3 {
        let answer = String::from_utf8(exchange(&mut stream).await).unwrap();
        let expected = format!("HTTP/1.1 200 Status\r\ncontent-length: 1\r\n\r\n{index}");
        assert_eq!(answer, expected);
    }
    assert_eq!((server.seen(), server.connections()), (3, 1));
    assert!(server.requests().is_empty());
    assert!(server.ledger().writes().is_empty());
}

#[tokio::test]
async fn several_threads_serve_one_address() {
    let script = |_: &Request, _: usize| {
        // While one connection blocks its thread, others are served.
        std::thread::sleep(Duration::from_millis(5));
        let thread = format!("{:?}", std::thread::current().id());
        Behaviour::answer(Reply::new(200).body(thread))
    };
    let server = FaultServer::builder().threads(3).start(script).unwrap();
    let mut answers = std::collections::HashSet::new();
    for _ in 0..100 {
        let mut streams = Vec::new();
        for _ in 0..12 {
            streams.push(connect(&server).await);
        }
        for mut stream in streams {
            answers.insert(exchange(&mut stream).await);
        }
        if answers.len() == 3 {
            break;
        }
    }
    assert_eq!(answers.len(), 3);
    assert_eq!(server.requests().len(), server.seen());
}

#[tokio::test(start_paused = true)]
async fn a_server_within_a_paused_runtime_takes_no_time() {
    let slow = Behaviour::status(204).after(Duration::from_hours(1));
    let server = FaultServer::builder().start_here(slow).unwrap();
    let started = (std::time::Instant::now(), tokio::time::Instant::now());
    let mut stream = connect(&server).await;
    assert!(exchange(&mut stream).await.starts_with(b"HTTP/1.1 204 "));
    assert!(started.1.elapsed() >= Duration::from_hours(1));
    assert!(started.0.elapsed() < Duration::from_mins(1));
    drop(server);
    let request = b"GET / HTTP/1.1\r\n\r\n";
    let _closed = stream.write_all(request).await;
    assert_eq!(stream.read(&mut [0; 16]).await.unwrap_or_default(), 0);
}
