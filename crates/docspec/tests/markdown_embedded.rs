//! Markdown that embeds an API description: what is read, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

#[path = "support/golden.rs"]
mod golden;

use std::fmt::Write;

use docspec::diagnostic::Diagnostic;
use docspec::layout::{self, Context, Layout};
use docspec::markdown_print::print;
use docspec::page::{Content, Page};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use serde_json::Value;

fn fixture(name: &str) -> String {
    let path = format!(
        "{}/tests/fixtures/markdown_embedded/{name}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn read(page: &str, layout: Option<Layout>) -> Result<Page, Vec<Diagnostic>> {
    let vocabulary = Vocabulary::default();
    let context = Context {
        page: "boats.md",
        vocabulary: &vocabulary,
    };
    layout::read(&Text::new(page), layout, context)
}

fn document(page: &str) -> Value {
    match read(page, Some(Layout::MarkdownEmbedded)).map(|page| page.content) {
        Ok(Content::Description(document)) => document,
        other => panic!("a description: {other:?}"),
    }
}

fn check(name: &str) -> Value {
    let page = fixture(name);
    let document = document(&page);
    golden::check(
        &format!("markdown_embedded/{name}.json"),
        &format!("{document:#}\n"),
    );
    let recognised = read(&page, None).expect("a layout that is recognised");
    assert_eq!(recognised.layout, Layout::MarkdownEmbedded);
    document
}

#[test]
fn a_yaml_block_with_its_operation_in_the_info_string_is_read() {
    let document = check("one_operation");
    let values = document
        .pointer("/components/schemas/Launch/properties/on/enum")
        .unwrap();
    assert_eq!(values, &serde_json::json!(["no", "yes"]));
    assert_eq!(
        document
            .pointer("/paths/~1boats~1{id}~1launch/put/x-source/line")
            .unwrap(),
        19
    );
}

#[test]
fn an_operation_without_responses_gets_one_that_is_marked_as_assumed() {
    let document = check("no_response");
    let response = document
        .pointer("/paths/~1boats~1{id}/delete/responses/default/x-assumed")
        .unwrap();
    assert_eq!(response, "the page describes no response");
}

#[test]
fn several_blocks_become_one_document_and_other_json_is_left_alone() {
    let document = check("several_operations");
    assert!(
        document.get("servers").is_none(),
        "the blocks name different servers"
    );
    assert_eq!(
        document
            .pointer("/paths/~1boats/post/servers/0/url")
            .unwrap(),
        "https://write.example.test"
    );
    assert!(
        document.pointer("/paths/~1boats/post/security").is_none(),
        "the second block asks for no authentication"
    );
}

#[test]
fn a_printed_description_reads_back_as_it_was() {
    for name in ["one_operation", "no_response", "several_operations"] {
        let first = read(&fixture(name), None).unwrap();
        let printed = print(&first);
        let second = read(&printed, None).unwrap();
        assert_eq!(
            print(&second).lines().count(),
            printed.lines().count(),
            "{name}"
        );
        let without_lines = |page: &str| {
            page.lines()
                .filter(|line| !line.trim_start().starts_with("\"line\":"))
                .collect::<Vec<&str>>()
                .join("\n")
        };
        assert_eq!(
            without_lines(&print(&second)),
            without_lines(&printed),
            "{name}"
        );
    }
}

#[test]
fn every_form_of_an_info_string_names_its_operation() {
    for info in [
        "yaml GET /boats",
        "yaml get /boats",
        "yml Get /boats",
        "YAML openapi.json get /boats",
        "yaml /openapi/boats.yaml GET /boats",
        "yaml https://docs.example.test/openapi.json GET /boats",
        "yaml  get   /boats",
        "json GET /boats",
    ] {
        for fence in ["```", "````", "~~~~~"] {
            let page = format!(
                "# Boats\n\n> Lists boats.\n\n{fence}{info}\n{HEAD}paths:\n  /boats:\n    get: {{}}\n{fence}\n"
            );
            let read = read(&page, None).expect(info);
            assert_eq!(read.layout, Layout::MarkdownEmbedded, "{info}");
            let other = page.replace("    get: {}", "    put: {}");
            let errors = rules_of_refusal(&other);
            assert_eq!(errors, ["info-string"], "{info}");
        }
    }
}

fn rules_of_refusal(page: &str) -> Vec<&'static str> {
    match read(page, None) {
        Ok(page) => panic!("accepted: {page:?}"),
        Err(errors) => errors.iter().map(|error| error.rule).collect(),
    }
}

#[test]
fn a_fenced_example_inside_a_description_does_not_end_the_block() {
    for fence in ["```", "````"] {
        let page = format!(
            "\u{feff}---\ntitle: Boats\n---\n\n# Boats\n\n{fence}yaml GET /boats\n{HEAD}paths:\n  /boats:\n    get:\n      description: |\n        Asks.\n\n        ```json\n        {{\"openapi\": \"3.0.0\", \"paths\": {{}}}}\n        ```\n      summary: Boats\n{fence}\n"
        );
        let Content::Description(document) = read(&page, None).expect(fence).content else {
            panic!("a description");
        };
        let operation = document.pointer("/paths/~1boats/get").expect("get");
        assert_eq!(
            operation["description"],
            "Asks.\n\n```json\n{\"openapi\": \"3.0.0\", \"paths\": {}}\n```\n"
        );
        assert_eq!(operation["summary"], "Boats");
    }
}

#[test]
fn a_description_is_recognised_by_keys_at_its_top_however_long_it_is() {
    let mut page = String::from(
        "---\nupdatedAt: 2026-06-12T06:59:25.000Z\n---\n\n# Boats\n\n# OpenAPI definition\n\n```json\n{\n  \"components\": {\n    \"schemas\": {\n",
    );
    for index in 0..400 {
        let _ = writeln!(page, "      \"Boat{index}\": {{}},");
    }
    page.push_str(
        "      \"Boat\": {}\n    }\n  },\n  \"openapi\": \"3.1.0\",\n  \"paths\": {\n    \"/boats\": {\n      \"get\": {}\n    }\n  }\n}\n```\n",
    );
    let read_page = read(&page, None).expect("a page that is recognised");
    assert_eq!(read_page.layout, Layout::MarkdownEmbedded);

    let example = "# Boats\n\n```json\n{\n  \"data\": {\"openapi\": \"3.1.0\", \"paths\": {}},\n  \"note\": \"\\\"openapi\\\": {\"\n}\n```\n";
    let document = document(&format!(
        "{example}\n{}",
        yaml(" GET /boats", "paths:\n  /boats:\n    get: {}")
    ));
    assert_eq!(document["openapi"], "3.0.3");
}

#[test]
fn a_version_of_the_api_that_is_a_number_keeps_its_digits() {
    let operation = "paths:\n  /boats:\n    get: {}";
    for (written, text) in [("1.10", "1.10"), ("2", "2"), ("2024.0 # year", "2024.0")] {
        let page = format!(
            "# Boats\n\n```yaml GET /boats\nopenapi: 3.0.3\ninfo:\n  title: version 1\n  version: {written}\n{operation}\n```\n"
        );
        assert_eq!(document(&page)["info"]["version"], text);
    }
    let page = "```json\n{\"openapi\":\"3.0.0\",\"info\":{\"version\":1.10,\"title\":\"a\"},\"paths\":{\"/boats\":{\"get\":{}}}}\n```\n";
    assert_eq!(document(page)["info"]["version"], "1.10");
}

#[test]
fn tags_in_lists_of_their_own_are_tags() {
    let page = "# Boats\n\nGET https://api.example.test/boats\n\nReference: https://docs.example.test/boats\n\n## OpenAPI Specification\n\n```yaml\nopenapi: 3.1.1\ninfo:\n  title: Boats\n  version: endpoint_boats.list\npaths:\n  /boats:\n    get:\n      tags:\n        - - harbour\n        - boats\n```\n\n## SDK Code Examples\n\n```python\nprint(1)\n```\n";
    let tags = document(page)
        .pointer("/paths/~1boats/get/tags")
        .cloned()
        .expect("tags");
    assert_eq!(tags, serde_json::json!(["harbour", "boats"]));
    assert!(read(page, None).is_ok(), "the layout is recognised");
}

#[test]
fn a_description_without_info_is_read() {
    let page =
        "# Boats\n\n```yaml GET /boats\nopenapi: 3.0.3\npaths:\n  /boats:\n    get: {}\n```\n";
    assert!(document(page).get("info").is_none());
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\n";

fn yaml(info: &str, rest: &str) -> String {
    format!("# Boats\n\n```yaml{info}\n{HEAD}{rest}\n```\n")
}

fn json(paths: &str, components: &str) -> String {
    format!(
        "```json\n{{\"openapi\":\"3.0.0\",\"info\":{{\"title\":\"a\",\"version\":\"1\"}},\"paths\":{paths},\"components\":{components}}}\n```\n"
    )
}

fn refused() -> Vec<(&'static str, String)> {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (next, last) in ('b'..='i').zip('a'..) {
        let _ = writeln!(
            bomb,
            "{next}: &{next} [{}]",
            vec![format!("*{last}"); 10].join(", ")
        );
    }
    vec![
        ("Swagger 2.0", "# OpenAPI definition\n\n```json\n{\n  \"swagger\": \"2.0\",\n  \"paths\": {}\n}\n```\n".to_owned()),
        ("another version of OpenAPI", "# OpenAPI\n\n```yaml\nopenapi: 4.0.0\npaths: {}\n```\n".to_owned()),
        ("a version that is a number", "# OpenAPI\n\n```yaml\nopenapi: 3.0\npaths: {}\n```\n".to_owned()),
        ("an API version that is a list", "# OpenAPI\n\n```yaml\nopenapi: 3.0.0\ninfo: {title: a, version: [1, 10]}\npaths: {}\n```\n".to_owned()),
        ("no description where one is announced", "# OpenAPI definition\n\n```json\n{\"id\": 1}\n```\n".to_owned()),
        ("no block at all", "# OpenAPI definition\n\nNothing.\n".to_owned()),
        ("broken JSON", "# OpenAPI definition\n\n```json\n{\n  \"openapi\": \"3.0.0\",\n  \"paths\": {,}\n}\n```\n".to_owned()),
        ("JSON with a key twice", "# OpenAPI definition\n\n```json\n{\n  \"openapi\": \"3.0.0\",\n  \"openapi\": \"3.0.0\"\n}\n```\n".to_owned()),
        ("broken YAML", yaml("", "paths: [\n  /a: b: c\n")),
        ("YAML with a key twice", yaml("", "paths:\n  /a:\n    get: {}\n    get: {}")),
        ("an alias of no anchor", yaml("", "paths: *nowhere")),
        ("aliases that multiply", yaml("", &format!("{bomb}paths: {{}}"))),
        ("a block that is cut off", "# OpenAPI definition\n\n```json\n{\n  \"openapi\": \"3.0.0\",\n".to_owned()),
        ("an info string with another method", yaml(" POST /boats", "paths:\n  /boats:\n    get: {}")),
        ("an info string with one operation of two", yaml(" openapi.yaml GET /boats", "paths:\n  /boats:\n    get: {}\n    put: {}")),
        ("an info string and no operation", yaml(" GET /boats", "components: {}")),
        ("paths of another shape", yaml("", "paths:\n  boats: {}\n  /a: []\n  /b:\n    get: []\n    fetch: {}")),
        ("paths that are no object", yaml("", "paths: []\ncomponents: x")),
        ("references that lead nowhere", yaml("", "paths:\n  /a:\n    get:\n      responses:\n        200:\n          $ref: '#/components/responses/Gone'\n        201:\n          $ref: 'other.yaml#/x'\n        202:\n          $ref: '#/components/responses/A'\ncomponents:\n  responses:\n    A: {$ref: '#/components/responses/B'}\n    B: {$ref: '#/components/responses/A'}")),
        ("webhooks and no operation", "# Sold\n\n## OpenAPI\n\n````yaml openapi.json webhook boatSold\nopenapi: 3.1.0\npaths: {}\nwebhooks:\n  boatSold:\n    post: {}\n````\n".to_owned()),
        ("one operation that is no document", "# Boats\n\n## OpenAPI\n\n````yaml get /boats\npaths:\n  path: /boats\n  method: get\n  request: {}\n````\n".to_owned()),
        ("schemas and no operation", format!("# Boats\n\n{}", json("{}", "{\"schemas\":{\"Boat\":{\"type\":\"object\"}}}"))),
        (
            "blocks that contradict each other",
            format!(
                "# Boats\n\n{}\n{}",
                json("{\"/a\":{\"get\":{\"summary\":\"one\"}}}", "{\"schemas\":{\"Boat\":{\"type\":\"object\"}}}"),
                json("{\"/a\":{\"get\":{\"summary\":\"two\"}}}", "{\"schemas\":{\"Boat\":{\"type\":\"string\"}}}")
            ),
        ),
        (
            "versions that contradict each other",
            format!("# Boats\n\n{}\n```yaml\nopenapi: 3.1.0\npaths: {{/b: {{get: {{}}}}}}\n```\n", json("{\"/a\":{\"get\":{}}}", "{}")),
        ),
    ]
}

#[test]
fn every_refusal_says_where_what_and_how_to_mend_it() {
    let mut out = String::new();
    for (name, page) in refused() {
        let Err(errors) = read(&page, Some(Layout::MarkdownEmbedded)) else {
            panic!("{name} is accepted:\n{page}");
        };
        let text = Text::new(&page);
        let rendered: Vec<String> = errors.iter().map(|error| error.render(&text)).collect();
        let _ = writeln!(out, "## {name}\n\n{}\n", rendered.join("\n\n"));
    }
    golden::check("markdown_embedded/refusals.txt", &out);
}

#[test]
fn a_description_of_100_000_lines_is_read_whole() {
    let mut page = String::from(
        "# OpenAPI\n\n```yaml\nopenapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n",
    );
    for index in 0..20_000 {
        let _ = writeln!(
            page,
            "  /a{index}:\n    get:\n      responses:\n        200:\n          description: ok"
        );
    }
    page.push_str("```\n");
    assert!(page.lines().count() > 100_000);
    let document = document(&page);
    let paths = document.get("paths").and_then(Value::as_object).unwrap();
    assert_eq!(paths.len(), 20_000);
    assert_eq!(
        document
            .pointer("/paths/~1a19999/get/x-source/line")
            .unwrap(),
        100_003
    );
}
