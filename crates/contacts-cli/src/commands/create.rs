//! `contacts create`.

use super::write;
use crate::arguments::{FormatArguments, StoreArguments, WriteArguments};
use crate::changes::patch_of;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::open;
use unified_contacts::{ContactRecord, Planned};

pub(super) async fn run(
    values: &[String],
    arguments: &WriteArguments,
    store: &StoreArguments,
    format: FormatArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let draft = patch_of(values)?.apply_to(&ContactRecord::new());
    let opened = open(store)?;
    let options = write::options(arguments, &opened)?;
    if arguments.dry_run {
        return write::show(
            &opened.store.dry_run(Planned::Create(&draft, options))?,
            output,
        );
    }
    let written = opened.store.create(&draft, options).await?;
    write::print(&written, format, output)
}
