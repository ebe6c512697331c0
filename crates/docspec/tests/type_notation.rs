//! Types and names as documentation pages print them.

use docspec::page::{Schema, Shape};
use docspec::type_notation::{parse, parse_with_components, split_fused};
use proptest::prelude::*;

/// Writes a schema in one canonical notation, so that a test is a pair of texts.
fn print(schema: &Schema) -> String {
    let mut text = match &schema.shape {
        Shape::Any => "any".to_owned(),
        Shape::Hidden => "hidden".to_owned(),
        Shape::String => "string".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Binary => "binary".to_owned(),
        Shape::Object(fields) => format!("object{}", ".".repeat(fields.len())),
        Shape::Array(items) => format!("array<{}>", print(items)),
        Shape::Map(values) => format!("Record<string, {}>", print(values)),
        Shape::Component(name) => format!("#{name}"),
        Shape::OneOf(alternatives) => alternatives
            .iter()
            .map(print)
            .collect::<Vec<_>>()
            .join(" | "),
    };
    if let Some(format) = &schema.format {
        text = format!("{text}<{format}>");
    }
    if schema.nullable {
        text.push('?');
    }
    text
}

fn read(notation: &str) -> String {
    parse(notation).map_or_else(|| "nothing".to_owned(), |schema| print(&schema))
}

#[test]
fn every_printed_notation_is_read() {
    for (notation, expected) in [
        ("string", "string"),
        ("number", "number"),
        ("integer", "integer"),
        ("boolean", "boolean"),
        ("object", "object"),
        ("any", "any"),
        ("unknown", "any"),
        ("file", "binary"),
        ("binary", "binary"),
        ("null", "any?"),
        ("string · uuid", "string<uuid>"),
        ("string · date-time", "string<date-time>"),
        ("string<date-time>", "string<date-time>"),
        ("integer<int32>", "integer<int32>"),
        ("date", "string<date>"),
        ("date-time", "string<date-time>"),
        ("datetime", "string<date-time>"),
        ("object[]", "array<object>"),
        ("string[]", "array<string>"),
        ("string[][]", "array<array<string>>"),
        ("array", "array<any>"),
        ("array<object>", "array<object>"),
        ("Array<string>", "array<string>"),
        ("array<string<uuid>>", "array<string<uuid>>"),
        ("Record<string, any>", "Record<string, any>"),
        ("Record<string,string>", "Record<string, string>"),
        ("Record<string, any>[]", "array<Record<string, any>>"),
        ("map<integer>", "Record<string, integer>"),
        ("string|null", "string?"),
        ("string | null", "string?"),
        ("null | string · date", "string<date>?"),
        ("string | null · date", "string<date>?"),
        ("string · date | null", "string<date>?"),
        ("string | number", "string | number"),
        ("string | string", "string"),
        ("string | number[]", "string | array<number>"),
        ("(string | null)[]", "array<string?>"),
    ] {
        assert_eq!(read(notation), expected, "{notation}");
    }
}

#[test]
fn what_is_no_notation_is_not_read() {
    for notation in [
        "",
        "text",
        "String",
        "strings",
        "string string",
        "string ·",
        "string · two words",
        "string<",
        "string<uuid",
        "object · uuid",
        "string[] · uuid",
        "string[",
        "array<>",
        "array<string",
        "map",
        "Record",
        "Record<string>",
        "Record<number, any>",
        "string |",
        "| string",
        "(string",
        "Address",
    ] {
        assert_eq!(read(notation), "nothing", "{notation}");
    }
}

#[test]
fn components_are_read_only_where_they_are_asked_for() {
    let schema = parse_with_components("array<PostalAddress> | null").map(|schema| print(&schema));
    assert_eq!(schema.as_deref(), Some("array<#PostalAddress>?"));
    assert_eq!(parse("array<PostalAddress>"), None);
}

#[test]
fn nesting_beyond_any_page_is_no_notation() {
    assert_eq!(parse(&format!("string{}", "[]".repeat(100_000))), None);
    assert_eq!(parse(&"array<".repeat(100_000)), None);
    assert_eq!(parse(&"(".repeat(100_000)), None);
}

fn readings(line: &str) -> String {
    split_fused(line)
        .iter()
        .map(|fused| format!("{}:{}", fused.name, fused.notation.unwrap_or("-")))
        .collect::<Vec<_>>()
        .join(" or ")
}

#[test]
fn a_fused_line_gives_its_readings_likeliest_first() {
    for (line, expected) in [
        (
            "first_namestring",
            "first_name:string or first_namestring:-",
        ),
        ("idstring · uuid", "id:string · uuid"),
        ("tagsobject[]", "tags:object[]"),
        (
            "custom_fieldsRecord<string, any>",
            "custom_fields:Record<string, any>",
        ),
        ("last_namestring | null", "last_name:string | null"),
        ("codestring|number", "code:string|number"),
        ("refs(string | number)[]", "refs:(string | number)[]"),
        ("numberstring", "number:string or numberstring:-"),
        ("amountnumber", "amount:number or amountnumber:-"),
        ("number", "number:-"),
        ("phone_number", "phone_number:-"),
        ("job_title", "job_title:-"),
        ("company", "company:- or comp:any"),
        ("profile", "profile:- or pro:file"),
        ("due_on_date", "due_on_date:-"),
        ("datestring · date", "date:string · date"),
        ("Two words", ""),
        ("…", ""),
        ("", ""),
    ] {
        assert_eq!(readings(line), expected, "{line}");
    }
}

fn notation() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("string".to_owned()),
        Just("string<uuid>".to_owned()),
        Just("integer".to_owned()),
        Just("number<double>".to_owned()),
        Just("boolean".to_owned()),
        Just("object".to_owned()),
        Just("binary".to_owned()),
    ];
    leaf.prop_recursive(4, 16, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("array<{inner}>")),
            inner.prop_map(|inner| format!("Record<string, {inner}>")),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_type_reads_back_to_itself(notation in notation()) {
        prop_assert_eq!(read(&notation), notation);
    }

    #[test]
    fn a_name_and_a_type_fuse_and_split_again(name in "[a-z]{1,8}(_[a-z]{1,8}){0,2}", notation in notation()) {
        let line = format!("{name}{notation}");
        let readings = split_fused(&line);
        prop_assert!(readings.iter().any(|fused| fused.name == name && fused.notation == Some(notation.as_str())));
    }

    #[test]
    fn no_text_makes_the_reading_panic(text in "\\PC{0,40}") {
        let _ = parse(&text);
        for fused in split_fused(&text) {
            prop_assert!(!fused.name.is_empty());
        }
    }
}
