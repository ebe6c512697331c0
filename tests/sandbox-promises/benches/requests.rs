//! How many requests a second the sandbox answers at 64 connections, beside a server that checks and keeps nothing, in
//! the same run: `cargo bench -p sandbox-promises`. The load comes from this process, so that both share the machine
//! with it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking, and prints what it measured"
)]

use sandbox::Sandbox;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const CONNECTIONS: usize = 64;
const LENGTH: Duration = Duration::from_secs(4);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 1000)
        .unwrap();
    let record = &sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT))[0];
    let id = record["id"].as_str().unwrap();
    let answer = record.to_string();
    let body = json!({
        "first_name": "Ada", "last_name": "Lovelace", "email_addresses": [{ "email": "ada@example.org", "type": "work" }],
        "phone_numbers": [{ "number": "+4930123" }], "account": { "id": "a1" }, "tags": [{ "name": "vip" }],
    })
    .to_string();
    let path = "/truto/unified/crm/contacts";
    let bare = runtime.block_on(bare(answer));
    let alternative = runtime.block_on(load(bare, &request("GET", path, "")));
    println!(
        "{:<34} {alternative:>9.0} requests/s",
        "a server that answers one text"
    );
    for (what, request) in [
        (
            "sandbox: get a contact",
            request("GET", &format!("{path}/{id}"), ""),
        ),
        (
            "sandbox: list 20 contacts",
            request("GET", path, "").replacen('?', "?limit=20&", 1),
        ),
        ("sandbox: create a contact", request("POST", path, &body)),
    ] {
        let rate = runtime.block_on(load(sandbox.address(), &request));
        println!(
            "{what:<34} {rate:>9.0} requests/s, {:.2} of it",
            rate / alternative
        );
    }
}

fn request(method: &str, path: &str, body: &str) -> String {
    let account = Sandbox::ACCOUNT;
    format!(
        "{method} {path}?integrated_account_id={account} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Requests a second over all connections, each of which sends the next request when the last one was answered.
async fn load(address: SocketAddr, request: &str) -> f64 {
    let answered = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (answered, request) = (Arc::clone(&answered), request.to_owned());
        tasks.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let mut buffer = Vec::with_capacity(1 << 16);
            while started.elapsed() < LENGTH {
                stream.write_all(request.as_bytes()).await.unwrap();
                read_answer(&mut stream, &mut buffer).await;
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    f64::from(u32::try_from(answered.load(Ordering::Relaxed)).unwrap()) / seconds
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    loop {
        assert!(
            stream.read_buf(buffer).await.unwrap() > 0,
            "the connection was closed"
        );
        let Some(end) = find(buffer, b"\r\n\r\n") else {
            continue;
        };
        let head = std::str::from_utf8(&buffer[..end]).unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap();
        let whole = end + 4 + length.parse::<usize>().unwrap();
        if buffer.len() >= whole {
            return;
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// A server of the same libraries that reads the request and answers with one text.
async fn bare(answer: String) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = axum::body::Bytes::from(answer);
    let router = axum::Router::new().fallback(move |_body: axum::body::Bytes| {
        let answer = answer.clone();
        async move { answer }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
