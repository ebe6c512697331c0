//! Laws of importing captured pages, on pages that a generator makes up.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "support/truto_pages.rs"]
mod truto_pages;

use std::collections::{BTreeMap, BTreeSet};

use docspec::facts::{self, Components, Says};
use docspec::import::{self, Given, Imported, Kind, Options, Stage};
use docspec::layout::{self, Context, Layout};
use docspec::markdown_print::print;
use docspec::page::{Content, Field, Operation, Page, Schema, Shape};
use docspec::sources::Sources;
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use proptest::prelude::*;
use truto_pages::{Model, current, older, resource};

const FILE: &str = "boats-create.md";

/// An API with one page of ours, which no capture is of.
fn sources() -> Sources {
    Sources {
        api: "[api]\ntitle = \"Boats\"\nversion = \"2025-01-01\"\ncrate = \"boats\"\ncrate-version = \"0.1.0\"\n\
              pages = [\"ports-list.md\"]\n\n[server]\nurl = \"https://boats.test\"\n"
            .to_owned(),
        pages: BTreeMap::from([(
            "ports-list.md".to_owned(),
            "# Ports\n\n`GET /ports`\n\n## Response `204`\n".to_owned(),
        )]),
        ..Sources::default()
    }
}

fn given(text: &str, number: u8) -> Given {
    Given {
        name: format!("capture-{number}.txt"),
        text: text.to_owned(),
        sha256: format!("{number:064}"),
        layout: None,
        source: None,
        captured: format!("2025-03-{number:02}"),
        is_dated: true,
        page: None,
    }
}

fn imported(sources: &Sources, capture: &Given) -> Imported {
    import::import(sources, std::slice::from_ref(capture), &Options::default())
        .unwrap_or_else(|error| panic!("{:#?}\n{}", error.diagnostics, capture.text))
}

fn read(text: &str) -> Page {
    let vocabulary = Vocabulary::default();
    let context = Context {
        page: "page",
        vocabulary: &vocabulary,
    };
    layout::read(&Text::new(text), None, context).unwrap()
}

fn operation(page: &Page) -> &Operation {
    let Content::Operation(operation) = &page.content else {
        panic!("a page about one operation");
    };
    operation
}

/// What a page says of its request, by key.
fn request(text: &str) -> BTreeMap<String, Says> {
    let page = read(text);
    facts::facts("page", operation(&page), &Components::default())
        .into_iter()
        .filter(|fact| fact.key.starts_with("request/"))
        .map(|fact| (fact.key, fact.says))
        .collect()
}

fn keys(facts: &BTreeMap<String, Says>) -> BTreeSet<&str> {
    facts.keys().map(String::as_str).collect()
}

/// What is said of each field in our own words.
fn words(key: &str) -> String {
    format!("Ours about {}.", key.replace(['/', '_'], " "))
}

/// Every field of the request with words of ours.
fn with_our_words(text: &str) -> String {
    let mut page = read(text);
    let Content::Operation(operation) = &mut page.content else {
        panic!("a page about one operation");
    };
    let body = operation.request_body.as_mut().unwrap();
    describe("request", &mut body.content[0].schema);
    page.layout = Layout::Markdown;
    print(&page)
}

fn describe(key: &str, schema: &mut Schema) {
    match &mut schema.shape {
        Shape::Object(fields) => {
            for field in fields {
                let key = format!("{key}/{}", field.name);
                field.description = Some(words(&key));
                describe(&key, &mut field.schema);
            }
        }
        Shape::Array(items) => describe(key, items),
        _ => {}
    }
}

/// The words about each field of the request.
fn described(text: &str) -> BTreeMap<String, Option<String>> {
    fn walk(key: &str, schema: &Schema, found: &mut BTreeMap<String, Option<String>>) {
        match &schema.shape {
            Shape::Object(fields) => {
                for Field {
                    name,
                    description,
                    schema,
                    ..
                } in fields
                {
                    let key = format!("{key}/{name}");
                    found.insert(key.clone(), description.clone());
                    walk(&key, schema, found);
                }
            }
            Shape::Array(items) => walk(key, items, found),
            _ => {}
        }
    }
    let page = read(text);
    let mut found = BTreeMap::new();
    let body = operation(&page).request_body.as_ref().unwrap();
    walk("request", &body.content[0].schema, &mut found);
    found
}

/// A page before and after: some fields of the first go, some of the second come, and what is said of the others changes.
fn versions() -> impl Strategy<Value = (Vec<Model>, Vec<Model>)> {
    (
        resource(),
        resource(),
        proptest::collection::vec(any::<bool>(), 6),
        proptest::collection::vec(any::<bool>(), 6),
    )
        .prop_map(|(before, other, stays, says_more)| {
            let mut after: Vec<Model> = Vec::new();
            for (index, field) in before.iter().enumerate() {
                if stays[index] {
                    let mut field = field.clone();
                    if says_more[index] {
                        field.required = !field.required;
                        field.integrations.reverse();
                        field.integrations.truncate(2);
                        field.integrations.sort_by_key(|(_, level)| *level);
                    }
                    after.push(field);
                }
            }
            for field in other {
                if !after.iter().any(|known| known.name == field.name) {
                    after.push(field);
                }
            }
            (before, after)
        })
}

fn printed(fields: &[Model], is_older: bool) -> String {
    if is_older {
        older(fields)
    } else {
        current(fields)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn after_an_import_the_page_says_what_the_capture_says(
        (before, after) in versions(),
        was_older in any::<bool>(),
        is_older in any::<bool>(),
    ) {
        let (before, after) = (printed(&before, was_older), printed(&after, is_older));
        let first = imported(&sources(), &given(&before, 1)).sources;
        prop_assert_eq!(request(&first.pages[FILE]), request(&before));
        let second = imported(&first, &given(&after, 2)).sources;
        prop_assert_eq!(request(&second.pages[FILE]), request(&after));
    }

    #[test]
    fn the_same_capture_again_changes_nothing_byte_for_byte((before, after) in versions(), is_older in any::<bool>()) {
        let (before, after) = (given(&printed(&before, is_older), 1), given(&printed(&after, is_older), 2));
        let mut first = imported(&sources(), &before).sources;
        let page = with_our_words(&first.pages[FILE]);
        first.pages.insert(FILE.to_owned(), page);
        let second = imported(&first, &after).sources;
        let again = imported(&second, &after);
        prop_assert_eq!(format!("{:#?}", again.sources), format!("{second:#?}"));
        prop_assert!(again.reports.iter().all(|report| report.changes() == 0), "{:#?}", again.reports);
        // Nor does it when the day is not stated.
        let undated = Given { captured: "2025-12-24".to_owned(), is_dated: false, ..after };
        let again = imported(&second, &undated).sources;
        prop_assert_eq!(format!("{again:#?}"), format!("{second:#?}"));
    }

    #[test]
    fn our_words_stay_at_their_fields_and_the_vendors_never_come((before, after) in versions(), is_older in any::<bool>()) {
        let (before, after) = (printed(&before, is_older), printed(&after, is_older));
        let mut first = imported(&sources(), &given(&before, 1)).sources;
        let page = with_our_words(&first.pages[FILE]);
        first.pages.insert(FILE.to_owned(), page);
        let second = imported(&first, &given(&after, 2));
        let was = request(&before);
        let ways: BTreeMap<&str, &str> = second.reports[0]
            .entries
            .iter()
            .filter(|entry| matches!(entry.kind, Kind::Moved | Kind::Renamed))
            .map(|entry| (entry.key.as_str(), entry.detail.strip_prefix("was ").unwrap()))
            .collect();
        for (key, found) in described(&second.sources.pages[FILE]) {
            let from = ways
                .iter()
                .find_map(|(to, from)| Some(format!("{from}{}", key.strip_prefix(to).filter(|rest| rest.is_empty() || rest.starts_with('/'))?)))
                .unwrap_or_else(|| key.clone());
            let expected = was.contains_key(&from).then(|| words(&from));
            prop_assert_eq!(found, expected, "{}", key);
        }
    }

    #[test]
    fn what_is_gone_and_what_is_new_is_reported_and_nothing_else_is((before, after) in versions(), is_older in any::<bool>()) {
        let (before, after) = (printed(&before, is_older), printed(&after, is_older));
        let first = imported(&sources(), &given(&before, 1)).sources;
        let second = imported(&first, &given(&after, 2));
        let (was, is) = (request(&before), request(&after));
        let report = &second.reports[0];
        let of = |kinds: &[Kind]| -> BTreeSet<&str> {
            report
                .entries
                .iter()
                .filter(|entry| kinds.contains(&entry.kind) && entry.key.starts_with("request/"))
                .map(|entry| entry.key.as_str())
                .collect()
        };
        let went: BTreeSet<&str> = report
            .entries
            .iter()
            .filter_map(|entry| entry.detail.strip_prefix("was ").filter(|_| matches!(entry.kind, Kind::Moved | Kind::Renamed)))
            .collect();
        let is_at = |key: &str, places: &BTreeSet<&str>| {
            places.iter().any(|place| key.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
        };
        let came = of(&[Kind::Moved, Kind::Renamed]);
        let gone: BTreeSet<&str> = keys(&was).difference(&keys(&is)).copied().filter(|key| !is_at(key, &went)).collect();
        let new: BTreeSet<&str> = keys(&is).difference(&keys(&was)).copied().filter(|key| !is_at(key, &came)).collect();
        prop_assert_eq!(of(&[Kind::Removed]), gone);
        let added: BTreeSet<&str> = of(&[Kind::Added]).into_iter().filter(|key| !is_at(key, &came)).collect();
        prop_assert_eq!(added, new);
        let changed: BTreeSet<&str> = was
            .iter()
            .filter(|(key, says)| is.get(*key).is_some_and(|now| now != *says))
            .map(|(key, _)| key.as_str())
            .collect();
        let told: BTreeSet<&str> = of(&[Kind::Retyped, Kind::Changed, Kind::Gained, Kind::Lost, Kind::Reordered])
            .into_iter()
            .filter(|key| !is_at(key, &came))
            .collect();
        prop_assert_eq!(told, changed);
        // Each is where the capture has it.
        let lines: Vec<&str> = after.lines().collect();
        for entry in &report.entries {
            let name = entry.key.rsplit('/').next().unwrap();
            if let Some(line) = entry.line.filter(|_| entry.key.starts_with("request/")) {
                prop_assert!(lines[line - 1].starts_with(name), "{} at {line}", entry.key);
            }
        }
    }

    #[test]
    fn a_field_that_moved_into_an_object_keeps_our_words(fields in resource(), which in any::<proptest::sample::Index>()) {
        let mut before = fields;
        before.retain(|field| field.name != "hull");
        prop_assume!(!before.is_empty());
        let moved = which.index(before.len());
        prop_assume!(!before.iter().enumerate().any(|(index, other)| index != moved && has_name(other, &before[moved].name)));
        prop_assume!(!has_name_below(&before[moved], &before[moved].name));
        let hull = |children: Vec<Model>| Model {
            name: "hull".to_owned(),
            notation: "object",
            required: false,
            description: None,
            integrations: vec![("Dock 9".to_owned(), docspec::page::Level::Supported)],
            children,
        };
        let keel = Model { notation: "string", name: "keel".to_owned(), integrations: Vec::new(), ..hull(Vec::new()) };
        let mut after = before.clone();
        let mut field = after.remove(moved);
        let name = field.name.clone();
        prop_assume!(name != "keel");
        field.integrations.clear();
        before.insert(0, hull(vec![keel.clone()]));
        after.insert(0, hull(vec![keel, field]));
        let (before, after) = (current(&before), current(&after));
        let mut first = imported(&sources(), &given(&before, 1)).sources;
        let page = with_our_words(&first.pages[FILE]);
        first.pages.insert(FILE.to_owned(), page);
        let second = imported(&first, &given(&after, 2));
        let entry = second.reports[0].entries.iter().find(|entry| entry.kind == Kind::Moved).unwrap();
        prop_assert_eq!(&entry.key, &format!("request/hull/{name}"));
        prop_assert_eq!(&entry.detail, &format!("was request/{name}"));
        let found = described(&second.sources.pages[FILE]);
        prop_assert_eq!(found[&entry.key].clone(), Some(words(&format!("request/{name}"))));
        prop_assert_eq!(request(&second.sources.pages[FILE]), request(&after));
    }

    #[test]
    fn an_older_capture_is_refused_and_older_goes_back_to_it((before, after) in versions()) {
        let (before, after) = (given(&current(&before), 1), given(&current(&after), 2));
        prop_assume!(before.text != after.text);
        let first = imported(&sources(), &before).sources;
        let second = imported(&first, &after).sources;
        let error = import::import(&second, std::slice::from_ref(&before), &Options::default()).unwrap_err();
        prop_assert_eq!(error.stage, Stage::Captures);
        prop_assert_eq!(error.diagnostics[0].rule, "import-older");
        let options = Options { older: true, ..Options::default() };
        let back = import::import(&second, std::slice::from_ref(&before), &options).unwrap().sources;
        prop_assert_eq!(request(&back.pages[FILE]), request(&before.text));
    }
}

#[test]
fn a_field_that_could_have_gone_to_two_places_has_gone_to_neither() {
    let field = |name: &str, children: Vec<Model>| Model {
        name: name.to_owned(),
        notation: if children.is_empty() {
            "string"
        } else {
            "object"
        },
        required: false,
        description: None,
        integrations: vec![("Dock 9".to_owned(), docspec::page::Level::Supported)],
        children,
    };
    let inside = |name: &str| Model {
        integrations: Vec::new(),
        ..field(name, Vec::new())
    };
    let before = current(&[
        field("hull", vec![inside("keel")]),
        field("mast", vec![inside("boom")]),
        field("flag", Vec::new()),
    ]);
    let after = current(&[
        field("hull", vec![inside("keel"), inside("flag")]),
        field("mast", vec![inside("boom"), inside("flag")]),
    ]);
    let mut first = imported(&sources(), &given(&before, 1)).sources;
    let page = with_our_words(&first.pages[FILE]);
    first.pages.insert(FILE.to_owned(), page);
    let second = imported(&first, &given(&after, 2));
    let entries: Vec<(Kind, &str)> = second.reports[0]
        .entries
        .iter()
        .map(|entry| (entry.kind, entry.key.as_str()))
        .collect();
    assert_eq!(
        entries,
        [
            (Kind::Removed, "request/flag"),
            (Kind::Added, "request/hull/flag"),
            (Kind::Added, "request/mast/flag"),
        ]
    );
    let words = described(&second.sources.pages[FILE]);
    assert_eq!(words["request/hull/flag"], None);
    assert_eq!(words["request/mast/flag"], None);
}

fn has_name(field: &Model, name: &str) -> bool {
    field.name == name || has_name_below(field, name)
}

fn has_name_below(field: &Model, name: &str) -> bool {
    field.children.iter().any(|child| has_name(child, name))
}
