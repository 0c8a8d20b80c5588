//! Parsers: one file a command or record. They never fail: value plus problems, unknown lines counted.

pub mod sink;

pub use sink::{Fields, Sink};
