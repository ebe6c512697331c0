//! Whatever is wrong with a file is said with its line, its column, what was found, what was expected and how to mend
//! it; no value of a contact is in the message, and nothing is written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use contact_server::ContactServer;
use contact_transfer::{Problem, ProblemKind, SourceOptions, TransferError};
use support::{Given, file, store};
use unified_contacts::Settings;

/// A name and an address that no message may hold.
const SECRET: &str = "Zaphod";

/// Imports a file, of which something is wrong, and gives the problems.
async fn problems_of(name: &str, content: impl AsRef<[u8]>) -> Vec<Problem> {
    problems_with(name, content, SourceOptions::default()).await
}

async fn problems_with(
    name: &str,
    content: impl AsRef<[u8]>,
    options: SourceOptions,
) -> Vec<Problem> {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("truto"));
    let (folder, path) = file(name, content);
    let mut given = Given::new(&*store, &server, &path);
    given.source = options;
    let error = given.run().await.unwrap_err();
    assert!(!error.to_string().contains(SECRET), "{error}");
    assert!(!format!("{error:?}").contains(SECRET), "{error:?}");
    assert_eq!(server.requests_seen(), 0, "something was sent");
    assert!(!given.journal.exists(), "a journal was begun");
    let TransferError::Problems(problems) = error else {
        panic!("{error}");
    };
    assert_eq!(problems.count(), problems.listed.len() as u64);
    for problem in &problems.listed {
        let text = problem.to_string();
        assert!(
            text.starts_with(&format!("{}:{}: ", path.display(), problem.line)),
            "{text}"
        );
        assert!(
            !problem.expected.is_empty() && !problem.fix.is_empty(),
            "{text}"
        );
    }
    drop(folder);
    problems.listed
}

/// Imports a file, of which one thing is wrong, and looks at the problem.
async fn one_of(
    name: &str,
    content: impl AsRef<[u8]>,
    kind: ProblemKind,
    line: u64,
    column: Option<&str>,
) -> String {
    let problems = problems_of(name, content).await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = &problems[0];
    assert_eq!(
        (problem.kind, problem.line, problem.column.as_deref()),
        (kind, line, column),
        "{problem}"
    );
    problem.to_string()
}

const GOOD: &str = "First name,E-mail\nAda,ada@example.org\n";

#[tokio::test]
async fn ragged_lines() {
    let text = one_of(
        "a.csv",
        format!("{GOOD}{SECRET}\n"),
        ProblemKind::Ragged,
        3,
        None,
    )
    .await;
    assert!(text.ends_with("found 1 cell, expected 2, as the header has; add or remove separators; a cell with a separator in it needs quotes"), "{text}");
    one_of(
        "a.csv",
        format!("{GOOD}\n\n{SECRET},z@example.org,3\n"),
        ProblemKind::Ragged,
        5,
        None,
    )
    .await;
}

#[tokio::test]
async fn nul_bytes() {
    one_of(
        "a.csv",
        format!("{GOOD}{SECRET}\0,z@example.org\n"),
        ProblemKind::NulByte,
        3,
        Some("First name"),
    )
    .await;
    // UTF-16 without a byte order mark.
    let bytes: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = one_of("a.csv", bytes, ProblemKind::NulByte, 1, None).await;
    assert!(text.contains("save it as UTF-8"), "{text}");
}

#[tokio::test]
async fn bytes_that_are_no_text() {
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend(b"Zapho\xe9d,z@example.org\n");
    one_of(
        "a.csv",
        bytes,
        ProblemKind::InvalidText,
        3,
        Some("First name"),
    )
    .await;
    // Half of a pair in UTF-16.
    let mut units: Vec<u16> = "\u{feff}First name\nZaphod".encode_utf16().collect();
    units.extend([0xd800, u16::from(b'x')]);
    let bytes: Vec<u8> = units.into_iter().flat_map(u16::to_be_bytes).collect();
    one_of(
        "a.csv",
        bytes,
        ProblemKind::InvalidText,
        2,
        Some("First name"),
    )
    .await;
    let bytes: Vec<u8> = [0xfeff_u32, 65]
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .collect();
    one_of("a.csv", bytes, ProblemKind::Encoding, 1, None).await;
}

#[tokio::test]
async fn quotes_that_are_not_closed() {
    one_of(
        "a.csv",
        format!("{GOOD}\"{SECRET},z@example.org\nB,b@example.org\n"),
        ProblemKind::OpenQuote,
        3,
        None,
    )
    .await;
    // The next quote closes it, with text behind.
    one_of(
        "a.csv",
        format!("{GOOD}\"{SECRET},z@example.org\n\"Bob\",b@example.org\n"),
        ProblemKind::TextAfterQuote,
        3,
        None,
    )
    .await;
    // And with a separator behind: then the cell has a line break.
    one_of(
        "a.csv",
        format!("{GOOD}\"{SECRET}\nx\",b@example.org\n"),
        ProblemKind::LineBreak,
        3,
        Some("First name"),
    )
    .await;
}

#[tokio::test]
async fn lines_beyond_the_limit() {
    let long = SECRET.repeat(400_000);
    let text = one_of(
        "a.csv",
        format!("{GOOD}{long},z@example.org\nB,b@example.org\n"),
        ProblemKind::LineTooLong,
        3,
        None,
    )
    .await;
    assert!(text.contains("1 MiB"), "{text}");
    one_of(
        "a.jsonl",
        format!("{{\"first_name\":\"A\"}}\n{{\"first_name\":\"{long}\"}}\n"),
        ProblemKind::LineTooLong,
        2,
        None,
    )
    .await;
    one_of(
        "a.csv",
        format!("First name,{long}\nA,b\n"),
        ProblemKind::LineTooLong,
        1,
        None,
    )
    .await;
}

#[tokio::test]
async fn people_that_are_there_twice() {
    let text = one_of(
        "a.csv",
        "First name,E-mail\nA,Zaphod@Example.org\nB,b@example.org\nC,zaphod@EXAMPLE.ORG\n",
        ProblemKind::DuplicatePerson,
        4,
        None,
    )
    .await;
    assert!(text.contains("of line 2"), "{text}");
    one_of(
        "a.csv",
        "First name,E-mail,E-mail 2\nA,a@example.org,zaphod@example.org\nC,ZAPHOD@example.org,\n",
        ProblemKind::DuplicatePerson,
        3,
        None,
    )
    .await;
    let json = "{\"emails\":[{\"address\":\"zaphod@example.org\"}]}\n";
    one_of(
        "a.jsonl",
        json.repeat(2),
        ProblemKind::DuplicatePerson,
        2,
        None,
    )
    .await;
}

#[tokio::test]
async fn formulas() {
    for cell in ["=HYPERLINK(Zaphod)", "@Zaphod", "+Zaphod", "-Zaphod"] {
        let content = format!("{GOOD}{cell},z@example.org\n");
        let text = one_of(
            "a.csv",
            content,
            ProblemKind::Formula,
            3,
            Some("First name"),
        )
        .await;
        assert!(text.contains("allow formulas"), "{text}");
    }
}

#[tokio::test]
async fn headers_that_say_nothing() {
    let text = one_of(
        "a.csv",
        "Zaphod,Zaphod Beeblebrox\n1,2\n",
        ProblemKind::NoKnownColumn,
        1,
        None,
    )
    .await;
    assert!(text.contains("add a header"), "{text}");
    one_of(
        "a.csv",
        "E-mail,First name,e-mail\na@example.org,A,b@example.org\n",
        ProblemKind::DuplicateColumn,
        1,
        Some("e-mail"),
    )
    .await;
    one_of("a.csv", "", ProblemKind::Empty, 1, None).await;
    one_of("a.csv", "\u{feff}\n\n", ProblemKind::Empty, 1, None).await;
    one_of("a.jsonl", "", ProblemKind::Empty, 1, None).await;
}

#[tokio::test]
async fn values_that_cannot_be_meant() {
    for (column, cell) in [
        ("E-mail", "Zaphod"),
        ("E-mail", "zaphod@example.org; z@example.org"),
        ("E-mail", "zaphod @example.org"),
        ("Phone", "Zaphod"),
        ("Priority", "Zaphod"),
        ("Newsletter", "Zaphod"),
    ] {
        let content = format!("First name,{column}\nA,{cell}\n");
        one_of("a.csv", content, ProblemKind::Value, 2, Some(column)).await;
    }
    one_of(
        "a.csv",
        "First name,E-mail,Shoe size\nA,a@example.org,1\n,,2\n",
        ProblemKind::NothingSet,
        3,
        None,
    )
    .await;
}

#[tokio::test]
async fn json_that_is_no_contact() {
    for (line, column) in [
        ("{\"first_name\":\"Zaphod", None),
        ("\"Zaphod\"", None),
        ("{\"firstName\":\"Zaphod\"}", Some("firstName")),
        ("{\"emails\":\"Zaphod\"}", Some("emails")),
        (
            "{\"first_name\":\"Zaphod\",\"first_name\":\"Zaphod\"}",
            None,
        ),
    ] {
        one_of(
            "a.jsonl",
            format!("{{\"first_name\":\"A\"}}\n\n{line}\n"),
            ProblemKind::Json,
            3,
            column,
        )
        .await;
    }
    one_of(
        "a.jsonl",
        "{\"id\":\"Zaphod\"}\n",
        ProblemKind::NothingSet,
        1,
        None,
    )
    .await;
}

#[tokio::test]
async fn everything_is_said_at_once() {
    let content = "First name,E-mail,Phone\nA,Zaphod,Zaphod\n=1,a@example.org,\nB\n";
    let problems = problems_of("a.csv", content).await;
    let found: Vec<(ProblemKind, u64)> = problems
        .iter()
        .map(|problem| (problem.kind, problem.line))
        .collect();
    assert_eq!(
        found,
        [
            (ProblemKind::Value, 2),
            (ProblemKind::Value, 2),
            (ProblemKind::Formula, 3),
            (ProblemKind::Ragged, 4)
        ]
    );
}

#[tokio::test]
async fn what_the_target_requires() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("thelinks"));
    let (_folder, path) = file(
        "a.csv",
        "First name,E-mail\nA,a@example.org\n,z@example.org\nZaphod,\n",
    );
    let error = Given::new(&*store, &server, &path).run().await.unwrap_err();
    let TransferError::Problems(problems) = &error else {
        panic!("{error}")
    };
    let found: Vec<(ProblemKind, u64, &str)> = problems
        .listed
        .iter()
        .map(|problem| (problem.kind, problem.line, problem.found.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (ProblemKind::Missing, 3, "no `first_name`"),
            (ProblemKind::Missing, 4, "no `emails`")
        ]
    );
    assert_eq!(server.requests_seen(), 0);
    assert!(!error.to_string().contains(SECRET));
}

#[tokio::test]
async fn what_the_integration_requires() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("truto"));
    let (_folder, path) = file("a.csv", "First name,Company\nA,\nB,C\n");
    let mut given = Given::new(&*store, &server, &path);
    given.options.integration = unified_contacts::truto::CONTACTS.integration("Close");
    let error = given.run().await.unwrap_err();
    let TransferError::Problems(problems) = &error else {
        panic!("{error}")
    };
    assert!(
        problems.listed.iter().any(|problem| {
            problem.kind == ProblemKind::Integration
                && problem.line == 2
                && problem.found
                    == "a contact of which `company` (`account`) is required by Close and not set"
        }),
        "{error}"
    );
    assert_eq!(server.requests_seen(), 0);
}

#[tokio::test]
async fn a_store_that_creates_nothing() {
    let settings = Settings::new("contact-update")
        .credential("k")
        .base_url("http://127.0.0.1:9");
    let store = unified_contacts::connect(&settings).unwrap();
    let server = ContactServer::start().unwrap();
    let (_folder, path) = file("a.csv", GOOD);
    let error = Given::new(&*store, &server, &path).run().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "contact-update: cannot create a contact: the API documents no such operation, truto, thelinks can"
    );
}

#[tokio::test]
async fn a_file_that_is_not_there() {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("truto"));
    let error = Given::new(&*store, &server, std::path::Path::new("nowhere.csv"))
        .run()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("nowhere.csv: cannot be read: "),
        "{error}"
    );
}
