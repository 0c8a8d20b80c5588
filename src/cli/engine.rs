//! What the commands ask of the library: load rules, judge inputs, check rules. Turns its errors into failures.

use std::path::PathBuf;

use super::args::{Inputs, RuleChoice};
use super::failure::Failure;
use crate::diagnose::{Given, Options, Outcome, diagnose};
use crate::input;
use crate::report::Style;
use crate::rules::set::{self, Checked};
use crate::rules::{RuleError, RuleSet, error};

/// Loads the rules that the command line asks for.
pub(super) fn rules(choice: &RuleChoice, style: &Style) -> Result<RuleSet, Failure> {
    if choice.rules.is_empty() {
        return Ok(RuleSet::builtin());
    }
    RuleSet::load(!choice.no_builtin_rules, &choice.rules).map_err(|errors| bad(&errors, style))
}

/// Reads and judges; folders are walked first, and what cannot be entered is a problem like a file that cannot be read.
pub(super) fn judge(paths: &[PathBuf], rules: &RuleSet, inputs: &Inputs) -> Outcome {
    let (files, problems) = input::walk(paths);
    let given: Vec<Given> = files.into_iter().map(Given::File).collect();
    let options = Options { now: inputs.now.as_deref().cloned(), jobs: inputs.jobs };
    let mut outcome = diagnose(&given, rules, &options);
    outcome.diagnosis.problems.extend(problems);
    outcome.diagnosis.problems.sort();
    outcome
}

/// Checks rules with their examples: those of the paths, else the built-in ones.
pub(super) fn checked(paths: &[PathBuf], style: &Style) -> Result<Checked, Failure> {
    set::check(paths).map_err(|errors| bad(&errors, style))
}

fn bad(errors: &[RuleError], style: &Style) -> Failure {
    let style = error::Style { colour: style.color, unicode: style.unicode, width: style.width };
    Failure::Rules(error::render(errors, style))
}
