//! Captures of Theneo pages.

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
    let read = golden_text::read("page", page, Some(Layout::Theneo), &Vocabulary::default());
    match read.map(|page| page.content) {
        Ok(Content::Operation(operation)) => *operation,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_page_reads_as_its_golden_file_says() {
    for (name, page) in golden_text::pages("theneo") {
        let vocabulary = golden_text::vocabulary("theneo");
        let read = golden_text::read(&name, &page, None, &vocabulary);
        golden_text::compare("theneo", &name, &golden_text::outcome(&page, &read));
    }
}

#[test]
fn a_path_without_a_placeholder_gets_one_and_says_so() {
    let page = "Path Parameters\n\nidstring Required\n\nResponse\n\n200\nObject\n\nWas this section helpful?\n\nPUT\n\n/\n";
    let operation = operation(page);
    assert_eq!(operation.path, "/{id}");
    assert!(operation.assumed.is_some());
}

#[test]
fn a_path_that_is_complete_is_not_assumed() {
    let page = "Path Parameters\n\nidstring Required\n\nResponse\n\n200\nObject\n\nWas this section helpful?\n\nPUT\n\n/boats/{id}/berth\n";
    let operation = operation(page);
    assert_eq!(operation.path, "/boats/{id}/berth");
    assert_eq!(operation.assumed, None);
}

#[test]
fn a_bare_path_without_parameters_stays() {
    let operation =
        operation("Body Parameters\n\nnamestring\n\nResponse\n\n200\nObject\n\nPOST\n\n/\n");
    assert_eq!(operation.path, "/");
    assert_eq!(operation.assumed, None);
}

#[test]
fn an_operation_whose_answers_are_not_documented_accepts_any_success() {
    let operation =
        operation("Body Parameters\n\nnamestring\n\nNullable:\nTrue\n\nPOST\n\n/boats\n");
    let statuses: Vec<&str> = operation
        .responses
        .iter()
        .map(|response| response.status.as_str())
        .collect();
    assert_eq!(statuses, ["2XX"]);
    assert!(operation.responses[0].assumed.is_some());
}

#[test]
fn a_page_of_a_hundred_thousand_lines_is_read() {
    let fields: Vec<Printed> = (0..25_000)
        .map(|index| Printed {
            name: format!("field_{index}"),
            notation: "string",
            required: false,
            nullable: false,
            described: true,
        })
        .collect();
    let page = print(&fields);
    assert!(page.lines().count() > 100_000);
    let body = operation(&page).request_body.unwrap();
    let Shape::Object(read) = &body.content[0].schema.shape else {
        panic!("no object")
    };
    assert_eq!(read.len(), fields.len());
}

#[derive(Debug, Clone)]
struct Printed {
    name: String,
    notation: &'static str,
    required: bool,
    nullable: bool,
    described: bool,
}

fn printed_fields() -> impl Strategy<Value = Vec<Printed>> {
    let notation = prop::sample::select(vec![
        "string", "integer", "number", "boolean", "array", "object",
    ]);
    let field = (
        "[a-z]{1,8}(_[a-z]{1,8}){0,2}",
        notation,
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(field, 1..20).prop_map(|fields| {
        fields
            .into_iter()
            .enumerate()
            .map(
                |(index, (name, notation, required, nullable, described))| Printed {
                    name: format!("{name}{index}"),
                    notation,
                    required,
                    nullable,
                    described,
                },
            )
            .collect()
    })
}

fn print(fields: &[Printed]) -> String {
    let mut page = "Theme switcher\n\nMoves a boat\n\nBody Parameters\n\n".to_owned();
    for field in fields {
        page += &format!("{}{}", field.name, field.notation);
        page += if field.required { " Required\n" } else { "\n" };
        if field.described {
            page += "\nWhat it is, in words\n\n";
        }
        if field.nullable {
            page += "Nullable:\nTrue\n";
        }
    }
    page + "\nResponse\n\n200\nObject\ndone\nWas this section helpful?\n\nPUT\n\n/boats\n"
}

proptest! {
    #[test]
    fn what_is_printed_is_what_is_read(fields in printed_fields()) {
        let operation = operation(&print(&fields));
        let body = operation.request_body.unwrap();
        let Shape::Object(read) = &body.content[0].schema.shape else { panic!("no object") };
        prop_assert_eq!(read.len(), fields.len());
        for (read, printed) in read.iter().zip(&fields) {
            prop_assert_eq!(&read.name, &printed.name);
            prop_assert_eq!(read.required, printed.required);
            prop_assert_eq!(read.schema.nullable, printed.nullable);
            prop_assert_eq!(read.description.is_some(), printed.described);
        }
    }

    #[test]
    fn a_damaged_page_is_read_or_refused_with_places(
        cut in 0usize..100,
        swap in (0usize..100, 0usize..100),
        repeat in 0usize..100,
    ) {
        for (name, page) in golden_text::pages("theneo") {
            let mut lines: Vec<&str> = page.lines().collect();
            let count = lines.len();
            lines.swap(swap.0 % count, swap.1 % count);
            let line = lines[repeat % count];
            lines.insert(repeat % count, line);
            lines.remove(cut % count);
            let vocabulary = golden_text::vocabulary("theneo");
            let read = golden_text::read(&name, &lines.join("\n"), Some(Layout::Theneo), &vocabulary);
            if let Err(diagnostics) = read {
                prop_assert!(!diagnostics.is_empty());
            }
        }
    }
}
