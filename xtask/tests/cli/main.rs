//! The command line, run as a process.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod codegen;
mod diff;
mod errors;
mod generate;
mod golden;
mod import;
mod lint;
mod openapi;
mod release;
#[cfg(unix)]
mod review;
mod workspace;
