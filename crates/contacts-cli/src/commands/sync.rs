//! `contacts sync`.

use super::transfer::{self, Bar};
use crate::arguments::TransferArguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::open_named;
use contact_transfer::{Endpoint, Sync, SyncOptions};
use std::path::PathBuf;

pub(super) async fn run(
    from: &str,
    to: &str,
    no_rate_limit: bool,
    arguments: &TransferArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let source = open_named(from, no_rate_limit)?;
    let target = open_named(to, no_rate_limit)?;
    let mut options = SyncOptions::default();
    options.integration = transfer::integration(arguments, &*target.store, target.integration)?;
    options.keep_going = arguments.keep_going;
    options.accept_loss = arguments.accept_loss;
    options.page_size = Some(100);
    options.run = transfer::run_options(arguments);
    let sync = Sync::new(
        (&*source.store, Endpoint::of(&source.settings)),
        (&*target.store, Endpoint::of(&target.settings)),
        options,
    )?;
    let cancel = transfer::stopped_by_ctrl_c();
    let bar = Bar::new("Checked", output);
    let checked = tokio::select! {
        checked = sync.check(&bar) => checked?,
        () = cancel.cancelled() => return Ok(crate::exit::INTERRUPTED),
    };
    if arguments.check {
        transfer::tell_checked(&checked, output)?;
        return Ok(transfer::code_of_check(&checked, arguments));
    }
    let journal = arguments.journal.clone().unwrap_or_else(|| {
        PathBuf::from(format!(
            "{}-{}.journal",
            source.store.provider(),
            target.store.provider()
        ))
    });
    let report = sync
        .run(&checked, &journal, &Bar::new("Synced", output), &cancel)
        .await?;
    transfer::finish(&report, arguments, output)
}
