//! A local server that behaves as the documents of contact APIs say. It checks requests, keeps records, answers in
//! the documented forms, and misbehaves when it is asked to, so that a program can be tried without an account.
//!
//! Nothing in it knows an API by name: paths, parameters, bodies, pages, errors, quotas and what integrations demand
//! are read from OpenAPI documents. Those of this workspace are built in; [`SandboxBuilder::document`] takes any other.
//!
//! ```
//! use sandbox::{Fault, FaultKind, Sandbox, When};
//!
//! // On a free port, until `sandbox` is dropped.
//! let sandbox = Sandbox::start()?;
//! let base = sandbox.url("thelinks");
//! assert!(base.ends_with("/thelinks/api/v1"));
//!
//! // One in ten writes is applied and never answered.
//! let lost = FaultKind::Drop { after_commit: true };
//! sandbox.fault(Fault::new(lost).on("contacts_create").when(When::Rate(0.1)))?;
//! # Ok::<(), sandbox::SandboxError>(())
//! ```
//!
//! Beside the APIs it has routes of its own, below `/_sandbox`: a page for people at `/_sandbox`; `faults`, `accounts`,
//! `seed`, `records/{api}/{resource}`, `ledger`, `requests` and `state` for programs.

mod account;
mod answer;
pub mod calls;
mod check;
mod connection;
mod document;
mod engine;
mod error;
mod exchange;
mod fault;
mod instance;
mod ledger;
mod people;
mod quota;
mod routes;
mod sample;
mod seed;
mod seen;
mod server;
mod spoil;
mod state;
mod view;

pub use account::{Access, Account};
pub use error::SandboxError;
pub use exchange::Exchange;
pub use fault::{Fault, FaultKind, When};
pub use ledger::Commit;
pub use sample::Extent;
pub use server::{Sandbox, SandboxBuilder};
