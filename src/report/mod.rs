//! Reports: one file a format; pure, from a diagnosis to text.
//!
//! Nothing here opens, prints or decides: a report sees the outcome of a diagnosis and the rules, and gives back a string.

pub mod csv;
pub mod explain;
pub mod facts;
pub mod json;
pub mod ndjson;
pub mod rules;
pub mod scan;
pub mod text;
pub mod words;

#[cfg(test)]
pub(crate) mod sample;

pub use text::Style;
