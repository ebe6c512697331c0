//! A mapping is guessed, shown within 80 columns, written as TOML, and read again as it was; what is wrong with it is
//! said with its line.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use contact_transfer::{ColumnMapping, Mapping, Target, UnknownColumns};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

fn target() -> impl Strategy<Value = Target> {
    let entry = (
        0..Target::lists().len(),
        1..=Target::MAX_ENTRIES,
        any::<prop::sample::Index>(),
    );
    prop_oneof![
        Just(Target::Ignore),
        Just(Target::CompanyName),
        Just(Target::CompanyId),
        Just(Target::OwnerId),
        Just(Target::Tags),
        ".+".prop_map(Target::Custom),
        any::<prop::sample::Index>().prop_map(|index| Target::Value(*index.get(Target::values()))),
        entry.prop_map(|(list, number, part)| {
            let (list, parts) = Target::lists()[list];
            Target::Entry {
                list,
                number,
                part: *part.get(parts),
            }
        }),
    ]
}

fn mapping() -> impl Strategy<Value = Mapping> {
    let column = (
        any::<String>(),
        target(),
        proptest::option::of(any::<String>()),
    );
    (prop::collection::vec(column, 0..20), any::<char>()).prop_map(|(columns, separator)| {
        let mut seen: Vec<(String, Target)> = Vec::new();
        let mut kept = Vec::new();
        for (column, target, kind) in columns {
            let is_taken = seen.iter().any(|(known, other)| {
                *known == column || (*other == target && !target.takes_several_columns())
            });
            if !is_taken {
                seen.push((column.clone(), target.clone()));
                let kind = kind.filter(|_| matches!(target, Target::Entry { .. }));
                kept.push(ColumnMapping {
                    column,
                    target,
                    kind,
                });
            }
        }
        let mut mapping = Mapping::new(kept);
        mapping.tag_separator = separator;
        mapping
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_read_as_it_was_written(mapping in mapping()) {
        let read = Mapping::from_toml(&mapping.to_toml(), "m.toml");
        prop_assert_eq!(read, Ok(mapping));
    }

    #[test]
    fn it_is_shown_within_80_columns(mapping in mapping()) {
        for line in mapping.to_string().lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line:?}", line.width());
        }
    }

    #[test]
    fn any_header_is_guessed_without_a_clash(header in prop::collection::vec("[A-Za-z0-9 _-]{0,20}", 0..30)) {
        for unknown in [UnknownColumns::Ignore, UnknownColumns::Custom] {
            let mut header = header.clone();
            header.sort();
            header.dedup();
            let mapping = Mapping::guess_with(&header, unknown);
            prop_assert_eq!(Mapping::from_toml(&mapping.to_toml(), "m.toml"), Ok(mapping));
        }
    }

    #[test]
    fn any_text_is_a_mapping_or_an_error(text in any::<String>()) {
        let _ = Mapping::from_toml(&text, "m.toml");
    }
}

fn error_of(columns: &str) -> String {
    let text = format!("version = 1\n\n[columns]\n{columns}\n");
    Mapping::from_toml(&text, "m.toml").unwrap_err().to_string()
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (columns, expected) in [
        (
            "\"A\" = \"first_nme\"",
            "m.toml:4: unknown field `first_nme`, expected a field such as `first_name`",
        ),
        (
            "\"A\" = \"first_name\"\n\"B\" = \"first_name\"",
            "m.toml:5: the columns `A` and `B` both become `first_name`, which holds one value",
        ),
        (
            "\"A\" = \"emails.0.address\"",
            "m.toml:4: unknown field `emails.0.address`, expected one of `emails.1.address`, `emails.1.kind`",
        ),
        (
            "\"A\" = \"emails.1.number\"",
            "m.toml:4: unknown field `emails.1.number`",
        ),
        (
            "\"A\" = 1",
            "m.toml:4: expected what the column becomes in quotes",
        ),
        (
            "\"A\" = { to = \"title\", kind = \"work\" }",
            "m.toml:4: `title` has no kind",
        ),
        (
            "\"A\" = { to = \"title\", sort = \"work\" }",
            "m.toml:4: expected `to` and `kind` in quotes",
        ),
        (
            "\"A\" = \"custom.\"",
            "m.toml:4: unknown field `custom.`, expected a name after `custom.`",
        ),
        ("\"A\" = \"title", "m.toml:4: not TOML"),
        (
            "\"A\" = \"title\"\n\"A\" = \"name\"",
            "m.toml:5: not TOML: duplicate key",
        ),
        ("[more]", "m.toml:4: unknown key `more`"),
    ] {
        let error = error_of(columns);
        assert!(error.starts_with(expected), "{error}");
    }
    let error = Mapping::from_toml("version = 2\n", "m.toml").unwrap_err();
    assert_eq!(error.to_string(), "m.toml:1: expected `version = 1`");
}

#[test]
fn it_is_that_of_the_header() {
    let mapping = Mapping::guess(&["First name", "E-mail"]);
    let header = ["E-mail", "First name"];
    let of_header = mapping.for_header(&header, "a.csv").unwrap();
    assert_eq!(of_header.columns[0].target.to_string(), "emails.1.address");
    let error = mapping.for_header(&["First name"], "a.csv").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a column `E-mail` that the header has not"),
        "{error}"
    );
    let error = mapping
        .for_header(&["First name", "E-mail", "Phone"], "a.csv")
        .unwrap_err();
    assert!(error.to_string().contains("leaves out column 3"), "{error}");
}

#[test]
fn unknown_columns_are_left_out_or_become_custom_fields() {
    let header = ["Name", "Shoe size"];
    assert_eq!(Mapping::guess(&header).columns[1].target, Target::Ignore);
    let custom = Mapping::guess_with(&header, UnknownColumns::Custom);
    assert_eq!(
        custom.columns[1].target,
        Target::Custom("Shoe size".to_owned())
    );
}

fn becomes(header: &[&str]) -> Vec<String> {
    let columns = Mapping::guess(header).columns;
    columns
        .iter()
        .map(|column| column.target.to_string())
        .collect()
}

#[test]
fn what_other_programs_export_is_guessed() {
    let google = [
        "First Name",
        "Middle Name",
        "Last Name",
        "Organization Name",
        "Organization Title",
        "Labels",
        "E-mail 1 - Label",
        "E-mail 1 - Value",
        "E-mail 2 - Label",
        "E-mail 2 - Value",
        "Phone 1 - Label",
        "Phone 1 - Value",
        "Address 1 - Street",
        "Address 1 - City",
        "Address 1 - Postal Code",
        "Website 1 - Value",
    ];
    assert_eq!(
        becomes(&google),
        [
            "first_name",
            "ignore",
            "last_name",
            "company.name",
            "title",
            "tags",
            "emails.1.kind",
            "emails.1.address",
            "emails.2.kind",
            "emails.2.address",
            "phones.1.kind",
            "phones.1.number",
            "addresses.1.street_1",
            "addresses.1.city",
            "addresses.1.postal_code",
            "links.1.url",
        ]
    );
    let outlook = [
        "First Name",
        "Last Name",
        "Company",
        "Job Title",
        "Business Street",
        "Business City",
        "Business Postal Code",
        "Home Street",
        "Home City",
        "Business Phone",
        "Mobile Phone",
        "Business Fax",
        "E-mail Address",
        "E-mail 2 Address",
    ];
    assert_eq!(
        becomes(&outlook),
        [
            "first_name",
            "last_name",
            "company.name",
            "title",
            "addresses.1.street_1",
            "addresses.1.city",
            "addresses.1.postal_code",
            "addresses.2.street_1",
            "addresses.2.city",
            "phones.1.number",
            "phones.2.number",
            "phones.3.number",
            "emails.1.address",
            "emails.2.address",
        ]
    );
}

#[test]
fn what_salesforce_exports_is_guessed() {
    let salesforce = [
        "First Name",
        "Last Name",
        "Account Name",
        "Title",
        "Email",
        "Phone",
        "Mailing Street",
        "Mailing City",
        "Mailing Zip/Postal Code",
        "Lead Source",
    ];
    assert_eq!(
        becomes(&salesforce),
        [
            "first_name",
            "last_name",
            "company.name",
            "title",
            "emails.1.address",
            "phones.1.number",
            "addresses.1.street_1",
            "addresses.1.city",
            "addresses.1.postal_code",
            "source",
        ]
    );
}
