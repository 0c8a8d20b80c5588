//! What the commands ask of the library: load rules, judge inputs, check rules. Turns its errors into failures.

use std::path::PathBuf;

use super::args::Inputs;
use super::config::{Config, Said, Source};
use super::failure::Failure;
use crate::diagnose::{Given, Options, Outcome, diagnose};
use crate::input;
use crate::report::Style;
use crate::rules::schema::At;
use crate::rules::set::{self, Checked};
use crate::rules::settings::{self, Grade};
use crate::rules::{RuleError, RuleSet, error};

/// Loads the rules that are in force.
pub(super) fn rules(config: &Config, style: &Style) -> Result<RuleSet, Failure> {
    let paths: Vec<PathBuf> = config.rules.iter().map(|it| it.value.clone()).collect();
    let builtin = config.builtin_rules.value;
    let mut rules = if paths.is_empty() && builtin {
        RuleSet::builtin()
    } else {
        RuleSet::load(builtin, &paths).map_err(|errors| bad(&errors, style))?
    };
    let unknown: Vec<RuleError> = config.severity.iter().filter_map(|it| unknown(it, &rules)).collect();
    if !unknown.is_empty() {
        return Err(bad(&unknown, style));
    }
    rules.regrade(config.severity.iter().map(|(id, grade)| (id.as_str(), grade.value.value)));
    Ok(rules)
}

/// A severity for a rule that does not exist: a slip of the pen must not leave a rule in force unseen. That built-in rules are
/// left out for once is no such slip.
fn unknown((id, said): (&String, &Said<At<Grade>>), rules: &RuleSet) -> Option<RuleError> {
    let Source::File(path) = &said.source else { return None };
    if rules.get(id).is_some() {
        return None;
    }
    let builtin = RuleSet::builtin();
    if builtin.get(id).is_some() {
        return None;
    }
    let known = rules.rules().iter().chain(builtin.rules()).map(|rule| rule.id.as_str());
    Some(settings::unknown_rule(path, id, &said.value, known))
}

/// Reads and judges; folders are walked first, and what cannot be entered is a problem like a file that cannot be read.
pub(super) fn judge(paths: &[PathBuf], rules: &RuleSet, inputs: &Inputs) -> Outcome {
    let (files, problems) = input::walk(paths);
    let given: Vec<Given> = files.into_iter().map(Given::File).collect();
    let options =
        Options { now: inputs.now.as_deref().cloned(), jobs: inputs.jobs, limits: inputs.archives.limits() };
    let mut outcome = diagnose(&given, rules, &options);
    outcome.diagnosis.problems.extend(problems);
    outcome.diagnosis.problems.sort();
    outcome
}

/// Checks rules with their examples: those of the paths, else the built-in ones.
pub(super) fn checked(paths: &[PathBuf], style: &Style) -> Result<Checked, Failure> {
    set::check(paths).map_err(|errors| bad(&errors, style))
}

pub(super) fn bad(errors: &[RuleError], style: &Style) -> Failure {
    Failure::Rules(drawn(errors, style))
}

/// Errors or warnings with their places.
pub(super) fn drawn(errors: &[RuleError], style: &Style) -> String {
    let style = error::Style { colour: style.color, unicode: style.unicode, width: style.width };
    error::render(errors, style)
}
