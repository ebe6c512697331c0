//! The types of all bodies, field by field.

use std::collections::BTreeSet;

use facts::shape::{fields, shape};
use facts::{Api, Document};
use serde_json::{Value, json};

fn assert_fields(document: &Document, schema: &Value, expected: &str) {
    let mut found = fields(document.resolve(schema));
    found.sort();
    let mut expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

fn component(document: &Document, name: &str, expected: &str) {
    assert_fields(
        document,
        document.at(&format!("/components/schemas/{name}")),
        expected,
    );
}

#[test]
fn a_new_contact_has_the_fields_of_the_page() {
    let truto = Document::read(Api::Truto);
    assert_fields(
        &truto,
        truto.request("contacts_create"),
        "
        account AccountInput
        addresses [AddressInput]
        created_at string(date-time)
        custom_fields {any}
        description any
        email_addresses [EmailAddressInput]
        first_name string
        job_title any
        last_name string
        name string
        owner OwnerInput
        phone_number any
        phone_numbers [PhoneNumberInput]
        phone_numbesr any
        remote_data {any}
        tags [TagInput]
        title string
        ",
    );
    component(&truto, "AccountInput", "id! string\nname string");
    component(
        &truto,
        "AddressInput",
        "
        city string
        country string
        id string
        postal_code string
        state string
        street_1 string
        street_2 string
        type string
        ",
    );
    component(
        &truto,
        "EmailAddressInput",
        "email! string\nid string\ntype string",
    );
    component(&truto, "OwnerInput", "id! string");
    component(
        &truto,
        "PhoneNumberInput",
        "number! string\nextension string\nid string\ntype string",
    );
    component(&truto, "TagInput", "id string\nname string");
}

#[test]
fn a_contact_in_an_answer_has_the_fields_of_the_page() {
    let truto = Document::read(Api::Truto);
    component(
        &truto,
        "Contact",
        "
        id! string
        account Account
        addresses [Address]
        created_at string(date-time)
        custom_fields {any}
        email_addresses [EmailAddress]
        etag string
        first_name string
        last_activity_at string(date-time)
        last_name string
        name string
        owner Owner
        phone_numbers [PhoneNumber]
        remote_data {any}
        tags [Tag]
        title string
        updated_at string(date-time)
        urls [Url]
        ",
    );
    component(&truto, "Account", "id string\nname string");
    component(
        &truto,
        "Address",
        "
        city string
        country string
        id string
        postal_code string
        state string
        street_1 string
        street_2 string
        type string
        ",
    );
    component(
        &truto,
        "EmailAddress",
        "email string\nid string\ntype string",
    );
    component(&truto, "Owner", "id string");
    component(
        &truto,
        "PhoneNumber",
        "extension string\nid string\nnumber string\ntype string",
    );
    component(&truto, "Tag", "id string\nname string");
    component(&truto, "Url", "type string\nurl string");
}

#[test]
fn a_change_of_a_lead_has_the_fields_of_the_page() {
    let truto = Document::read(Api::Truto);
    assert_fields(
        &truto,
        truto.request("leads_update"),
        "
        account LeadAccountInput
        addresses [LeadAddressInput]
        contact LeadContactInput
        converted_account ConvertedAccountInput
        converted_contact ConvertedContactInput
        created_at string(date-time)
        custom_fields {any}
        description any
        email_addresses [LeadEmailAddressInput]
        first_name string
        industry any
        last_name string
        lead_source LeadSource
        lead_type string
        name any
        number_of_employees any
        owner LeadOwnerInput
        phone_numbers [LeadPhoneNumberInput]
        remote_data {any}
        status LeadStatus
        title string
        website any
        ",
    );
    for reference in [
        "LeadAccountInput",
        "LeadContactInput",
        "ConvertedAccountInput",
        "ConvertedContactInput",
        "LeadOwnerInput",
    ] {
        component(&truto, reference, "id string");
    }
    component(
        &truto,
        "LeadAddressInput",
        "
        city string
        country string
        postal_code string
        state string
        street_1 string
        street_2 string
        type string
        ",
    );
    component(
        &truto,
        "LeadEmailAddressInput",
        "email! string\ntype! string",
    );
    component(
        &truto,
        "LeadPhoneNumberInput",
        "number! string\ntype! string\nemail string\nextension string\nis_primary string",
    );
}

#[test]
fn a_lead_in_an_answer_has_the_fields_of_the_page() {
    let truto = Document::read(Api::Truto);
    component(
        &truto,
        "Lead",
        "
        id! string
        account LeadAccount
        addresses [LeadAddress]
        contact LeadContact
        converted_account string
        converted_at string(date-time)
        converted_contact string
        created_at string(date-time)
        custom_fields {any}
        email_addresses [LeadEmailAddress]
        first_name string
        last_activity_at string(date-time)
        last_name string
        lead_source string
        lead_type string
        owner LeadOwner
        phone_numbers [LeadPhoneNumber]
        remote_data {any}
        status string
        title string
        updated_at string(date-time)
        urls [Url]
        ",
    );
    for reference in ["LeadAccount", "LeadContact", "LeadOwner"] {
        component(&truto, reference, "id string");
    }
    component(
        &truto,
        "LeadAddress",
        "
        city string
        country string
        postal_code string
        state string
        street_1 string
        street_2 string
        type string
        ",
    );
    component(&truto, "LeadEmailAddress", "email string\ntype string");
    component(
        &truto,
        "LeadPhoneNumber",
        "extension string\nnumber string\ntype string",
    );
}

#[test]
fn a_list_holds_a_page_of_records_and_its_cursors() {
    let truto = Document::read(Api::Truto);
    for (id, record) in [("contacts_list", "Contact"), ("leads_list", "Lead")] {
        assert_fields(
            &truto,
            truto.response(id, "200"),
            &format!(
                "
                result [{record}] | {{{record}}}
                next_cursor string?
                prev_cursor string?
                result_count integer
                is_partial_response boolean
                "
            ),
        );
    }
}

#[test]
fn get_create_update_and_delete_answer_with_the_record() {
    let truto = Document::read(Api::Truto);
    for id in [
        "contacts_get",
        "contacts_create",
        "contacts_update",
        "contacts_delete",
    ] {
        assert_eq!(shape(truto.response(id, "200")), "Contact", "{id}");
    }
    for id in ["leads_get", "leads_update", "leads_delete"] {
        assert_eq!(shape(truto.response(id, "200")), "Lead", "{id}");
    }
}

#[test]
fn several_contacts_are_removed_by_their_ids() {
    let truto = Document::read(Api::Truto);
    assert_fields(
        &truto,
        truto.request("contacts_batch_delete"),
        "id! [any]\nremote_data {any}",
    );
    assert_fields(
        &truto,
        truto.response("contacts_batch_delete", "200"),
        "result any\nid string",
    );
}

#[test]
fn an_error_of_truto_has_its_three_fields_and_the_optional_ones() {
    let truto = Document::read(Api::Truto);
    component(
        &truto,
        "ErrorBody",
        "
        statusCode! integer
        error! string
        message! string
        truto_is_remote_error boolean
        raw_response any
        truto_error_insight any
        ",
    );
}

#[test]
fn thelinks_wraps_a_contact_in_data() {
    let thelinks = Document::read(Api::TheLinks);
    for id in ["contacts_create", "contacts_update"] {
        assert_eq!(shape(thelinks.request(id)), "ContactInput", "{id}");
        assert_eq!(
            shape(thelinks.response(id, "200")),
            "ContactEnvelope",
            "{id}"
        );
    }
    component(&thelinks, "ContactEnvelope", "data Contact");
    assert_fields(
        &thelinks,
        thelinks.response("contacts_list", "200"),
        "data [Contact]\npage integer\nlimit integer\ntotalPages integer\ntotalResults integer",
    );
    component(
        &thelinks,
        "ContactInput",
        "
        email! string
        first_name! string
        last_name string?
        phone string?
        mobile_phone string?
        fax string?
        address string?
        city string?
        country string?
        state string?
        zip string?
        position string?
        unified_customer_id string?
        ",
    );
    component(
        &thelinks,
        "Contact",
        "
        id string
        source_system string
        source_system_img_url string
        source_id string
        external_system_provider_id string
        external_system_config_id string
        external_system_data {any}
        supporting_data_definition_id string
        email string
        first_name string
        last_name string
        phone string
        mobile_phone string
        fax string
        address string
        city string
        country string
        state string
        zip string
        position string
        is_primary boolean
        unified_customer_id string
        source_system_customer_id string
        local_was_deleted boolean
        local_was_updated boolean
        source_data_created_at string(date-time)
        is_active boolean
        ",
    );
}

#[test]
fn the_contact_update_api_takes_and_gives_the_fields_of_its_page() {
    let document = Document::read(Api::ContactUpdate);
    assert_fields(
        &document,
        document.request("contacts_update"),
        "
        first_name string
        last_name string
        second_last_name string
        email string
        phone string
        company_name string
        additional_phones [hidden]
        additional_emails [hidden]
        priority integer
        source string
        country_code string
        language string
        whatsapp_transactional_opt_in boolean
        email_transactional_opt_in boolean
        whatsapp_marketing_opt_in boolean
        email_marketing_opt_in boolean
        external_reference_id string
        external_reference_url string
        skills [hidden]
        custom_attributes [hidden]?
        ",
    );
    assert_fields(
        &document,
        document.response("contacts_update", "200"),
        "
        id string
        first_name string?
        last_name string?
        second_last_name string?
        email string?
        phone string?
        company_name string?
        additional_phones [hidden]?
        additional_emails [hidden]?
        priority integer?
        source string?
        country_code string?
        language string?
        whatsapp_transactional_opt_in boolean?
        email_transactional_opt_in boolean?
        whatsapp_marketing_opt_in boolean?
        email_marketing_opt_in boolean?
        external_reference_id string?
        external_reference_url string?
        ignored boolean?
        is_client boolean?
        last_close_won_reason string?
        last_close_lost_reason string?
        skills [hidden]?
        created_at string?
        updated_at string?
        title string?
        closed_won_reason string?
        closed_lost_reason string?
        custom_attributes [hidden]?
        ",
    );
    for status in ["401", "404"] {
        assert_eq!(
            shape(document.response("contacts_update", status)),
            "object"
        );
    }
}

#[test]
fn known_values_stand_once_in_the_order_of_the_page() {
    let truto = Document::read(Api::Truto);
    let lead = &truto.request("leads_update")["properties"];
    for (schema, values) in [
        (
            truto.at("/components/schemas/ResponseFormat"),
            json!(["unified", "raw", "normalized", "stream", "debug"]),
        ),
        (
            &truto.at("/components/schemas/PhoneNumberInput")["properties"]["type"],
            json!([
                "phone",
                "mobile",
                "fax",
                "work",
                "home",
                "other",
                "assistant"
            ]),
        ),
        (
            &truto.at("/components/schemas/LeadPhoneNumberInput")["properties"]["type"],
            json!(["work", "mobile", "fax", "phone"]),
        ),
        (
            &truto.at("/components/schemas/LeadEmailAddressInput")["properties"]["type"],
            json!(["primary", "secondary"]),
        ),
        (
            truto.resolve(&lead["lead_source"]),
            json!([
                "Advertisement",
                "Employee Referral",
                "External Referral",
                "Partner",
                "Public Relations",
                "Seminar",
                "Trade Show",
                "Web",
                "Word of Mouth",
                "Other"
            ]),
        ),
        (
            truto.resolve(&lead["status"]),
            json!([
                "attempted to contact",
                "new lead",
                "contacted",
                "unqualified",
                "qualified",
                "new",
                "working"
            ]),
        ),
    ] {
        assert_eq!(schema["enum"], values);
        assert_eq!(schema["x-open-enum"], true);
    }
    let contact = Document::read(Api::ContactUpdate);
    let contact = &contact.request("contacts_update")["properties"];
    assert_eq!(contact["priority"]["enum"], json!([1, 2, 3, 4, 5]));
    assert_eq!(
        contact["source"]["enum"],
        json!(["manual", "csv", "api", "call", "whatsapp", "email", "crm"])
    );
}

#[test]
fn every_truto_operation_knows_all_response_formats() {
    let truto = Document::read(Api::Truto);
    for (method, path, operation) in truto.operations() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let format = &truto.parameter(id, "truto_response_format")["schema"];
        assert_eq!(shape(format), "ResponseFormat", "{method} {path}");
        assert_eq!(format["default"], "unified", "{method} {path}");
    }
}

#[test]
fn a_misspelt_field_points_to_its_twin() {
    let truto = Document::read(Api::Truto);
    for id in ["contacts_create", "contacts_update"] {
        let field = &truto.request(id)["properties"]["phone_numbesr"];
        assert_eq!(field["x-misspelling-of"], "phone_numbers", "{id}");
        assert_eq!(field["deprecated"], true, "{id}");
    }
}

#[test]
fn request_and_response_types_are_separate() {
    for api in Api::ALL {
        let document = Document::read(api);
        let mut sent = BTreeSet::new();
        let mut answered = BTreeSet::new();
        for (_, _, operation) in document.operations() {
            collect(&document, &operation["requestBody"], &mut sent);
            collect(&document, &operation["parameters"], &mut sent);
            collect(&document, &operation["responses"], &mut answered);
        }
        let both: Vec<&String> = sent.intersection(&answered).collect();
        assert_eq!(both, Vec::<&String>::new(), "{api:?}");

        let all = document.value.pointer("/components/schemas");
        for (name, _) in all.and_then(Value::as_object).into_iter().flatten() {
            assert!(
                sent.contains(name) || answered.contains(name),
                "{api:?}: nothing uses {name}"
            );
        }
    }
}

/// Adds the names of all components that a part of the document reaches.
fn collect(document: &Document, part: &Value, names: &mut BTreeSet<String>) {
    match part {
        Value::Object(object) => {
            for (key, value) in object {
                if let ("$ref", Some(reference)) = (key.as_str(), value.as_str()) {
                    let name = reference.rsplit('/').next().unwrap_or_default();
                    if names.insert(name.to_owned()) {
                        let pointer = reference.trim_start_matches('#');
                        collect(document, document.at(pointer), names);
                    }
                } else {
                    collect(document, value, names);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(document, item, names);
            }
        }
        _ => {}
    }
}
