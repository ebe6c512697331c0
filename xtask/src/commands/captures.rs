//! `cargo xtask captures`: how old the captures are.

use docspec::api::Api;
use docspec::captures::{self, Lock};

use crate::arguments::Captures;
use crate::day::{self, Day};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::workspace::Workspace;

pub(crate) fn run(_arguments: &Captures) -> Result<Exit, Failure> {
    Ok(Exit::Done)
}
