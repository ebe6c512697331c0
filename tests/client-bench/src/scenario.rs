//! What is measured, on both sides.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a measurement that cannot be made fails"
)]

use crate::{ACCOUNT, ID, generated, hand_written, page, server};
use std::hint::black_box;
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use truto_client::client_runtime::from_json;
use truto_client::types::ContactsListResponse;

/// How many calls are in flight at a time, for each row of a table.
pub const IN_FLIGHT: [usize; 3] = [1, 8, 64];

/// How many calls are measured.
pub const CALLS: usize = 256;

/// How many pages are decoded.
pub const PAGES: usize = 4;

/// How many contacts are in a page.
pub const CONTACTS: usize = 100;

/// Which of the two is measured.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    /// The calls by hand.
    ByHand,
    /// Those of the generated client.
    Generated,
}

/// Has `measure` run the calls of both sides, after they were warmed up.
pub fn calls(in_flight: usize, measure: &mut dyn FnMut(Side, &mut dyn FnMut())) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let server = server().expect("a server");
    let by_hand = hand_written::Client::new(server.url(), "t0ken", ACCOUNT);
    let generated = generated::client(server.url(), "t0ken").expect("a client");
    let each = CALLS / in_flight;
    let mut run_by_hand = || {
        let mut tasks = JoinSet::new();
        for _ in 0..in_flight {
            let client = by_hand.clone();
            tasks.spawn_on(
                async move {
                    for _ in 0..each {
                        let update = hand_written::update();
                        black_box(client.update(ID, &update).await.expect("an answer"));
                    }
                },
                runtime.handle(),
            );
        }
        runtime.block_on(tasks.join_all());
    };
    run_by_hand();
    measure(Side::ByHand, &mut run_by_hand);
    let mut run_generated = || {
        let mut tasks = JoinSet::new();
        for _ in 0..in_flight {
            let client = generated.clone();
            tasks.spawn_on(
                async move {
                    for _ in 0..each {
                        let call = client
                            .contacts_update()
                            .id(ID)
                            .integrated_account_id(ACCOUNT);
                        let answer = call.body(generated::update()).send().await;
                        black_box(answer.expect("an answer"));
                    }
                },
                runtime.handle(),
            );
        }
        runtime.block_on(tasks.join_all());
    };
    run_generated();
    measure(Side::Generated, &mut run_generated);
}

/// Has `measure` decode pages on both sides.
pub fn pages(measure: &mut dyn FnMut(Side, &mut dyn FnMut())) {
    let page = page(CONTACTS);
    measure(Side::ByHand, &mut || {
        for _ in 0..PAGES {
            let page: hand_written::ContactPage =
                serde_json::from_slice(black_box(page.as_bytes())).expect("a page");
            black_box(page);
        }
    });
    measure(Side::Generated, &mut || {
        for _ in 0..PAGES {
            let page: ContactsListResponse = from_json(black_box(page.as_bytes())).expect("a page");
            black_box(page);
        }
    });
}
