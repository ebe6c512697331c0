//! The `contacts` command.
//!
//! [`run`] is all of it: arguments in, an exit code out. What it prints goes to the standard output, what is wrong to the
//! standard error.

mod arguments;
mod changes;
mod commands;
mod exit;
mod failure;
mod output;
mod profile;
mod store;
mod suggestion;

pub use exit::{
    CONFIGURATION, DIFFERENT, DONE, FAILED, INCOMPLETE, INTERRUPTED, NOT_FOUND, REFUSED, UNKNOWN,
    USAGE,
};

use arguments::Arguments;
use clap::Parser as _;
use output::Output;
use std::ffi::OsString;

/// Runs the command, and gives the code that the process ends with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = arguments.into_iter().map(changes::protected);
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors, and go to the standard output.
            let _nobody_reads = error.print();
            return if error.use_stderr() { USAGE } else { DONE };
        }
    };
    let mut output = Output::new(arguments.shown);
    let result =
        commands::run(&arguments, &mut output).and_then(|code| output.flush().map(|()| code));
    match result {
        Ok(code) => code,
        // Whoever read the output has what they wanted.
        Err(failure) if failure.is_closed_output() => DONE,
        Err(failure) => {
            output.complain(&failure);
            failure.code()
        }
    }
}
