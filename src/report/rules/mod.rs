//! What is told about rules: the list, what came of their examples and of changes to them, why one matches, their manual.

pub mod docs;
pub mod list;
pub mod matches;
pub mod mutants;
pub mod trials;
