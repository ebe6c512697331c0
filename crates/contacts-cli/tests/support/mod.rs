//! Runs the command against a sandbox.

#![allow(dead_code, reason = "each test uses some of it")]

use sandbox::Sandbox;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

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

/// How long a test that kills may take before it gives up.
const MOST: Duration = Duration::from_mins(10);

/// Starts a command that writes into a sandbox again and again, and kills it at moments: when so many writes were
/// committed, and so many milliseconds later. Then lets it come to its end, and gives what that printed.
pub(crate) fn killed_at(
    sandbox: &Sandbox,
    moments: &[(usize, u64)],
    start: impl Fn() -> Child,
) -> Ran {
    let started = Instant::now();
    for (moment, later) in moments {
        let mut child = start();
        while sandbox.commits() < *moment && child.try_wait().unwrap().is_none() {
            let committed = sandbox.commits();
            assert!(
                started.elapsed() < MOST,
                "{committed} of {moment} after {MOST:?}"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        // What came to its end before its moment was not killed at it.
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before {moment} writes"
        );
        std::thread::sleep(Duration::from_millis(*later));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // Calls that failed again and again end a run, which another one takes up.
    let mut last = ran(start().wait_with_output().unwrap());
    while last.code == 5 && started.elapsed() < MOST {
        last = ran(start().wait_with_output().unwrap());
    }
    last
}

/// Starts a command, and keeps what it prints.
pub(crate) fn spawned(arguments: &[&str]) -> Child {
    let mut command = command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
