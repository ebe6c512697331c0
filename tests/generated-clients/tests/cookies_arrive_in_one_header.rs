//! Cookie parameters are sent in one `Cookie` header, with what a cookie cannot hold percent-encoded.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_clients::{answering, parcels};

#[tokio::test]
async fn under_their_names_and_nowhere_else() {
    let server = answering(200, "[]").unwrap();
    parcels(&server)
        .unwrap()
        .parcels_list()
        .flavour("a b; c=%é")
        .shelf(3)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.header("cookie"),
        Some("flavour=a%20b%3B%20c=%25%C3%A9; shelf=3")
    );
    assert_eq!(request.query(), "");
}

#[tokio::test]
async fn without_a_value_there_is_no_header() {
    let server = answering(200, "[]").unwrap();
    parcels(&server)
        .unwrap()
        .parcels_list()
        .send()
        .await
        .unwrap();
    assert_eq!(server.requests()[0].header("cookie"), None);
}
