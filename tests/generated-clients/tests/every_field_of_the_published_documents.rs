//! Over every field of every body and answer of the three derived documents: what an update sends, and what an answer
//! may lack, hold instead, or have besides.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use generated_clients::{
    Behaviour, FaultServer, Reply, answering, body,
    document::{Document, Leaf},
};
use serde_json::{Value, json};

fn truto(server: &FaultServer) -> truto_client::Client {
    let builder = truto_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

fn thelinks(server: &FaultServer) -> thelinks_client::Client {
    let builder = thelinks_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

fn contact_update(server: &FaultServer) -> contact_update_client::Client {
    let builder = contact_update_client::Client::builder().base_url(server.url());
    builder.api_key("k3y").build().unwrap()
}

/// Sends each value as the body of one operation and compares what arrives; returns how many there were.
macro_rules! sent {
    ($leaf:expr, $api:literal, $client:ident, $operation:ident, $body:ty, $($parameter:ident: $argument:expr),*) => {{
        let document = Document::of($api).unwrap();
        let values = document.values(document.body(stringify!($operation)), $leaf);
        let server = answering(200, "{}").unwrap();
        let client = $client(&server);
        for value in &values {
            let typed: $body = serde_json::from_value(value.clone())
                .unwrap_or_else(|error| panic!("{value}: {error}"));
            client.$operation()$(.$parameter($argument))*.body(typed).send().await.unwrap();
        }
        for (request, value) in server.requests().iter().zip(&values) {
            let arrived: Value = serde_json::from_str(&body(request)).unwrap();
            assert_eq!(arrived, *value, "{} of {}", stringify!($operation), $api);
        }
        assert_eq!(server.requests().len(), values.len());
        values.len()
    }};
}

async fn sent_everywhere(leaf: Leaf) -> [usize; 7] {
    let account = "6f1c3a52-0d6e-4a53-9a37-2f3f7d3c9b10";
    [
        sent!(leaf, "truto", truto, contacts_create, truto_client::types::ContactsCreateRequest,
            integrated_account_id: account),
        sent!(leaf, "truto", truto, contacts_update, truto_client::types::ContactsUpdateRequest,
            integrated_account_id: account, id: "1"),
        sent!(leaf, "truto", truto, contacts_batch_delete, truto_client::types::ContactsBatchDeleteRequest,
            integrated_account_id: account),
        sent!(leaf, "truto", truto, leads_update, truto_client::types::LeadsUpdateRequest,
            integrated_account_id: account, id: "1"),
        sent!(
            leaf,
            "thelinks",
            thelinks,
            contacts_create,
            thelinks_client::types::ContactInput,
        ),
        sent!(leaf, "thelinks", thelinks, contacts_update, thelinks_client::types::ContactInput,
            unified_contact_id: "1"),
        sent!(leaf, "contact-update", contact_update, contacts_update,
            contact_update_client::types::ContactsUpdateRequest, id: "1"),
    ]
}

#[tokio::test]
async fn a_list_that_was_set_to_empty_is_sent_as_empty_in_every_body() {
    let counts = sent_everywhere(|schema| (schema["type"] == "array").then(|| json!([]))).await;
    assert!(counts.iter().sum::<usize>() > 15, "{counts:?}");
}

#[tokio::test]
async fn null_is_sent_for_every_field_that_may_be_null() {
    let counts =
        sent_everywhere(|schema| (schema["nullable"] == true).then_some(Value::Null)).await;
    assert!(
        counts[4] > 3 && counts[5] > 3 && counts[6] > 0,
        "{counts:?}"
    );
}

#[tokio::test]
async fn an_unknown_value_of_an_open_enum_is_sent_in_every_body() {
    let counts = sent_everywhere(|schema| {
        (schema["x-open-enum"] == true).then(|| json!("Never Documented"))
    })
    .await;
    assert!(counts.iter().sum::<usize>() > 3, "{counts:?}");
}

/// Lets the server answer with each value, and hands the encoded answers back.
macro_rules! answered {
    ($values:expr, $api:literal, $client:ident, $operation:ident, $($parameter:ident: $argument:expr),*) => {{
        let document = Document::of($api).unwrap();
        let values: Vec<Value> = $values(&document, document.answer(stringify!($operation), "200"));
        let texts: Vec<String> = values.iter().map(Value::to_string).collect();
        let server = FaultServer::start(move |_: &_, seen: usize| {
            Behaviour::answer(Reply::new(200).json(&texts[seen]))
        })
        .unwrap();
        let client = $client(&server);
        let mut pairs = Vec::new();
        for value in values {
            let answer = client
                .$operation()$(.$parameter($argument))*
                .send()
                .await
                .unwrap_or_else(|error| panic!("{value}: {error}"));
            pairs.push((value, serde_json::to_value(&*answer).unwrap()));
        }
        pairs
    }};
}

async fn answered_everywhere(
    values: fn(&Document, &Value) -> Vec<Value>,
) -> Vec<Vec<(Value, Value)>> {
    let account = "6f1c3a52-0d6e-4a53-9a37-2f3f7d3c9b10";
    let email = thelinks_client::types::ContactInput::new("a@b.example", "Ann");
    let delete = truto_client::types::ContactsBatchDeleteRequest::new(Vec::new());
    let create = truto_client::types::ContactsCreateRequest::new();
    let update = truto_client::types::ContactsUpdateRequest::new();
    let lead = truto_client::types::LeadsUpdateRequest::new();
    let change = contact_update_client::types::ContactsUpdateRequest::new();
    vec![
        answered!(values, "truto", truto, contacts_list, integrated_account_id: account),
        answered!(values, "truto", truto, contacts_get, integrated_account_id: account, id: "1"),
        answered!(values, "truto", truto, contacts_create, integrated_account_id: account, body: create.clone()),
        answered!(values, "truto", truto, contacts_update, integrated_account_id: account, id: "1", body: update.clone()),
        answered!(values, "truto", truto, contacts_delete, integrated_account_id: account, id: "1"),
        answered!(values, "truto", truto, contacts_batch_delete, integrated_account_id: account, body: delete.clone()),
        answered!(values, "truto", truto, leads_list, integrated_account_id: account),
        answered!(values, "truto", truto, leads_get, integrated_account_id: account, id: "1"),
        answered!(values, "truto", truto, leads_update, integrated_account_id: account, id: "1", body: lead.clone()),
        answered!(values, "truto", truto, leads_delete, integrated_account_id: account, id: "1"),
        answered!(values, "thelinks", thelinks, contacts_create, body: email.clone()),
        answered!(values, "thelinks", thelinks, contacts_update, unified_contact_id: "1", body: email.clone()),
        answered!(values, "thelinks", thelinks, contacts_list,),
        answered!(values, "contact-update", contact_update, contacts_update, id: "1", body: change.clone()),
    ]
}

fn count(answers: &[Vec<(Value, Value)>]) -> usize {
    answers.iter().map(Vec::len).sum()
}

#[tokio::test]
async fn an_answer_decodes_when_any_field_is_null_and_when_all_are_missing() {
    let answers = answered_everywhere(|document, schema| {
        let mut values = document.values(schema, |_| Some(Value::Null));
        values.push(json!({}));
        values
    })
    .await;
    for pairs in &answers {
        assert!(pairs.len() > 1);
    }
}

#[tokio::test]
async fn an_unknown_field_is_kept_in_every_object_of_an_answer() {
    let answers = answered_everywhere(|document, schema| {
        let mut values = document.values(schema, |schema| {
            let is_record = schema["properties"].is_object();
            is_record.then(|| json!({ "never documented": { "x": [1, null] } }))
        });
        values.push(json!({ "never documented": 1.5 }));
        values
    })
    .await;
    for (answer, kept) in answers.iter().flatten() {
        assert_eq!(kept, answer);
    }
    assert!(count(&answers) > 30, "{}", count(&answers));
}
