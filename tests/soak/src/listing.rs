//! A listing ends and gives every item once, whatever the API does with its cursors.

mod book;

use crate::outcome::{Outcome, Run};
use crate::{Error, clients, runtime};
use book::{Book, End};
use client_runtime::{Listing, ListingError, Position};
use fault_server::{Behaviour, FaultServer, Request};
use std::sync::{Arc, Mutex, PoisonError};
use truto_client::types::Contact;

/// The full figure: how many listings are read.
const LISTINGS: u64 = 10_000;

/// More items than any listing has: whoever gives more goes round.
const ENOUGH: usize = 100_000;

const ENDLESS: &str = "listings_that_do_not_end";
const LOST: &str = "listings_that_lost_items";
const TWICE: &str = "listings_that_gave_items_twice";
const END: &str = "listings_that_ended_otherwise_than_the_api";

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    for law in [ENDLESS, LOST, TWICE, END] {
        outcome.never(law);
    }
    let shared = Arc::new(Mutex::new(Book::default()));
    let server = {
        let shared = Arc::clone(&shared);
        FaultServer::builder().unrecorded().start(
            move |request: &Request, _: usize| -> Behaviour {
                let cursor = book::parameter(request.query(), "next_cursor");
                shared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .page(cursor.as_deref())
            },
        )?
    };
    let client = clients::truto(server.url(), |core| core.max_attempts(1))?;
    let runtime = runtime::current_thread()?;
    let listings = run.count_or(LISTINGS);
    let (mut items, mut resumed) = (0_u64, 0_u64);
    for number in 0..listings {
        let book = Book::new(run.seed, number);
        let (expected, end) = (book.expected(), book.end());
        *shared.lock().unwrap_or_else(PoisonError::into_inner) = book;
        let read = runtime.block_on(read(&client, !matches!(end, End::Repeated | End::Empty)));
        let case = || format!("listing {number}, which ends {end:?}");
        items += u64::try_from(read.ids.len())?;
        resumed += read.resumed;
        if read.ids.len() >= ENOUGH {
            outcome.breach(ENDLESS, case);
            continue;
        }
        let mut once = read.ids.clone();
        once.sort_unstable();
        once.dedup();
        if once.len() < read.ids.len() || expected.len() < read.ids.len() {
            outcome.breach(TWICE, case);
        }
        if read.ids != expected {
            outcome.breach(LOST, case);
        }
        if read.end != end {
            outcome.breach(END, || {
                format!("listing {number}, which ends {end:?}, ended {:?}", read.end)
            });
        }
    }
    outcome.count("listings", listings);
    outcome.count("items", items);
    outcome.count("taken_up_after_a_fault", resumed);
    Ok(outcome)
}

struct Read {
    ids: Vec<u64>,
    end: End,
    resumed: u64,
}

/// Reads a listing to its end; after a fault it is taken up where it was.
async fn read(client: &truto_client::Client, may_start_anew: bool) -> Read {
    let mut read = Read {
        ids: Vec::new(),
        end: End::Mark,
        resumed: 0,
    };
    let listing = |position: Position| -> Listing<Contact, _> {
        client
            .contacts_list()
            .integrated_account_id("a")
            .stream_from(position)
    };
    let mut current = listing(Position::default());
    while read.ids.len() < ENOUGH && read.resumed < 1000 {
        match current.next().await {
            Some(Ok(contact)) => {
                let id = contact.id.and_then(|id| id.parse().ok());
                read.ids.push(id.unwrap_or(u64::MAX));
            }
            Some(Err(ListingError::Item(rejected))) => {
                read.ids
                    .push(book::rejected_id(rejected.json.get()).unwrap_or(u64::MAX));
            }
            Some(Err(ListingError::Call(_))) => {
                read.resumed += 1;
                // A listing that was broken off goes on by itself, or is taken up by another one, which cannot know
                // the cursors and empty pages that were seen before.
                if may_start_anew && read.resumed.is_multiple_of(2) {
                    current = listing(current.position().clone());
                } else {
                    current.try_again();
                }
            }
            Some(Err(ListingError::RepeatedCursor)) => {
                read.end = End::Repeated;
                return read;
            }
            Some(Err(ListingError::Partial)) => {
                read.end = End::Partial;
                return read;
            }
            Some(Err(ListingError::TooManyEmptyPages)) => {
                read.end = End::Empty;
                return read;
            }
            Some(Err(_)) => {
                read.end = End::Other;
                return read;
            }
            None => return read,
        }
    }
    read.end = End::Other;
    read
}
