//! Laws of reading Truto's layouts, on pages that a generator makes up.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "support/truto_pages.rs"]
mod truto_pages;

use docspec::layout::{self, Context, Layout};
use docspec::page::{Content, Field, Level, Page, Schema, Shape};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use proptest::prelude::*;
use truto_pages::{INTEGRATIONS, Model, current, older, resource};

fn read(page: &str, layout: Layout) -> Result<Page, Vec<docspec::diagnostic::Diagnostic>> {
    let vocabulary = Vocabulary::default();
    let context = Context {
        page: "boats.txt",
        vocabulary: &vocabulary,
    };
    layout::read(&Text::new(page), Some(layout), context)
}

fn request(page: &Page) -> Vec<Model> {
    let Content::Operation(operation) = &page.content else {
        panic!("a page about one operation");
    };
    let body = operation.request_body.as_ref().unwrap();
    children(&body.content[0].schema)
}

fn children(schema: &Schema) -> Vec<Model> {
    match &schema.shape {
        Shape::Object(fields) => fields.iter().map(model).collect(),
        Shape::Array(items) => children(items),
        _ => Vec::new(),
    }
}

fn model(field: &Field) -> Model {
    let notation = match (&field.schema.shape, field.schema.format.as_deref()) {
        (Shape::String, None) => "string",
        (Shape::String, Some("date-time")) => "string · date-time",
        (Shape::Number, None) => "number",
        (Shape::Integer, None) => "integer",
        (Shape::Boolean, None) => "boolean",
        (Shape::Map(_), None) => "Record<string, any>",
        (Shape::Object(_), None) => "object",
        (Shape::Array(_), None) => "object[]",
        other => panic!("{other:?}"),
    };
    Model {
        name: field.name.clone(),
        notation,
        required: field.required,
        description: field.description.clone(),
        integrations: field
            .integrations
            .iter()
            .map(|support| (support.integration.clone(), support.level))
            .collect(),
        children: children(&field.schema),
    }
}

/// Every fact is on the line that the reading names: a field's own line starts with its name.
fn check_lines(page: &str, fields: &[Field]) {
    let lines: Vec<&str> = page.lines().collect();
    for field in fields {
        assert!(lines[field.source.line - 1].starts_with(&field.name));
        for support in &field.integrations {
            assert!(lines[support.source.line - 1].ends_with(&support.integration));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_page_of_the_current_layout_reads_back_to_itself(fields in resource()) {
        let page = current(&fields);
        let read = read(&page, Layout::TrutoCurrent);
        prop_assert!(read.is_ok(), "{read:?}\n{page}");
        prop_assert_eq!(request(&read.unwrap()), fields);
    }

    #[test]
    fn a_page_of_the_older_layout_reads_back_to_itself(fields in resource()) {
        let page = older(&fields);
        let read = read(&page, Layout::TrutoOlder);
        prop_assert!(read.is_ok(), "{read:?}\n{page}");
        prop_assert_eq!(request(&read.unwrap()), fields);
    }

    #[test]
    fn every_fact_names_its_own_line(fields in resource()) {
        for (page, layout) in [(current(&fields), Layout::TrutoCurrent), (older(&fields), Layout::TrutoOlder)] {
            let read = read(&page, layout).unwrap();
            let Content::Operation(operation) = &read.content else { panic!() };
            let Shape::Object(fields) = &operation.request_body.as_ref().unwrap().content[0].schema.shape else { panic!() };
            check_lines(&page, fields);
        }
    }

    #[test]
    fn a_page_that_lost_any_line_of_a_support_block_is_refused(fields in resource()) {
        let page = current(&fields);
        let lines: Vec<&str> = page.lines().collect();
        let mut entries = 0;
        for (index, line) in lines.iter().enumerate() {
            if line.contains(" supported") {
                let count: usize = line[..line.find(' ').unwrap()].parse().unwrap();
                entries = 1 + 2 * count;
            }
            if entries == 0 {
                continue;
            }
            entries -= 1;
            let mut damaged = lines.clone();
            damaged.remove(index);
            let damaged = damaged.join("\n");
            prop_assert!(read(&damaged, Layout::TrutoCurrent).is_err(), "without line {}:\n{damaged}", index + 1);
        }
    }

    #[test]
    fn a_wrong_count_of_properties_is_refused(fields in resource(), by in 1_usize..3) {
        let page = current(&fields);
        for (index, line) in page.lines().enumerate() {
            let Some(count) = line.strip_suffix(" properties").or_else(|| line.strip_suffix(" property")) else {
                continue;
            };
            let count: usize = count.parse().unwrap();
            let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
            // More than there are, anywhere; fewer shows only where nothing else could take the rest.
            lines[index] = format!("{} properties", count + by + fields_below(&page, index));
            let damaged = lines.join("\n");
            prop_assert!(read(&damaged, Layout::TrutoCurrent).is_err(), "line {}:\n{damaged}", index + 1);
        }
    }

    #[test]
    fn damaged_pages_are_read_or_refused_with_reasons(
        fields in resource(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0_u8..4), 1..6),
    ) {
        for (page, layout) in [(current(&fields), Layout::TrutoCurrent), (older(&fields), Layout::TrutoOlder)] {
            let mut lines: Vec<&str> = page.lines().collect();
            for (at, other, edit) in &edits {
                let (at, other) = (at.index(lines.len()), other.index(lines.len()));
                match edit {
                    0 if lines.len() > 1 => { lines.remove(at); }
                    1 => lines.swap(at, other),
                    2 => lines.insert(at, lines[other]),
                    _ => lines.truncate(at.max(1)),
                }
            }
            if let Err(diagnostics) = read(&lines.join("\n"), layout) {
                prop_assert!(!diagnostics.is_empty());
                for diagnostic in diagnostics {
                    let line = diagnostic.span.map_or(1, |span| span.line);
                    prop_assert!((1..=lines.len().max(1)).contains(&line), "{diagnostic}");
                }
            }
        }
    }
}

/// How many lines of the page stand below one: more than it can have fields.
fn fields_below(page: &str, line: usize) -> usize {
    page.lines().count() - line
}

#[test]
fn a_page_of_a_hundred_thousand_lines_is_read() {
    let children: Vec<Model> = (0..9_000)
        .map(|number| Model {
            name: format!("field_{number}"),
            notation: "string",
            required: false,
            description: Some("What it is.".to_owned()),
            integrations: INTEGRATIONS
                .iter()
                .map(|name| ((*name).to_owned(), Level::Supported))
                .take(4)
                .collect(),
            children: Vec::new(),
        })
        .collect();
    let page = current(&children);
    assert!(page.lines().count() > 100_000);
    assert_eq!(
        request(&read(&page, Layout::TrutoCurrent).unwrap()).len(),
        9_000
    );
    let page = older(&children);
    assert_eq!(
        request(&read(&page, Layout::TrutoOlder).unwrap()).len(),
        9_000
    );
}

#[test]
fn hostile_nesting_is_refused() {
    let mut page = "POST /boats\n\nRequest Body\n\n".to_owned();
    for _ in 0..50_000 {
        page.push_str("aobject\n1 property\n");
    }
    page.push_str("\nResponse Body\n\nidstring\n1 supported\nDock 9\nsupported\n");
    let diagnostics = read(&page, Layout::TrutoCurrent).unwrap_err();
    assert!(
        diagnostics
            .iter()
            .any(|diagnostic| diagnostic.rule == "property-count")
    );
}
