//! An answer can be had as it came: status, headers and bounded body, whatever the document says of it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::ErrorKind;
use generated_clients::{Behaviour, FaultServer, Reply};

fn client(server: &FaultServer) -> truto_client::Client {
    truto_client::Client::builder()
        .base_url(server.url())
        .bearer_token("t0ken")
        .integrated_account_id("1")
        .configure(|core| core.max_body_bytes(100))
        .build()
        .unwrap()
}

#[tokio::test]
async fn any_status_any_header_and_any_body_come_through() {
    for status in [200, 299, 302, 404, 418] {
        let reply = Reply::new(status)
            .header("x-vendor", "7")
            .body("<p>no JSON</p>");
        let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
        let answer = client(&server)
            .contacts_get()
            .id("1")
            .send_raw()
            .await
            .unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["x-vendor"], "7");
        assert_eq!(answer.body(), b"<p>no JSON</p>");
        assert!(!format!("{answer:?}").contains("JSON"));
    }
}

#[tokio::test]
async fn a_raw_body_is_bounded_too() {
    let reply = Reply::new(200).body(vec![b'a'; 101]);
    let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
    let failure = client(&server)
        .contacts_get()
        .id("1")
        .send_raw()
        .await
        .unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::BodyTooLarge);
}
