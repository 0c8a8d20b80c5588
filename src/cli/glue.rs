//! GLUE, to be completed when `diagnose`, `rules::set` and `input` are in: the only place where the command line touches them.
//! Until then every command that needs rules says that it cannot.

use std::path::PathBuf;

use super::args::{Inputs, RuleChoice};
use super::failure::Failure;
use crate::diagnose::finding::Diagnosis;
use crate::report::Style;
use crate::report::facts::FactsOf;
use crate::rules::Rule;

/// The rules in force.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    /// All of them, by id.
    pub(super) fn all(&self) -> Vec<&Rule> {
        self.0.iter().collect()
    }
}

/// What came of a run.
pub(super) struct Judged {
    /// The contract's document.
    pub(super) diagnosis: Diagnosis,
    /// Whether anything was recognised as licensing data.
    pub(super) recognised: bool,
    /// Whether any input could be read.
    pub(super) readable: bool,
}

/// The facts of each device.
pub(super) fn facts(_judged: &Judged) -> Vec<FactsOf<'_>> {
    Vec::new()
}

/// An example of a rule with what came of it.
pub(super) struct Tried {
    /// The rule.
    pub(super) rule: String,
    /// Name of the example.
    pub(super) example: String,
    /// `Fired`, `Silent`, `Undecided`, `Missing`, `Noisy`, `Wrong`.
    pub(super) outcome: String,
    /// Whether it came out as written.
    pub(super) good: bool,
    /// What differs.
    pub(super) differences: Vec<String>,
}

/// Loads the rules that the command line asks for.
pub(super) fn rules(_choice: &RuleChoice, _style: &Style) -> Result<Rules, Failure> {
    Err(missing())
}

/// Reads and judges.
pub(super) fn judge(_paths: &[PathBuf], _rules: &Rules, _inputs: &Inputs) -> Judged {
    Judged { diagnosis: empty(), recognised: false, readable: false }
}

/// Checks rules; gives how many there are.
pub(super) fn check(_paths: &[PathBuf], _style: &Style) -> Result<usize, Failure> {
    Err(missing())
}

/// Runs the examples beside rules.
pub(super) fn test(_paths: &[PathBuf], _style: &Style) -> Result<Vec<Tried>, Failure> {
    Err(missing())
}

fn missing() -> Failure {
    Failure::Rules("the diagnosis is not wired to the command line yet".to_owned())
}

fn empty() -> Diagnosis {
    use crate::diagnose::finding::{RuleSet, Summary, Tool};
    Diagnosis {
        schema_version: 1,
        tool: Tool {
            name: "sldiag",
            version: env!("CARGO_PKG_VERSION"),
            rules: RuleSet { count: 0, sha256: String::new() },
        },
        inputs: Vec::new(),
        devices: Vec::new(),
        problems: Vec::new(),
        fleet: Vec::new(),
        summary: Summary::default(),
    }
}
