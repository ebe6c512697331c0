//! The Markdown printer and the Markdown reader are each other's inverse.

#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "support/pages.rs"]
mod pages;

use docspec::layout::{self, Context, Layout};
use docspec::markdown_print::print;
use docspec::page::{
    Allowed, Component, Content, Encoding, Field, Level, Media, Method, Operation, Page,
    Pagination, Parameter, Place, RequestBody, Response, ResponseWithoutStatus, Schema,
    SecurityKind, SecurityScheme, Server, Shape, Source, Support,
};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use pages::without_lines;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use serde_json::{Value, json};

fn read(page: &str) -> Page {
    let text = Text::new(page);
    let vocabulary = Vocabulary::default();
    let context = Context {
        page: "page.md",
        vocabulary: &vocabulary,
    };
    layout::read(&text, Some(Layout::Markdown), context).unwrap_or_else(|errors| {
        let rendered: Vec<String> = errors.iter().map(|error| error.render(&text)).collect();
        panic!("{}\n\nin the page\n\n{page}", rendered.join("\n\n"))
    })
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z][a-z]{0,8}( [a-z]{1,8}){0,4}",
        1 => "[!-~]{1,12}( [!-~]{1,8}){0,3}",
        1 => prop_oneof![
            Just("Allowed: `a`".to_owned()),
            Just("allowed: b".to_owned()),
            Just("Note for Acme: x".to_owned()),
            Just("# heading".to_owned()),
            Just("- **`id`** _(string)_".to_owned()),
            Just("- **items** _(string)_".to_owned()),
            Just("_(string)_".to_owned()),
            Just("> Source: x".to_owned()),
            Just("`GET /x`".to_owned()),
            Just("`application/json`, required".to_owned()),
            Just("```".to_owned()),
            Just("~~~ x".to_owned()),
            Just("\\: \\# \\\\".to_owned()),
            Just("\\`x`".to_owned()),
            Just("a\\: b: c".to_owned()),
            Just("unstated".to_owned()),
            Just("\\unstated".to_owned()),
        ],
    ]
}

fn prose() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => words(),
        3 => vec(words(), 1..4).prop_map(|lines| lines.join("\n")),
        1 => (words(), words()).prop_map(|(one, two)| format!("{one}\n\n{two}\n\n```json\n# Allowed: x\n  {{}}\n\n```\n\n  - more")),
    ]
}

fn title() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9:`*_#-]{0,8}( [a-z:`]{1,8}){0,3}"
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-z_][a-z0-9_]{0,6}",
        1 => "[!-~]{1,6}",
        1 => "[a-z]` ?`?[a-z]",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        string().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-z]{1,12}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Strings with everything that could go wrong in them.
fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z ]{0,10}",
        2 => "[ -~]{0,10}",
        1 => "[`\", ]{1,6}",
        1 => prop_oneof![
            Just("null".to_owned()), Just("true".to_owned()), Just("12".to_owned()), Just(String::new()),
            Just("\"quoted\"".to_owned()), Just("a\nb\tc".to_owned()), Just("\u{a0}\u{200b}Â·".to_owned()),
            Just("Zürich — 東京".to_owned()), Just(" padded ".to_owned()), Just("\u{1f600}\u{e000}".to_owned()),
        ],
    ]
}

fn origin() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        5 => Just(Some("https://example.test/docs".to_owned())),
        1 => Just(None),
        1 => "[A-Za-z\\\\][a-z,:` ]{0,8}[a-z]".prop_map(Some),
        1 => Just(Some("unstated".to_owned())),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    origin().prop_map(|origin| Source { line: 0, origin })
}

fn format() -> impl Strategy<Value = Option<String>> {
    option::weighted(
        0.3,
        prop_oneof![
            Just("uuid".to_owned()),
            Just("date-time".to_owned()),
            "[a-z0-9-]{1,8}"
        ],
    )
}

/// The values of an enum of a type, each once.
fn allowed(values: BoxedStrategy<Value>) -> impl Strategy<Value = Option<Allowed>> {
    let list = vec(values, 1..5).prop_map(|values| {
        let mut kept: Vec<Value> = Vec::new();
        for value in values {
            if !kept.contains(&value) {
                kept.push(value);
            }
        }
        kept
    });
    option::weighted(
        0.4,
        (list, any::<bool>(), source()).prop_map(|(values, open, source)| Allowed {
            values,
            open,
            source,
        }),
    )
}

fn scalar() -> BoxedStrategy<Schema> {
    let text = (
        format(),
        allowed(string().prop_map(Value::from).boxed()),
        option::weighted(0.3, string()),
        option::weighted(0.2, 0_u64..9),
        option::weighted(0.2, 9_u64..99),
        option::weighted(0.2, "[!-~]([ -~]{0,8}[!-~])?"),
        any::<bool>(),
    )
        .prop_map(
            |(format, allowed, default, min_length, max_length, pattern, nullable)| Schema {
                format,
                allowed,
                default: default.map(Value::from),
                min_length,
                max_length,
                pattern,
                nullable,
                ..Schema::new(Shape::String)
            },
        );
    let integer = (
        format(),
        allowed(any::<i64>().prop_map(Value::from).boxed()),
        option::weighted(0.3, any::<i64>()),
        option::weighted(0.3, -9_i64..9),
        option::weighted(0.3, 9_i64..99),
        any::<bool>(),
    )
        .prop_map(
            |(format, allowed, default, minimum, maximum, nullable)| Schema {
                format,
                allowed,
                default: default.map(Value::from),
                minimum: minimum.map(Into::into),
                maximum: maximum.map(Into::into),
                nullable,
                ..Schema::new(Shape::Integer)
            },
        );
    let quarters = |range: std::ops::Range<i32>| range.prop_map(|it| json!(f64::from(it) / 4.0));
    let number = (
        allowed(quarters(-99..99).boxed()),
        option::weighted(0.3, quarters(-99..99)),
        any::<bool>(),
    )
        .prop_map(|(allowed, default, nullable)| Schema {
            allowed,
            default,
            nullable,
            ..Schema::new(Shape::Number)
        });
    let other = (
        prop_oneof![
            Just(Shape::Any),
            Just(Shape::Boolean),
            Just(Shape::Binary),
            Just(Shape::Hidden),
            Just(Shape::Object(Vec::new())),
            "[A-Z][A-Za-z0-9]{0,6}".prop_map(Shape::Component),
        ],
        any::<bool>(),
    )
        .prop_map(|(shape, nullable)| Schema {
            nullable,
            ..Schema::new(shape)
        });
    let any_values = (allowed(value().boxed()), option::weighted(0.3, value())).prop_map(
        |(allowed, default)| Schema {
            allowed,
            default,
            ..Schema::new(Shape::Any)
        },
    );
    prop_oneof![4 => text, 2 => integer, 1 => number, 3 => other, 1 => any_values].boxed()
}

fn schema() -> BoxedStrategy<Schema> {
    scalar()
        .prop_recursive(4, 24, 4, |inner| {
            let nullable = any::<bool>();
            prop_oneof![
                2 => (inner.clone(), nullable, option::weighted(0.2, vec(value(), 0..3))).prop_map(
                    |(inner, nullable, default)| Schema {
                        nullable,
                        default: default.map(Value::from),
                        ..Schema::new(Shape::Array(Box::new(inner)))
                    }
                ),
                1 => (inner.clone(), nullable).prop_map(|(inner, nullable)| Schema {
                    nullable,
                    ..Schema::new(Shape::Map(Box::new(inner)))
                }),
                1 => (vec(inner.clone(), 0..4), nullable).prop_map(|(alternatives, nullable)| Schema {
                    nullable,
                    ..Schema::new(Shape::OneOf(alternatives))
                }),
                3 => (fields_of(inner, 4), nullable).prop_map(|(fields, nullable)| Schema {
                    nullable,
                    ..Schema::new(Shape::Object(fields))
                }),
            ]
        })
        .boxed()
}

fn integration() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{1,6}( [A-Z][a-z]{1,6})?",
        1 => prop_oneof![
            Just("Re:amaze".to_owned()), Just("A, B & C".to_owned()), Just("Beta (old)".to_owned()),
            Just("Re".to_owned()), Just("Note for".to_owned()), Just("`x`".to_owned()),
            Just("Source: x".to_owned()), Just("Tick`s".to_owned()), Just("Re: b".to_owned()),
        ],
    ]
}

/// Supports of distinct integrations, whose values are among those of the schema.
fn supports(schema: &Schema) -> BoxedStrategy<Vec<Support>> {
    fn innermost(schema: &Schema) -> &Schema {
        match &schema.shape {
            Shape::Array(inner) | Shape::Map(inner) => innermost(inner),
            _ => schema,
        }
    }
    // A type that takes several lines has its values there, out of the reach of the field's own lines.
    let values = match &schema.shape {
        Shape::Array(_) | Shape::Map(_) | Shape::OneOf(_) => Vec::new(),
        _ => innermost(schema)
            .allowed
            .as_ref()
            .map_or_else(Vec::new, |allowed| allowed.values.clone()),
    };
    btree_set(integration(), 0..4)
        .prop_flat_map(move |names| {
            let values = if values.is_empty() {
                Just(Vec::new()).boxed()
            } else {
                let most = values.len();
                proptest::sample::subsequence(values.clone(), 0..=most).boxed()
            };
            let names: Vec<String> = names.into_iter().collect();
            let many = names.len();
            (
                Just(names),
                vec((any::<bool>(), values, vec(title(), 0..3), source()), many),
            )
        })
        .prop_map(|(names, rest)| {
            names
                .into_iter()
                .zip(rest)
                .map(|(integration, (required, values, notes, source))| Support {
                    integration,
                    level: if required {
                        Level::Required
                    } else {
                        Level::Supported
                    },
                    values,
                    notes,
                    source,
                })
                .collect()
        })
        .boxed()
}

fn field(schema: BoxedStrategy<Schema>) -> BoxedStrategy<Field> {
    schema
        .prop_flat_map(|schema| {
            let supports = supports(&schema);
            let example = match schema.shape {
                Shape::String | Shape::Binary => string().prop_map(Value::from).boxed(),
                _ => value().boxed(),
            };
            (
                Just(schema),
                name(),
                source(),
                any::<(bool, bool)>(),
                option::of(prose()),
                option::weighted(0.3, example),
                option::weighted(0.2, title()),
                supports,
            )
        })
        .prop_map(
            |(
                schema,
                name,
                source,
                (required, deprecated),
                description,
                example,
                assumed,
                integrations,
            )| Field {
                name,
                source,
                required,
                schema,
                description,
                example,
                deprecated,
                assumed,
                integrations,
            },
        )
        .boxed()
}

fn fields_of(schema: BoxedStrategy<Schema>, most: usize) -> BoxedStrategy<Vec<Field>> {
    vec(field(schema), 0..most)
        .prop_map(|mut fields| {
            for (index, field) in fields.iter_mut().enumerate() {
                field.name = format!("{}{index}", field.name);
            }
            fields
        })
        .boxed()
}

fn media() -> BoxedStrategy<Vec<Media>> {
    let types = [
        "application/json",
        "text/csv",
        "application/vnd.example+json",
    ];
    vec((schema(), option::weighted(0.3, value())), 0..3)
        .prop_map(move |bodies| {
            bodies
                .into_iter()
                .zip(types)
                .map(|((schema, example), media_type)| Media {
                    media_type: media_type.to_owned(),
                    example: example
                        .filter(|_| !matches!(schema.shape, Shape::String | Shape::Binary)),
                    schema,
                })
                .collect()
        })
        .boxed()
}

fn responses() -> impl Strategy<Value = Vec<Response>> {
    let statuses = ["200", "404", "5XX", "default"];
    vec(
        (
            option::weighted(0.3, title()),
            option::of(prose()),
            fields_of(scalar(), 3),
            media(),
            source(),
        ),
        0..4,
    )
    .prop_map(move |responses| {
        responses
            .into_iter()
            .zip(statuses)
            .map(
                |((assumed, description, headers, content, source), status)| Response {
                    status: status.to_owned(),
                    assumed,
                    description,
                    headers,
                    content,
                    source,
                },
            )
            .collect()
    })
}

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let place = prop_oneof![Just(Place::Query), Just(Place::Header), Just(Place::Cookie)];
    let encoding = option::weighted(
        0.3,
        prop_oneof![
            Just(Encoding::Repeated),
            Just(Encoding::Brackets),
            Just(Encoding::Comma),
            Just(Encoding::DeepObject),
        ],
    );
    (fields_of(schema(), 6), vec((place, encoding), 6)).prop_map(|(fields, places)| {
        fields
            .into_iter()
            .zip(places)
            .map(|(field, (place, encoding))| Parameter {
                place,
                encoding,
                field,
            })
            .collect()
    })
}

fn security() -> impl Strategy<Value = Vec<SecurityScheme>> {
    let kind = prop_oneof![
        Just(SecurityKind::Bearer),
        Just(SecurityKind::Basic),
        (
            prop_oneof![Just(Place::Query), Just(Place::Header), Just(Place::Cookie)],
            "[A-Za-z-]{1,8}"
        )
            .prop_map(|(place, parameter)| SecurityKind::ApiKey { place, parameter }),
    ];
    vec((kind, option::of(prose()), source()), 0..3).prop_map(|schemes| {
        schemes
            .into_iter()
            .enumerate()
            .map(|(index, (kind, description, source))| SecurityScheme {
                name: format!("scheme{index}"),
                kind,
                description,
                source,
            })
            .collect()
    })
}

fn servers() -> impl Strategy<Value = Vec<Server>> {
    vec((option::of(prose()), source()), 0..3).prop_map(|servers| {
        servers
            .into_iter()
            .enumerate()
            .map(|(index, (description, source))| Server {
                url: format!("https://api{index}.example.test/v1"),
                description,
                source,
            })
            .collect()
    })
}

fn pagination() -> impl Strategy<Value = Option<Pagination>> {
    let pointer = || prop_oneof![Just(String::new()), "/[a-z]{1,6}(/[a-z`]{1,4})?"];
    option::of(prop_oneof![
        (
            "[a-z]{1,6}",
            pointer(),
            pointer(),
            option::of(pointer()),
            option::of("[a-z]{1,6}")
        )
            .prop_map(
                |(parameter, next, items, partial, limit)| Pagination::Cursor {
                    parameter,
                    next,
                    items,
                    partial,
                    limit
                }
            ),
        (
            "[a-z]{1,6}",
            pointer(),
            option::of(pointer()),
            option::of(pointer()),
            option::of("[a-z]{1,6}")
        )
            .prop_map(
                |(parameter, items, total_pages, partial, limit)| Pagination::Page {
                    parameter,
                    items,
                    total_pages,
                    partial,
                    limit
                }
            ),
    ])
    .prop_map(|pagination| match pagination {
        // An empty code span cannot be written.
        Some(Pagination::Cursor {
            parameter,
            next,
            items,
            partial,
            limit,
        }) => Some(Pagination::Cursor {
            parameter,
            next: non_empty(next),
            items: non_empty(items),
            partial: partial.map(non_empty),
            limit,
        }),
        Some(Pagination::Page {
            parameter,
            items,
            total_pages,
            partial,
            limit,
        }) => Some(Pagination::Page {
            parameter,
            items: non_empty(items),
            total_pages: total_pages.map(non_empty),
            partial: partial.map(non_empty),
            limit,
        }),
        None => None,
    })
}

fn non_empty(pointer: String) -> String {
    if pointer.is_empty() {
        "/".to_owned()
    } else {
        pointer
    }
}

fn operation() -> impl Strategy<Value = Operation> {
    let request_body = option::of((
        any::<bool>(),
        option::of(prose()),
        media(),
        option::weighted(0.3, title()),
        source(),
    ))
    .prop_map(|body| {
        body.filter(|(_, _, content, _, _)| !content.is_empty())
            .map(
                |(required, description, content, assumed, source)| RequestBody {
                    required,
                    description,
                    content,
                    assumed,
                    source,
                },
            )
    });
    let first = (
        source(),
        proptest::sample::select(Method::ALL.to_vec()),
        option::weighted(0.3, title()),
        option::of("[A-Za-z_]{1,9}"),
        option::of(title()),
        option::of(prose()),
        vec("[A-Za-z][A-Za-z ,]{0,6}[a-z]", 0..3),
        any::<bool>(),
    );
    let second = (
        servers(),
        security(),
        supports(&Schema::new(Shape::Any)),
        (field(scalar()), parameters()),
        request_body,
        responses(),
        vec((prose(), source()), 0..3),
        pagination(),
    );
    (first, second).prop_map(|(first, second)| {
        let (source, method, assumed, operation_id, summary, description, tags, deprecated) = first;
        let (
            servers,
            security,
            integrations,
            (mut id, rest),
            request_body,
            responses,
            bare,
            pagination,
        ) = second;
        "id".clone_into(&mut id.name);
        let mut parameters = vec![Parameter {
            place: Place::Path,
            encoding: None,
            field: id,
        }];
        parameters.extend(rest);
        let middle = parameters.len() / 2;
        parameters.swap(0, middle);
        Operation {
            source,
            method,
            path: "/boats/{id}".to_owned(),
            assumed,
            operation_id,
            summary,
            description,
            tags,
            deprecated,
            servers,
            security,
            integrations,
            parameters,
            request_body,
            responses,
            responses_without_status: bare
                .into_iter()
                .map(|(description, source)| ResponseWithoutStatus {
                    description,
                    source,
                })
                .collect(),
            pagination,
        }
    })
}

fn components() -> impl Strategy<Value = Vec<Component>> {
    vec((option::of(prose()), schema(), source()), 1..4).prop_map(|components| {
        components
            .into_iter()
            .enumerate()
            .map(|(index, (description, schema, source))| Component {
                name: format!("Part{index}"),
                description,
                schema,
                source,
            })
            .collect()
    })
}

fn page() -> impl Strategy<Value = Page> {
    prop_oneof![
        3 => operation().prop_map(|operation| Content::Operation(Box::new(operation))),
        1 => components().prop_map(Content::Components),
    ]
    .prop_map(|content| Page {
        layout: Layout::Markdown,
        name: "page.md".to_owned(),
        content,
    })
}

/// Checks a law on many pages, on a thread with room for deeply nested strategies.
fn check(law: fn(Page) -> Result<(), TestCaseError>) {
    let checked = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(move || {
            let config = ProptestConfig {
                cases: 150,
                failure_persistence: None,
                ..ProptestConfig::default()
            };
            let mut runner = TestRunner::new(config);
            runner.run(&page(), law).map_err(|error| error.to_string())
        })
        .expect("a thread")
        .join()
        .expect("a verdict");
    if let Err(message) = checked {
        panic!("{message}");
    }
}

#[test]
fn what_is_printed_reads_back_as_it_was() {
    check(|page| {
        let printed = print(&page);
        let again = read(&printed);
        prop_assert_eq!(without_lines(&again), without_lines(&page), "{}", printed);
        Ok(())
    });
}

#[test]
fn printing_is_a_fixed_point() {
    check(|page| {
        let printed = print(&page);
        prop_assert_eq!(print(&read(&printed)), printed);
        Ok(())
    });
}
