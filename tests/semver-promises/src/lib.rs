//! Judges the versions that `specdiff` advises by the crates that `codegen` generates.
//!
//! `pairs/base.yaml` is a document, and each entry of `pairs/pairs.toml` an edit of it: one kind of change. Both
//! crates of a pair are generated and judged twice: by cargo-semver-checks, and by a comparison of their public
//! [`Surface`], since cargo-semver-checks does not look at the types of fields and arguments, and not at what is
//! added. The higher verdict must be the level that `specdiff` has for the change, or the pair says why it is not.
//!
//! `cargo run --release -p semver-promises -- judge` writes the verdicts to `pairs/verdicts.toml`, with a digest of
//! what was judged, so that the tests need no cargo-semver-checks and yet notice that a verdict is out of date.

mod client;
mod pair;
mod surface;
mod verdict;

pub use client::{NAME, client};
pub use pair::{Pair, base, pairs};
pub use surface::{Surface, SurfaceChange};
pub use verdict::{Verdict, Verdicts, digest};
