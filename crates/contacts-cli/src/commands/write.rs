//! What creating and changing have in common.

use super::get;
use crate::arguments::{FormatArguments, WriteArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::{Output, ordered};
use crate::store::{Opened, integration_of};
use serde_json::Value;
use unified_contacts::{DryRun, WriteOptions, Written};

/// The options of a write.
pub(super) fn options(
    arguments: &WriteArguments,
    opened: &Opened,
) -> Result<WriteOptions, Failure> {
    let mut options = WriteOptions::new();
    let named = arguments.integration.as_deref();
    let named = named
        .map(|name| integration_of(opened.store.provider(), opened.store.capabilities(), name))
        .transpose()?;
    if let Some(integration) = named.or(opened.integration) {
        options = options.check_for(integration);
    }
    if arguments.accept_loss {
        options = options.accept_loss();
    }
    Ok(options)
}

/// Shows a request that is not sent.
pub(super) fn show(request: &DryRun, output: &mut Output) -> Result<u8, Failure> {
    output.line(format!("{} {}", request.method(), request.url()))?;
    for (name, value) in request.headers() {
        output.line(format!("{name}: {}", value.unwrap_or("(not shown)")))?;
    }
    if let Ok(body) = serde_json::from_slice::<Value>(request.body()) {
        output.line("")?;
        output.line(serde_json::to_string_pretty(&ordered(body)).unwrap_or_default())?;
    }
    Ok(exit::DONE)
}

/// Prints what a write gave, and tells what was left behind.
pub(super) fn print(
    written: &Written,
    format: FormatArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    if let Some(contact) = &written.contact {
        get::print(&**contact, format, output)?;
    }
    for lost in written.lost.iter().filter(|lost| lost.is_content()) {
        output.tell(format!("left behind: {}: {}", lost.pointer, lost.reason));
    }
    Ok(exit::DONE)
}
