//! The commands, a module each.

pub(crate) mod captures;
pub(crate) mod codegen;
pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod lint;
pub(crate) mod openapi;
pub(crate) mod provenance;
pub(crate) mod release;
pub(crate) mod review;
