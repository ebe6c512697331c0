//! Pages in Markdown: what is read, and what is refused.

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
use docspec::page::{Content, Field, Page, Schema, Shape};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;

fn fixture(name: &str) -> String {
    let path = format!(
        "{}/tests/fixtures/markdown/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn read(page: &str) -> Result<Page, Vec<Diagnostic>> {
    let vocabulary = Vocabulary::parse(&fixture("vocabulary.toml")).unwrap();
    let context = Context {
        page: "boats.md",
        vocabulary: &vocabulary,
    };
    layout::read(&Text::new(page), Some(Layout::Markdown), context)
}

fn rendered(page: &str, errors: &[Diagnostic]) -> String {
    let text = Text::new(page);
    let rendered: Vec<String> = errors.iter().map(|error| error.render(&text)).collect();
    rendered.join("\n\n")
}

/// The line of every field, parameter, header and component, and of the values and integrations of each.
fn lines(page: &Page) -> String {
    let mut out = String::new();
    match &page.content {
        Content::Operation(operation) => {
            let _ = writeln!(out, "{} {}", operation.source.line, operation.path);
            for support in &operation.integrations {
                let _ = writeln!(out, "  {} {}", support.source.line, support.integration);
            }
            for server in &operation.servers {
                let _ = writeln!(out, "{} {}", server.source.line, server.url);
            }
            for scheme in &operation.security {
                let _ = writeln!(out, "{} {}", scheme.source.line, scheme.name);
            }
            for parameter in &operation.parameters {
                field_lines(&mut out, 0, &parameter.field);
            }
            if let Some(body) = &operation.request_body {
                let _ = writeln!(out, "{} request", body.source.line);
                for media in &body.content {
                    schema_lines(&mut out, 1, &media.schema);
                }
            }
            for response in &operation.responses {
                let _ = writeln!(out, "{} {}", response.source.line, response.status);
                for header in &response.headers {
                    field_lines(&mut out, 1, header);
                }
                for media in &response.content {
                    schema_lines(&mut out, 1, &media.schema);
                }
            }
            for response in &operation.responses_without_status {
                let _ = writeln!(out, "{} without status", response.source.line);
            }
        }
        Content::Components(components) => {
            for component in components {
                let _ = writeln!(out, "{} {}", component.source.line, component.name);
                schema_lines(&mut out, 1, &component.schema);
            }
        }
        Content::Description(_) => panic!("a page in words"),
    }
    out
}

fn field_lines(out: &mut String, depth: usize, field: &Field) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}{} {}", field.source.line, field.name);
    for support in &field.integrations {
        let _ = writeln!(
            out,
            "{indent}  {} {}",
            support.source.line, support.integration
        );
    }
    schema_lines(out, depth + 1, &field.schema);
}

fn schema_lines(out: &mut String, depth: usize, schema: &Schema) {
    if let Some(allowed) = &schema.allowed {
        let _ = writeln!(out, "{}{} values", "  ".repeat(depth), allowed.source.line);
    }
    match &schema.shape {
        Shape::Object(fields) => {
            for field in fields {
                field_lines(out, depth, field);
            }
        }
        Shape::Array(inner) | Shape::Map(inner) => schema_lines(out, depth, inner),
        Shape::OneOf(alternatives) => {
            for alternative in alternatives {
                schema_lines(out, depth, alternative);
            }
        }
        _ => {}
    }
}

/// Compares what a fixture says, printed in the canonical form, and where it says it.
fn check(name: &str) -> Page {
    let text = fixture(&format!("{name}.md"));
    let page = read(&text).unwrap_or_else(|errors| panic!("{}", rendered(&text, &errors)));
    golden::check(&format!("markdown/{name}.printed.md"), &print(&page));
    golden::check(&format!("markdown/{name}.lines.txt"), &lines(&page));
    page
}

#[test]
fn everything_that_a_page_can_say_is_read() {
    check("everything");
}

#[test]
fn components_are_read() {
    check("components");
}

#[test]
fn a_page_as_the_vendor_publishes_it_is_read() {
    let page = check("published");
    let Content::Operation(operation) = page.content else {
        panic!("an operation");
    };
    assert_eq!(operation.servers[0].url, "https://api.example.test");
    assert_eq!(operation.responses[0].status, "200");
    assert!(
        operation.responses[0].assumed.is_some(),
        "the page states no status"
    );
    assert_eq!(operation.integrations[1].notes, ["partial"]);
}

#[test]
fn the_layout_is_recognised_without_being_named() {
    let vocabulary = Vocabulary::parse(&fixture("vocabulary.toml")).unwrap();
    let context = Context {
        page: "boats.md",
        vocabulary: &vocabulary,
    };
    for name in ["everything", "components", "published"] {
        let text = Text::new(&fixture(&format!("{name}.md")));
        assert!(layout::read(&text, None, context).is_ok(), "{name}");
    }
}

/// A page that is right but for the lines put in place of `lines`.
fn page_with(query: &str) -> String {
    format!(
        "# Get a boat\n\n`GET /boats/{{id}}`\n\n## Path parameters\n\n- **`id`** _(string, required)_\n\n{query}\n"
    )
}

/// What is wrong, and a page where it is.
const REFUSED: &[(&str, &str)] = &[
    (
        "an unknown heading",
        "## Querry parameters\n\n- **`a`** _(string)_",
    ),
    (
        "a response whose status is not in backticks",
        "## Response 200\n\n- **`a`** _(string)_",
    ),
    ("no status", "## Response `299x`\n\n_(any)_"),
    (
        "a second response of a status",
        "## Response `200`\n\n## Response `200`",
    ),
    (
        "a section twice",
        "## Pagination\n\nPage `a`, items at `/b`\n\n## Pagination\n\nPage `a`, items at `/b`",
    ),
    ("a second title", "# Another boat"),
    ("a second operation", "`GET /ships`"),
    (
        "an unknown type",
        "## Query parameters\n\n- **`a`** _(strin)_",
    ),
    (
        "an unknown word after the type",
        "## Query parameters\n\n- **`a`** _(string, requird, nullable, nullable)_",
    ),
    (
        "required and optional",
        "## Query parameters\n\n- **`a`** _(string, required, optional)_",
    ),
    (
        "a format of an object",
        "## Query parameters\n\n- **`a`** _(object, uuid)_",
    ),
    (
        "a second format",
        "## Query parameters\n\n- **`a`** _(string, uuid, date)_",
    ),
    ("no type", "## Query parameters\n\n- **`a`**"),
    ("an open type", "## Query parameters\n\n- **`a`** _(string"),
    (
        "text in place of a type",
        "## Query parameters\n\n- **`a`** string",
    ),
    (
        "a name that is not closed",
        "## Query parameters\n\n- **`a** _(string)_\n- **`b` _(string)_\n- **` `** _(string)_",
    ),
    (
        "a field twice",
        "## Request body\n\n- **`a`** _(string)_\n- **`a`** _(string)_",
    ),
    (
        "a parameter twice",
        "## Query parameters\n\n- **`a`** _(string)_\n\n## Query parameters\n\n- **`a`** _(string)_",
    ),
    (
        "a misspelt attribute",
        "## Query parameters\n\n- **`a`** _(string)_\n  Alowed: `b`\n  default: `c`",
    ),
    (
        "an attribute where it says nothing",
        "## Request body\n\n- **`a`** _(array<string>)_\n  Encoding: `a=b,c`",
    ),
    (
        "an attribute twice",
        "## Query parameters\n\n- **`a`** _(string)_\n  Default: `b`\n  Default: `c`",
    ),
    (
        "an attribute without a value",
        "## Query parameters\n\n- **`a`** _(string)_\n  Default:",
    ),
    (
        "an attribute that goes on in the next line",
        "## Response `200`\n\nAssumed: the page says\nnothing of it",
    ),
    (
        "prose after attributes",
        "## Query parameters\n\n- **`a`** _(string)_\n  Default: `b`\n  And so on.",
    ),
    (
        "values without backticks",
        "## Query parameters\n\n- **`a`** _(string)_\n  Allowed: b, c",
    ),
    (
        "a backtick that is not closed",
        "## Query parameters\n\n- **`a`** _(string)_\n  Allowed: `b`, `c",
    ),
    (
        "a value of another type",
        "## Query parameters\n\n- **`a`** _(integer)_\n  Allowed: `1`, `two`\n  Default: `\"3\"`",
    ),
    (
        "open without values",
        "## Query parameters\n\n- **`a`** _(string, open)_\n  Allowed source: docs",
    ),
    (
        "values that nobody has split",
        "## Query parameters\n\n- **`a`** _(string)_\n  Fused: `redgreen`",
    ),
    (
        "values both listed and fused",
        "## Query parameters\n\n- **`a`** _(string)_\n  Allowed: `b`\n  Fused: `oaksteelglass`",
    ),
    (
        "a range of a string, a length and a pattern of a number",
        "## Query parameters\n\n- **`a`** _(string)_\n  Range: 1 to 2\n- **`b`** _(number)_\n  Length: 1 to 2\n  Pattern: `x`",
    ),
    (
        "bounds that are none",
        "## Query parameters\n\n- **`a`** _(number)_\n  Range: 1-2\n- **`b`** _(number)_\n  Range: one to 2\n- **`c`** _(number)_\n  Range: 2 to 1",
    ),
    (
        "an encoding that is not known",
        "## Query parameters\n\n- **`a`** _(array)_\n  Encoding: a|b",
    ),
    (
        "an integration twice",
        "## Query parameters\n\n- **`a`** _(string)_\n  Required by: Dock\n  Supported by: Pier, Dock",
    ),
    (
        "an integration that is not listed",
        "## Query parameters\n\n- **`a`** _(string)_\n  Supported by: Dock\n  Note for Duck: wet\n  Note for Dock",
    ),
    (
        "a value of an integration that the field lacks",
        "## Query parameters\n\n- **`a`** _(string)_\n  Allowed: `b`\n  Supported by: Dock\n  Allowed for Dock: `c`",
    ),
    (
        "an empty name in a list",
        "## Supported integrations\n\nDock,, Pier",
    ),
    (
        "hidden children of a string",
        "## Query parameters\n\n- **`a`** _(string)_\n  Children: hidden\n- **`b`** _(object)_\n  Children: some",
    ),
    (
        "children of a string",
        "## Request body\n\n- **`a`** _(string)_\n  - **`b`** _(string)_",
    ),
    (
        "a part of no type",
        "## Request body\n\n- **`a`** _(string)_\n  - **items** _(string)_",
    ),
    (
        "bad indentation",
        "## Request body\n\n- **`a`** _(object)_\n   - **`b`** _(string)_\n      Default: `c`\n\t- **`d`** _(string)_",
    ),
    (
        "a body without a type",
        "## Request body\n\n`application/json`\n\n## Response `200`\n\n`application/json`",
    ),
    (
        "a media type twice",
        "## Request body\n\n`application/json`\n\n_(any)_\n\n### Body\n\n`application/json`\n\n_(any)_",
    ),
    (
        "required on a response",
        "## Response `200`\n\n`application/json`, required\n\n_(any)_",
    ),
    (
        "an unknown heading in a response",
        "## Response `200`\n\n### Bodies",
    ),
    (
        "prose under the heading of a body",
        "## Response `200`\n\n### Body\n\nSo it is.\n\n_(any)_",
    ),
    ("an example of no body", "## Response `200`\n\nExample: `1`"),
    (
        "a response without status and words",
        "## Response without status",
    ),
    (
        "an unknown way to authenticate",
        "## Authentication\n\n- **`a`** _(oauth)_\n- **`b`** _(http bearer)_\n- **`b`** _(http basic)_\n- c",
    ),
    (
        "a server that is no URL",
        "## Servers\n\n- **`example.test`**\n- **`https://a.test`**\n- **`https://a.test`**\n- c",
    ),
    ("paging of no known kind", "## Pagination\n\nOffset `a`"),
    ("no paging", "## Pagination"),
    (
        "a path parameter that the path lacks",
        "## Path parameters\n\n- **`berth`** _(string, required)_",
    ),
    ("a fence that is not closed", "```json\n{}"),
    (
        "a sample that disagrees",
        "## Code examples\n\n```bash\ncurl -X POST 'https://a.test/ships/1?tide=2' -d '{\"a\": 1}'\n```",
    ),
    ("text between samples", "## Code examples\n\nLike this:"),
];

/// Pages that are no page of an operation or of components, or are wrong from the start.
const REFUSED_PAGES: &[(&str, &str)] = &[
    (
        "an object and no operation",
        "# Boats Object\n\n> Source: https://docs.example.test/boats/\n\nSchema for the `Boats` resource.\n\n## Properties\n\n- **`id`** _(string)_\n",
    ),
    (
        "a guide",
        "# How to launch\n\n> Source: https://docs.example.test/launch/\n\nFirst of all.\n\n## Request body\n",
    ),
    (
        "a path without its parameter",
        "# Get\n\n`GET /boats/{id}/{id}`\n\n## Response `200`\n",
    ),
    (
        "attributes of an operation that are wrong",
        "# Get\n\n`GET /boats`\n\nOperation: get\nServer: `ftp://a`\nDeprecated: perhaps\nTags: a,,b\n\n## Response `200`\n",
    ),
    (
        "components that are wrong",
        "# Components\n\nWords.\n\n## Component `boat`\n\n## Component `Boat`\n\n## Component `Ship`\n\n_(any)_\n\n## Component `Ship`\n\n_(any)_\n",
    ),
    ("no component", "# Components\n\n> Source: x\n"),
];

#[test]
fn every_refusal_says_where_what_and_how_to_mend_it() {
    let mut out = String::new();
    let pages = REFUSED
        .iter()
        .map(|(name, part)| (*name, page_with(part)))
        .chain(
            REFUSED_PAGES
                .iter()
                .map(|(name, page)| (*name, (*page).to_owned())),
        );
    for (name, page) in pages {
        let Err(errors) = read(&page) else {
            panic!("{name} is accepted:\n{page}");
        };
        let _ = writeln!(out, "## {name}\n\n{}\n", rendered(&page, &errors));
    }
    golden::check("markdown/refusals.txt", &out);
}

#[test]
fn all_errors_of_a_page_are_reported_at_once_in_the_order_of_the_lines() {
    let page = page_with(
        "## Query parameters\n\n- **`a`** _(strin)_\n- **`b`** _(string)_\n  Alowed: `x`\n\n## Nothing\n\n## Response `999`",
    );
    let errors = read(&page).unwrap_err();
    let found: Vec<(&str, usize)> = errors
        .iter()
        .map(|error| (error.rule, error.span.unwrap().line))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown-type", 11),
            ("unknown-attribute", 13),
            ("unknown-heading", 15),
            ("status", 17)
        ]
    );
}

#[test]
fn fields_nested_without_end_are_refused() {
    let mut page = page_with("## Request body\n");
    for depth in 0..200 {
        let _ = writeln!(page, "{}- **`a`** _(object)_", "  ".repeat(depth));
    }
    let errors = read(&page).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].rule, "too-deep");
}

/// A page of about as many lines as asked for.
fn long_page(fields: usize) -> String {
    let mut page = page_with("## Request body\n");
    for index in 0..fields {
        let _ = writeln!(
            page,
            "- **`field_{index}`** _(string, open)_\n  What it is.\n  Allowed: `a`, `b`\n  Supported by: Dock, Pier"
        );
    }
    page
}

#[test]
fn a_page_of_100_000_lines_is_read_and_printed_whole() {
    let text = long_page(25_000);
    assert!(text.lines().count() > 100_000);
    let page = read(&text).unwrap();
    assert_eq!(print(&read(&print(&page)).unwrap()), print(&page));
}

#[test]
fn a_page_that_documents_no_operation_is_refused_with_one_message() {
    let source = "> Source: https://docs.example.test/boats/";
    let pages = [
        (
            "guide-page",
            format!(
                "# Sail\n\n{source}\n\nHow to sail a boat with the API.\n\n1. **Sign in** and open `Boats`.\n   ![Boats](https://example.test/boats.png)\n\n```bash\ncurl --version\n```\n"
            ),
        ),
        (
            "guide-page",
            format!(
                "# Sail\n\n{source}\n\nAsk with one request:\n\n`GET /boats`\n\n## Keys\n\nGet a key.\n\n## Sails\n\n- Set them.\n- Trim them.\n\n## Anchors\n\n```bash\ncurl -X POST 'https://api.example.test/anchors'\n```\n"
            ),
        ),
        (
            "guide-page",
            format!(
                "# Harbour API coverage\n\n{source}\n\nWhat each of the integrations can do today.\n\n## Dock Master (`dock`)\n\n- **Boats**: list, get\n- **Berths**: list\n"
            ),
        ),
        (
            "category-page",
            format!(
                "# Harbour API\n\n{source}\n\nBase URL: `https://api.example.test/harbour`\n\n## Resources\n\n- [Boats](/docs/boats)\n  - [GET /harbour/boats](/docs/boats/list) — List boats\n  - [POST /harbour/boats](/docs/boats/create) — Create a boat\n"
            ),
        ),
        (
            "object-page",
            format!(
                "# Boats Object\n\n{source}\n\nWhat a boat is.\n\n## Properties\n\n- **`id`** _(string, required)_\n- **`owner`** _(object)_\n  - **`id`** _(string)_\n\n## Methods\n\n- [GET /harbour/boats](/docs/boats/list) — List boats\n"
            ),
        ),
        (
            "no-operation",
            format!(
                "# Pages\n\n{source}\n\nEvery list has pages.\n\n## Query parameters\n\n- **`limit`** _(integer)_\n- not a field\n\n## Response\n\nA cursor.\n"
            ),
        ),
    ];
    for (rule, page) in pages {
        let vocabulary = Vocabulary::default();
        let context = Context {
            page: "guide.md",
            vocabulary: &vocabulary,
        };
        for layout in [None, Some(Layout::Markdown)] {
            let Err(errors) = layout::read(&Text::new(&page), layout, context) else {
                panic!("accepted:\n{page}");
            };
            let rules: Vec<&str> = errors.iter().map(|error| error.rule).collect();
            assert_eq!(rules, [rule], "{page}");
        }
    }
}
