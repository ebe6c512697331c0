//! `contacts list`.

use crate::arguments::{FormatArguments, StoreArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::{ContactWriter, Output};
use crate::store::open;
use unified_contacts::{ListQuery, Timestamp};

pub(super) fn query(
    created_after: Option<&str>,
    created_before: Option<&str>,
) -> Result<ListQuery, Failure> {
    let mut query = ListQuery::new();
    if let Some(time) = created_after {
        query = query.created_after(checked(time, "--created-after")?);
    }
    if let Some(time) = created_before {
        query = query.created_before(checked(time, "--created-before")?);
    }
    Ok(query)
}

/// A time as APIs take it.
fn checked<'a>(time: &'a str, argument: &str) -> Result<&'a str, Failure> {
    match Timestamp::parse(time) {
        Ok(_) => Ok(time),
        Err(_) => Err(Failure::usage(format!(
            "{argument} has to be a time of RFC 3339, such as 2024-01-31T00:00:00Z"
        ))),
    }
}

pub(super) async fn run(
    query: ListQuery,
    limit: Option<usize>,
    store: &StoreArguments,
    format: FormatArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let opened = open(store)?;
    let mut listing = opened.store.list(query.page_size(100))?;
    let mut writer = ContactWriter::new(format, output.width());
    let mut failed = None;
    while limit.is_none_or(|limit| writer.count() < limit)
        && let Some(contact) = listing.next().await
    {
        match contact {
            Ok(contact) => writer.write(output.writer(), &*contact)?,
            Err(error) if error.kind() == unified_contacts::StoreErrorKind::Item => {
                output.tell(format!("warning: {error}"));
                failed = Some(error);
            }
            Err(error) => {
                writer.finish(output.writer())?;
                return Err(error.into());
            }
        }
    }
    writer.finish(output.writer())?;
    let count = writer.count();
    output.tell(format!(
        "{count} contact{}",
        if count == 1 { "" } else { "s" }
    ));
    failed.map_or(Ok(exit::DONE), |error| Err(error.into()))
}
