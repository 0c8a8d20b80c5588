//! Rules: as written (`schema`, `examples`), as compiled (`rule`, `condition`, `template`), and the way between them.
//!
//! A rule is data. What it can say is the condition language of `schema`; judging it is the business of `diagnose`.

mod advice;
mod answers;
pub mod beside;
mod bindings;
pub mod builtin;
mod compile;
pub mod condition;
mod coverage;
mod digest;
pub mod error;
pub mod examples;
mod expression;
mod fault;
mod files;
#[cfg(test)]
mod json_schema;
mod literals;
mod loading;
mod looks_at;
pub mod pattern;
mod relations;
pub mod rewrite;
pub mod rule;
pub mod schema;
pub mod set;
pub mod settings;
mod severity;
pub mod template;
mod unfinished;
mod warnings;
mod written;
mod yaml;

/// The JSON Schema of a rule, for editors; made from the types and kept current by a test.
pub const RULE_SCHEMA: &str = include_str!("../../schema/rule.schema.json");

/// The JSON Schema of an examples file.
pub const EXAMPLES_SCHEMA: &str = include_str!("../../schema/rule-examples.schema.json");

pub use bindings::Bindings;
pub use condition::Condition;
pub use error::RuleError;
pub use expression::Expression;
pub use looks_at::LooksAt;
pub use pattern::Pattern;
pub use rule::{Rule, Step};
pub use set::RuleSet;
pub use template::Template;
