//! How query parameters are written, seen through a request's URL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{Api, Core, Encoding, ErrorKind, Json, Nullable, Operation, Request};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

static API: Api = Api::new("example-client", "1.0.0");
static LIST: Operation = Operation::new("things_list", "GET", "/");

/// The query that is sent for `value`, or what is said against it.
async fn sent<T: Serialize + ?Sized>(encoding: Encoding, value: &T) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = vec![0; 8192];
        let read = stream.read(&mut seen).await.unwrap();
        stream.write_all(b"HTTP/1.1 204 No\r\n\r\n").await.unwrap();
        let line = String::from_utf8_lossy(&seen[..read]);
        let target = line.split(' ').nth(1).unwrap().to_owned();
        target.strip_prefix("/?").unwrap_or_default().to_owned()
    };
    let core = Core::builder(&API).base_url(&url).build().unwrap();
    let mut request = Request::new(&LIST);
    request.query("n", encoding, value);
    tokio::select! {
        query = serve => Ok(query),
        Err(failure) = core.send(request) => {
            assert_eq!(failure.kind(), ErrorKind::InvalidRequest);
            Err(failure.to_string())
        }
    }
}

async fn is<T: Serialize + ?Sized>(encoding: Encoding, value: &T, expected: &str) {
    assert_eq!(sent(encoding, value).await.as_deref(), Ok(expected));
}

async fn refused<T: Serialize + ?Sized>(encoding: Encoding, value: &T, expected: &str) {
    let said = sent(encoding, value).await.unwrap_err();
    assert_eq!(
        said,
        format!("things_list: the request cannot be sent: query parameter `n`: {expected}")
    );
}

#[tokio::test]
async fn single_values_are_written_plainly() {
    is(Encoding::Plain, "a b&c=+é", "n=a%20b%26c%3D%2B%C3%A9").await;
    is(Encoding::Plain, &true, "n=true").await;
    is(Encoding::Plain, &-1.5, "n=-1.5").await;
    is(Encoding::Plain, &Nullable::Value(3), "n=3").await;
    is(Encoding::Plain, &None::<u8>, "").await;
    refused(
        Encoding::Plain,
        &[1],
        "found a list, expected a single value",
    )
    .await;
    refused(
        Encoding::Plain,
        &f64::NAN,
        "found a number that is not finite",
    )
    .await;
}

#[tokio::test]
async fn lists_are_written_in_their_encoding() {
    let list = ["a,b", "c d"];
    is(Encoding::Repeated, &list, "n=a%2Cb&n=c%20d").await;
    is(Encoding::Brackets, &list, "n%5B%5D=a%2Cb&n%5B%5D=c%20d").await;
    is(Encoding::Brackets, "a", "n%5B%5D=a").await;
    is(Encoding::Comma, &list, "n=a%2Cb,c%20d").await;
    is(Encoding::Space, &list, "n=a%2Cb%20c%20d").await;
    is(Encoding::Pipe, &list, "n=a%2Cb%7Cc%20d").await;
    is(Encoding::Comma, &["", "x"], "n=,x").await;
    is(
        Encoding::Brackets,
        &json!([{"k": [1]}]),
        "n%5B0%5D%5Bk%5D%5B%5D=1",
    )
    .await;
    for encoding in [Encoding::Repeated, Encoding::Brackets, Encoding::Comma] {
        is(encoding, &Vec::<u8>::new(), "").await;
    }
    refused(
        Encoding::Repeated,
        &json!([[1]]),
        "found a list in a list or object, expected a list",
    )
    .await;
    refused(
        Encoding::Repeated,
        &json!({}),
        "found an object, expected a list",
    )
    .await;
}

#[tokio::test]
async fn objects_are_written_to_any_depth() {
    // The names are sorted, so that they come in this order whether or not serde_json keeps another.
    let value =
        json!({"e": {}, "foo": "b&r", "none": null, "x": {"w w": "v", "y": [1, {"z": true}]}});
    let deep = "n%5Bfoo%5D=b%26r&n%5Bx%5D%5Bw%20w%5D=v&n%5Bx%5D%5By%5D%5B%5D=1&n%5Bx%5D%5By%5D%5B1%5D%5Bz%5D=true";
    is(Encoding::DeepObject, &value, deep).await;
    is(Encoding::DeepObject, &Json::from(value.clone()), deep).await;
    is(
        Encoding::DeepObject,
        &BTreeMap::from([("any", Json::from(json!({"a": 1})))]),
        "n%5Bany%5D%5Ba%5D=1",
    )
    .await;
    is(
        Encoding::DeepObject,
        &BTreeMap::from([(7, 'x')]),
        "n%5B7%5D=x",
    )
    .await;
    is(
        Encoding::Spread,
        &json!({"a": 1, "b c": ["x", "y"], "o": {"k": 2}}),
        "a=1&b%20c=x&b%20c=y&o%5Bk%5D=2",
    )
    .await;
    is(
        Encoding::Comma,
        &json!({"b": "", "g": null, "r": 100}),
        "n=b,,r,100",
    )
    .await;
    is(
        Encoding::Json,
        &json!({"k": [1]}),
        "n=%7B%22k%22%3A%5B1%5D%7D",
    )
    .await;
    is(Encoding::Json, &json!(null), "").await;
    is(
        Encoding::Spread,
        &json!({"l": [{"a": 1, "b": [2]}, {"a": 3}], "m": [4, 5]}),
        "l%5B0%5D%5Ba%5D=1&l%5B0%5D%5Bb%5D%5B%5D=2&l%5B1%5D%5Ba%5D=3&m=4&m=5",
    )
    .await;
    is(
        Encoding::SpreadBrackets,
        &json!({"l": [{"a": 1}, {"a": 3}], "m": [4, 5], "o": {"k": [6]}}),
        "l%5B0%5D%5Ba%5D=1&l%5B1%5D%5Ba%5D=3&m%5B%5D=4&m%5B%5D=5&o%5Bk%5D%5B%5D=6",
    )
    .await;
    // What may be an object or something else.
    is(Encoding::DeepObject, &1, "n=1").await;
    is(
        Encoding::DeepObject,
        &json!([{"a": 1}, {"a": 2}]),
        "n%5B0%5D%5Ba%5D=1&n%5B1%5D%5Ba%5D=2",
    )
    .await;
    refused(Encoding::Spread, &[1], "found a list, expected an object").await;
}

#[tokio::test]
async fn too_deep_an_object_is_refused() {
    let mut value = json!(1);
    for _ in 0..70 {
        value = json!({ "k": value });
    }
    refused(Encoding::DeepObject, &value, "nests deeper than 64").await;
}
