//! `contacts delete`.

use super::write;
use crate::arguments::StoreArguments;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::open;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use unified_contacts::{Planned, WriteOptions};

pub(super) async fn run(
    ids: &[String],
    yes: bool,
    dry_run: bool,
    store: &StoreArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let opened = open(store)?;
    // Nothing is deleted when one of them could not be.
    let planned: Result<Vec<_>, _> = ids
        .iter()
        .map(|id| {
            opened
                .store
                .dry_run(Planned::Delete(id, WriteOptions::new()))
        })
        .collect();
    let planned = planned?;
    if dry_run {
        for request in &planned {
            write::show(request, output)?;
        }
        return Ok(exit::DONE);
    }
    if !yes && !is_confirmed(ids.len())? {
        output.tell("nothing was deleted");
        return Ok(exit::DONE);
    }
    for (index, id) in ids.iter().enumerate() {
        if let Err(error) = opened.store.delete(id, WriteOptions::new()).await {
            let failure = Failure::from(error);
            return Err(failure.hint(format!("{index} of {} were deleted before", ids.len())));
        }
    }
    output.tell(format!("{} deleted", ids.len()));
    Ok(exit::DONE)
}

fn is_confirmed(count: usize) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage("nobody is there to confirm")
            .hint("add --yes to delete without being asked"));
    }
    let mut error = io::stderr();
    write!(
        error,
        "Delete {count} contact{}? [y/N] ",
        if count == 1 { "" } else { "s" }
    )?;
    error.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
