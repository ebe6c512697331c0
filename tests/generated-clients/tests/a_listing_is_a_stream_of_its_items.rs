//! A listing of a published client is a stream that gives every item once, ends at the API's own end mark, and keeps an
//! item that is not as documented apart from the others.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{ErrorKind, Listing, ListingError, Position};
use generated_clients::{Behaviour, FaultServer, Reply, Request};
use serde_json::{Value, json};

const ACCOUNT: &str = "6f1c3a52-0d6e-4a53-9a37-2f3f7d3c9b10";

/// A server that has the page `body(value)` for the query parameter `name`, whose value is empty where it is not set.
fn server(name: &'static str, body: impl Fn(&str) -> Value + Send + Sync + 'static) -> FaultServer {
    FaultServer::start(move |request: &Request, _: usize| {
        let pairs = request
            .query()
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let value = pairs
            .filter(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .next_back();
        Behaviour::answer(Reply::new(200).json(&body(value.unwrap_or_default()).to_string()))
    })
    .unwrap()
}

fn truto(server: &FaultServer) -> truto_client::Client {
    let builder = truto_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

fn thelinks(server: &FaultServer) -> thelinks_client::Client {
    let builder = thelinks_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

/// The ids of what a listing gives, `!` for an item that is not as documented, and what ended it.
async fn ids<T, E>(
    listing: &mut Listing<T, E>,
    id: impl Fn(T) -> Option<String>,
) -> (Vec<String>, Option<ListingError<E>>) {
    let mut ids = Vec::new();
    loop {
        match listing.next().await {
            Some(Ok(item)) => ids.push(id(item).unwrap_or_default()),
            Some(Err(ListingError::Item(_))) => ids.push("!".to_owned()),
            Some(Err(error)) => return (ids, Some(error)),
            None => return (ids, None),
        }
    }
}

fn pages_of_truto(cursor: &str) -> Value {
    match cursor {
        "" => json!({"result": [{"id": "1"}, {"id": "2"}], "next_cursor": "b"}),
        "b" => json!({"result": [], "next_cursor": "c"}),
        "c" => json!({"result": [{"id": "3"}, {"id": 4}, "5", {"id": "6"}], "next_cursor": null}),
        _ => json!({"result": "no such page"}),
    }
}

#[tokio::test]
async fn a_cursor_is_followed_to_its_end_and_an_odd_item_stands_apart() {
    let server = server("next_cursor", pages_of_truto);
    let client = truto(&server);
    let listing = client
        .contacts_list()
        .integrated_account_id(ACCOUNT)
        .limit(2);
    let (ids, error) = ids(&mut listing.stream(), |contact| contact.id).await;
    assert_eq!(ids, ["1", "2", "3", "!", "!", "6"]);
    assert!(error.is_none());
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert!(request.query().contains("limit=2"));
        assert!(request.query().contains(ACCOUNT));
    }
}

#[tokio::test]
async fn an_odd_item_is_told_with_its_place_and_nothing_of_it() {
    let server = server("next_cursor", pages_of_truto);
    let client = truto(&server);
    let mut listing = client
        .contacts_list()
        .integrated_account_id(ACCOUNT)
        .next_cursor("c")
        .stream();
    assert!(listing.next().await.unwrap().is_ok());
    let Some(Err(ListingError::Item(rejected))) = listing.next().await else {
        panic!("an item that is not as documented");
    };
    assert_eq!((rejected.index, rejected.line), (1, 1));
    assert_eq!(rejected.json.get(), r#"{"id":4}"#);
    let printed = format!("{rejected} {rejected:?}");
    assert!(
        !printed.contains('4') && printed.contains("item 1"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_page_keeps_its_good_items_beside_a_bad_one() {
    let server = server("next_cursor", pages_of_truto);
    let client = truto(&server);
    let call = client
        .contacts_list()
        .integrated_account_id(ACCOUNT)
        .next_cursor("c");
    let page = call.send().await.unwrap();
    let Some(truto_client::types::ContactsListResponseResult::Array(items)) = &page.result else {
        panic!("a list");
    };
    assert_eq!((items.len(), items.rejected().len()), (2, 2));
    // Written again, every item stands where it stood.
    let again = serde_json::to_value(&*page).unwrap();
    assert_eq!(again["result"], pages_of_truto("c")["result"]);
}

#[tokio::test]
async fn items_under_keys_are_given_too() {
    let body = json!({"result": {"a@x.example": {"id": "1"}, "b@x.example": {"id": "2"}}, "next_cursor": null});
    let server = server("next_cursor", move |_| body.clone());
    let client = truto(&server);
    let listing = client
        .contacts_list()
        .integrated_account_id(ACCOUNT)
        .truto_key_by("email");
    let (ids, error) = ids(&mut listing.stream(), |contact| contact.id).await;
    assert_eq!(ids, ["1", "2"]);
    assert!(error.is_none());
}

#[tokio::test]
async fn a_partial_page_is_an_error_unless_it_is_accepted() {
    let pages = |cursor: &str| {
        json!({"result": [{"id": cursor}], "is_partial_response": true,
            "next_cursor": cursor.is_empty().then_some("b")})
    };
    let server = server("next_cursor", pages);
    let client = truto(&server);
    let listing = || {
        client
            .contacts_list()
            .integrated_account_id(ACCOUNT)
            .stream()
    };
    let (strict, error) = ids(&mut listing(), |contact| contact.id).await;
    assert_eq!(strict, [""]);
    assert!(matches!(error, Some(ListingError::Partial)));
    let (accepted, error) = ids(&mut listing().accept_partial(), |contact| contact.id).await;
    assert_eq!(accepted, ["", "b"]);
    assert!(error.is_none());
}

#[tokio::test]
async fn a_page_without_its_items_is_an_error_and_no_end() {
    for body in [
        json!({}),
        json!({"result": null}),
        json!({"result": 7}),
        json!([]),
        json!(null),
    ] {
        let body_text = body.to_string();
        let server = server("next_cursor", move |_| body.clone());
        let client = truto(&server);
        let mut listing = client
            .contacts_list()
            .integrated_account_id(ACCOUNT)
            .stream();
        let (given, error) = ids(&mut listing, |contact| contact.id).await;
        assert!(given.is_empty());
        let Some(ListingError::Call(error)) = error else {
            panic!("{body_text}: no error");
        };
        assert_eq!(error.kind(), ErrorKind::Decode, "{body_text}");
    }
}

#[tokio::test]
async fn numbered_pages_are_followed_to_the_last_one() {
    let pages = |page: &str| {
        let number: u32 = page.parse().unwrap_or(1);
        json!({"data": [{"_id": format!("{number}a")}, {"_id": format!("{number}b")}],
            "page": number, "limit": 2, "totalPages": 3, "totalResults": 6})
    };
    let server = server("page", pages);
    let client = thelinks(&server);
    let (all, error) = ids(&mut client.contacts_list().limit(2).stream(), |contact| {
        contact.id
    })
    .await;
    assert_eq!(all.len(), 6);
    assert!(error.is_none());
    assert_eq!(server.requests().len(), 3);
    let (rest, _) = ids(&mut client.contacts_list().page(3).stream(), |contact| {
        contact.id
    })
    .await;
    assert_eq!(rest.len(), 2);
}

#[tokio::test]
async fn pages_of_an_unknown_number_end_with_an_empty_one() {
    let pages = |page: &str| {
        let items = if page == "3" {
            json!([])
        } else {
            json!([{ "id": page }])
        };
        json!({"data": items})
    };
    let server = server("page", pages);
    let (all, error) = ids(&mut thelinks(&server).contacts_list().stream(), |contact| {
        contact.id
    })
    .await;
    assert_eq!(
        (all.len(), error.is_none(), server.requests().len()),
        (2, true, 3)
    );
}

#[tokio::test]
async fn a_listing_is_taken_up_from_a_place_that_was_written_down() {
    let server = server("next_cursor", pages_of_truto);
    let client = truto(&server);
    let call = || client.contacts_list().integrated_account_id(ACCOUNT);
    for given in 0..6 {
        let mut first = call().stream();
        let mut ids_given = Vec::new();
        for _ in 0..given {
            ids_given.push(first.next().await.unwrap().is_ok());
        }
        let written = serde_json::to_string(first.position()).unwrap();
        let position: Position = serde_json::from_str(&written).unwrap();
        let (rest, error) = ids(&mut call().stream_from(position), |contact| contact.id).await;
        assert!(error.is_none());
        assert_eq!(
            rest,
            ["1", "2", "3", "!", "!", "6"][given..],
            "after {given}"
        );
    }
}

#[tokio::test]
async fn a_place_of_another_listing_is_refused() {
    let server = server("page", |_| json!({"data": [{}], "totalPages": 1}));
    let cursor = Some("b2Zmc2V0".to_owned());
    let position = Position { cursor, given: 0 };
    let client = thelinks(&server);
    let mut listing = client.contacts_list().stream_from(position);
    let (_, error) = ids(&mut listing, |contact| contact.id).await;
    assert!(matches!(error, Some(ListingError::Call(_))));
}

#[tokio::test]
async fn a_listing_can_be_moved_to_another_task() {
    let server = server("next_cursor", pages_of_truto);
    let mut listing = {
        let client = truto(&server);
        client
            .contacts_list()
            .integrated_account_id(ACCOUNT)
            .stream()
    };
    let task = tokio::spawn(async move { ids(&mut listing, |contact| contact.id).await.0 });
    assert_eq!(task.await.unwrap().len(), 6);
}
