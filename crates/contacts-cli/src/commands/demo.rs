//! `contacts demo`: what the command can do, shown on a sandbox of its own.

use super::{list, sandbox as served, sync, update};
use crate::arguments::{
    Format, FormatArguments, StoreArguments, TransferArguments, WriteArguments,
};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use sandbox::{Account, Sandbox, SandboxError};
use std::path::Path;
use unified_contacts::ListQuery;

const TABLE: FormatArguments = FormatArguments {
    format: Format::Table,
    raw_cells: false,
};

pub(super) async fn run(output: &mut Output) -> Result<u8, Failure> {
    let sandbox = start().map_err(|error| Failure::configuration(error.to_string()))?;
    output.line("A sandbox plays Truto's API, with Copper behind it. No account is needed.")?;
    step(
        output,
        "List the contacts of a store",
        "contacts list --store truto",
    )?;
    listed(&sandbox, "truto", output).await?;
    changes(&sandbox, output).await?;
    let folder = std::env::temp_dir().join(format!("contacts-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let copied = copy(&sandbox, &folder.join("journal"), output).await;
    let _left_behind = std::fs::remove_dir_all(&folder);
    copied?;
    step(output, "And look", "contacts list --store thelinks")?;
    listed(&sandbox, "thelinks", output).await?;
    output.line(format!(
        "\nWrites that reached the server: {}",
        sandbox.commits()
    ))?;
    output.line("\nNext: `contacts sandbox` runs such a server for you to try things on.")?;
    Ok(exit::DONE)
}

fn start() -> Result<Sandbox, SandboxError> {
    // The people of this seed show many scripts.
    let sandbox = Sandbox::builder()
        .seed(4)
        .account(Sandbox::ACCOUNT, Account::of("Copper"))
        .start()?;
    sandbox.seed("truto", "contacts", Some(Sandbox::ACCOUNT), 8)?;
    Ok(sandbox)
}

fn store(sandbox: &Sandbox, provider: &str) -> StoreArguments {
    StoreArguments {
        store: Some(served::store_of(sandbox, provider)),
        profile: None,
        no_rate_limit: true,
    }
}

async fn listed(sandbox: &Sandbox, provider: &str, output: &mut Output) -> Result<(), Failure> {
    let query = ListQuery::new();
    list::run(query, None, &store(sandbox, provider), TABLE, output).await?;
    Ok(())
}

/// A change that is shown, one that is done, and two that are refused.
async fn changes(sandbox: &Sandbox, output: &mut Output) -> Result<(), Failure> {
    let records = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
    let id = records.first().and_then(|record| record["id"].as_str());
    let id = id.unwrap_or_default();
    let store = store(sandbox, "truto");
    let write = |dry_run, integration: Option<&str>| WriteArguments {
        dry_run,
        integration: integration.map(str::to_owned),
        accept_loss: false,
    };
    let promotion = ["title=Head of Sales".to_owned(), "+tag=vip".to_owned()];
    let command = "contacts update ID title='Head of Sales' +tag=vip";
    let dry_run = format!("{command} --dry-run");
    step(output, "Change one; first see what would be sent", &dry_run)?;
    update::run(id, &promotion, &write(true, None), &store, TABLE, output).await?;
    step(output, "Then do it", command)?;
    update::run(id, &promotion, &write(false, None), &store, TABLE, output).await?;

    let what = "What an API cannot do is refused before anything is sent";
    step(output, what, "contacts update ID language=en")?;
    let language = ["language=en".to_owned()];
    let refused = update::run(id, &language, &write(false, None), &store, TABLE, output).await;
    refusal(refused, output)?;
    let what = "And what the CRM behind it would not take";
    step(
        output,
        what,
        "contacts update ID title=CTO --integration Affinity",
    )?;
    let title = ["title=CTO".to_owned()];
    let affinity = write(false, Some("Affinity"));
    let refused = update::run(id, &title, &affinity, &store, TABLE, output).await;
    refusal(refused, output)
}

/// Copies every contact into another API.
async fn copy(sandbox: &Sandbox, journal: &Path, output: &mut Output) -> Result<(), Failure> {
    let from = served::store_of(sandbox, "truto");
    let to = served::store_of(sandbox, "thelinks");
    let transfer = |check, accept_loss| TransferArguments {
        check,
        keep_going: false,
        accept_loss,
        integration: None,
        settle: 30,
        // One after the other, so that the copies are in the order of the others.
        concurrency: 1,
        journal: Some(journal.to_owned()),
        report: None,
    };
    let what = "Copy all of them into another API; first see what it could not hold";
    let command = "contacts sync --from truto --to thelinks";
    step(output, what, &format!("{command} --check"))?;
    sync::run(&from, &to, true, &transfer(true, false), output).await?;
    step(output, "Then do it", &format!("{command} --accept-loss"))?;
    sync::run(&from, &to, true, &transfer(false, true), output).await?;
    Ok(())
}

fn step(output: &mut Output, what: &str, command: &str) -> Result<(), Failure> {
    output.line(format!("\n{what}:\n$ {command}"))?;
    output.flush()
}

/// Shows how a command was refused, which is what the step is about.
fn refusal(result: Result<u8, Failure>, output: &mut Output) -> Result<(), Failure> {
    match result {
        Err(failure) => {
            output.line(format!("error: {failure}"))?;
            output.line(format!("(ends with exit code {})", failure.code()))
        }
        Ok(_) => Err(Failure::new(
            exit::FAILED,
            "the demonstration went otherwise than it should",
        )),
    }
}
