//! The integrations of every field are those that the vendor's pages print.

use facts::integrations::{INTEGRATIONS, row, table};
use facts::shape::fields;
use facts::{Api, Document};
use serde_json::Value;

/// The fields of the newer contact page, as one creates a contact.
const CREATE: &str = "
    account             sssrsssssssssssssr....sr
    addresses           .ss.sssssss.sss.s....ss.
    created_at          .sssssssssss.sssss...ss.
    custom_fields       .ssss..sssss.sss.s....s.
    description         ..s.....................
    email_addresses     rsssssrrrsssssrssrrr.rs.
    first_name          rrrrsrssrrs.ssrrrsrrrrsr
    job_title           .............s..........
    last_name           rrsssrsssss.ssssssrrrrsr
    name                ssssrssssssrrs.sss...sr.
    owner               .......s..ssss.sr.....s.
    phone_number        .....................r..
    phone_numbers       .sssssssssssssssss...ss.
    phone_numbesr       ................s.......
    tags                ..s.s.ss.s..ss.s.s....s.
    title               .ssssss.ssssss..ss...rs.
";

/// The fields of the answer on the newer contact page.
const CONTACT: &str = "
    id                  sssssssssssssssssss..ss.
    account             ssssssssssssssssss....s.
    addresses           .ss.sssssss.sss.s....ss.
    created_at          .sssssssssss.sssss...ss.
    custom_fields       .ssss..sssss.sss.s....s.
    email_addresses     ssssssssssssssssss...ss.
    etag                ................s....s..
    first_name          sssssssssss.ssssss...ss.
    last_activity_at    s.s.s.s.sss...s..s...s..
    last_name           sssssssssss.ssssss...ss.
    name                ssssssssssssss.sss...ss.
    owner               .......s..ssss.ss.....s.
    phone_numbers       .sssssssssssssssss...ss.
    tags                ..s.s.ss.s..ss.s.s....s.
    title               .ssssss.ssssss..ss...ss.
    updated_at          ..ssssssssss.sssss...ss.
    urls                .s.s...s...s.s.s......s.
";

/// The fields of the older contact page, as one updates a contact.
const OLDER_UPDATE: &str = "
    first_name          ..rs...ss......s.s.ss.ss
    last_name           ..ss...ss......s.s.ss.ss
    email_addresses     ..ss...ss......s.s.ss.ss
    phone_numbers       ..ss...ss......s.s.ss.ss
    custom_fields       ..ss...ss......s.s.s..s.
    addresses           ..s....ss..........ss.ss
    account             ..s............s.s.s..ss
    tags                ..s....s.........s..s.ss
    title               ..s..............s....ss
    description         ..s.....................
    name                .................s....s.
";

/// The fields of the answer on the older contact page.
const OLDER_CONTACT: &str = "
    id                  ..ss...ss......s.s....s.
    first_name          ..ss...ss......s.s....s.
    last_name           ..ss...ss......s.s....s.
    name                ..s....ss......s.s....s.
    title               ..ss....s........s....s.
    account             ..ss...ss......s.s....s.
    addresses           ..s....ss.............s.
    email_addresses     ..ss...ss......s.s....s.
    phone_numbers       ..ss...ss......s.s....s.
    tags                ..s....s.........s....s.
    last_activity_at    ..s.....s......s.s......
    created_at          ..ss...ss......s.s....s.
    updated_at          ..ss...ss......s.s....s.
";

/// The fields of the lead page, as one updates a lead.
const LEAD_UPDATE: &str = "
    account             .....s..s...s..ss.......
    addresses           .....s...s............s.
    contact             .....s..s...s..ss.......
    converted_account   .........s..............
    converted_contact   .........s..............
    created_at          .....s..ss.ss..ss.....s.
    custom_fields       ........ss.ss..s......s.
    description         ................s......s
    email_addresses     .....s..ss.s..........s.
    first_name          .....s..ss............s.
    industry            .......................s
    last_name           .....s..ss............s.
    lead_source         .....s..ss..s..ss.....s.
    lead_type           ........s...............
    name                ................s.......
    number_of_employees .......................s
    owner               .....s..ss.ss..ss.....s.
    phone_numbers       .....s...s.s..........s.
    status              ........s..ss.........s.
    title               .....s..ss.ss..s......s.
    website             .......................s
";

/// The fields of the answer on the lead page.
const LEAD: &str = "
    id                  .....s..ss.ss..ss.....s.
    account             .....s..s...s..ss.......
    addresses           .....s...s............s.
    contact             .....s..s...s..ss.......
    converted_account   .........s..............
    converted_at        .........s......s.......
    converted_contact   .........s..............
    created_at          .....s..ss.ss..ss.....s.
    custom_fields       ........ss.ss..s......s.
    email_addresses     .....s..ss.s..........s.
    first_name          .....s..ss............s.
    last_activity_at    ........ss..s...........
    last_name           .....s..ss............s.
    lead_source         .....s..ss..s..ss.....s.
    lead_type           ........s...............
    owner               .....s..ss.ss..ss.....s.
    phone_numbers       .....s...s.s..........s.
    status              ........s..ss.........s.
    title               .....s..ss.ss..s......s.
    updated_at          .....s..ss.ss..ss.....s.
    urls                ...........s...s......s.
";

/// The rows of an object's fields, those without integrations left out, sorted by name.
fn rows(schema: &Value) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, field)| field["x-integrations"].is_object())
        .map(|(name, field)| (name.clone(), row(field)))
        .collect();
    rows.sort();
    rows
}

fn expected(text: &str) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = table(text)
        .into_iter()
        .map(|(name, row)| (name.to_owned(), row.to_owned()))
        .collect();
    rows.sort();
    rows
}

/// Two tables as one: what either lists is listed. `first` says what is required.
fn united(first: &str, second: &str) -> Vec<(String, String)> {
    let (first, second) = (table(first), table(second));
    let find = |rows: &[(&str, &str)], name: &str| {
        rows.iter().find(|(field, _)| *field == name).map_or_else(
            || ".".repeat(INTEGRATIONS.len()),
            |(_, row)| (*row).to_owned(),
        )
    };
    let mut names: Vec<&str> = first.iter().chain(&second).map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let row = find(&first, name)
                .chars()
                .zip(find(&second, name).chars())
                .map(|pair| match pair {
                    ('r', _) => 'r',
                    ('.', '.') => '.',
                    _ => 's',
                })
                .collect();
            (name.to_owned(), row)
        })
        .collect()
}

#[test]
fn every_support_block_of_the_contact_pages_is_in_the_document() {
    let document = Document::read(Api::Truto);
    assert_eq!(rows(document.request("contacts_create")), expected(CREATE));
    assert_eq!(
        rows(document.at("/components/schemas/Contact")),
        united(CONTACT, OLDER_CONTACT)
    );
    assert_eq!(
        row(document.parameter("contacts_create", "workspace")),
        ".......r................"
    );
}

#[test]
fn every_support_block_of_the_lead_page_is_in_the_document() {
    let document = Document::read(Api::Truto);
    assert_eq!(
        rows(document.request("leads_update")),
        expected(LEAD_UPDATE)
    );
    assert_eq!(
        rows(document.at("/components/schemas/Lead")),
        expected(LEAD)
    );
}

#[test]
fn an_update_of_a_contact_unites_the_two_contact_pages() {
    let document = Document::read(Api::Truto);
    assert_eq!(
        rows(document.request("contacts_update")),
        united(OLDER_UPDATE, CREATE)
    );
    let of = |id: &str| -> Vec<String> {
        let mut fields = fields(document.request(id));
        fields.sort();
        fields
    };
    let mut created = of("contacts_create");
    created.push("etag string".to_owned());
    created.sort();
    assert_eq!(of("contacts_update"), created);
}

#[test]
fn the_tables_hold_as_many_blocks_as_the_pages_print() {
    let newer = table(CREATE).len() + table(CONTACT).len() + 1;
    let leads = table(LEAD_UPDATE).len() + table(LEAD).len();
    assert_eq!(newer + leads, 76);
    assert_eq!(table(OLDER_UPDATE).len() + table(OLDER_CONTACT).len(), 24);
}

#[test]
fn the_values_of_one_integration_are_kept_apart() {
    let document = Document::read(Api::Truto);
    let fields = &document.request("leads_update")["properties"];
    assert_eq!(
        fields["status"]["x-integration-values"],
        serde_json::json!({
            "Monday CRM": ["attempted to contact", "new lead", "contacted", "unqualified", "qualified"],
            "Zendesk Sell": ["new", "working", "unqualified"],
        })
    );
    let dynamics = &fields["lead_source"]["x-integration-values"];
    assert_eq!(dynamics.as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(
        dynamics["Microsoft Dynamics 365 Sales"],
        document.resolve(&fields["lead_source"])["enum"]
    );
}

#[test]
fn no_integration_name_is_misspelt() {
    /// Integrations that occur for whole operations only.
    const OPERATIONS_ONLY: [&str; 2] = ["Accelo", "ActiveCampaign"];
    let document = Document::read(Api::Truto);
    let mut seen = 0;
    document.walk(&mut |pointer, value| {
        let inside = pointer.rsplit('/').next().unwrap_or_default();
        if inside.starts_with("x-integration") {
            for name in value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
            {
                seen += 1;
                assert!(
                    INTEGRATIONS.contains(&name.as_str())
                        || OPERATIONS_ONLY.contains(&name.as_str()),
                    "{pointer}: {name}"
                );
            }
        }
    });
    assert!(seen > 900, "{seen} names seen");
}

#[test]
fn every_operation_whose_page_lists_integrations_lists_them() {
    let document = Document::read(Api::Truto);
    for (id, expected) in [
        ("contacts_list", 26),
        ("contacts_update", 24),
        ("contacts_delete", 23),
        ("contacts_batch_delete", 2),
        ("leads_list", 11),
        ("leads_get", 11),
        ("leads_delete", 10),
    ] {
        let listed = document.operation(id)["x-integrations"].as_object();
        assert_eq!(listed.map(serde_json::Map::len), Some(expected), "{id}");
    }
    let partial = &document.operation("contacts_list")["x-integration-notes"];
    for name in ["Freshsales", "HubSpot", "Nutshell"] {
        assert_eq!(partial[name], serde_json::json!(["partial"]), "{name}");
    }
    assert_eq!(partial.as_object().map(serde_json::Map::len), Some(3));
}
