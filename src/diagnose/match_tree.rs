//! Why a rule fired on a capture or did not: each of its conditions with yes, no or unknown, and the lines that say so.

use super::device::Device as Facts;
use super::examine::{self, Outcome, evidence};
use super::finding::Evidence;
use super::judge::Judge;
use super::verdict::Verdict;
use super::{Given, Options, Read};
use crate::base::{Certainty, Problem, State, Truth};
use crate::rules::{Bindings, Condition, Rule, RuleSet};

/// A rule on all devices of some inputs.
#[derive(Debug)]
pub struct Matches<'r> {
    /// By device.
    pub matches: Vec<Match<'r>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether any input could be read.
    pub readable: bool,
}

/// A rule on one device.
#[derive(Debug)]
pub struct Match<'r> {
    /// How the device is called.
    pub device: String,
    /// What came of the rule.
    pub outcome: Ending,
    /// The lines of its finding, where it makes one.
    pub evidence: Vec<Evidence>,
    /// Its parts, in the order in which they are judged.
    pub parts: Vec<(&'static str, Node<'r>)>,
}

/// What came of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `applies` is false.
    NotApplicable,
    /// It looked and found nothing.
    NotMatched,
    /// It cannot tell.
    Undecided,
    /// It made a finding.
    Found(Certainty, State),
}

/// A condition with what came of it.
#[derive(Debug)]
pub struct Node<'r> {
    /// The condition.
    pub condition: &'r Condition,
    /// Whether it holds.
    pub truth: Truth,
    /// The lines that show it, each once; of a false one the line with the other value.
    pub evidence: Vec<Evidence>,
    /// What it captured.
    pub captured: Bindings,
    /// Commands that would settle an unknown one.
    pub collect: Vec<String>,
    /// The conditions inside it. Those of a list are judged for each element and not shown.
    pub inner: Vec<Node<'r>>,
}

/// Judges one rule on every device of the inputs, in the order of the devices. `rules` say which log messages are kept.
pub fn matches<'r>(given: &[Given], rule: &'r Rule, rules: &RuleSet) -> Matches<'r> {
    let read = Read::of(given, rules, &Options { jobs: 1, ..Options::default() });
    let matches = read.devices.iter().map(|device| of_device(device, rule)).collect();
    Matches { matches, readable: !read.inputs.is_empty(), problems: read.problems }
}

fn of_device<'r>(device: &Facts, rule: &'r Rule) -> Match<'r> {
    let judge = Judge::of(rule, device);
    let when = judge.judge(&rule.when, &Bindings::new());
    let mut parts = Vec::new();
    if let Some(applies) = &rule.applies {
        parts.push(("applies", node(&judge, applies, &Bindings::new())));
    }
    parts.push(("when", node(&judge, &rule.when, &Bindings::new())));
    if let Some(unless) = &rule.unless {
        parts.push(("unless", node(&judge, unless, &when.bindings)));
    }
    if let (Some(recovered_by), Some(newest)) = (&rule.recovered_by, when.newest(device)) {
        parts.push(("recovered_by", node(&judge.after(newest), recovered_by, &when.bindings)));
    }
    for (condition, severity) in &rule.severity_cases {
        let name = match severity {
            crate::base::Severity::Info => "severity info if",
            crate::base::Severity::Warning => "severity warning if",
            crate::base::Severity::Error => "severity error if",
        };
        parts.push((name, node(&judge, condition, &when.bindings)));
    }
    let (outcome, evidence) = ending(rule, device);
    Match { device: device.label().to_owned(), outcome, evidence, parts }
}

fn ending(rule: &Rule, device: &Facts) -> (Ending, Vec<Evidence>) {
    match examine::examine(rule, device) {
        Outcome::NotApplicable => (Ending::NotApplicable, Vec::new()),
        Outcome::NotMatched => (Ending::NotMatched, Vec::new()),
        Outcome::Undecided(_) => (Ending::Undecided, Vec::new()),
        Outcome::Found(finding) => (Ending::Found(finding.certainty, finding.state), finding.evidence),
    }
}

/// A condition and those inside it; each sees what those before it captured, as when the rule is judged.
fn node<'r>(judge: &Judge<'_>, condition: &'r Condition, bindings: &Bindings) -> Node<'r> {
    let Verdict { truth, proof, bindings: captured, collect, .. } = judge.judge(condition, bindings);
    let inner = in_turn(judge, condition.parts(), bindings);
    Node { condition, truth, evidence: evidence(judge.device, &proof), captured, collect, inner }
}

fn in_turn<'r>(judge: &Judge<'_>, parts: &'r [Condition], bindings: &Bindings) -> Vec<Node<'r>> {
    let mut known = bindings.clone();
    let mut nodes = Vec::with_capacity(parts.len());
    for part in parts {
        let node = node(judge, part, &known);
        known.add(&node.captured);
        nodes.push(node);
    }
    nodes
}
