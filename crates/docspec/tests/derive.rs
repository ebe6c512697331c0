//! What the derived document says, and what is refused.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

#[path = "support/golden.rs"]
mod golden;
#[path = "support/orchard.rs"]
mod orchard;

use std::fmt::Write as _;

use docspec::page::{Content, Field, Method, Operation, Page, Schema, Shape, Source};
use docspec::{canonical, derive, layout, sources};
use orchard::orchard;
use serde_json::{Value, json};

fn document() -> Value {
    sources::derive(&orchard())
        .expect("the orchard is sound")
        .document
}

fn at<'d>(document: &'d Value, pointer: &str) -> &'d Value {
    document
        .pointer(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

const PATCH: &str = "/paths/~1trees~1{id}/patch";
const BODY: &str =
    "/paths/~1trees~1{id}/patch/requestBody/content/application~1json/schema/properties";

/// What is wrong once a text in a file of the orchard is another one.
fn refused(file: &str, old: &str, new: &str) -> Vec<String> {
    let mut sources = orchard();
    let text = match file.split_once('/') {
        Some(("pages", name)) => sources.pages.get_mut(name),
        Some((_, name)) => sources.overlays.get_mut(name),
        None if file == "api.toml" => Some(&mut sources.api),
        None => sources.vocabulary.as_mut(),
    }
    .expect("the file is there");
    assert!(text.contains(old), "{old:?} is not in {file}");
    *text = text.replacen(old, new, 1);
    sources::derive(&sources)
        .expect_err("the change is refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// What is wrong once a changed copy of a page stands beside it.
fn refused_copy(page: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let mut sources = orchard();
    let mut copy = sources.pages[page].clone();
    for (old, new) in changes {
        assert!(copy.contains(old), "{old:?} is not in {page}");
        copy = copy.replacen(old, new, 1);
    }
    sources.pages.insert("copy.md".to_owned(), copy);
    sources.api = sources
        .api
        .replacen("pages = [", "pages = [\"copy.md\", ", 1);
    sources::derive(&sources)
        .expect_err("the copy is refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn the_document_of_the_orchard_holds_every_fact_of_its_pages() {
    golden::check("orchard/openapi.json", &canonical::to_string(&document()));
}

#[test]
fn the_document_is_openapi_3_0_as_another_reader_understands_it() {
    let parsed: openapiv3::OpenAPI = serde_json::from_value(document()).expect("valid OpenAPI");
    assert_eq!(parsed.openapi, "3.0.3");
    assert_eq!(parsed.operations().count(), 2);
}

#[test]
fn integrations_stand_on_operations_and_on_properties_with_values_and_notes() {
    let document = document();
    assert_eq!(
        at(&document, &format!("{PATCH}/x-integrations")),
        &json!({ "Mill": "supported", "Press": "supported" })
    );
    assert_eq!(
        at(&document, &format!("{BODY}/label/x-integrations")),
        &json!({ "Mill": "required", "Press": "supported" })
    );
    assert_eq!(
        at(&document, &format!("{BODY}/kind/x-integration-values")),
        &json!({ "Mill": ["apple"] })
    );
    assert_eq!(
        at(&document, &format!("{BODY}/kind/x-integration-notes")),
        &json!({ "Press": ["pears are pressed whole"] })
    );
}

#[test]
fn every_fact_names_page_line_and_origin() {
    let document = document();
    assert_eq!(
        at(&document, &format!("{BODY}/age/x-source/origin")),
        "a letter of the vendor"
    );
    let mut sources = Vec::new();
    collect(&document, "x-source", &mut sources);
    assert!(sources.len() > 25, "{}", sources.len());
    for source in sources {
        let page = source["page"].as_str().expect("a page");
        let line = source["line"].as_u64().expect("a line");
        let text = orchard();
        let text = text.text(page).expect("a page of the orchard");
        let line = usize::try_from(line).expect("a small number");
        assert!(
            text.lines()
                .nth(line - 1)
                .is_some_and(|line| !line.is_empty()),
            "{page}:{line} is empty"
        );
    }
}

fn collect<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get(key));
            object.values().for_each(|value| collect(value, key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        _ => {}
    }
}

#[test]
fn whatever_no_page_states_is_marked_as_assumed() {
    let document = document();
    assert_eq!(
        at(&document, "/paths/~1trees/get/x-assumed"),
        "the page shows the path without a method"
    );
    assert_eq!(
        at(&document, "/paths/~1trees/get/responses/200/x-assumed"),
        "the page gives no status"
    );
}

#[test]
fn query_parameters_carry_their_wire_encoding() {
    let document = document();
    let parameters = at(&document, &format!("{PATCH}/parameters"));
    let parameter = |index: usize| {
        let parameter = &parameters[index];
        (
            parameter["name"].as_str().expect("a name"),
            parameter["style"].as_str().expect("a style"),
            parameter["explode"].as_bool().expect("explode"),
        )
    };
    assert_eq!(parameter(1), ("fields[]", "form", true));
    assert_eq!(parameter(2), ("filter", "deepObject", true));
    assert_eq!(parameter(3), ("sort", "form", false));
    assert_eq!(
        parameters[3]["schema"]["items"]["enum"],
        json!(["age", "height"])
    );
}

#[test]
fn a_reference_with_something_beside_it_stands_in_an_all_of() {
    let document = document();
    let owner = at(&document, &format!("{BODY}/owner"));
    assert_eq!(
        owner["allOf"],
        json!([{ "$ref": "#/components/schemas/Person" }])
    );
    assert_eq!(owner["nullable"], json!(true));
    assert_eq!(owner["description"], "Who answers for it.");
    assert_eq!(owner.get("$ref"), None);
}

#[test]
fn hidden_children_and_missing_types_are_any_json() {
    let document = document();
    let notes = at(&document, &format!("{BODY}/notes"));
    assert_eq!(notes.get("type"), None);
    assert_eq!(notes.get("x-hidden"), None);
    let scans = at(&document, &format!("{BODY}/scans/items"));
    let hidden = json!({ "x-hidden": true });
    assert_eq!(
        scans,
        &json!({ "type": "object", "additionalProperties": hidden })
    );
}

#[test]
fn an_enum_is_open_where_the_page_or_the_api_says_so() {
    let document = document();
    assert_eq!(
        at(&document, &format!("{BODY}/kind/x-open-enum")),
        &json!(true)
    );
    assert_eq!(
        at(&document, &format!("{PATCH}/parameters/4/schema")).get("x-open-enum"),
        None
    );
    let mut open = orchard();
    open.api.push_str("\n[open-enums]\nall = true\n");
    let document = sources::derive(&open).expect("sound").document;
    assert_eq!(
        at(
            &document,
            &format!("{PATCH}/parameters/4/schema/x-open-enum")
        ),
        &json!(true)
    );
    assert_eq!(document["x-unvalidated"], json!(true));
}

#[test]
fn an_overlay_leaves_its_name_on_what_it_changed() {
    let document = document();
    let row = at(&document, &format!("{BODY}/place/properties/row"));
    assert_eq!(row["minimum"], json!(0));
    assert_eq!(row["x-overlay"], json!(["01-rows-start-at-zero.yaml"]));
    let mut marks = Vec::new();
    collect(&document, "x-overlay", &mut marks);
    assert_eq!(marks.len(), 1);
}

#[test]
fn a_server_that_a_caller_must_name_is_marked_and_not_repeated_on_operations() {
    let document = document();
    assert_eq!(document["servers"][0]["url"], "https://api.orchard.example");
    assert_eq!(document["servers"][0]["x-default"], json!(false));
    assert_eq!(document["servers"][0]["x-source"]["line"], json!(8));
    assert_eq!(at(&document, PATCH).get("servers"), None);
}

#[test]
fn operation_ids_are_made_where_none_is_stated() {
    assert_eq!(
        at(&document(), "/paths/~1trees/get/operationId"),
        "get_trees"
    );
}

#[test]
fn one_page_alone_is_a_document_with_the_pages_title() {
    let vocabulary = docspec::vocabulary::Vocabulary::default();
    let context = layout::Context {
        page: "trees-list.md",
        vocabulary: &vocabulary,
    };
    let text = docspec::text::Text::new(&orchard().pages["trees-list.md"].replace("<Tree>", ""));
    let page = layout::read(&text, None, context).expect("a sound page");
    let document = derive::document(&[page], None).expect("a document");
    assert_eq!(
        document["info"],
        json!({ "title": "List trees", "version": "0" })
    );
}

#[test]
fn whatever_contradicts_is_refused_with_its_place() {
    let mut report = String::new();
    let mut case = |what: &str, problems: Vec<String>| {
        writeln!(report, "{what}").expect("a string takes it");
        for problem in problems {
            writeln!(report, "  {problem}").expect("a string takes it");
        }
    };
    let list = "pages/trees-list.md";
    case(
        "the same operation on two pages",
        refused_copy("trees-update.md", &[("Operation: `trees_update`\n", "")]),
    );
    case(
        "paths that differ in names only",
        refused_copy(
            "trees-update.md",
            &[
                ("/{id}`", "/{tree}`"),
                ("**`id`**", "**`tree`**"),
                ("trees_update", "trees_change"),
            ],
        ),
    );
    case(
        "authentication that differs under one name",
        refused_copy(
            "trees-update.md",
            &[
                ("PATCH", "PUT"),
                ("X-Orchard-Key", "X-Other-Key"),
                ("trees_update", "trees_change"),
            ],
        ),
    );
    case(
        "a component on two pages",
        refused_copy("components.md", &[("`Tree`", "`Bush`")]),
    );
    case(
        "the same operation id twice",
        refused(
            list,
            "Assumed: the page shows",
            "Operation: `trees_update`\nAssumed: the page shows",
        ),
    );
    case(
        "a component that no page has",
        refused(list, "array<Tree>", "array<Bush>"),
    );
    case(
        "a page that is missing",
        refused("api.toml", "trees-list.md", "trees-all.md"),
    );
    case(
        "an unknown key",
        refused("api.toml", "docs =", "documentation ="),
    );
    case(
        "several wrong values",
        refused(
            "api.toml",
            "0.2.0\"\ndocs = \"https:",
            "one\"\ndocs = \"gopher:",
        ),
    );
    case(
        "a parameter for a quota per credential",
        refused(
            "api.toml",
            "per = \"credential\"",
            "per = \"credential\"\nparameter = \"account\"",
        ),
    );
    case(
        "a split that no page needs",
        refused(
            "vocabulary.toml",
            "[[split]]",
            "[[split]]\ntext = \"ab\"\nvalues = [\"a\", \"b\"]\nreason = \"none\"\n\n[[split]]",
        ),
    );
    case(
        "a split that does not spell its text",
        refused("vocabulary.toml", "\"pear\"]", "\"plum\"]"),
    );
    golden::check("derive-refusals.txt", &report);
}

#[test]
fn the_same_field_twice_is_refused_with_both_lines() {
    let field = |line| Field {
        name: "age".to_owned(),
        source: Source { line, origin: None },
        required: false,
        schema: Schema::new(Shape::Any),
        description: None,
        example: None,
        deprecated: false,
        assumed: None,
        integrations: Vec::new(),
    };
    let problems = derive::document(&[page_with(vec![field(4), field(9)])], None)
        .expect_err("the field stands twice");
    assert_eq!(
        problems[0].to_string(),
        "page.txt:9: error[field-twice]: the field `age` stands twice in the same object, first on line 4; \
         expected each field of an object once; \
         to fix: remove one of the two, or nest it under the object that it belongs to"
    );
}

#[test]
fn nesting_that_json_could_not_hold_is_refused() {
    let mut schema = Schema::new(Shape::String);
    for _ in 0..60 {
        schema = Schema::new(Shape::Array(Box::new(schema)));
    }
    let mut field = nested_field();
    field.schema = schema;
    let problems = derive::document(&[page_with(vec![field])], None).expect_err("too deep");
    assert_eq!(problems[0].rule, "nesting-depth");
}

fn nested_field() -> Field {
    Field {
        name: "deep".to_owned(),
        source: Source {
            line: 3,
            origin: None,
        },
        required: true,
        schema: Schema::new(Shape::Any),
        description: None,
        example: None,
        deprecated: false,
        assumed: None,
        integrations: Vec::new(),
    }
}

/// A page with one operation that sends these fields.
fn page_with(fields: Vec<Field>) -> Page {
    Page {
        layout: layout::Layout::Markdown,
        name: "page.txt".to_owned(),
        content: Content::Operation(Box::new(Operation {
            source: Source {
                line: 1,
                origin: None,
            },
            method: Method::Post,
            path: "/trees".to_owned(),
            assumed: None,
            operation_id: None,
            summary: None,
            description: None,
            tags: Vec::new(),
            deprecated: false,
            servers: Vec::new(),
            security: Vec::new(),
            integrations: Vec::new(),
            parameters: Vec::new(),
            request_body: Some(docspec::page::RequestBody {
                required: true,
                description: None,
                content: vec![docspec::page::Media {
                    media_type: "application/json".to_owned(),
                    schema: Schema::new(Shape::Object(fields)),
                    example: None,
                }],
                assumed: None,
                source: Source {
                    line: 2,
                    origin: None,
                },
            }),
            responses: Vec::new(),
            responses_without_status: Vec::new(),
            pagination: None,
        })),
    }
}

#[test]
fn a_page_that_states_no_response_gets_one_that_says_so() {
    let document = derive::document(&[page_with(Vec::new())], None).expect("a document");
    assert_eq!(
        at(&document, "/paths/~1trees/post/responses"),
        &json!({ "default": {
            "description": "",
            "x-assumed": "the page states no response",
            "x-source": { "page": "page.txt", "line": 1 },
        }})
    );
}

fn described(document: Value) -> Page {
    Page {
        layout: layout::Layout::MarkdownEmbedded,
        name: "embedded.md".to_owned(),
        content: Content::Description(document),
    }
}

fn description() -> Value {
    json!({
        "openapi": "3.0.1",
        "info": { "title": "Vendor", "version": "7" },
        "servers": [{ "url": "https://vendor.example" }],
        "security": [{ "key": [] }],
        "paths": {
            "/trees": {
                "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string" } }],
                "post": {
                    "operationId": "plant",
                    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Tree" } } } },
                    "responses": { "201": { "description": "planted" } }
                },
                "get": { "responses": { "200": { "description": "all" } } }
            }
        },
        "components": {
            "schemas": { "Tree": { "type": "object" } },
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }
        }
    })
}

#[test]
fn an_embedded_description_becomes_part_of_the_document() {
    let document = derive::document(&[described(description())], None).expect("a document");
    assert_eq!(document["info"]["title"], "Vendor");
    assert_eq!(document["servers"][0]["url"], "https://vendor.example");
    assert_eq!(
        at(&document, "/paths/~1trees/post/security"),
        &json!([{ "key": [] }])
    );
    assert_eq!(at(&document, "/paths/~1trees/get/operationId"), "get_trees");
    assert_eq!(at(&document, "/paths/~1trees/parameters/0/name"), "q");
}

#[test]
fn embedded_descriptions_that_contradict_are_refused() {
    let mut other = description();
    other["paths"] = json!({});
    other["components"]["schemas"]["Tree"] = json!({ "type": "string" });
    let problems = derive::document(&[described(description()), described(other)], None)
        .expect_err("the component differs");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].rule, "component-twice");
}

#[test]
fn a_reference_that_leads_nowhere_is_refused_with_its_pointer() {
    let mut broken = description();
    broken["components"]["schemas"] = json!({ "Bush": { "$ref": "other.yaml#/Bush" } });
    let problems = derive::document(&[described(broken)], None).expect_err("dangling");
    let found: Vec<&str> = problems
        .iter()
        .map(|problem| problem.found.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "the reference \"#/components/schemas/Tree\" at #/paths/~1trees/post/requestBody/content/application~1json/schema leads nowhere",
            "the reference \"other.yaml#/Bush\" at #/components/schemas/Bush leads nowhere",
        ]
    );
}

#[test]
fn a_page_wins_over_the_vendors_own_description() {
    let base = description();
    let base = derive::Base {
        name: "openapi.yaml",
        document: &base,
    };
    let document = derive::onto(Some(base), &[page_with(Vec::new())], None).expect("a document");
    assert_eq!(
        at(&document, "/paths/~1trees/post/operationId"),
        "post_trees"
    );
    assert_eq!(
        at(&document, "/paths/~1trees/get/responses/200/description"),
        "all"
    );
    assert_eq!(
        document["info"],
        json!({ "title": "Vendor", "version": "7" })
    );
}

#[test]
fn a_description_of_another_version_is_refused() {
    let problems = derive::document(&[described(json!({ "swagger": "2.0" }))], None)
        .expect_err("no OpenAPI 3.0");
    assert_eq!(problems[0].rule, "description-version");
}

/// What a schema of 3.1 becomes.
fn from_3_1(schema: Value) -> Value {
    let mut description = description();
    description["openapi"] = json!("3.1.0");
    description["webhooks"] = json!({ "planted": {} });
    description["components"]["schemas"]["Tree"] = schema;
    let document = derive::document(&[described(description)], None).expect("a document");
    let parsed: Result<openapiv3::OpenAPI, _> = serde_json::from_value(document.clone());
    parsed.expect("valid OpenAPI 3.0");
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(document.get("webhooks"), None);
    document["components"]["schemas"]["Tree"].clone()
}

#[test]
fn a_description_in_openapi_3_1_becomes_3_0() {
    for (schema, expected) in [
        (
            json!({ "type": ["string", "null"] }),
            json!({ "type": "string", "nullable": true }),
        ),
        (
            json!({ "type": ["string", "integer", "null"], "description": "d" }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true, "description": "d" }),
        ),
        (json!({ "const": "oak" }), json!({ "enum": ["oak"] })),
        (
            json!({ "type": "number", "exclusiveMinimum": 0, "minimum": -1 }),
            json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true }),
        ),
        (
            json!({ "type": "number", "exclusiveMaximum": 9, "maximum": 5 }),
            json!({ "type": "number", "maximum": 5 }),
        ),
        (
            json!({ "anyOf": [{ "type": "integer" }, { "type": "null" }] }),
            json!({ "type": "integer", "nullable": true }),
        ),
        (
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Tree" }, { "type": "null" }] }),
            json!({ "allOf": [{ "$ref": "#/components/schemas/Tree" }], "nullable": true }),
        ),
        (
            json!({ "$ref": "#/components/schemas/Tree", "description": "d" }),
            json!({ "allOf": [{ "$ref": "#/components/schemas/Tree" }], "description": "d" }),
        ),
        (
            json!({ "type": "string", "examples": ["a", "b"] }),
            json!({ "type": "string", "example": "a" }),
        ),
        (
            json!({ "type": "string", "contentEncoding": "base64" }),
            json!({ "type": "string", "format": "byte" }),
        ),
        (
            json!({ "type": "object", "properties": { "any": true, "const": { "type": ["null", "boolean"] } } }),
            json!({ "type": "object", "properties": { "any": {}, "const": { "type": "boolean", "nullable": true } } }),
        ),
    ] {
        assert_eq!(from_3_1(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn what_openapi_3_0_cannot_say_is_refused_with_its_pointer() {
    let mut description = description();
    description["openapi"] = json!("3.1.0");
    description["components"]["schemas"]["Tree"] = json!({ "$defs": { "a": {} } });
    let problems =
        derive::document(&[described(description)], None).expect_err("it cannot be said");
    assert!(
        problems[0]
            .found
            .contains("`$defs` at /components/schemas/Tree/$defs"),
        "{}",
        problems[0]
    );
}
