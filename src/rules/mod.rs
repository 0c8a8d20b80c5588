//! Rules as written and compiled.
pub mod schema;
