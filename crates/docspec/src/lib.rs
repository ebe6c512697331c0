//! Reads API documentation pages and derives OpenAPI 3.0 documents from them.
//!
//! A page's text goes through four pure stages, none of which touches a file:
//!
//! 1. [`text`] normalises the characters that copying out of a browser spoils and keeps the line numbers;
//! 2. [`layout`] recognises how the page is laid out and reads it into a [`page::Page`];
//! 3. [`mod@derive`] turns pages into an OpenAPI 3.0.3 document;
//! 4. [`overlay`] applies the reviewed human decisions to it.
//!
//! Reading is strict: a line that is not understood is a [`diagnostic::Diagnostic`] with its place, never a
//! best effort, and all the errors of a page are reported at once.

pub mod api;
pub mod canonical;
pub mod captures;
pub mod derive;
pub mod description;
pub mod diagnostic;
pub mod facts;
pub mod import;
pub mod layout;
pub mod lint;
pub mod markdown_print;
pub mod overlay;
pub mod page;
pub mod sample;
pub mod sources;
mod structure;
pub mod text;
pub mod type_notation;
pub mod vocabulary;
