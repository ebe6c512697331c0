//! `contacts demo`: what the command can do, shown on a sandbox of its own.

use super::{list, sandbox as served, update};
use crate::arguments::{Format, FormatArguments, StoreArguments, WriteArguments};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use sandbox::{Account, Sandbox, SandboxError};
use serde_json::Value;
use unified_contacts::ListQuery;

const TABLE: FormatArguments = FormatArguments {
    format: Format::Table,
    raw_cells: false,
};

pub(super) async fn run(output: &mut Output) -> Result<u8, Failure> {
    let started = || -> Result<Sandbox, SandboxError> {
        // The people of this seed show many scripts.
        let sandbox = Sandbox::builder()
            .seed(4)
            .account(Sandbox::ACCOUNT, Account::of("Copper"))
            .start()?;
        sandbox.seed("truto", "contacts", Some(Sandbox::ACCOUNT), 8)?;
        Ok(sandbox)
    };
    let sandbox = started().map_err(|error| Failure::configuration(error.to_string()))?;
    let store = |provider: &str| StoreArguments {
        store: Some(served::store_of(&sandbox, provider)),
        profile: None,
        no_rate_limit: true,
    };
    output.line("A sandbox plays Truto's API, with Copper behind it. No account is needed.")?;
    step(
        output,
        "List the contacts of a store",
        "contacts list --store truto",
    )?;
    list::run(ListQuery::new(), None, &store("truto"), TABLE, output).await?;

    let records = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
    let id = records
        .first()
        .and_then(|record| record["id"].as_str())
        .unwrap_or_default()
        .to_owned();
    let write = |dry_run| WriteArguments {
        dry_run,
        integration: None,
        accept_loss: false,
    };
    step(
        output,
        "Change one; first see what would be sent",
        "contacts update ID title='Head of Sales' +tag=vip --dry-run",
    )?;
    let changes = ["title=Head of Sales".to_owned(), "+tag=vip".to_owned()];
    update::run(&id, &changes, &write(true), &store("truto"), TABLE, output).await?;
    step(
        output,
        "Then do it",
        "contacts update ID title='Head of Sales' +tag=vip",
    )?;
    update::run(&id, &changes, &write(false), &store("truto"), TABLE, output).await?;

    step(
        output,
        "What an API cannot do is refused before anything is sent",
        "contacts update ID language=en",
    )?;
    refusal(
        update::run(
            &id,
            &["language=en".to_owned()],
            &write(false),
            &store("truto"),
            TABLE,
            output,
        )
        .await,
        output,
    )?;
    let integration = WriteArguments {
        integration: Some("Affinity".to_owned()),
        ..write(false)
    };
    step(
        output,
        "And what the CRM behind it would not take",
        "contacts update ID title=CTO --integration Affinity",
    )?;
    refusal(
        update::run(
            &id,
            &["title=CTO".to_owned()],
            &integration,
            &store("truto"),
            TABLE,
            output,
        )
        .await,
        output,
    )?;

    let committed: Vec<Value> = sandbox
        .ledger()
        .iter()
        .filter_map(|commit| serde_json::to_value(commit).ok())
        .collect();
    output.line(format!(
        "\nWrites that reached the server: {}",
        committed.len()
    ))?;
    output.line("\nNext: `contacts sandbox` runs such a server for you to try things on.")?;
    Ok(exit::DONE)
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
