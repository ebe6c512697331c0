//! The test of this crate runs the examples of `unified-contacts`.
