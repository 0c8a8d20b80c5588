//! Something about an input that the reader should know: unreadable, cut off, not understood. Never fatal by itself.

use serde::{Deserialize, Serialize};

/// A problem with an input, as listed under `problems` in the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code of the form `layer::what_is_wrong`, such as `input::unreadable`.
    pub code: String,
    /// The input concerned.
    pub path: String,
    /// 1-based line of the original input, where there is one.
    pub line: Option<u32>,
    /// What is wrong and what to do, in one sentence.
    pub text: String,
}

impl Problem {
    /// A problem with an input as a whole.
    pub fn of_input(code: &str, path: &str, text: impl Into<String>) -> Self {
        Self { code: code.to_owned(), path: path.to_owned(), line: None, text: text.into() }
    }
}
