//! Everything a generated client needs at run time, and the only code that sends.
//!
//! A generated crate describes its API as constants ([`Api`], [`Operation`]), and each of its operations fills a
//! [`Request`], hands it to [`Core::send`], and reads the [`Answer`]. What may leave the process, how long it may
//! take, how much may come back, and what an error may print is decided here and nowhere else.
//!
//! The runtime knows no vendor: whatever differs between APIs is data in [`Api`].

mod answer;
mod api;
mod attempt;
mod base_url;
mod body;
mod builder;
mod config;
mod core;
mod credentials;
mod effect;
mod error;
mod failure;
mod idempotency;
mod integration;
mod json;
mod limiter;
mod listing;
mod nullable;
mod observe;
mod open;
mod operation;
mod options;
mod path;
mod query;
mod record;
mod request;
mod response;
mod retry;
mod secret;
mod send;
mod timestamp;
mod unknown;
mod wire;

pub use answer::Answer;
pub use api::{Api, ApiKeyPlace, Quota, QuotaScope, RetryPolicy, SecurityScheme};
pub use builder::CoreBuilder;
pub use bytes::Bytes;
pub use config::ConfigError;
pub use core::Core;
pub use credentials::Credential;
pub use effect::WriteOutcome;
pub use error::Error;
pub use failure::{ErrorKind, Failure};
pub use http::{HeaderMap, HeaderName, HeaderValue};
pub use integration::{FactPart, IntegrationFact, IntegrationLevel, IntegrationMatrix};
pub use json::Json;
pub use limiter::RateLimiter;
pub use listing::{Listing, ListingError, Page, Position};
pub use nullable::{Nullable, present};
pub use observe::{AttemptReport, CallReport, Observer};
pub use open::Open;
pub use operation::Operation;
pub use options::CallOptions;
pub use query::Encoding;
pub use record::{FieldName, fmt_fields};
pub use request::Request;
pub use response::ResponseValue;
pub use secret::Secret;
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use unknown::UnknownFields;
