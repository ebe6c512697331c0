//! `contacts import`.

use super::transfer::{self, Bar};
use crate::arguments::{StoreArguments, TransferArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::store::open;
use contact_transfer::{
    Endpoint, FileSource, Format, Import, ImportOptions, Mapping, SourceOptions, UnknownColumns,
};
use std::path::Path;

/// What is imported, and how it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileArguments<'a> {
    pub file: &'a Path,
    pub mapping: Option<&'a Path>,
    pub save_mapping: Option<&'a Path>,
    pub custom_fields: bool,
    pub max_record_bytes: usize,
    pub allow_formulas: bool,
}

pub(super) async fn run(
    file: &FileArguments<'_>,
    arguments: &TransferArguments,
    store: &StoreArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let mut how = SourceOptions::default();
    how.allow_formulas = file.allow_formulas;
    how.max_record_bytes = file.max_record_bytes;
    // A header that cannot be used is nothing that could be left out.
    let unusable = |error| Failure::from(error).without_hint();
    let source = FileSource::open(file.file, how).map_err(unusable)?;
    let mapping = mapping_of(&source, file)?;
    if let Some(path) = file.save_mapping {
        mapping
            .save(path)
            .map_err(contact_transfer::TransferError::from)?;
        output.line(mapping.to_string().trim_end())?;
        output.tell(format!(
            "written to {}: edit it, then import with --mapping",
            path.display()
        ));
        return Ok(exit::DONE);
    }
    if source.format() == Format::Csv {
        output.tell(mapping.to_string().trim_end());
    }
    let opened = open(store)?;
    let mut options = ImportOptions::default();
    options.integration = transfer::integration(arguments, &*opened.store, opened.integration)?;
    options.keep_going = arguments.keep_going;
    options.accept_loss = arguments.accept_loss;
    options.run = transfer::run_options(arguments);
    let target = Endpoint::of(&opened.settings);
    let import =
        Import::new(source, &mapping, &*opened.store, target, options).map_err(unusable)?;
    let cancel = transfer::stopped_by_ctrl_c();
    let checked = tokio::task::block_in_place(|| import.check(&Bar::new("Checked", output)))?;
    if arguments.check {
        transfer::tell_checked(&checked, output)?;
        return Ok(transfer::code_of_check(&checked, arguments));
    }
    let journal = arguments
        .journal
        .clone()
        .unwrap_or_else(|| transfer::journal_of(file.file));
    let report = import
        .run(&checked, &journal, &Bar::new("Imported", output), &cancel)
        .await?;
    transfer::finish(&report, arguments, output)
}

fn mapping_of(source: &FileSource, file: &FileArguments<'_>) -> Result<Mapping, Failure> {
    match file.mapping {
        Some(path) => Ok(Mapping::load(path).map_err(contact_transfer::TransferError::from)?),
        None if file.custom_fields => {
            Ok(Mapping::guess_with(source.header(), UnknownColumns::Custom))
        }
        None => Ok(Mapping::guess(source.header())),
    }
}
