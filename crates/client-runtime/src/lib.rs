//! Everything a generated client needs at run time, and the only code that sends.
//!
//! A generated crate describes its API as constants ([`Api`], [`Operation`]), and each of its operations fills a
//! [`Request`], hands it to [`Core::send`], and reads the [`Answer`]. What may leave the process, how long it may
//! take, how much may come back, and what an error may print is decided here and nowhere else.
//!
//! The runtime knows no vendor: whatever differs between APIs is data in [`Api`].
//!
//! ```
//! use client_runtime::{Answer, Api, CallOptions, Core, Failure, Operation, Request, SecurityScheme};
//!
//! static API: Api = Api::new("example-client", "1.0.0")
//!     .default_server("https://api.example.com")
//!     .security_schemes(&[("bearerAuth", SecurityScheme::Bearer)]);
//! static GET: Operation = Operation::new("things_get", "GET", "/things/{id}").security(&[&["bearerAuth"]]);
//!
//! // What a generated operation does.
//! async fn get(core: &Core, id: &str, options: CallOptions) -> Result<Answer, Failure> {
//!     let mut request = Request::new(&GET);
//!     request.path("id", id);
//!     request.options(options);
//!     core.send(request).await
//! }
//!
//! # #[cfg(feature = "rustls")] {
//! let core = Core::builder(&API).credential("bearerAuth", "a token").build()?;
//! assert!(!format!("{core:?}").contains("a token"));
//! # let _get = get(&core, "7", CallOptions::new().no_retries());
//! # }
//! # Ok::<(), client_runtime::ConfigError>(())
//! ```
//!
//! What it promises, each with a test of that name in `tests/runtime-promises`:
//!
//! - a write is never applied twice, and [`Error::outcome`] tells what became of one that failed;
//! - nothing is sent elsewhere: no id leaves its path segment, no redirect is followed;
//! - without TLS only this machine is spoken to, and a proxy sees nothing but where a call goes;
//! - a call ends in time, a cancelled one ends its request, and a body is bounded, before and after decompression;
//! - a credential can be replaced at run time, and one that is gone leaves no trace in memory;
//! - retries follow what the vendor documents, requests keep within the quota ([`RateLimiter`]);
//! - nothing personal is printed, traced or logged; a call can be observed ([`Observer`]);
//! - a [`Listing`] ends and loses nothing, and one bad item does not spoil its page ([`Items`]).
//!
//! What is bounded, and where that is set:
//!
//! | what | bound |
//! |---|---|
//! | an answer's body, as it comes and after decompression | [`CoreBuilder::max_body_bytes`], 32 MiB |
//! | the head of an answer | 100 headers and about 400 KiB in HTTP/1.1, 16 KiB in HTTP/2 |
//! | JSON | 128 levels |
//! | one attempt, and a call with all of its attempts | [`CoreBuilder::attempt_timeout`], [`CoreBuilder::timeout`] |
//! | attempts | [`CoreBuilder::max_attempts`], and over time 15 % on top of the calls |
//! | a pause that a server asks for | a minute |
//!
//! What decoding makes of a body within its bound takes memory on top: a list of empty objects up to about 28 times its
//! text. Where answers are small, a lower bound of the body keeps that small, too.

mod account;
mod answer;
mod api;
mod attempt;
mod base_url;
mod body;
mod builder;
mod config;
mod core;
mod credentials;
mod decode;
mod dry_run;
mod effect;
mod error;
mod failure;
mod file_part;
mod idempotency;
mod integration;
mod items;
mod json;
mod json_object;
mod json_ref;
mod limiter;
mod link;
mod listing;
mod multipart;
mod nullable;
mod observe;
mod open;
mod operation;
mod options;
mod paging;
mod path;
mod processed;
mod query;
mod record;
mod request;
mod response;
mod retry;
mod secret;
mod send;
mod style;
mod timestamp;
mod transport;
mod unknown;
mod wire;

pub use account::{AccountPlace, ConnectedAccount};
pub use answer::Answer;
pub use api::{Api, ApiKeyPlace, Quota, QuotaScope, RetryPolicy, SecurityScheme};
pub use builder::CoreBuilder;
pub use bytes::Bytes;
pub use config::ConfigError;
pub use core::Core;
pub use credentials::Credential;
pub use decode::{from_json, is_direct_reading};
pub use dry_run::DryRun;
pub use effect::WriteOutcome;
pub use error::Error;
pub use failure::{ErrorKind, Failure};
pub use file_part::FilePart;
pub use http::{HeaderMap, HeaderName, HeaderValue};
pub use integration::{FactPart, IntegrationFact, IntegrationLevel, IntegrationMatrix};
pub use items::{Items, RejectedItem};
pub use json::Json;
pub use json_object::JsonObject;
pub use json_ref::{JsonFields, JsonRef};
pub use limiter::RateLimiter;
pub use link::next_link;
pub use listing::{Listing, ListingError, Page, Position};
pub use nullable::{Nullable, present};
pub use observe::{AnswerHeaders, AttemptReport, CallReport, Observer};
pub use open::Open;
pub use operation::Operation;
pub use options::CallOptions;
pub use paging::{PageEnd, next_offset, next_page};
pub use query::Encoding;
pub use record::{FieldName, fmt_fields};
pub use request::Request;
pub use response::ResponseValue;
pub use secret::Secret;
pub use style::Style;
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use unknown::UnknownFields;
