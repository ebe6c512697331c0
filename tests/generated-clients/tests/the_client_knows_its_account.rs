//! The connected account is named once, when the client is built: by its id, or as the one that the token belongs to.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{AccountPlace, ConnectedAccount, ErrorKind, Request};
use generated_clients::{FaultServer, answering};
use truto_client::{Client, ClientBuilder};

fn builder(server: &FaultServer) -> ClientBuilder {
    Client::builder()
        .base_url(server.url())
        .bearer_token("t0ken")
}

/// The queries that came in so far.
fn queries(server: &FaultServer) -> Vec<String> {
    server
        .requests()
        .iter()
        .map(|request| request.query().to_owned())
        .collect()
}

#[tokio::test]
async fn calls_name_the_clients_account_unless_they_name_another() {
    let server = answering(200, "{}").unwrap();
    let client = builder(&server)
        .integrated_account_id("first")
        .build()
        .unwrap();
    client.contacts_get().id("1").send().await.unwrap();
    client
        .contacts_get()
        .id("1")
        .integrated_account_id("own")
        .send()
        .await
        .unwrap();
    client.clone().set_integrated_account_id("second");
    client.contacts_get().id("1").send().await.unwrap();
    let accounts = ["first", "own", "second"].map(|id| format!("integrated_account_id={id}"));
    assert_eq!(queries(&server), accounts);
    assert!(!format!("{client:?}").contains("second"));
}

#[tokio::test]
async fn a_token_of_one_account_needs_no_name() {
    let server = answering(200, "{}").unwrap();
    let builder = builder(&server).integrated_account_id(ConnectedAccount::OfCredential);
    let client = builder.build().unwrap();
    client.contacts_get().id("1").send().await.unwrap();
    assert_eq!(queries(&server), [""]);
}

#[tokio::test]
async fn a_call_without_any_account_says_where_to_set_it_and_is_not_sent() {
    let server = answering(200, "{}").unwrap();
    let client = builder(&server).build().unwrap();
    let error = client.contacts_get().id("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let printed = error.to_string();
    assert!(printed.contains("`integrated_account_id`"), "{printed}");
    assert!(
        printed.contains("for the call or for the client"),
        "{printed}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_account_that_may_be_left_out_is_named_where_the_client_knows_it() {
    let server = answering(200, "{}").unwrap();
    let client = builder(&server).build().unwrap();
    let send = || {
        let mut request = Request::new(&truto_client::operations::LEADS_GET);
        request.path("id", "1");
        request.optional_account("depot", AccountPlace::Query);
        client.core().send(request)
    };
    send().await.unwrap();
    client.set_integrated_account_id("7");
    send().await.unwrap();
    assert_eq!(queries(&server), ["", "depot=7"]);
}

#[tokio::test]
async fn an_account_in_a_header_is_named_there() {
    let server = answering(200, "{}").unwrap();
    let client = builder(&server).integrated_account_id("7").build().unwrap();
    let mut request = Request::new(&truto_client::operations::LEADS_GET);
    request.path("id", "1");
    request.account("X-Depot", AccountPlace::Header);
    client.core().send(request).await.unwrap();
    assert_eq!(server.requests()[0].header("x-depot"), Some("7"));
}

#[tokio::test]
async fn the_quota_of_an_account_counts_for_the_clients_account() {
    use client_runtime::{CallOptions, Quota, QuotaScope, RateLimiter};
    use std::time::Duration;

    const ONE_PER_HOUR: Quota = Quota {
        per: QuotaScope::Account,
        requests: 1,
        seconds: 3600,
    };
    for account in [
        ConnectedAccount::from("one"),
        ConnectedAccount::OfCredential,
    ] {
        let server = answering(200, "{}").unwrap();
        let client = builder(&server)
            .integrated_account_id(account)
            .configure(|core| core.rate_limiter(RateLimiter::new(&[ONE_PER_HOUR])))
            .build()
            .unwrap();
        let call = || {
            let soon = CallOptions::new().timeout(Duration::from_millis(200));
            client.contacts_get().id("1").options(soon).send()
        };
        call().await.unwrap();
        let error = call().await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!((error.attempts(), server.requests().len()), (0, 1));
    }
}
