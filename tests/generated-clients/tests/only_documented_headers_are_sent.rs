//! No header that nobody asked for, such as progenitor's `api-version`; and those that were asked for.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_clients::{answering, parcels};

#[tokio::test]
async fn there_is_no_api_version() {
    let server = answering(200, "[]").unwrap();
    parcels(&server)
        .unwrap()
        .parcels_list()
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    let mut names: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names.retain(|name| name != "accept-encoding");
    assert_eq!(names, ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn header_parameters_arrive_under_their_names() {
    let server = answering(200, "[]").unwrap();
    parcels(&server)
        .unwrap()
        .parcels_list()
        .x_trace("a b")
        .x_depth(3)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        (request.header("x-trace"), request.header("x-depth")),
        (Some("a b"), Some("3"))
    );
}

#[tokio::test]
async fn options_of_a_call_add_headers_to_it() {
    let server = answering(200, "[]").unwrap();
    let options = client_runtime::CallOptions::new().header("x-extra", "1");
    parcels(&server)
        .unwrap()
        .parcels_list()
        .options(options)
        .send()
        .await
        .unwrap();
    assert_eq!(server.requests()[0].header("x-extra"), Some("1"));
}
