//! Measures an import: how many contacts a second, and how much memory.
//!
//! `TRANSFER_URL=truto+http://127.0.0.1:8080?token=t0ken&account=acc cargo run --release -p contact-transfer --example
//! import_rate -- 1000000 [concurrency]` makes that many people, imports them into the store of the connection string
//! without the quotas of the real API, and prints one line of JSON. `VmHWM` is the most that the process ever held.

#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use contact_transfer::{
    Cancel, Endpoint, FileSource, Import, ImportOptions, Mapping, SourceOptions,
};
use std::error::Error;
use std::io::{BufWriter, Write as _};
use std::time::Instant;
use unified_contacts::client_runtime::CoreBuilder;
use unified_contacts::{Settings, connect};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("TRANSFER_URL")?;
    let mut arguments = std::env::args().skip(1);
    let rows: u64 = arguments.next().ok_or("how many rows?")?.parse()?;
    let concurrency = arguments.next().map(|text| text.parse()).transpose()?;

    let folder = tempfile::tempdir()?;
    let path = folder.path().join("people.csv");
    let mut csv = BufWriter::new(std::fs::File::create(&path)?);
    writeln!(csv, "First name,Last name,E-mail,Phone,Company,City,Tags")?;
    for row in 0..rows {
        let last = row % 977;
        writeln!(
            csv,
            "Ada,No {last},ada{row}@example.org,+49 30 {row},Engines {last},Berlin,vip; no {last}"
        )?;
    }
    csv.into_inner()?.sync_all()?;

    let settings = Settings::from_url(&url)?.configure(CoreBuilder::no_rate_limiter);
    let store = connect(&settings)?;
    let source = FileSource::open(&path, SourceOptions::default())?;
    let mapping = Mapping::guess(source.header());
    let mut options = ImportOptions::default();
    options.accept_loss = true;
    if let Some(concurrency) = concurrency {
        options.run.concurrency = concurrency;
    }
    let import = Import::new(source, &mapping, &*store, Endpoint::of(&settings), options)?;

    let start = Instant::now();
    let checked = import.check(&())?;
    let check_seconds = start.elapsed().as_secs_f64();
    let peak_of_check = peak()?;
    let start = Instant::now();
    let journal = folder.path().join("people.journal");
    let report = import.run(&checked, &journal, &(), &Cancel::new()).await?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{{\"rows\":{rows},\"created\":{},\"complete\":{},\"check_seconds\":{check_seconds:.2},\"seconds\":{seconds:.2},\
         \"contacts_per_second\":{:.0},\"check_peak_kib\":{peak_of_check},\"peak_kib\":{},\"journal_bytes\":{}}}",
        report.created,
        report.is_complete,
        f64::from(u32::try_from(report.created)?) / seconds,
        peak()?,
        journal.metadata()?.len(),
    );
    Ok(())
}

/// The most memory that this process ever held, in KiB.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("no VmHWM")?.parse()?)
}
