//! Dropping a call's future ends its request on the server, and leaves the client and its connections of use.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::CallOptions;
use fault_server::{Exchange, Identity, Protocol, Reply, TlsServer};
use runtime_promises::{API, builder_to, get};
use std::future::pending;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a server tells about the requests that it never answers.
#[derive(Debug, PartialEq, Eq)]
enum Event {
    Came,
    Cancelled,
}

struct Waiting(UnboundedSender<Event>);

impl Drop for Waiting {
    fn drop(&mut self) {
        // Nobody listens when the test is over.
        let _over = self.0.send(Event::Cancelled);
    }
}

/// A server that never answers for the thing `slow`, and answers for every other.
fn serve(identity: &Identity, protocol: Protocol) -> (TlsServer, UnboundedReceiver<Event>) {
    let (events, received) = unbounded_channel();
    let answer = move |exchange: Exchange| {
        let events = events.clone();
        async move {
            if exchange.uri.path() == "/things/slow" {
                events.send(Event::Came).unwrap();
                let _waiting = Waiting(events);
                pending::<()>().await;
            }
            Reply::new(204)
        }
    };
    let server = TlsServer::start(identity, &[protocol], answer).unwrap();
    (server, received)
}

/// What the server tells next. A test whose server sees nothing fails rather than waits.
async fn next(events: &mut UnboundedReceiver<Event>) -> Option<Event> {
    let event = tokio::time::timeout(Duration::from_secs(20), events.recv());
    event.await.unwrap()
}

#[tokio::test]
async fn the_server_sees_the_end_and_the_client_is_of_use() {
    const CALLS: usize = 20;
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let identity = Identity::of(&["localhost"]).unwrap();
        let (server, mut events) = serve(&identity, protocol);
        let core = builder_to(&API, &server.url("localhost"))
            .root_certificate(identity.root_pem())
            .attempt_timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        get(&core, "first", CallOptions::new()).await.unwrap();
        for _ in 0..CALLS {
            tokio::select! {
                _ = get(&core, "slow", CallOptions::new()) => unreachable!("it is never answered"),
                event = next(&mut events) => assert_eq!(event, Some(Event::Came)),
            }
            assert_eq!(next(&mut events).await, Some(Event::Cancelled));
            get(&core, "next", CallOptions::new()).await.unwrap();
        }
        assert_eq!(server.exchanges().len(), 1 + 2 * CALLS);
        // In HTTP/2 the stream is reset, in HTTP/1.1 only the end of the connection tells.
        let connections = match protocol {
            Protocol::Http1 => 1 + CALLS,
            Protocol::Http2 => 1,
        };
        assert_eq!(server.connections(), connections, "{protocol:?}");
    }
}

#[tokio::test]
async fn of_calls_that_share_a_connection_only_the_cancelled_one_ends() {
    let identity = Identity::of(&["localhost"]).unwrap();
    let (server, mut events) = serve(&identity, Protocol::Http2);
    let core = builder_to(&API, &server.url("localhost"))
        .root_certificate(identity.root_pem())
        .attempt_timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    get(&core, "first", CallOptions::new()).await.unwrap();
    let slow = || {
        let core = core.clone();
        tokio::spawn(async move { get(&core, "slow", CallOptions::new()).await })
    };
    let (left, kept) = (slow(), slow());
    assert_eq!(next(&mut events).await, Some(Event::Came));
    assert_eq!(next(&mut events).await, Some(Event::Came));
    left.abort();
    assert_eq!(next(&mut events).await, Some(Event::Cancelled));
    get(&core, "next", CallOptions::new()).await.unwrap();
    assert!(!kept.is_finished());
    assert!(events.try_recv().is_err());
    assert_eq!(server.connections(), 1);
}
