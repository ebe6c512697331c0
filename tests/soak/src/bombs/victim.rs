//! A process that meets one bomb.

use crate::{Error, clients, memory, runtime};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What tells a process to be a victim: the limit and the address, with a space between.
const VARIABLE: &str = "SOAK_VICTIM";

/// A client that will meet a bomb.
pub(crate) struct Victim {
    pub(super) url: String,
    pub(super) limit: usize,
}

/// What became of a victim.
pub(super) struct Met {
    /// How much more memory was resident at the most, in bytes.
    pub(super) grown: u64,
    /// The kind of the error, or `none`.
    pub(super) kind: String,
}

impl Victim {
    /// The victim that this process is meant to be, if any.
    pub(crate) fn of_this_process() -> Option<Self> {
        let value = std::env::var(VARIABLE).ok()?;
        let (limit, url) = value.split_once(' ')?;
        Some(Self {
            url: url.to_owned(),
            limit: limit.parse().ok()?,
        })
    }

    /// Meets the bomb in this process, and prints what became of it.
    pub(crate) fn fall(&self) -> Result<(), Error> {
        let runtime = runtime::current_thread()?;
        let client = clients::truto(&self.url, |core| {
            core.account("a").max_body_bytes(self.limit).max_attempts(1)
        })?;
        memory::forget_peak()?;
        let before = memory::resident()?;
        let kind = runtime.block_on(async {
            let result = client.contacts_get().id("1").send().await;
            result.err().map(|error| error.kind())
        });
        let grown = memory::peak()?.saturating_sub(before);
        let kind = kind.map_or_else(|| "none".to_owned(), |kind| format!("{kind:?}"));
        writeln!(std::io::stdout(), "{grown} {kind}")?;
        Ok(())
    }

    /// Lets a process of its own meet the bomb.
    pub(super) fn meet(&self) -> Result<Met, Error> {
        let output = Command::new(std::env::current_exe()?)
            .env(VARIABLE, format!("{} {}", self.limit, self.url))
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let (grown, kind) = text
            .trim_end()
            .split_once(' ')
            .ok_or("a process that met a bomb did not say what became of it")?;
        Ok(Met {
            grown: grown.parse()?,
            kind: kind.to_owned(),
        })
    }
}
