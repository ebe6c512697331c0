//! Printing. A reader that has gone away (`| head`) ends the printing, not the program.

use std::io::{self, Write};

use crate::exit::Failure;

/// Prints to the standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Fault(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a line to the standard error. There is nobody left to tell when that fails.
pub(crate) fn note(text: &str) {
    let _unheard = writeln!(io::stderr().lock(), "{text}");
}

/// Prints an error to the standard error, unless it is diagnostics that say so themselves.
pub(crate) fn error(text: &str) {
    if text.starts_with("error") {
        note(text);
    } else {
        note(&format!("error: {text}"));
    }
}
