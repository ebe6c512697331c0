//! `contacts update`.

use super::write;
use crate::arguments::{FormatArguments, StoreArguments, WriteArguments};
use crate::changes::patch_of;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::{Opened, open};
use unified_contacts::{
    ContactPatch, ContactRecord, ListQuery, Operation, Planned, ReadOptions, StoreErrorKind,
};

pub(super) async fn run(
    id: &str,
    changes: &[String],
    arguments: &WriteArguments,
    store: &StoreArguments,
    format: FormatArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let patch = patch_of(changes)?;
    let opened = open(store)?;
    let options = write::options(arguments, &opened)?;
    let planned = opened
        .store
        .dry_run(Planned::Update(id, &patch, options.clone()));
    let patch = match planned {
        // What an update has to carry beside the change is in the contact that there is.
        Err(error) if error.kind() == StoreErrorKind::Incomplete => {
            onto_held(&opened, id, patch).await?
        }
        Err(error) => return Err(error.into()),
        Ok(_) => patch,
    };
    if arguments.dry_run {
        return write::show(
            &opened.store.dry_run(Planned::Update(id, &patch, options))?,
            output,
        );
    }
    let written = opened.store.update(id, patch, options).await?;
    write::print(&written, format, output)
}

/// The change, put onto the contact that the API has.
async fn onto_held(
    opened: &Opened,
    id: &str,
    patch: ContactPatch,
) -> Result<ContactPatch, Failure> {
    let store = &opened.store;
    if store.capabilities().supports(Operation::Get) {
        let held = store.get(id, ReadOptions::new()).await?;
        return Ok(patch.onto(&*held));
    }
    let mut listing = store.list(ListQuery::new().page_size(100))?;
    while let Some(contact) = listing.next().await {
        let contact = contact?;
        if contact.id() == Some(id) {
            return Ok(patch.onto(&ContactRecord::of(&*contact)));
        }
    }
    Err(Failure::new(
        exit::NOT_FOUND,
        format!("{}: no contact has this id", store.provider()),
    ))
}
