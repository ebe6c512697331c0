//! The `contacts` command: see [`contacts_cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(contacts_cli::run(std::env::args_os()))
}
