//! What an HTTP/2 server did not process is sent again; what it may have processed is not.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core, ErrorKind, Operation, Request, WriteOutcome};
use fault_server::{FrameServer, Identity, StreamEnd};
use runtime_promises::{KEYLESS_API, builder_to, update};

const NO_ERROR: u32 = 0x0;
const INTERNAL_ERROR: u32 = 0x2;
const CANCEL: u32 = 0x8;
const ENHANCE_YOUR_CALM: u32 = 0xb;

fn serve(ends: &[StreamEnd]) -> (FrameServer, Core) {
    let identity = Identity::of(&["localhost"]).unwrap();
    let server = FrameServer::start(&identity, ends).unwrap();
    let core = builder_to(&KEYLESS_API, &server.url("localhost"))
        .root_certificate(identity.root_pem())
        .max_attempts(2)
        .build()
        .unwrap();
    (server, core)
}

fn not_processed() -> [StreamEnd; 3] {
    [
        StreamEnd::Reset(StreamEnd::REFUSED_STREAM),
        StreamEnd::GoAwayBelow(NO_ERROR),
        StreamEnd::GoAwayBelow(ENHANCE_YOUR_CALM),
    ]
}

#[tokio::test]
async fn a_write_that_was_not_processed_is_sent_again_without_a_key() {
    for end in not_processed() {
        let (server, core) = serve(&[end, StreamEnd::Answer]);
        update(&core, "1", CallOptions::new()).await.unwrap();
        assert_eq!((server.requests(), server.applied()), (2, 1), "{end:?}");
        assert_eq!(server.last_body(), br#"{"id":"1"}"#);
        let reconnects = usize::from(end != StreamEnd::Reset(StreamEnd::REFUSED_STREAM));
        assert_eq!(server.connections(), 1 + reconnects, "{end:?}");
    }
}

#[tokio::test]
async fn a_write_that_is_never_processed_was_not_applied() {
    for end in not_processed() {
        let (server, core) = serve(&[end]);
        let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io, "{end:?}");
        assert_eq!(error.outcome(), WriteOutcome::NotApplied, "{end:?}");
        assert_eq!((server.requests(), server.applied()), (2, 0), "{end:?}");
    }
}

#[tokio::test]
async fn a_write_that_may_have_been_processed_is_sent_once() {
    for end in [
        StreamEnd::Reset(NO_ERROR),
        StreamEnd::Reset(INTERNAL_ERROR),
        StreamEnd::Reset(CANCEL),
        StreamEnd::Reset(ENHANCE_YOUR_CALM),
        StreamEnd::GoAwayAt(NO_ERROR),
        StreamEnd::GoAwayAt(INTERNAL_ERROR),
    ] {
        let (server, core) = serve(&[end, StreamEnd::Answer]);
        let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
        let outcome = WriteOutcome::Unknown {
            idempotency_key: None,
            attempts: 1,
            last_error: ErrorKind::Io,
        };
        assert_eq!(error.outcome(), outcome, "{end:?}");
        assert_eq!((server.requests(), server.applied()), (1, 1), "{end:?}");
        // The client is still of use.
        update(&core, "2", CallOptions::new()).await.unwrap();
    }
}

/// A library that reports a GOAWAY cannot always tell whether a request without a body had been sent by then.
#[tokio::test]
async fn a_write_without_a_body_is_not_sent_again_after_a_goaway() {
    static PRESS: Operation =
        Operation::new("buttons_press", "POST", "/press").security(&[&["bearerAuth"]]);
    let (server, core) = serve(&[StreamEnd::GoAwayBelow(NO_ERROR), StreamEnd::Answer]);
    let failure = core.send(Request::new(&PRESS)).await.unwrap_err();
    let error = client_runtime::Error::<()>::from(failure);
    assert!(error.may_have_been_applied());
    assert_eq!(server.requests(), 1);
    let (server, core) = serve(&[
        StreamEnd::Reset(StreamEnd::REFUSED_STREAM),
        StreamEnd::Answer,
    ]);
    assert_eq!(core.send(Request::new(&PRESS)).await.unwrap().status(), 200);
    assert_eq!((server.requests(), server.applied()), (2, 1));
}
