//! Which field is inside which, where the pages of Truto's layouts do not say it directly.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod rendering;

use docspec::layout::{self, Context, Layout};
use docspec::page::Page;
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use rendering::{compare, fixture};

fn read(page: &str, layout: Layout) -> Result<Page, String> {
    let text = Text::new(page);
    let context = Context {
        page: "boats.txt",
        vocabulary: &Vocabulary::default(),
    };
    layout::read(&text, Some(layout), context)
        .map_err(|diagnostics| rendering::diagnostics(&diagnostics, &text))
}

/// The fields of the last body, each on a line of its own at its depth, without their lines in the page.
fn fields(page: &str, layout: Layout) -> String {
    let page = rendering::page(&read(page, layout).unwrap_or_else(|error| panic!("{error}")));
    let (_, facts) = page.rsplit_once("| application/json\n").unwrap();
    facts.lines().filter_map(field).collect()
}

/// The line of a field, without its number and the depth that all have; nothing for other facts.
fn field(line: &str) -> Option<String> {
    let is_field = line.contains(": ") && !line.contains('|');
    is_field.then(|| format!("{}\n", line.get(8..).unwrap_or_default()))
}

fn deleted(response: &str) -> String {
    format!("DELETE /boats\n\nResponse Body\n\n{response}")
}

/// A creation whose sample sends these keys.
fn created(request: &str, keys: &[&str]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| format!("\"{key}\": \"your_{key}\""))
        .collect();
    format!(
        "POST /boats\n\nResponse Body\n\nidstring\n\nRequest Body\n\n{request}curl -X POST 'https://api.harbour.test/boats' -d '{{\n{}\n}}'\n",
        keys.join(",\n")
    )
}

#[test]
fn the_order_of_fields_tells_which_object_they_are_in() {
    let page = deleted(
        "anchorsobject[]\nidstring\nweightnumber\nbeamnumber\ncrewobject[]\nidstring\nnamestring\ndeckstring\ndraughtnumber\n",
    );
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "anchors: array<object>\n  id: string\n  weight: number\nbeam: number\ncrew: array<object>\n  id: string\n  name: string\ndeck: string\ndraught: number\n"
    );
}

#[test]
fn the_field_below_a_run_of_fields_tells_where_it_ends() {
    let page = deleted(
        "crewobject[]\nemailstring\nis_captainboolean\ntypestring\nports\n1 supported\nDock 9\nsupported\n",
    );
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "crew: array<object>\n  email: string\n  is_captain: boolean\n  type: string\nports: any\n"
    );
}

#[test]
fn a_name_that_the_resource_has_already_is_inside_the_object() {
    let page = deleted(
        "idstring\nrequired·\nberthobject\nidstring\nnamestring\nnamestring\n1 supported\nDock 9\nsupported\n",
    );
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "id: string, required\nberth: object\n  id: string\n  name: string\nname: string\n"
    );
}

#[test]
fn a_field_that_the_sample_does_not_send_is_inside_the_object_above_it() {
    let request = "cargoobject[]\nkindstring\nweightnumber\nyearinteger\n\n";
    let page = created(request, &["cargo", "year"]);
    assert_eq!(
        fields_of_request(&page),
        "cargo: array<object>\n  kind: string\n  weight: number\nyear: integer\n"
    );
    let page = created(request, &["cargo", "weight", "year"]);
    assert_eq!(
        fields_of_request(&page),
        "cargo: array<object>\n  kind: string\nweight: number\nyear: integer\n"
    );
    let without_sample = page.split("curl").next().unwrap();
    let error = read(without_sample, Layout::TrutoCurrent).unwrap_err();
    assert!(error.contains("error[nesting-unknown]"), "{error}");
}

fn fields_of_request(page: &str) -> String {
    // The request stands last on these pages, and first in the rendering.
    let page = rendering::page(&read(page, Layout::TrutoCurrent).unwrap_or_else(|e| panic!("{e}")));
    let (_, facts) = page.split_once("| application/json\n").unwrap();
    facts
        .lines()
        .take_while(|line| !line.contains("response 200"))
        .filter_map(field)
        .collect()
}

#[test]
fn a_field_of_an_object_is_told_from_one_beside_it_or_refused() {
    let page = deleted("owner_idstring\n\ncrewobject[]\nidstring\nnamestring\n");
    let error = read(&page, Layout::TrutoCurrent).unwrap_err();
    assert!(error.contains("error[nesting-unknown]"), "{error}");
    let settled = page.replace("crewobject[]\n", "crewobject[]\n1 property\n");
    assert_eq!(
        fields(&settled, Layout::TrutoCurrent),
        "owner_id: string\ncrew: array<object>\n  id: string\nname: string\n"
    );
}

#[test]
fn a_field_that_no_integration_knows_stands_beside_a_counted_object() {
    let page = "GET /boats\n\nResponse Body\n\nresultobject[]\n\nList of Boats\n\nidstring\nrequired·\n1 supported\nDock 9\nsupported\ncrewobject[]\n1 supported\nDock 9\nsupported\n2 properties\nidstring\ntypestring\nportobject\n1 property\nidstring\nsailsinteger\n1 supported\nDock 9\nsupported\nresult_countinteger\n";
    assert_eq!(
        fields(page, Layout::TrutoCurrent),
        "result: array<object>\n  id: string, required\n  crew: array<object>\n    id: string\n    type: string\n  port: object\n    id: string\n  sails: integer\nresult_count: integer\n"
    );
}

#[test]
fn a_field_without_a_type_is_counted_by_its_object_or_stands_among_fields_without_blocks() {
    let page = deleted("argsobject\n$refstring\ndefault\nkindstring\nberth\ndeckstring\n");
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "args: object\n  $ref: string\n  default: any\n  kind: string\nberth: any\ndeck: string\n"
    );
    let page = deleted(
        "idstring\n1 supported\nDock 9\nsupported\nlabel\nnamestring\n1 supported\nDock 9\nsupported\n",
    );
    let error = read(&page, Layout::TrutoCurrent).unwrap_err();
    assert!(error.contains("error[field-without-type]"), "{error}");
}

#[test]
fn a_description_of_one_word_is_no_field() {
    let page = deleted("deckstring\n\nupper\n\nidstring\n\nnumber\n\n");
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "deck: string\nid: string\n"
    );
}

#[test]
fn the_name_of_what_stands_beside_a_listing_is_an_ordinary_name_elsewhere() {
    let page = deleted("creditobject\n1 supported\nDock 9\nsupported\nlimitnumber\nusednumber\n");
    assert_eq!(
        fields(&page, Layout::TrutoCurrent),
        "credit: object\n  limit: number\n  used: number\n"
    );
}

#[test]
fn results_hold_the_listed_objects_too() {
    let page = "List boats\n\nEndpoint\n\nhttp\nGET /boat\n\nResponse Body\n\nresults\nobject[]\nid\nstring\n\nThe boat's id.\n\nname\nstring\nnext_cursor\nstring\n";
    assert_eq!(
        fields(page, Layout::TrutoOlder),
        "results: array<object>\n  id: string\n  name: string\nnext_cursor: string\n"
    );
}

#[test]
fn an_object_inside_another_one_is_told_in_the_older_layout_by_its_names() {
    let page = "Get Boats\n\nEndpoint\n\nhttp\nGET /boat\n\nResponse Body\n\nowner\nobject\nSupported in\n  • Dock 9\nid\nstring\nname\nstring\nharbour\nobject\nid\nstring\nname\nstring\n";
    assert_eq!(
        fields(page, Layout::TrutoOlder),
        "owner: object\n  id: string\n  name: string\n  harbour: object\n    id: string\n    name: string\n"
    );
}

#[test]
fn a_page_without_any_support_block_is_read() {
    let page = fixture("truto_current/batch.txt");
    let page = read(&page, Layout::TrutoCurrent).unwrap_or_else(|error| panic!("{error}"));
    compare("truto_current/batch.read", &rendering::page(&page));
}

#[test]
fn a_page_without_any_support_block_is_recognised() {
    let page = fixture("truto_current/batch.txt");
    let text = Text::new(&page);
    let context = Context {
        page: "batch.txt",
        vocabulary: &Vocabulary::default(),
    };
    let page = layout::read(&text, None, context).unwrap();
    assert_eq!(page.layout, Layout::TrutoCurrent);
}

#[test]
fn values_that_the_page_lists_itself_need_no_review() {
    let page = deleted(
        "answer_formatstring\n\nHow the answer is written.\n\n  • short leaves out what was not asked for.\n  • long gives everything.\n\nPossible values:\nshortlong\nkindstring\n\nExample: sloop\nPossible values:\nsloop\n",
    );
    let read_page = rendering::page(&read(&page, Layout::TrutoCurrent).unwrap());
    assert!(read_page.contains(r#"["short","long"]"#), "{read_page}");
    assert!(read_page.contains(r#"["sloop"]"#), "{read_page}");
    let error = read(
        &page.replace("shortlong", "shortlonger"),
        Layout::TrutoCurrent,
    )
    .unwrap_err();
    assert!(error.contains("error[unknown-enum-text]"), "{error}");
}
