//! A struct becomes a `multipart/form-data` body: fields as parts, bytes as files, and what cannot be a form is refused
//! before anything is sent.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use client_runtime::{Core, DryRun, Encoding, FilePart, Json, Operation, Request};
use runtime_promises::KEYLESS_API;
use serde::Serialize;
use serde_json::json;

static UPLOAD: Operation = Operation::new("upload", "POST", "/files");
static ACTION: Operation = Operation::new("action", "GET", "/files?action=list");

#[derive(Serialize)]
struct Upload {
    name: String,
    size: Option<u32>,
    nothing: Option<String>,
    flags: Vec<bool>,
    owner: BTreeMap<String, i32>,
    any: Json,
    file: FilePart,
    pages: Vec<FilePart>,
}

fn upload() -> Upload {
    Upload {
        name: "a \"name\"\r\nof two lines".to_owned(),
        size: Some(3),
        nothing: None,
        flags: vec![true, false],
        owner: BTreeMap::from([("id".to_owned(), 7)]),
        any: json!("text").into(),
        file: FilePart::new("x--part-boundary-00000000--y")
            .file_name("ü\"\n.csv")
            .media_type("text/csv"),
        pages: vec![FilePart::new(vec![0, 255]), FilePart::new("b")],
    }
}

fn core() -> Core {
    Core::builder(&KEYLESS_API)
        .base_url("http://127.0.0.1:9")
        .credential("bearerAuth", "t0ken")
        .build()
        .unwrap()
}

fn sent<T: Serialize>(value: &T) -> Result<DryRun, String> {
    let mut request = Request::new(&UPLOAD);
    request.multipart(value);
    core()
        .dry_run(request)
        .map_err(|failure| failure.to_string())
}

/// The parts by what their heads say.
fn parts(request: &DryRun) -> Vec<(String, Vec<u8>)> {
    let (_, content_type) = request
        .headers()
        .find(|(name, _)| *name == "content-type")
        .unwrap();
    let boundary = content_type
        .unwrap()
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let separator = format!("--{boundary}");
    let text: String = request
        .body()
        .iter()
        .map(|byte| char::from(*byte))
        .collect();
    let mut pieces: Vec<&str> = text.split(separator.as_str()).collect();
    assert_eq!(pieces.remove(0), "");
    assert_eq!(pieces.pop().unwrap(), "--\r\n");
    pieces
        .into_iter()
        .map(|piece| {
            let (head, content) = piece.split_once("\r\n\r\n").unwrap();
            let content = content.strip_suffix("\r\n").unwrap();
            let content = content
                .chars()
                .map(|byte| u8::try_from(byte).unwrap())
                .collect();
            (head.strip_prefix("\r\n").unwrap().to_owned(), content)
        })
        .collect()
}

#[test]
fn each_field_is_a_part_and_each_file_tells_its_name_and_type() {
    let request = sent(&upload()).unwrap();
    let heads: Vec<(String, Vec<u8>)> = parts(&request);
    let field = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
    let file = |name: &str, file: &str, media: &str| {
        let file: String = file.bytes().map(char::from).collect();
        format!(
            "{}; filename=\"{file}\"\r\ncontent-type: {media}",
            field(name)
        )
    };
    let bytes = "application/octet-stream";
    let expected: [(String, &[u8]); 9] = [
        (field("name"), b"a \"name\"\r\nof two lines"),
        (field("size"), b"3"),
        (field("flags"), b"true"),
        (field("flags"), b"false"),
        (
            format!("{}\r\ncontent-type: application/json", field("owner")),
            b"{\"id\":7}",
        ),
        (field("any"), b"text"),
        (
            file("file", "ü%22%0A.csv", "text/csv"),
            b"x--part-boundary-00000000--y",
        ),
        (file("pages", "file", bytes), &[0, 255]),
        (file("pages", "file", bytes), b"b"),
    ];
    let expected: Vec<(String, Vec<u8>)> = expected
        .into_iter()
        .map(|(head, content)| (head, content.to_vec()))
        .collect();
    assert_eq!(heads, expected);
}

#[test]
fn the_same_form_gives_the_same_body_so_that_it_can_be_sent_again() {
    assert_eq!(
        sent(&upload()).unwrap().body(),
        sent(&upload()).unwrap().body()
    );
}

#[test]
fn what_is_no_form_is_refused_before_it_is_sent() {
    let wrong = FilePart::new("x").media_type("text/csv\r\nx-injected: 1");
    let problems = [
        sent(&"text").unwrap_err(),
        sent(&vec![1]).unwrap_err(),
        sent(&BTreeMap::from([("file", wrong)])).unwrap_err(),
    ];
    for problem in problems {
        assert!(
            problem.contains("the body cannot be written as a form")
                && !problem.contains("injected"),
            "{problem}"
        );
    }
}

#[test]
fn debug_prints_nothing_of_a_file() {
    let printed = format!("{:?}", FilePart::new("secret").file_name("private.txt"));
    assert_eq!(printed, "FilePart { bytes: 6, .. }");
}

#[test]
fn a_query_that_the_path_fixes_is_kept_beside_the_parameters() {
    let mut request = Request::new(&ACTION);
    request.query("limit", Encoding::Plain, &5);
    let request = core().dry_run(request).unwrap();
    assert_eq!(
        request.url(),
        "http://127.0.0.1:9/files?action=list&limit=5"
    );
}
