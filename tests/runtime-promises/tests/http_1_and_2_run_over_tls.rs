//! Calls run over TLS in the best version of HTTP that the server offers, and only to servers that are trusted.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ErrorKind, WriteOutcome};
use fault_server::{Exchange, Identity, Protocol, Reply, TlsServer};
use http::Version;
use runtime_promises::{API, builder_to, get, update};
use std::sync::Arc;
use tokio::sync::Barrier;

async fn done(_: Exchange) -> Reply {
    Reply::new(200).json("{}")
}

#[tokio::test]
async fn many_calls_at_once_share_one_connection_in_http_2() {
    const CALLS: usize = 100;
    let identity = Identity::of(&["localhost"]).unwrap();
    let all = Arc::new(Barrier::new(CALLS));
    // No call is answered before all of them are there.
    let answer = move |exchange: Exchange| {
        let all = Arc::clone(&all);
        async move {
            if exchange.uri.path() != "/things/first" {
                all.wait().await;
            }
            Reply::new(204)
        }
    };
    let server = TlsServer::start(&identity, &[Protocol::Http2, Protocol::Http1], answer).unwrap();
    let core = builder_to(&API, &server.url("localhost"))
        .root_certificate(identity.root_pem())
        .attempt_timeout(std::time::Duration::from_secs(20))
        .build()
        .unwrap();
    get(&core, "first", CallOptions::new()).await.unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for id in 0..CALLS {
        let core = core.clone();
        calls.spawn(async move { get(&core, &id.to_string(), CallOptions::new()).await });
    }
    while let Some(call) = calls.join_next().await {
        assert_eq!(call.unwrap().unwrap().status(), 204);
    }
    let exchanges = server.exchanges();
    assert_eq!(exchanges.len(), CALLS + 1);
    for exchange in exchanges {
        assert_eq!(exchange.version, Version::HTTP_2);
        assert_eq!(exchange.headers["authorization"], "Bearer t0ken");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_server_without_http_2_is_spoken_to_in_http_1_over_one_connection() {
    let identity = Identity::of(&["127.0.0.1"]).unwrap();
    for offered in [&[Protocol::Http1][..], &[]] {
        let server = TlsServer::start(&identity, offered, done).unwrap();
        let core = builder_to(&API, &server.url("127.0.0.1"))
            .root_certificate(identity.root_pem())
            .build()
            .unwrap();
        for id in ["1", "2", "3"] {
            update(&core, id, CallOptions::new()).await.unwrap();
        }
        let exchanges = server.exchanges();
        assert_eq!(exchanges.len(), 3);
        for exchange in exchanges {
            assert_eq!(exchange.version, Version::HTTP_11);
        }
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_that_is_not_trusted() {
    let stranger = Identity::of(&["localhost"]).unwrap();
    let trusted = Identity::of(&["localhost"]).unwrap();
    let elsewhere = Identity::of(&["localhost.example", "127.0.0.2"]).unwrap();
    for (identity, root) in [
        (&stranger, None),
        (&stranger, Some(trusted.root_pem())),
        (&elsewhere, Some(elsewhere.root_pem())),
    ] {
        let offered = [Protocol::Http2, Protocol::Http1];
        let server = TlsServer::start(identity, &offered, done).unwrap();
        let mut builder = builder_to(&API, &server.url("localhost")).max_attempts(1);
        if let Some(root) = root {
            builder = builder.root_certificate(root);
        }
        let core = builder.build().unwrap();
        let error = update(&core, "s3cret", CallOptions::new())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert_eq!(error.outcome(), WriteOutcome::NotApplied);
        assert_eq!((server.connections(), server.handshakes()), (1, 0));
        assert!(server.exchanges().is_empty());
        let said = format!("{error:?}");
        assert!(said.to_lowercase().contains("certificate"), "{said}");
        assert!(
            !said.contains("s3cret") && !said.contains("t0ken"),
            "{said}"
        );
    }
}
