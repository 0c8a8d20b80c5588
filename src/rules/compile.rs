//! From a rule as written to a rule as compiled. Every fault of the rule is collected, not only the first.
//!
//! The built-in rules were checked when they were written (a test does), so at start they are only translated: nothing is
//! looked up and no regular expression is compiled.

mod conditions;
mod fact;
mod mnemonic;
#[cfg(test)]
mod tests;
mod writer;

use self::conditions::condition;
use self::fact::Scope;
pub(super) use self::writer::Patterns;
use self::writer::Writer;
use super::condition::Condition;
use super::fault::{Fault, FaultKind};
use super::rule::{Rule, Step};
use super::schema::{self, At, SeverityChoice};
use crate::base::Severity;

/// Scenario numbers: 1 to 9 are the guide's, 10 to 45 sldiag's own (DOMAIN 3.4).
const SCENARIOS: std::ops::RangeInclusive<i64> = 1..=45;

/// How much of a rule is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// Keys, kinds, patterns and names as well: for rules that somebody writes.
    Everything,
    /// Only what cannot be translated is a fault: for rules that were checked before.
    Nothing,
}

/// Compiles a rule; `Err` holds its faults by their place in the file.
pub(super) fn compile(written: &schema::Rule, check: Check) -> Result<Rule, Vec<Fault>> {
    compile_with(written, check, &mut Patterns::new())
}

/// The same for one of many rules, which share their patterns.
pub(super) fn compile_with(
    written: &schema::Rule,
    check: Check,
    patterns: &mut Patterns,
) -> Result<Rule, Vec<Fault>> {
    let mut w = Writer::new(check, std::mem::take(patterns));
    let rule = rule(&mut w, written);
    *patterns = std::mem::take(&mut w.patterns);
    let faults = w.finish();
    if faults.is_empty() { Ok(rule) } else { Err(faults) }
}

/// The parts are read in the order in which they are judged: a pattern or text may only use what is captured before it.
fn rule(w: &mut Writer, written: &schema::Rule) -> Rule {
    let id = id(w, &written.id);
    let applies = optional(w, written.applies.as_ref());
    let when = condition(w, &written.when, Scope::Device);
    let unless = w.inside("`unless`", |w| optional(w, written.unless.as_ref()));
    let recovered_by = w.inside("`recovered_by`", |w| optional(w, written.recovered_by.as_ref()));
    let severity_cases = severity_cases(w, &written.severity);
    let next_steps = written.next_steps.iter().map(|it| step(w, it)).collect();
    let message = w.template(&written.message);
    Rule {
        id: id.into(),
        scenario: written.scenario.as_ref().and_then(|it| scenario(w, it)),
        title: title(w, &written.title).into(),
        severity: written.severity.default,
        severity_cases,
        applies,
        when,
        unless,
        recovered_by,
        causes: written.causes.iter().map(|it| it.value.clone()).collect(),
        alternatives: written.alternatives.iter().map(|it| it.value.clone()).collect(),
        message,
        explain: written.explain.as_str().into(),
        next_steps,
        collect: written.collect.clone(),
        references: written.references.as_slice().into(),
        looks_at: std::sync::OnceLock::new(),
    }
}

fn optional(w: &mut Writer, written: Option<&schema::Condition>) -> Option<Condition> {
    written.map(|it| condition(w, it, Scope::Device))
}

/// One case is chosen; what it captures is known to the texts, not to the other cases.
fn severity_cases(w: &mut Writer, written: &SeverityChoice) -> Vec<(Condition, Severity)> {
    let mut captured = Vec::new();
    let mut cases = Vec::with_capacity(written.when.len());
    for case in &written.when {
        let (condition, names) = w.aside(|w| condition(w, &case.condition, Scope::Device));
        captured.extend(names);
        cases.push((condition, case.then));
    }
    w.know(captured);
    cases
}

/// What `applies` captures is known to `verify`, and what either does to the texts of the same step.
fn step(w: &mut Writer, written: &schema::Step) -> Step {
    w.inside("the `applies` of a step", |w| {
        let applies = optional(w, written.applies.as_ref());
        w.inside("the `verify` of a step", |w| {
            let verify = optional(w, written.verify.as_ref());
            Step {
                text: w.template(&written.text),
                commands: written.commands.iter().map(|it| w.template(it)).collect(),
                effect: written.effect,
                applies,
                verify,
                collect: written.collect.clone(),
            }
        })
    })
}

fn id(w: &mut Writer, written: &At<String>) -> String {
    let is_word =
        |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let starts_well = written.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts_well || !written.split('-').all(is_word) {
        w.fault(written, FaultKind::BadId { id: written.value.clone() });
    }
    written.value.clone()
}

fn scenario(w: &mut Writer, written: &At<i64>) -> Option<u8> {
    if !SCENARIOS.contains(&written.value) {
        w.fault(written, FaultKind::BadScenario { number: written.value });
    }
    u8::try_from(written.value).ok()
}

fn title(w: &mut Writer, written: &At<String>) -> String {
    if written.trim().is_empty() {
        w.empty(written, "this title is empty");
    }
    written.trim().to_owned()
}
