//! A server that closes an idle connection just as a write arrives sees the write at most once, and the caller learns
//! what became of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core, WriteOutcome};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{KEYLESS_API, builder, builder_to, update};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

type Applied = Arc<Mutex<HashMap<String, usize>>>;

/// Answers one request in each connection, as if more could follow, and closes its own side soon after. It goes on
/// reading and applies whatever comes in, so that a write which is sent into the closing connection counts.
async fn serve(mut stream: TcpStream, number: usize, applied: Applied) -> std::io::Result<()> {
    let mut unread = String::new();
    let mut is_open = true;
    loop {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        unread.push_str(&String::from_utf8_lossy(&buffer[..read]));
        // Each body is `{"id":"…"}`.
        while let Some(end) = unread.find("\"}") {
            let request: String = unread.drain(..end + 2).collect();
            let id = request.rsplit('"').nth(1).unwrap().to_owned();
            *applied.lock().unwrap().entry(id).or_default() += 1;
            if is_open {
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                stream.write_all(answer).await?;
                for _ in 0..number % 64 {
                    tokio::task::yield_now().await;
                }
                stream.shutdown().await?;
                is_open = false;
            }
        }
    }
}

async fn client(applied: &Applied) -> Core {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let applied = Arc::clone(applied);
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(stream, number, Arc::clone(&applied)));
        }
    });
    builder_to(&KEYLESS_API, &url).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_into_a_closing_connection_is_applied_once_at_most() {
    const ROUNDS: usize = 400;
    let applied = Applied::default();
    let core = client(&applied).await;
    let (mut answered, mut unknown) = (0, 0);
    for round in 0..ROUNDS {
        let id = round.to_string();
        // Some writes come before the end of the connection before, some with it, some after it.
        for _ in 0..round % 8 {
            tokio::task::yield_now().await;
        }
        let result = update(&core, &id, CallOptions::new()).await;
        let times = applied.lock().unwrap().get(&id).copied().unwrap_or(0);
        match result.as_ref().map_err(client_runtime::Error::outcome) {
            Ok(_) => {
                assert_eq!(times, 1, "{id}");
                answered += 1;
            }
            Err(WriteOutcome::NotApplied) => assert_eq!(times, 0, "{id}"),
            Err(_) => unknown += 1,
        }
    }
    // Time for what is still under way, such as a write that was sent again behind the caller's back.
    update(&core, "last", CallOptions::new().no_retries())
        .await
        .ok();
    let applied = applied.lock().unwrap();
    assert!(applied.values().all(|times| *times == 1), "{applied:?}");
    assert!(answered > 0, "{answered} answered, {unknown} unknown");
}

#[tokio::test]
async fn a_write_on_a_connection_that_served_others_is_not_sent_again_when_it_breaks() {
    for ending in [Ending::Drop, Ending::Reset] {
        let done = || Behaviour::answer(Reply::new(200).json("{}")).commits();
        let breaks = Behaviour::new(ending).commits();
        let server = FaultServer::start([done(), breaks, done()]).unwrap();
        let core = builder(&KEYLESS_API, &server).build().unwrap();
        update(&core, "1", CallOptions::new()).await.unwrap();
        let error = update(&core, "2", CallOptions::new()).await.unwrap_err();
        assert!(matches!(error.outcome(), WriteOutcome::Unknown { .. }));
        assert_eq!((server.connections(), server.requests().len()), (1, 2));
        update(&core, "3", CallOptions::new()).await.unwrap();
        let ledger = server.ledger();
        assert_eq!(ledger.writes().len(), 3);
        assert_eq!(ledger.applied(br#"{"id":"2"}"#), 1);
    }
}
