//! `contacts sandbox`.

use crate::arguments::SandboxArguments;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use sandbox::{Account, Sandbox, SandboxBuilder, SandboxError};

/// The records that people are made up for.
const PEOPLED: [(&str, &str, Option<&str>); 4] = [
    ("truto", "contacts", Some(Sandbox::ACCOUNT)),
    ("truto", "leads", Some(Sandbox::ACCOUNT)),
    ("thelinks", "contacts", None),
    ("contact-update", "contacts", None),
];

pub(super) async fn run(arguments: &SandboxArguments, output: &mut Output) -> Result<u8, Failure> {
    let sandbox = start(arguments)?;
    let is_own = arguments.documents.is_empty();
    if is_own {
        for (api, resource, account) in PEOPLED {
            if sandbox.records(api, resource, account).is_empty() {
                sandbox
                    .seed(api, resource, account, arguments.people)
                    .map_err(|error| refused(&error))?;
            }
        }
    }
    output.line(format!("The sandbox is at {}", sandbox.page()))?;
    if is_own {
        output.line("\nStores in it, which take any credential:")?;
        for provider in ["truto", "truto-leads", "thelinks", "contact-update"] {
            output.line(format!("  --store '{}'", store_of(&sandbox, provider)))?;
        }
    }
    output.line("\nCtrl-C ends it.")?;
    output.flush()?;
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    sandbox.stop();
    Ok(exit::DONE)
}

/// A connection string without a credential.
pub(super) fn store_of(sandbox: &Sandbox, provider: &str) -> String {
    let account = if provider.starts_with("truto") {
        format!("?account={}", Sandbox::ACCOUNT)
    } else {
        String::new()
    };
    format!("{provider}+{}{account}", sandbox.url(provider))
}

fn refused(error: &SandboxError) -> Failure {
    Failure::configuration(error.to_string())
}

fn start(arguments: &SandboxArguments) -> Result<Sandbox, Failure> {
    let mut builder: SandboxBuilder = Sandbox::builder()
        .address(arguments.listen)
        .seed(arguments.seed);
    if !arguments.no_quotas {
        builder = builder.quotas();
    }
    if arguments.strict {
        builder = builder.strict();
    }
    if let Some(file) = &arguments.data {
        builder = builder.data(file);
    }
    for account in &arguments.accounts {
        let (id, account) = account_of(account)?;
        builder = builder.account(id, account);
    }
    for document in &arguments.documents {
        let Some((name, file)) = document.split_once('=') else {
            return Err(Failure::usage("--document has to be of the form NAME=FILE"));
        };
        let text = std::fs::read_to_string(file);
        let text =
            text.map_err(|error| Failure::configuration(format!("cannot read {file}: {error}")))?;
        builder = builder.document(name, text);
    }
    builder.start().map_err(|error| refused(&error))
}

/// An account as an argument says it: `ID`, `ID=CRM`, `ID=CRM:read-only`, `ID=:blocked`.
fn account_of(text: &str) -> Result<(&str, Account), Failure> {
    let (id, rest) = text.split_once('=').unwrap_or((text, ""));
    let (integration, access) = rest.split_once(':').unwrap_or((rest, ""));
    let account = if integration.is_empty() {
        Account::new()
    } else {
        Account::of(integration)
    };
    let account = match access {
        "" => account,
        "read-only" => account.read_only(),
        "blocked" => account.blocked(),
        _ => {
            return Err(Failure::usage(
                "--account: the access has to be `read-only` or `blocked`",
            ));
        }
    };
    Ok((id, account))
}
