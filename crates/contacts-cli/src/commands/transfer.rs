//! What an import and a sync have in common: the journal's place, progress, Ctrl-C, and the report.

use crate::arguments::TransferArguments;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use contact_transfer::{Cancel, Checked, Progress, Report, RunOptions, Stopped, TransferError};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use unified_contacts::{ContactStore, Integration};

use crate::store::integration_of;

/// How the transfer runs.
pub(super) fn run_options(arguments: &TransferArguments) -> RunOptions {
    let mut options = RunOptions::default();
    options.concurrency = usize::from(arguments.concurrency);
    options.settle = Duration::from_secs(arguments.settle);
    options
}

/// The integration that contacts are checked for: the one that is named, or that of the profile.
pub(super) fn integration(
    arguments: &TransferArguments,
    store: &dyn ContactStore,
    of_profile: Option<Integration>,
) -> Result<Option<Integration>, Failure> {
    let named = arguments.integration.as_deref();
    let named = named
        .map(|name| integration_of(store.provider(), store.capabilities(), name))
        .transpose()?;
    Ok(named.or(of_profile))
}

/// Stops the transfer at the first Ctrl-C, and the process at the second.
pub(super) fn stopped_by_ctrl_c() -> Cancel {
    let cancel = Cancel::new();
    let asked = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            asked.cancel();
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(i32::from(exit::INTERRUPTED));
        }
    });
    cancel
}

impl From<TransferError> for Failure {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::Store(error) => error.into(),
            TransferError::Problems(_) => Self::new(exit::REFUSED, error.to_string().trim_end())
                .hint("--keep-going leaves these out and goes on with the rest"),
            TransferError::Loss(_) => Self::new(exit::REFUSED, error.to_string().trim_end())
                .hint("--accept-loss leaves that behind"),
            error => Self::configuration(error.to_string().trim_end()),
        }
    }
}

/// Tells what was found before anything is written.
pub(super) fn tell_checked(checked: &Checked, output: &mut Output) -> Result<(), Failure> {
    output.line(format!(
        "{} records, {} of them refused",
        checked.records, checked.refused
    ))?;
    if !checked.problems.is_empty() {
        output.line(format!("\n{}", checked.problems.to_string().trim_end()))?;
    }
    if !checked.losses.is_empty() {
        output.line(format!(
            "\nThe target could not hold:\n{}",
            checked.losses.to_string().trim_end()
        ))?;
    }
    Ok(())
}

/// The code of a check that writes nothing.
pub(super) fn code_of_check(checked: &Checked, arguments: &TransferArguments) -> u8 {
    let is_refused = !checked.problems.is_empty() && !arguments.keep_going;
    let is_lossy = !checked.losses.is_empty() && !arguments.accept_loss;
    if is_refused || is_lossy {
        exit::REFUSED
    } else {
        exit::DONE
    }
}

/// Prints the report, writes it to the file that is named, and gives the code that the process ends with.
pub(super) fn finish(
    report: &Report,
    arguments: &TransferArguments,
    output: &mut Output,
) -> Result<u8, Failure> {
    if let Some(path) = &arguments.report {
        let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
        text.push('\n');
        let fault =
            |error| Failure::configuration(format!("cannot write {}: {error}", path.display()));
        std::fs::write(path, text).map_err(fault)?;
    }
    output.line(report.to_string().trim_end())?;
    Ok(match &report.stopped {
        Some(Stopped::Cancelled) => exit::INTERRUPTED,
        Some(_) => exit::FAILED,
        None if report.is_complete && report.refused == 0 => exit::DONE,
        None => exit::INCOMPLETE,
    })
}

/// The journal beside a file: `people.csv.journal`.
pub(super) fn journal_of(file: &Path) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".journal");
    name.into()
}

/// A bar on the standard error, with the rate, the time that is left, and how many failed. Where that is no terminal,
/// nothing.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
    failed: AtomicU64,
}

impl Bar {
    pub(super) fn new(what: &'static str, output: &Output) -> Self {
        let target = if output.is_quiet() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(5)
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(Self::style(None));
        bar.set_prefix(what);
        Self {
            bar,
            failed: AtomicU64::new(0),
        }
    }

    fn style(total: Option<u64>) -> ProgressStyle {
        let template = match total {
            Some(_) => "{prefix} {bar:20} {pos}/{len}  {rate}  {eta_precise} left{msg}",
            None => "{prefix} {pos}  {rate}{msg}",
        };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        style.with_key(
            "rate",
            |state: &ProgressState, text: &mut dyn std::fmt::Write| {
                let _full = write!(text, "{:.0}/s", state.per_sec());
            },
        )
    }
}

impl Progress for Bar {
    fn started(&self, total: Option<u64>, done: u64) {
        self.bar.set_style(Self::style(total));
        if let Some(total) = total {
            self.bar.set_length(total);
        }
        self.bar.set_position(done);
        // What earlier runs did is not this one's rate.
        self.bar.reset_eta();
    }

    fn advanced(&self, records: u64) {
        self.bar.inc(records);
    }

    fn failed(&self, _line: u64, _reason: &str) {
        let failed = self.failed.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.set_message(format!("  {failed} failed"));
    }

    fn doing(&self, what: &str) {
        let mut text = String::new();
        let _full = write!(text, "  {what}");
        self.bar.set_message(text);
    }

    fn finished(&self) {
        self.bar.finish_and_clear();
    }
}
