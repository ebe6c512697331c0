//! Arrays as `name[]=a&name[]=b`, objects as `name[key]=value` to any depth, free-form objects, and the rest.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use client_runtime::{Json, Open};
use generated_clients::{answering, parcels};
use parcels_client::types::{Kind, ParcelsListFilter, ParcelsListFilterWeight, ParcelsListPage};

async fn query_of<'a, F>(fill: F) -> String
where
    F: for<'b> FnOnce(
        parcels_client::builder::ParcelsList<'b>,
    ) -> parcels_client::builder::ParcelsList<'b>,
{
    let server = answering(200, "[]").unwrap();
    let client = parcels(&server).unwrap();
    fill(client.parcels_list()).send().await.unwrap();
    server.requests()[0].query().to_owned()
}

#[tokio::test]
async fn arrays_in_brackets_repeat_their_name() {
    let query = query_of(|list| list.kinds([Kind::Letter, Kind::SmallBox])).await;
    assert_eq!(query, "kinds%5B%5D=letter&kinds%5B%5D=small%20box");
}

#[tokio::test]
async fn undocumented_values_of_an_open_enum_are_sent_as_they_are() {
    let query = query_of(|list| list.kinds([Open::<Kind>::new("crate & lid")])).await;
    assert_eq!(query, "kinds%5B%5D=crate%20%26%20lid");
}

#[tokio::test]
async fn arrays_without_brackets_are_repeated_or_joined_as_documented() {
    let query = query_of(|list| list.tags(["a", "b"]).ids([1, 2]).lanes(["x", "y"])).await;
    assert_eq!(query, "ids=1,2&tags=a&tags=b&lanes=x%7Cy");
}

#[tokio::test]
async fn objects_nest_their_keys_in_brackets_to_any_depth() {
    let weight = ParcelsListFilterWeight::new().with_gt(2.5).with_in([1, 2]);
    let filter = ParcelsListFilter::new()
        .with_owner("Ann & Co")
        .with_weight(weight);
    let query = query_of(|list| list.filter(filter)).await;
    assert_eq!(
        query,
        "filter%5Bowner%5D=Ann%20%26%20Co&filter%5Bweight%5D%5Bgt%5D=2.5&filter%5Bweight%5D%5Bin%5D%5B%5D=1&filter%5Bweight%5D%5Bin%5D%5B%5D=2"
    );
}

#[tokio::test]
async fn free_form_objects_nest_likewise() {
    let remote: BTreeMap<String, Json> = [
        (
            "deep".to_owned(),
            Json::from(serde_json::json!({"b": {"c": ["d", {"e": true}]}})),
        ),
        ("flat".to_owned(), Json::from(serde_json::json!("x"))),
    ]
    .into();
    let query = query_of(|list| list.remote(remote)).await;
    assert_eq!(
        query,
        "remote%5Bdeep%5D%5Bb%5D%5Bc%5D%5B%5D=d&remote%5Bdeep%5D%5Bb%5D%5Bc%5D%5B1%5D%5Be%5D=true&remote%5Bflat%5D=x"
    );
}

#[tokio::test]
async fn a_form_object_spreads_its_keys() {
    let query =
        query_of(|list| list.page(ParcelsListPage::new().with_limit(5).with_cursor("c/d"))).await;
    assert_eq!(query, "cursor=c%2Fd&limit=5");
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    assert_eq!(query_of(|list| list).await, "");
    assert_eq!(query_of(|list| list.tags(Vec::<String>::new())).await, "");
}
