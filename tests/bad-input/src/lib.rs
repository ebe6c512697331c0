//! Spoils pages and documents the way that bad copying, careless editing and ill will do, the same way for the
//! same seed.

pub mod document;
pub mod page;
