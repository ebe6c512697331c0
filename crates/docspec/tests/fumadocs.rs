//! Captures of Fumadocs `OpenAPI` pages.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "a test stops at what it did not expect"
)]

mod golden_text;

use docspec::layout::Layout;
use docspec::page::{Content, Operation, Shape};
use docspec::vocabulary::Vocabulary;
use proptest::prelude::*;

fn operation(page: &str) -> Operation {
    let read = golden_text::read("page", page, Some(Layout::Fumadocs), &Vocabulary::default());
    match read.map(|page| page.content) {
        Ok(Content::Operation(operation)) => *operation,
        other => panic!("{other:?}"),
    }
}

fn rules(page: &str) -> Vec<&'static str> {
    golden_text::read("page", page, Some(Layout::Fumadocs), &Vocabulary::default())
        .unwrap_err()
        .iter()
        .map(|diagnostic| diagnostic.rule)
        .collect()
}

const PAGE: &str = "Move a boat\n\nPUT\n/boats\n\nRequest Body\n\napplication/json\n\nname*string\n\nResponse Body\n\napplication/json\n\n";

#[test]
fn every_page_reads_as_its_golden_file_says() {
    for (name, page) in golden_text::pages("fumadocs") {
        let read = golden_text::read(&name, &page, None, &Vocabulary::default());
        golden_text::compare("fumadocs", &name, &golden_text::outcome(&page, &read));
    }
}

#[test]
fn the_server_is_the_samples_url_without_the_path() {
    let page = format!(
        "{PAGE}curl -X PUT \"https://api.harbour.example/v2/boats\" -d '{{\"name\": \"Gull\"}}'\n{{}}\n"
    );
    let urls: Vec<String> = operation(&page)
        .servers
        .into_iter()
        .map(|server| server.url)
        .collect();
    assert_eq!(urls, ["https://api.harbour.example/v2"]);
}

#[test]
fn as_many_examples_are_asked_for_as_media_types() {
    assert_eq!(rules(&format!("{PAGE}Empty\nEmpty\n")), ["example-count"]);
    assert_eq!(rules(&format!("{PAGE}{{}}\n{{}}\n")), ["example-count"]);
}

#[test]
fn answers_without_a_status_are_kept_apart() {
    let operation = operation(&format!("{PAGE}{{}}\nEmpty\nEmpty\n"));
    assert_eq!(operation.responses.len(), 1);
    assert_eq!(operation.responses[0].status, "200");
    assert!(operation.responses[0].assumed.is_some());
    let lines: Vec<usize> = operation
        .responses_without_status
        .iter()
        .map(|response| response.source.line)
        .collect();
    assert_eq!(lines, [17, 18]);
}

#[test]
fn a_status_above_a_type_is_a_status() {
    let page = "Find boats\n\nGET /boats\n\nResponse Body\n\n200\nstring\n\n{}\n";
    let read = golden_text::read("page", page, Some(Layout::Fumadocs), &Vocabulary::default());
    let Ok(Content::Operation(operation)) = read.map(|page| page.content) else {
        panic!("refused")
    };
    assert_eq!(operation.responses[0].status, "200");
}

#[test]
fn a_key_that_stands_twice_in_an_example_is_refused() {
    assert_eq!(
        rules(&format!("{PAGE}{{\"id\": 1, \"id\": 2}}\n")),
        ["repeated-key"]
    );
}

#[test]
fn an_example_that_is_no_json_is_refused_at_its_line() {
    let page = format!("{PAGE}{{\n  \"id\": boat_7\n}}\n");
    let diagnostics = golden_text::read(
        "page",
        &page,
        Some(Layout::Fumadocs),
        &Vocabulary::default(),
    )
    .unwrap_err();
    assert_eq!(diagnostics[0].rule, "invalid-example");
    assert_eq!(diagnostics[0].span.unwrap().line, 17);
}

#[test]
fn a_page_of_a_hundred_thousand_lines_is_read() {
    let mut page = PAGE.replace("Response Body\n\napplication/json\n\n", "");
    for index in 0..15_000 {
        page += &format!("field_{index}?string\n\nWhat it is.\n\n");
    }
    page += "Response Body\n\napplication/json\n\n[\n";
    for index in 0..10_000 {
        page += &format!("  {{\n    \"id\": {index},\n    \"name\": \"Gull\"\n  }},\n");
    }
    page += "  {}\n]\n";
    assert!(page.lines().count() > 100_000);
    let body = operation(&page).request_body.unwrap();
    let Shape::Object(read) = &body.content[0].schema.shape else {
        panic!("no object")
    };
    assert_eq!(read.len(), 15_001);
}

proptest! {
    #[test]
    fn what_is_printed_is_what_is_read(
        fields in prop::collection::vec(
            (
                "[a-zA-Z][a-z_]{0,12}",
                prop::sample::select(vec!["string", "integer", "number|null", "array<string>", "object"]),
                any::<bool>(),
                any::<bool>(),
            ),
            1..20,
        ),
    ) {
        let mut page = "Move a boat\n\nPUT\n/boats\n\nRequest Body\n\napplication/json\n\n".to_owned();
        // One asterisk tells today's notation from the older one.
        page += "kind*string\n\n";
        for (index, (name, notation, required, described)) in fields.iter().enumerate() {
            let mark = if *required { '*' } else { '?' };
            page += &format!("{name}{index}{mark}{notation}\n\n");
            if *described {
                page += "What it is, in words.\n\n";
            }
        }
        page += "Response Body\n\napplication/json\n\n{ \"id\": 1 }\n";
        let operation = operation(&page);
        let body = operation.request_body.unwrap();
        let Shape::Object(read) = &body.content[0].schema.shape else { panic!("no object") };
        prop_assert_eq!(read.len(), fields.len() + 1);
        for (index, (read, (name, notation, required, described))) in read[1..].iter().zip(&fields).enumerate() {
            prop_assert_eq!(&read.name, &format!("{name}{index}"));
            prop_assert_eq!(read.required, *required);
            prop_assert_eq!(read.schema.nullable, notation.ends_with("null"));
            prop_assert_eq!(read.description.is_some(), *described);
        }
    }

    #[test]
    fn a_damaged_page_is_read_or_refused_with_places(
        cut in 0usize..100,
        swap in (0usize..100, 0usize..100),
        repeat in 0usize..100,
    ) {
        for (name, page) in golden_text::pages("fumadocs") {
            let mut lines: Vec<&str> = page.lines().collect();
            let count = lines.len();
            lines.swap(swap.0 % count, swap.1 % count);
            let line = lines[repeat % count];
            lines.insert(repeat % count, line);
            lines.remove(cut % count);
            let page = lines.join("\n");
            let read = golden_text::read(&name, &page, Some(Layout::Fumadocs), &Vocabulary::default());
            if let Err(diagnostics) = read {
                prop_assert!(!diagnostics.is_empty());
            }
        }
    }
}
