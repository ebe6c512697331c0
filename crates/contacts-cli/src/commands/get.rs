//! `contacts get`.

use crate::arguments::{Format, FormatArguments, StoreArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::{ContactWriter, Output, rows_of, shown};
use crate::store::open;
use unified_contacts::{Contact, ReadOptions};

pub(super) async fn run(
    id: &str,
    store: &StoreArguments,
    format: FormatArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let opened = open(store)?;
    let contact = opened.store.get(id, ReadOptions::new()).await?;
    print(&*contact, format, output)?;
    Ok(exit::DONE)
}

/// Prints one contact: in a table, all that it has.
pub(super) fn print(
    contact: &dyn Contact,
    format: FormatArguments,
    output: &mut Output,
) -> Result<(), Failure> {
    if format.format != Format::Table {
        let mut writer = ContactWriter::new(format, output.width());
        writer.write(output.writer(), contact)?;
        return writer.finish(output.writer());
    }
    let rows = rows_of(contact);
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in rows {
        output.line(format!("{name:width$}  {}", shown(&value)))?;
    }
    Ok(())
}
