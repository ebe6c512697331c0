//! `contacts export`.

use crate::arguments::{Format, FormatArguments, StoreArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::{ContactWriter, Output};
use crate::store::open;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use unified_contacts::ListQuery;

pub(super) async fn run(
    file: &Path,
    overwrite: bool,
    raw_cells: bool,
    store: &StoreArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    let shown = file.display();
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("jsonl" | "ndjson") => Format::Jsonl,
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        _ => {
            return Err(Failure::usage(format!(
                "{shown}: the ending has to be .jsonl, .json or .csv"
            )));
        }
    };
    if file.exists() && !overwrite {
        return Err(Failure::usage(format!("{shown} is there already"))
            .hint("add --overwrite, or name another file"));
    }
    let opened = open(store)?;
    let mut listing = opened.store.list(ListQuery::new().page_size(100))?;
    // The file comes into being when it is whole.
    let part = file.with_extension("part");
    let fault =
        |error: std::io::Error| Failure::configuration(format!("cannot write {shown}: {error}"));
    let mut out = BufWriter::new(File::create(&part).map_err(fault)?);
    let mut writer = ContactWriter::new(FormatArguments { format, raw_cells }, output.width());
    while let Some(contact) = listing.next().await {
        match contact {
            Ok(contact) => writer.write(&mut out, &*contact)?,
            Err(error) => {
                let _gone = fs::remove_file(&part);
                return Err(error.into());
            }
        }
    }
    writer.finish(&mut out)?;
    out.flush().map_err(fault)?;
    fs::rename(&part, file).map_err(fault)?;
    output.tell(format!("{} contacts in {shown}", writer.count()));
    Ok(exit::DONE)
}
