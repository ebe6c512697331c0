//! The document's security schemes become methods of the client's builder, and each operation sends what it needs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_clients::{FaultServer, answering};
use parcels_client::{Client, ClientBuilder, types::ParcelPatch};

fn builder(server: &FaultServer) -> ClientBuilder {
    Client::builder().base_url(server.url())
}

#[tokio::test]
async fn a_bearer_token_arrives() {
    let server = answering(200, "[]").unwrap();
    builder(&server)
        .bearer_token("t0ken")
        .build()
        .unwrap()
        .parcels_list()
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].header("authorization"),
        Some("Bearer t0ken")
    );
    assert_eq!(server.requests()[0].header("x-api-key"), None);
}

#[tokio::test]
async fn an_api_key_arrives_in_its_header() {
    let server = answering(200, "[]").unwrap();
    builder(&server)
        .api_key_key("k3y")
        .build()
        .unwrap()
        .parcels_list()
        .send()
        .await
        .unwrap();
    assert_eq!(server.requests()[0].header("x-api-key"), Some("k3y"));
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn an_api_key_arrives_in_the_query_and_a_password_in_its_header() {
    let server = answering(204, "").unwrap();
    let client = builder(&server).api_key_legacy("k&y").build().unwrap();
    #[expect(
        deprecated,
        reason = "the only operation of the document with these schemes"
    )]
    client.parcels_delete().id("p").send().await.unwrap();
    assert_eq!(server.requests()[0].query(), "api_key=k%26y");
    let client = builder(&server)
        .basic_auth("ann", "secret")
        .build()
        .unwrap();
    #[expect(
        deprecated,
        reason = "the only operation of the document with these schemes"
    )]
    client.parcels_delete().id("p").send().await.unwrap();
    assert_eq!(
        server.requests()[1].header("authorization"),
        Some("Basic YW5uOnNlY3JldA==")
    );
}

#[tokio::test]
async fn an_operation_that_needs_none_gets_none() {
    let server = answering(200, "label").unwrap();
    builder(&server)
        .bearer_token("t0ken")
        .build()
        .unwrap()
        .label_get()
        .id("p")
        .send()
        .await
        .unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn without_a_credential_that_fits_nothing_is_sent() {
    let server = answering(200, "{}").unwrap();
    let client = builder(&server).api_key_key("k3y").build().unwrap();
    let sent = client
        .parcels_update()
        .id("p")
        .account(1)
        .body(ParcelPatch::new())
        .send()
        .await;
    assert!(sent.is_err());
    assert!(server.requests().is_empty());
}
