//! How lists and objects are written in paths, headers and cookies, seen on the wire.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{
    Api, ApiKeyPlace, Core, Credential, Encoding, ErrorKind, Operation, Request, SecurityScheme,
    Style,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

static API: Api = Api::new("example-client", "1.0.0").security_schemes(&[(
    "session",
    SecurityScheme::ApiKey {
        place: ApiKeyPlace::Cookie,
        name: "session",
    },
)]);
static ONE: Operation = Operation::new("things_get", "GET", "/things/{n}/end");
static SECRET: Operation =
    Operation::new("things_secret", "GET", "/things").security(&[&["session"]]);

/// The head of the request that is sent, or what is said against it.
async fn sent(request: Request) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = vec![0; 32 * 1024];
        let read = stream.read(&mut seen).await.unwrap();
        stream.write_all(b"HTTP/1.1 204 No\r\n\r\n").await.unwrap();
        String::from_utf8_lossy(&seen[..read]).into_owned()
    };
    let core = Core::builder(&API)
        .base_url(&url)
        .credential("session", Credential::Token("s1".into()))
        .build()
        .unwrap();
    tokio::select! {
        head = serve => Ok(head),
        Err(failure) = core.send(request) => {
            assert_eq!(failure.kind(), ErrorKind::InvalidRequest);
            Err(failure.to_string())
        }
    }
}

/// What stands for the parameter in the path.
async fn in_path(style: Style, value: Value) -> Result<String, String> {
    let mut request = Request::new(&ONE);
    request.path_in("n", style, &value);
    let head = sent(request).await?;
    let target = head.split(' ').nth(1).unwrap();
    let inner = target
        .strip_prefix("/things/")
        .and_then(|rest| rest.strip_suffix("/end"));
    Ok(inner.unwrap().to_owned())
}

fn header_of(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    let line = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.map(str::to_owned)
}

async fn in_header(style: Style, value: Value) -> Result<Option<String>, String> {
    let mut request = Request::new(&ONE);
    request.path("n", "a");
    request.header_in("x-n", style, &value);
    Ok(header_of(&sent(request).await?, "x-n"))
}

#[tokio::test]
async fn a_path_has_lists_and_objects_in_the_style_of_the_document() {
    let list = || json!(["a b", "c,d", null, 3]);
    let object = || json!({ "x": 1, "y": "a.b;c=d" });
    let cases = [
        (Style::Comma, list(), "a%20b,c%2Cd,3"),
        (Style::CommaPairs, list(), "a%20b,c%2Cd,3"),
        (Style::Dot, list(), "a%20b.c%2Cd.3"),
        (Style::Semicolon, list(), "n=a%20b;n=c%2Cd;n=3"),
        (Style::Comma, object(), "x,1,y,a.b%3Bc%3Dd"),
        (Style::CommaPairs, object(), "x=1,y=a.b%3Bc%3Dd"),
        (Style::Dot, object(), "x=1.y=a.b%3Bc%3Dd"),
        (Style::Semicolon, object(), "x=1;y=a.b%3Bc%3Dd"),
        (
            Style::Json,
            object(),
            "%7B%22x%22%3A1%2C%22y%22%3A%22a.b%3Bc%3Dd%22%7D",
        ),
        (Style::Comma, json!("a,b"), "a%2Cb"),
        (Style::Semicolon, json!(true), "n=true"),
    ];
    for (style, value, expected) in cases {
        let found = in_path(style, value.clone()).await;
        assert_eq!(found.as_deref(), Ok(expected), "{style:?} {value}");
    }
}

#[tokio::test]
async fn no_value_of_a_list_leaves_its_segment() {
    let refused = [
        (json!([]), "is empty"),
        (json!(null), "is empty"),
        (json!([""]), "is empty"),
        (json!([".."]), "is a dot segment"),
        (json!(["a", "b/../c"]), "contains a dot segment"),
        (json!(["a\\b"]), "contains a backslash"),
        (json!({ "a": "b\nc" }), "contains a control character"),
        (
            json!([["a"]]),
            "found a list or object in a list or object, expected a flat one",
        ),
        (json!(["x".repeat(9000)]), "is longer than 8192 bytes"),
    ];
    for (value, problem) in refused {
        let said = in_path(Style::Comma, value).await.unwrap_err();
        assert!(said.ends_with(problem), "{said}");
        assert!(said.contains("path parameter `n`"), "{said}");
    }
    // What a label has before it is for the template; two empty values make a dot segment with it.
    let said = in_path(Style::Dot, json!(["", "", ""])).await.unwrap_err();
    assert!(said.contains("path parameter `n`"), "{said}");
}

#[tokio::test]
async fn a_header_has_lists_and_objects_in_the_style_of_the_document() {
    let object = || json!({ "x": 1, "y": "a b" });
    let cases = [
        (Style::Comma, json!(["a", 2]), Some("a,2")),
        (Style::Comma, object(), Some("x,1,y,a b")),
        (Style::CommaPairs, object(), Some("x=1,y=a b")),
        (Style::Json, object(), Some("{\"x\":1,\"y\":\"a b\"}")),
        (Style::Comma, json!("a,b"), Some("a,b")),
        (Style::Comma, json!([]), None),
        (Style::Comma, json!(null), None),
        (Style::Json, json!(null), None),
        (Style::Json, json!([]), Some("[]")),
    ];
    for (style, value, expected) in cases {
        let found = in_header(style, value.clone()).await.unwrap();
        assert_eq!(found.as_deref(), expected, "{style:?} {value}");
    }
    let said = in_header(Style::Comma, json!(["a,b", "c"]))
        .await
        .unwrap_err();
    assert!(said.ends_with("one of its values holds a comma, which stands between two"));
    assert!(!said.contains("a,b"), "{said}");
}

#[tokio::test]
async fn all_cookies_are_in_one_header() {
    let mut request = Request::new(&SECRET);
    request.cookie("list", Style::Comma, &json!([1, 2]));
    request.cookie("each", Style::Semicolon, &json!(["a;b", "c d"]));
    request.cookie("object", Style::Semicolon, &json!({ "x": 1, "y": "é" }));
    request.cookie("nothing", Style::Comma, &json!(null));
    request.cookie("plain", Style::Comma, "a,b");
    let head = sent(request).await.unwrap();
    assert_eq!(
        header_of(&head, "cookie").unwrap(),
        "list=1,2; each=a%3Bb; each=c%20d; x=1; y=%C3%A9; plain=a%2Cb; session=s1"
    );
    assert_eq!(head.matches("cookie:").count(), 1);
}

#[tokio::test]
async fn a_query_has_a_list_of_objects_as_json_texts() {
    let mut request = Request::new(&ONE);
    request.path("n", "a");
    request.query("q", Encoding::RepeatedJson, &json!([{ "a": 1 }, null, [2]]));
    let head = sent(request).await.unwrap();
    let target = head.split(' ').nth(1).unwrap();
    assert_eq!(target, "/things/a/end?q=%7B%22a%22%3A1%7D&q=%5B2%5D");
}
