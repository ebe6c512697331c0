//! Every way to misbehave, with canaries in headers and body.

use fault_server::{Ending, Reply};
use std::time::Duration;

/// A body of an answer with a canary in every field, also in ones that no document names.
const BODY: &str = r#"{"id":"cAnArY","first_name":"cAnArY","name":"cAnArY","cAnArY":["cAnArY"],"message":"cAnArY",
    "error":"cAnArY","result":[{"id":"cAnArY"},{"id":["cAnArY"]},"cAnArY"],"data":[{"email":"cAnArY"},"cAnArY"],
    "next_cursor":"cAnArY","remote_data":{"cAnArY":"cAnArY"},"email_addresses":[{"email":"cAnArY"}],
    "raw_response":"cAnArY","statusCode":"cAnArY"}"#;

fn reply(status: u16) -> Reply {
    Reply::new(status)
        .header("x-canary", "cAnArY")
        .header("location", "https://cAnArY.example/cAnArY?cAnArY=cAnArY")
        .header("set-cookie", "cAnArY=cAnArY")
        .header("etag", "\"cAnArY\"")
        .header("retry-after", "cAnArY")
        .header("www-authenticate", "Bearer realm=\"cAnArY\"")
        .json(BODY)
}

/// The corpus.
pub(super) fn endings() -> Vec<Ending> {
    let raw = |text: &str| Ending::Raw(text.as_bytes().to_vec());
    let mut all = vec![
        Ending::Drop,
        Ending::Reset,
        Ending::Hang,
        Ending::Truncate(reply(200), 10),
        Ending::Truncate(reply(500), 10),
        Ending::WrongLength(reply(200), 1),
        Ending::WrongLength(reply(200), 1 << 40),
        Ending::Endless(reply(200)),
        Ending::Slow(reply(200), Duration::from_millis(20)),
        Ending::Answer(reply(200).header("content-encoding", "cAnArY")),
        Ending::Answer(reply(200).header("content-encoding", "gzip")),
        Ending::Answer(reply(200).header("content-encoding", "br")),
        Ending::Answer(reply(200).header("content-encoding", "zstd")),
        Ending::Answer(Reply::new(200).body(b"\xffcAnArY".to_vec())),
    ];
    all.extend(
        [
            "cAnArY",
            "\"cAnArY\"",
            "[\"cAnArY\"]",
            r#"{"id":{"cAnArY":1}}"#,
            r#"{"cAnArY"#,
            r#"{"first_name":["cAnArY"]}"#,
        ]
        .map(|text| Ending::Answer(Reply::new(200).json(text))),
    );
    all.extend([
        raw("cAnArY\r\n\r\n"),
        raw("HTTP/1.1 cAnArY cAnArY\r\n\r\n"),
        raw("HTTP/9.9 200 cAnArY\r\n\r\n"),
        raw("HTTP/1.1 200 cAnArY\r\ncAnArY cAnArY\r\n\r\n"),
        raw("HTTP/1.1 200 OK\r\ncAnArY: \u{1}\r\n\r\n"),
        raw("HTTP/1.1 200 OK\r\ncontent-length: cAnArY\r\n\r\ncAnArY"),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ncAnArY\r\n"),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: cAnArY\r\n\r\ncAnArY"),
        raw("HTTP/1.1 100 cAnArY\r\n\r\nHTTP/1.1 101 cAnArY\r\nupgrade: cAnArY\r\n\r\n"),
        raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 200 cAnArY\r\n\r\ncAnArY"),
    ]);
    let statuses = [
        200, 201, 204, 301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 502,
        503, 504, 599,
    ];
    all.extend(statuses.map(|status| Ending::Answer(reply(status))));
    all
}
