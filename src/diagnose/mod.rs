//! Judging.
pub mod finding;
