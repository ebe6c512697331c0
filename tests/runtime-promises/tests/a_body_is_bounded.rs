//! No body, compressed or not, takes more memory than the client allows.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Error, ErrorKind, Json};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, builder, get};
use std::convert::Infallible;
use std::io::Write as _;
use std::time::Duration;

const LIMIT: usize = 1 << 18;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 5, 22)
        .write_all(bytes)
        .unwrap();
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

type Encode = fn(&[u8]) -> Vec<u8>;
const CODINGS: [(&str, Encode); 6] = [
    ("gzip", gzip),
    ("x-gzip", gzip),
    ("deflate", zlib),
    ("deflate", raw_deflate),
    ("br", brotli),
    ("zstd", zstd),
];

/// The body that is read from an answer, or the error.
async fn read(reply: Ending) -> Result<Vec<u8>, Error> {
    let server = FaultServer::start(Behaviour::new(reply)).unwrap();
    let core = builder(&API, &server)
        .max_body_bytes(LIMIT)
        .attempt_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let answer = get(&core, "1", CallOptions::new().no_retries()).await?;
    assert!(answer.headers().get("content-encoding").is_none());
    answer.bytes::<Infallible>().map(|body| body.to_vec())
}

fn coded(coding: &str, body: Vec<u8>) -> Ending {
    Ending::Answer(
        Reply::new(200)
            .header("content-encoding", coding)
            .body(body),
    )
}

#[tokio::test]
async fn every_coding_is_asked_for_and_decoded() {
    let text: Vec<u8> = (0..LIMIT)
        .map(|index| b"abcdefg \n{"[index * index % 10])
        .collect();
    for (coding, encode) in CODINGS {
        for length in [0, 1, 1000, 16 * 1024, LIMIT] {
            let body = read(coded(coding, encode(&text[..length]))).await.unwrap();
            assert!(body == text[..length], "{coding} {length}");
        }
    }
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    get(&core, "1", CallOptions::new()).await.unwrap();
    assert_eq!(
        server.requests()[0].header("accept-encoding"),
        Some("zstd, br, gzip, deflate")
    );
}

#[tokio::test]
async fn a_bomb_is_stopped_at_the_limit() {
    let zeros = vec![0; LIMIT * 16];
    for (coding, encode) in CODINGS {
        let bomb = encode(&zeros);
        assert!(bomb.len() < LIMIT, "{coding}");
        let error = read(coded(coding, bomb)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{coding}");
        let one_more = encode(&zeros[..=LIMIT]);
        let error = read(coded(coding, one_more)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{coding}");
    }
}

#[tokio::test]
async fn an_endless_body_is_stopped_at_the_limit() {
    let empty_member = gzip(b"");
    for reply in [
        Reply::new(200).body(vec![b' '; 10_000]),
        Reply::new(500).body(vec![b' '; 10_000]),
        Reply::new(200)
            .header("content-encoding", "gzip")
            .body(empty_member),
    ] {
        let error = read(Ending::Endless(reply)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    }
}

#[tokio::test]
async fn a_length_over_the_limit_is_enough_to_stop() {
    let reply = Reply::new(200).body("x");
    let error = read(Ending::WrongLength(reply, u64::MAX / 4))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn a_damaged_or_shortened_coding_is_an_error() {
    for (coding, encode) in CODINGS {
        let whole = encode(&[7; 5000]);
        let error = read(coded(coding, whole[..whole.len() - 1].to_vec()))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{coding}");
        let error = read(coded(coding, b"\xff\xff\xff\xffgarbage".to_vec()))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{coding}");
    }
}

#[tokio::test]
async fn a_coding_that_was_not_asked_for_is_an_error() {
    for coding in ["compress", "gzip, gzip", "aes128gcm"] {
        let error = read(coded(coding, gzip(b"x"))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{coding}");
    }
    assert_eq!(
        read(Ending::Answer(Reply::new(200).body("x")))
            .await
            .unwrap(),
        b"x"
    );
}

#[tokio::test]
async fn deep_json_is_refused_and_not_followed() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let server = FaultServer::start(Behaviour::answer(Reply::new(200).body(deep))).unwrap();
    let core = builder(&API, &server).build().unwrap();
    for _ in 0..2 {
        let answer = get(&core, "1", CallOptions::new()).await.unwrap();
        let error = answer.json::<Json, Infallible>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
    }
    let answer = get(&core, "1", CallOptions::new()).await.unwrap();
    assert!(answer.json::<serde_json::Value, Infallible>().is_err());
}

#[tokio::test]
async fn more_headers_than_anyone_needs_are_refused() {
    let many = (0..1000).fold(Reply::new(200), |reply, index| {
        reply.header(&format!("x-{index}"), "v")
    });
    assert_eq!(
        read(Ending::Answer(many)).await.unwrap_err().kind(),
        ErrorKind::Io
    );
    let long = Reply::new(200).header("x-long", &"v".repeat(1 << 20));
    assert_eq!(
        read(Ending::Answer(long)).await.unwrap_err().kind(),
        ErrorKind::Io
    );
}

#[tokio::test]
async fn the_head_of_an_answer_is_bounded_too() {
    let head = |count: usize, letters: usize| {
        let value = "a".repeat(letters);
        let headers = (0..count).map(|number| format!("x-{number}: {value}\r\n"));
        let headers: String = headers.collect();
        format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}")
    };
    for (count, letters, is_taken) in [
        (90, 100, true),
        (110, 1, false),
        (50_000, 10, false),
        (1, 8 << 20, false),
    ] {
        let result = read(Ending::Raw(head(count, letters).into_bytes())).await;
        match result {
            Ok(body) => assert!(is_taken && body == b"{}", "{count} of {letters}"),
            Err(error) => {
                assert!(!is_taken, "{count} of {letters}: {error}");
                assert_eq!(error.kind(), ErrorKind::Io);
            }
        }
    }
}

#[tokio::test]
async fn json_that_nests_too_deep_is_an_error_wherever_it_stands() {
    for (before, open, close, after) in [
        ("", "[", "]", ""),
        ("", "{\"a\":", "}", ""),
        ("{\"a\":[", "[", "]", "]}"),
        ("{\"a\":", "[{\"b\":", "}]", "}"),
        ("", "[", "", ""),
    ] {
        let text = [
            before,
            &open.repeat(10_000),
            "1",
            &close.repeat(10_000),
            after,
        ]
        .concat();
        let server = FaultServer::start(Behaviour::answer(Reply::new(200).json(&text))).unwrap();
        let core = builder(&API, &server).build().unwrap();
        let answer = get(&core, "1", CallOptions::new()).await.unwrap();
        let decoded = answer.json::<Json, Infallible>();
        assert_eq!(decoded.unwrap_err().kind(), ErrorKind::Decode);
    }
}
