//! What a generated operation puts on the wire through the runtime, and what it gets back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{
    Api, ApiKeyPlace, CallOptions, Core, Encoding, Error, ErrorKind, Operation, Request,
    SecurityScheme,
};
use serde_json::{Value, json};
use std::sync::mpsc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

static API: Api = Api::new("example-client", "1.2.3").security_schemes(&[
    ("bearerAuth", SecurityScheme::Bearer),
    (
        "key",
        SecurityScheme::ApiKey {
            place: ApiKeyPlace::Header,
            name: "X-Api-Key",
        },
    ),
    ("basic", SecurityScheme::Basic),
    (
        "queryKey",
        SecurityScheme::ApiKey {
            place: ApiKeyPlace::Query,
            name: "api key",
        },
    ),
]);
static UPDATE: Operation = Operation::new("things_update", "PATCH", "/things/{id}/parts/{part}")
    .security(&[&["bearerAuth"]])
    .accept("application/json");
static OPEN: Operation = Operation::new("things_get", "GET", "/things/{id}");

/// Answers one request with `answer` and hands the bytes of the request over.
async fn server(answer: &str) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/base/", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    let answer = answer.to_owned();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            seen.extend_from_slice(&buffer[..read]);
            let text = String::from_utf8_lossy(&seen);
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
        sender.send(String::from_utf8(seen).unwrap()).unwrap();
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    (url, receiver)
}

fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nx-request-id: r-1\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn core(url: &str) -> Core {
    Core::builder(&API)
        .base_url(url)
        .credential("bearerAuth", "t0ken")
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_operation_is_sent_as_documented() {
    let (url, seen) = server(&answer("200 OK", r#"{"ok":true}"#)).await;
    let mut request = Request::new(&UPDATE);
    request.path("part", "ü");
    request.path("id", "a/b %");
    request.query("fields", Encoding::Brackets, &["id", "x y"]);
    request.header("X-Name", &7);
    request.json(&json!({"a": null}));
    request.options(CallOptions::new().header("x-extra", "e"));
    let reply = core(&url).send(request).await.unwrap();
    assert_eq!(reply.status(), 200);
    let value = reply.json::<Value, ()>().unwrap();
    assert_eq!(*value, json!({"ok": true}));
    assert_eq!(value.request_id(), Some("r-1"));
    let seen = seen.recv().unwrap();
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().collect();
    assert_eq!(
        lines.remove(0),
        "PATCH /base/things/a%2Fb%20%25/parts/%C3%BC?fields%5B%5D=id&fields%5B%5D=x%20y HTTP/1.1"
    );
    lines.sort_unstable();
    lines.retain(|line| !line.starts_with("host: ") && !line.starts_with("accept-encoding: "));
    assert_eq!(
        lines,
        [
            "accept: application/json",
            "authorization: Bearer t0ken",
            "content-length: 10",
            "content-type: application/json",
            concat!(
                "user-agent: example-client/1.2.3 client-runtime/",
                env!("CARGO_PKG_VERSION")
            ),
            "x-extra: e",
            "x-name: 7",
        ]
    );
    assert_eq!(body, r#"{"a":null}"#);
}

#[tokio::test]
async fn no_id_leaves_its_path_segment() {
    let core = core("http://127.0.0.1:9");
    for id in [
        "",
        ".",
        "..",
        "%2e",
        "%2E%2e",
        "%252e%252e",
        "a/../b",
        "..%2f",
        "\\",
        "%5c",
        "a\0",
        "\n",
        "%00",
    ] {
        let mut request = Request::new(&OPEN);
        request.path("id", id);
        let failure = core.send(request).await.unwrap_err();
        assert_eq!(failure.kind(), ErrorKind::InvalidRequest, "{id:?}");
    }
    let failure = core.send(Request::new(&OPEN)).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "things_get: the request cannot be sent: path parameter `id` is not set"
    );
}

#[tokio::test]
async fn every_status_keeps_its_body_and_tells_whether_it_was_applied() {
    for (status, applied, kind) in [
        ("404 Not Found", false, ErrorKind::Undocumented),
        ("429 Too Many", false, ErrorKind::RateLimited),
        ("302 Found", true, ErrorKind::Redirect),
        ("502 Bad Gateway", true, ErrorKind::Undocumented),
    ] {
        let (url, _seen) = server(&answer(status, "<p>canary</p>")).await;
        let mut request = Request::new(&UPDATE);
        request.path("id", "1");
        request.path("part", "2");
        request.options(CallOptions::new().no_retries());
        let reply = core(&url).send(request).await.unwrap();
        let error: Error<Value> = reply.error(|body: Value| body);
        assert_eq!(error.kind(), kind);
        assert_eq!(error.raw(), Some(&b"<p>canary</p>"[..]));
        assert_eq!(error.may_have_been_applied(), applied, "{status}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

#[tokio::test]
async fn a_documented_error_is_decoded() {
    let (url, _seen) = server(&answer("422 No", r#"{"message":"bad"}"#)).await;
    let mut request = Request::new(&OPEN);
    request.path("id", "1");
    let error: Error<Value> = core(&url).send(request).await.unwrap().error(|body| body);
    assert_eq!(error.documented(), Some(&json!({"message": "bad"})));
    assert_eq!(
        error.to_string(),
        "things_get: the API answered with an error (status 422)"
    );
}

#[tokio::test]
async fn a_decode_error_names_the_place_and_not_the_value() {
    let (url, _seen) = server(&answer("200 OK", r#"["canary"]"#)).await;
    let mut request = Request::new(&OPEN);
    request.path("id", "1");
    let error = core(&url)
        .send(request)
        .await
        .unwrap()
        .json::<Vec<u8>, ()>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "things_get: the answer's body cannot be decoded (status 200): a value of another type at line 1 column 9"
    );
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    let (url, _seen) = server(&answer("200 OK", &"x".repeat(2000))).await;
    let core = Core::builder(&API)
        .base_url(&url)
        .max_body_bytes(1999)
        .build()
        .unwrap();
    let mut request = Request::new(&OPEN);
    request.path("id", "1");
    let failure = core.send(request).await.unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn a_missing_credential_is_said_before_anything_is_sent() {
    let core = Core::builder(&API)
        .base_url("http://127.0.0.1:9")
        .build()
        .unwrap();
    let mut request = Request::new(&UPDATE);
    request.path("id", "1");
    request.path("part", "1");
    assert_eq!(
        core.send(request).await.unwrap_err().kind(),
        ErrorKind::MissingCredential
    );
}

#[tokio::test]
async fn a_credential_can_be_replaced_and_is_printed_nowhere() {
    let (url, seen) = server(&answer("200 OK", "")).await;
    let core = core(&url);
    core.clone().set_credential("bearerAuth", "canary").unwrap();
    assert!(core.set_credential("other", "x").is_err());
    assert!(core.set_credential("bearerAuth", "a\nb").is_err());
    let mut request = Request::new(&UPDATE);
    request.path("id", "1");
    request.path("part", "1");
    core.send(request).await.unwrap().json::<(), ()>().unwrap();
    assert!(
        seen.recv()
            .unwrap()
            .contains("authorization: Bearer canary\r\n")
    );
    let builder = Core::builder(&API).credential("bearerAuth", "canary");
    assert!(!format!("{core:?} {builder:?}").contains("canary"));
}

#[test]
fn bad_configuration_is_refused_with_what_to_set() {
    for (url, said) in [
        ("http://api.example.com", "allow_plain_http_to"),
        ("https://u:p@api.example.com", "credentials"),
        ("https://api.example.com?x=1", "query"),
        ("https://api.example.com#x", "fragment"),
        ("ftp://api.example.com", "`https://`"),
        ("api.example.com", "not a URL"),
        ("data:x", "no host"),
    ] {
        let error = Core::builder(&API)
            .base_url(url)
            .build()
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{url}: {error}");
    }
    assert!(
        Core::builder(&API)
            .build()
            .unwrap_err()
            .to_string()
            .contains("`base_url`")
    );
    let zero = Core::builder(&API)
        .base_url("http://[::1]")
        .timeout(std::time::Duration::ZERO);
    assert!(
        zero.build()
            .unwrap_err()
            .to_string()
            .contains("`timeout` is zero")
    );
    let named = Core::builder(&API)
        .base_url("http://Intranet:8080")
        .allow_plain_http_to("intranet");
    assert!(named.build().is_ok());
}
