//! A listing gives every item once, whatever the API does with its cursors, and never goes round for ever.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{
    CallOptions, Core, Error, Listing, ListingError, Page, PageEnd, Position, next_page,
};
use fault_server::{Behaviour, FaultServer, Reply};
use runtime_promises::{API, builder, get};
use serde_json::{Value, json};
use std::convert::Infallible;

/// A server that has the page `body(cursor)` under `/things/{cursor}`; the first one is called `start`.
fn server(body: impl Fn(&str) -> Value + Send + Sync + 'static) -> FaultServer {
    FaultServer::start(move |request: &fault_server::Request, _: usize| {
        let cursor = request.path().rsplit('/').next().unwrap();
        Behaviour::answer(Reply::new(200).json(&body(cursor).to_string()))
    })
    .unwrap()
}

/// A page as an API with cursors gives it.
fn page(items: &[u64], next: Option<&str>) -> Value {
    json!({"result": items, "next_cursor": next})
}

async fn fetch(core: &Core, cursor: Option<String>) -> Result<Page<u64>, Error> {
    let answer = get(
        core,
        cursor.as_deref().unwrap_or("start"),
        CallOptions::new().no_retries(),
    )
    .await?;
    if answer.status() != 200 {
        return Err(answer.undocumented());
    }
    let text = answer.to_bytes();
    let body = answer.json::<Value, Infallible>()?.into_inner();
    let items = serde_json::from_value(body["result"].clone()).unwrap();
    let next = if body["is_numbered"] == true {
        next_page(cursor.as_deref(), 1, PageEnd::default(), false).unwrap()
    } else {
        body["next_cursor"].as_str().map(str::to_owned)
    };
    let is_partial = body["is_partial_response"] == true;
    Ok(Page::new(items, next).partial(is_partial).text(text))
}

/// The items that are given from `position` on, what ends the listing, and where it is then.
async fn list_from(
    server: &FaultServer,
    position: Position,
) -> (Vec<u64>, Option<ListingError<Infallible>>, Position) {
    let core = builder(&API, server).build().unwrap();
    let mut listing = Listing::resume(position, move |cursor| {
        let core = core.clone();
        async move { fetch(&core, cursor).await }
    })
    .max_pages(1200);
    let mut items = Vec::new();
    loop {
        match listing.next().await {
            Some(Ok(item)) => items.push(item),
            Some(Err(error)) => {
                assert!(
                    listing.next().await.is_none(),
                    "the stream goes on after an error"
                );
                return (items, Some(error), listing.position().clone());
            }
            None => return (items, None, listing.position().clone()),
        }
    }
}

async fn list(server: &FaultServer) -> (Vec<u64>, Option<ListingError<Infallible>>, Position) {
    list_from(server, Position::default()).await
}

#[tokio::test]
async fn every_item_is_given_once_in_order() {
    let server = server(|cursor| match cursor {
        "start" => page(&[1, 2], Some("b")),
        "b" => page(&[], Some("c")),
        "c" => page(&[3], None),
        _ => panic!("no such page"),
    });
    let (items, error, _) = list(&server).await;
    assert_eq!(items, [1, 2, 3]);
    assert!(error.is_none());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error() {
    let server = server(|cursor| match cursor {
        "start" => page(&[1], Some("b")),
        _ => page(&[2], Some("b")),
    });
    let (items, error, _) = list(&server).await;
    assert_eq!(items, [1, 2]);
    assert!(matches!(error, Some(ListingError::RepeatedCursor)));
}

#[tokio::test]
async fn the_first_page_under_a_cursor_is_not_given_again() {
    let server = server(|_| page(&[1], Some("b")));
    let (items, error, _) = list(&server).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(ListingError::RepeatedCursor)));
}

#[tokio::test]
async fn a_cycle_of_cursors_is_an_error_before_an_item_is_given_twice() {
    let server = server(|cursor| {
        let number: u64 = cursor.parse().unwrap_or(0);
        page(&[number], Some(&((number % 50) + 1).to_string()))
    });
    let (items, error, _) = list(&server).await;
    assert_eq!(items, (0..=50).collect::<Vec<_>>());
    assert!(matches!(error, Some(ListingError::RepeatedCursor)));
}

#[tokio::test]
async fn endless_pages_are_an_error() {
    let next = |cursor: &str| (cursor.parse().unwrap_or(0_u64) + 1).to_string();
    let empty = server(move |cursor| page(&[], Some(&next(cursor))));
    assert!(matches!(
        list(&empty).await.1,
        Some(ListingError::TooManyEmptyPages)
    ));
    let full = server(move |cursor| page(&[1], Some(&next(cursor))));
    let (items, error, _) = list(&full).await;
    assert!(matches!(error, Some(ListingError::TooManyPages)));
    assert_eq!(items.len(), 1200);
}

#[tokio::test]
async fn a_partial_page_gives_its_items_and_then_an_error() {
    let server =
        server(|_| json!({"result": [1, 2], "next_cursor": "b", "is_partial_response": true}));
    let (items, error, _) = list(&server).await;
    assert_eq!(items, [1, 2]);
    assert!(matches!(error, Some(ListingError::Partial)));
}

#[tokio::test]
async fn a_listing_is_taken_up_where_it_broke_off() {
    let pages = |request: &fault_server::Request, seen: usize| {
        if seen == 1 {
            return Behaviour::drop();
        }
        let body = match request.path() {
            "/things/start" => page(&[1, 2], Some("b")),
            _ => page(&[3, 4], None),
        };
        Behaviour::answer(Reply::new(200).json(&body.to_string()))
    };
    let server = FaultServer::start(pages).unwrap();
    let (mut items, error, position) = list(&server).await;
    assert!(matches!(error, Some(ListingError::Call(_))));
    let (rest, error, _) = list_from(&server, position).await;
    assert!(error.is_none());
    items.extend(rest);
    assert_eq!(items, [1, 2, 3, 4]);
}

#[tokio::test]
async fn no_more_than_one_page_is_fetched_ahead() {
    let server = server(|cursor| {
        let number: u64 = cursor.parse().unwrap_or(0);
        page(
            &[number; 100],
            (number < 9).then(|| (number + 1).to_string()).as_deref(),
        )
    });
    let core = builder(&API, &server).build().unwrap();
    let mut listing = Listing::new(move |cursor| {
        let core = core.clone();
        async move { fetch(&core, cursor).await }
    });
    for given in 0..1000 {
        let item: Result<u64, ListingError<Infallible>> = listing.next().await.unwrap();
        assert_eq!(item.unwrap(), given / 100);
        let asked = u64::try_from(server.requests().len()).unwrap();
        assert!(
            asked <= given / 100 + 2,
            "{asked} pages asked for after {given} items"
        );
        tokio::task::yield_now().await;
    }
}

/// An API whose pages are numbered and which says no total may give its last page for every number from there on.
#[tokio::test]
async fn a_page_under_another_number_is_not_given_again() {
    let server = server(|cursor| {
        let number = cursor.parse().unwrap_or(1_u64);
        json!({"result": [number.min(3)], "is_numbered": true})
    });
    let (items, error, _) = list(&server).await;
    assert_eq!(items, [1, 2, 3]);
    assert!(matches!(error, Some(ListingError::RepeatedPage)));
    assert_eq!(server.requests().len(), 4);
}
