//! Runs the command against a sandbox.

#![allow(dead_code, reason = "each test uses some of it")]

use sandbox::Sandbox;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// The command with arguments, and without what this machine has of settings.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contacts"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["TRUTO", "TRUTO_LEADS", "THELINKS", "CONTACT_UPDATE"] {
        for setting in ["TOKEN", "ACCOUNT", "BASE_URL"] {
            command.env_remove(format!("{name}_{setting}"));
        }
    }
    for name in [
        "CONTACTS_STORE",
        "CONTACTS_PROFILE",
        "NO_COLOR",
        "COLUMNS",
        "XDG_CONFIG_HOME",
    ] {
        command.env_remove(name);
    }
    command.env("CONTACTS_CONFIG", "/nonexistent/contacts.toml");
    command
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    ran(command(arguments).output().unwrap())
}

/// The store of a provider in a sandbox, without a credential.
pub(crate) fn store(sandbox: &Sandbox, provider: &str) -> String {
    let account = if provider.starts_with("truto") {
        format!("?account={}", Sandbox::ACCOUNT)
    } else {
        String::new()
    };
    format!("{provider}+{}{account}", sandbox.url(provider))
}

/// Runs a command on a store of a sandbox.
pub(crate) fn on(sandbox: &Sandbox, provider: &str, arguments: &[&str]) -> Ran {
    let store = store(sandbox, provider);
    let mut all = arguments.to_vec();
    all.extend(["--store", &store]);
    run(&all)
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
