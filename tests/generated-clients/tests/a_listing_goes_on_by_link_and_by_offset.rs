//! A listing whose pages follow each other by a link in the head of an answer, or by how many items are left out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::ListingError;
use generated_clients::{Behaviour, FaultServer, Reply, Request, parcels};
use serde_json::json;

#[tokio::test]
async fn the_link_of_an_answer_leads_to_the_next_page() {
    let server = FaultServer::start(|request: &Request, _: usize| {
        let (page, link) = match request.target() {
            "/depots" => (
                json!([{"code": "A"}, {"code": 7}]),
                "<?page=2>; rel=\"next\"",
            ),
            "/depots?page=2" => (
                json!([]),
                "</depots?page=3>; rel=next, </depots>; rel=first",
            ),
            _ => (json!([{"code": "B"}]), "</depots?page=2>; rel=prev"),
        };
        Behaviour::answer(Reply::new(200).json(&page.to_string()).header("link", link))
    })
    .unwrap();
    let client = parcels(&server).unwrap();
    let mut listing = client.depots_list().stream();
    let mut found = Vec::new();
    while let Some(item) = listing.next().await {
        found.push(match item {
            Ok(depot) => depot.code.unwrap(),
            Err(ListingError::Item(rejected)) => format!("item {}", rejected.index),
            Err(error) => error.to_string(),
        });
    }
    assert_eq!(found, ["A", "item 1", "B"]);
    assert_eq!(listing.position().cursor.as_deref(), Some("/depots?page=3"));
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert_eq!(targets, ["/depots", "/depots?page=2", "/depots?page=3"]);
}

#[tokio::test]
async fn a_link_that_leads_elsewhere_ends_the_listing() {
    let server = FaultServer::start(Behaviour::answer(
        Reply::new(200).json("[{\"code\": \"A\"}]").header(
            "link",
            "<https://elsewhere.example/depots?page=2>; rel=next",
        ),
    ))
    .unwrap();
    let client = parcels(&server).unwrap();
    let mut listing = client.depots_list().stream();
    assert!(listing.next().await.unwrap().is_ok());
    let error = listing.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("is not followed"), "{error}");
    assert!(listing.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn offsets_go_on_until_the_total_is_reached() {
    let server = FaultServer::start(|request: &Request, _: usize| {
        let offset: usize = request
            .target()
            .split_once("offset=")
            .map_or(0, |(_, offset)| offset.parse().unwrap());
        let codes = ["A", "B", "C", "D", "E"];
        let scans: Vec<_> = codes
            .iter()
            .skip(offset)
            .take(2)
            .map(|code| json!({"code": code}))
            .collect();
        let page = json!({"total": 5, "scans": scans});
        Behaviour::answer(Reply::new(200).json(&page.to_string()))
    })
    .unwrap();
    let client = parcels(&server).unwrap();
    let mut listing = client.scans_list().limit(2).stream();
    let mut codes = Vec::new();
    while let Some(scan) = listing.next().await {
        codes.push(scan.unwrap().code.unwrap());
    }
    assert_eq!(codes, ["A", "B", "C", "D", "E"]);
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert_eq!(
        targets,
        [
            "/scans?limit=2",
            "/scans?limit=2&offset=2",
            "/scans?limit=2&offset=4"
        ]
    );
}
