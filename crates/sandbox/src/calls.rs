//! Calls of every operation of a generated client, with arguments that are made up from its document: what the test of
//! a generated crate is made of.
//!
//! ```
//! use sandbox::{Extent, Sandbox};
//!
//! let sandbox = Sandbox::builder().without_records().exchanges().start()?;
//! let arguments = sandbox.arguments("truto", "GET", "/unified/crm/contacts/{id}", Extent::Least)?;
//! let id: Option<String> = arguments.of("path", "id")?;
//! assert_eq!(id.as_deref(), Some("sample"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arguments;
mod report;

pub use arguments::{ArgumentProblem, Arguments};
pub use report::{CallReport, Fault, Report};

use crate::{Extent, Sandbox, SandboxError};
use std::pin::Pin;

/// What a call ends with: the status of its answer, or what went wrong.
pub type Sent<'a> = Pin<Box<dyn Future<Output = Result<u16, String>> + 'a>>;

/// One operation, and what calls it.
pub struct Call<C> {
    /// The method in upper case.
    pub method: &'static str,
    /// The path template of the document.
    pub path: &'static str,
    /// Calls it with the arguments.
    pub send: for<'a> fn(&'a C, &'a Arguments<'a>) -> Sent<'a>,
}

impl<C> std::fmt::Debug for Call<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Call({} {})", self.method, self.path)
    }
}

/// Calls every operation of an API twice, with what is required and with as much as the document allows, and tells what
/// became of it. Where the environment names a file in `SANDBOX_EXCHANGES`, what was on the wire is written there: a line
/// of JSON with the path `base` that all others begin with, and one for each exchange, as
/// [`Exchange::to_json`](crate::Exchange::to_json) has it, with the `operation` that was called.
///
/// # Errors
/// When the document has none of these operations, the file cannot be written, or there is no thread to wait on.
pub fn call_every<C>(
    sandbox: &Sandbox,
    api: &str,
    client: &C,
    calls: &[Call<C>],
) -> Result<Report, SandboxError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| SandboxError::caused("cannot wait for answers", error))?;
    let mut report = Report::default();
    let first = sandbox.exchanges().len();
    let mut known = first;
    let mut operations = Vec::new();
    for call in calls {
        for extent in [Extent::Least, Extent::Most] {
            let arguments = sandbox.arguments(api, call.method, call.path, extent)?;
            let sent = runtime.block_on((call.send)(client, &arguments));
            let exchanges = sandbox.exchanges_from(known);
            known += exchanges.len();
            operations.extend(
                exchanges
                    .iter()
                    .map(|_| format!("{} {}", call.method, call.path)),
            );
            report.add(call.method, call.path, extent, &arguments, sent, &exchanges);
        }
    }
    if let Some(file) = std::env::var_os("SANDBOX_EXCHANGES") {
        let base = serde_json::json!({ "base": sandbox.base(api) });
        let exchanges = sandbox.exchanges_from(first);
        let each = exchanges
            .iter()
            .zip(operations)
            .map(|(exchange, operation)| {
                let mut line = exchange.to_json();
                line["operation"] = operation.into();
                line
            });
        let mut lines = String::new();
        for line in std::iter::once(base).chain(each) {
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        std::fs::write(&file, lines).map_err(|error| {
            let file = file.to_string_lossy();
            SandboxError::caused(format!("{file} cannot be written"), error)
        })?;
    }
    Ok(report)
}
