//! Every documented status decodes to its own variant; any other is an error that still has status, headers and body.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use client_runtime::ErrorKind;
use generated_clients::{Behaviour, FaultServer, Reply, answering, parcels};
use parcels_client::types::{
    Kind, NewParcel, ParcelsCreateError, ParcelsCreateResponse, ParcelsGetError, Party,
};

fn new_parcel() -> NewParcel {
    NewParcel::new(Kind::Letter, Party::new("Ann"))
}

async fn created(status: u16, body: &str) -> ParcelsCreateResponse {
    let server = answering(status, body).unwrap();
    let client = parcels(&server).unwrap();
    client
        .parcels_create()
        .body(new_parcel())
        .send()
        .await
        .unwrap()
        .into_inner()
}

async fn refused(reply: Reply) -> client_runtime::Error<ParcelsCreateError> {
    let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
    let client = parcels(&server).unwrap();
    client
        .parcels_create()
        .body(new_parcel())
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn several_successes_are_told_apart() {
    let ParcelsCreateResponse::Status201(parcel) = created(201, r#"{"id":"p"}"#).await else {
        panic!("expected 201");
    };
    assert_eq!(parcel.id.as_deref(), Some("p"));
    let ParcelsCreateResponse::Status202(receipt) = created(202, r#"{"ticket":"t"}"#).await else {
        panic!("expected 202");
    };
    assert_eq!(receipt.ticket.as_deref(), Some("t"));
    assert_eq!(created(204, "").await, ParcelsCreateResponse::Status204);
}

#[tokio::test]
async fn inline_schemas_of_one_operation_stay_apart() {
    let error = refused(Reply::new(400).json(r#"{"reasons":["too heavy"]}"#)).await;
    let Some(ParcelsCreateError::Status400(body)) = error.documented() else {
        panic!("expected 400");
    };
    assert_eq!(body.reasons.as_deref(), Some(&["too heavy".to_owned()][..]));
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Documented, Some(400))
    );
}

#[tokio::test]
async fn errors_without_a_body_as_text_and_of_a_range_have_their_variants() {
    let error = refused(Reply::new(409)).await;
    assert_eq!(error.documented(), Some(&ParcelsCreateError::Status409));
    let error = refused(Reply::new(418).body("short and stout")).await;
    assert_eq!(
        error.documented(),
        Some(&ParcelsCreateError::Status418("short and stout".to_owned()))
    );
    let error = refused(Reply::new(500).json(r#"{"message":"m","code":7}"#)).await;
    let Some(ParcelsCreateError::Status5xx(failure)) = error.documented() else {
        panic!("expected 5xx");
    };
    assert_eq!(failure.code, Some(7));
}

#[tokio::test]
async fn default_is_for_every_status_that_has_no_own() {
    for (status, own) in [(404, true), (410, false), (501, false)] {
        let server = answering(status, r#"{"trouble":"t","message":"m"}"#).unwrap();
        let error = parcels(&server)
            .unwrap()
            .parcels_get()
            .id("p")
            .send()
            .await
            .unwrap_err();
        match error.documented() {
            Some(ParcelsGetError::Status404(_)) => assert!(own, "{status}"),
            Some(ParcelsGetError::Default(trouble)) => {
                assert!(!own, "{status}");
                assert_eq!(trouble.trouble.as_deref(), Some("t"));
            }
            _ => panic!("{status} has no variant"),
        }
    }
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_headers_and_body() {
    let error = refused(Reply::new(451).header("x-why", "law").body("not here")).await;
    assert_eq!(error.kind(), ErrorKind::Undocumented);
    assert_eq!(error.status(), Some(451));
    assert_eq!(error.headers().get("x-why").unwrap(), "law");
    assert_eq!(error.raw(), Some(&b"not here"[..]));
    assert!(error.documented().is_none());
}

#[tokio::test]
async fn a_documented_status_with_another_body_keeps_all_that_came() {
    let error = refused(Reply::new(400).body("<html>")).await;
    assert!(error.documented().is_none());
    assert_eq!(
        (error.status(), error.raw()),
        (Some(400), Some(&b"<html>"[..]))
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_keeps_all_that_came() {
    let reply = Reply::new(302)
        .header("location", "https://elsewhere.example/parcels")
        .body("moved");
    let error = refused(reply).await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Redirect, Some(302))
    );
    assert_eq!(
        error.headers().get("location").unwrap(),
        "https://elsewhere.example/parcels"
    );
    assert_eq!(error.raw(), Some(&b"moved"[..]));
}
