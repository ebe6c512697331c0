//! An update of a contact and a page of contacts, through the generated client and written by hand.
//!
//! `cargo bench -p client-bench` counts what each costs.

pub mod callgrind;
pub mod generated;
pub mod hand_written;
pub mod scenario;
pub mod table;

use fault_server::{Behaviour, FaultServer, Reply};
use std::io;

/// A contact of about 2 KB, as the API answers an update.
pub const CONTACT: &str = include_str!("contact.json");

/// The id of the contact that is updated.
pub const ID: &str = "c-40718-77120";

/// The connected account.
pub const ACCOUNT: &str = "7f3d1c52-96a4-4b0e-8f1d-0c5b2a9e6d41";

/// A page of `contacts` contacts.
#[must_use]
pub fn page(contacts: usize) -> String {
    let result = vec![CONTACT; contacts].join(",");
    format!(
        r#"{{"result":[{result}],"next_cursor":"b2Zmc2V0OjEwMA","prev_cursor":null,"result_count":{contacts}}}"#
    )
}

/// A server that answers every request with [`CONTACT`].
///
/// # Errors
/// When the system gives no port or thread.
pub fn server() -> io::Result<FaultServer> {
    let answer = Reply::new(200)
        .header("x-request-id", "9c4a1f0e-77b2-4a57-9d6e-1f2e3d4c5b6a")
        .header("ratelimit-limit", "500;w=10")
        .header("ratelimit-remaining", "499")
        .json(CONTACT);
    FaultServer::builder()
        .unrecorded()
        .start(Behaviour::prepared(&answer))
}
