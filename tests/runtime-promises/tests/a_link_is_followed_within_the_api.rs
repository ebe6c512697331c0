//! A link that an answer gives is followed to the API's own host and under its base URL, and nowhere else.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{Core, Encoding, ErrorKind, Failure, Request};
use fault_server::{Behaviour, FaultServer};
use runtime_promises::{API, GET, builder_to};

/// The target of the request that follows `link`, from the thing `1` of an API under `/v1`.
async fn target(server: &FaultServer, link: &str) -> Result<String, Failure> {
    let core = builder_to(&API, &format!("{}/v1", server.url()))
        .build()
        .unwrap();
    follow(&core, link).await?;
    Ok(server.requests().last().unwrap().target().to_owned())
}

async fn follow(core: &Core, link: &str) -> Result<(), Failure> {
    let mut request = Request::new(&GET);
    request.path("id", "1");
    request.query("limit", Encoding::Plain, "5");
    request.follow(link);
    core.send(request).await.map(|_| ())
}

#[tokio::test]
async fn the_links_of_an_api_are_followed_with_their_own_query() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let here = server.url().to_owned();
    let host = here.trim_start_matches("http://").to_owned();
    for (link, expected) in [
        ("?after=b%26c&limit=9", "/v1/things/1?after=b%26c&limit=9"),
        ("/v1/things?page=2#top", "/v1/things?page=2"),
        ("2?page=2", "/v1/things/2?page=2"),
        ("../others", "/v1/others"),
        (&format!("{here}/v1/things/1?page=2"), "/v1/things/1?page=2"),
        (&format!("//{host}/v1/things?page=2"), "/v1/things?page=2"),
        ("", "/v1/things/1"),
    ] {
        assert_eq!(target(&server, link).await.unwrap(), expected, "{link}");
    }
}

#[tokio::test]
async fn a_link_to_another_place_is_refused_and_nothing_is_sent() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let elsewhere = FaultServer::start(Behaviour::status(204)).unwrap();
    let host = server.url().trim_start_matches("http://").to_owned();
    for link in [
        elsewhere.url(),
        "https://elsewhere.example/v1/things",
        "//elsewhere.example/v1/things",
        "\\\\elsewhere.example/v1/things",
        "/things?page=2",
        "/v1things",
        "/v1/../things",
        "/v1/%2e%2e/things",
        "../../../things",
        "file:///v1/things",
        "javascript:alert(1)",
        &format!("http://user:secret@{host}/v1/things"),
        &format!("http://{host}.elsewhere.example/v1/things"),
        &format!("ftp://{host}/v1/things"),
        "/v1/things\r\nx: y",
        "/v1/things?a b",
        "/v1/things?\u{e9}",
    ] {
        let failure = target(&server, link).await.unwrap_err();
        assert_eq!(failure.kind(), ErrorKind::InvalidRequest, "{link:?}");
        assert!(!failure.to_string().contains("elsewhere"), "{failure}");
    }
    assert_eq!(server.requests().len() + elsewhere.requests().len(), 0);
}
