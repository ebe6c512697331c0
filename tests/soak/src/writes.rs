//! Not written yet.

use crate::Error;
use crate::outcome::{Outcome, Run};

pub(crate) fn run(_: &Run) -> Result<Outcome, Error> {
    Err("not written yet".into())
}
