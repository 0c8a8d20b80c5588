//! In short why a rule makes a finding on an example, or none: the few conditions that decided, each with a line.

use super::Given;
use super::finding::Evidence;
use super::match_tree::{Ending, Match, Node, matches};
use crate::base::Truth;
use crate::rules::{Condition, Rule, RuleSet};

/// What came of a rule, and why.
#[derive(Clone, Debug)]
pub struct Reason {
    /// What came of it.
    pub ending: Ending,
    /// The conditions that decided. Empty where an older reading made the finding.
    pub decisive: Vec<Decisive>,
    /// The lines of the finding, where there is one.
    pub evidence: Vec<Evidence>,
}

/// A condition that decided.
#[derive(Clone, Debug)]
pub struct Decisive {
    /// The part of the rule, such as `when`.
    pub part: &'static str,
    /// The condition.
    pub condition: Condition,
    /// Whether it holds.
    pub truth: Truth,
    /// The first line that shows it.
    pub line: Option<Evidence>,
}

/// Judges a rule on an example's capture. `None` where no device is recognised in it. Of several devices the one that fires
/// is told of, else the first that the rule is about.
pub fn reason(given: &[Given], rule: &Rule, rules: &RuleSet) -> Option<Reason> {
    let read = matches(given, rule, rules);
    let first = |wanted: fn(Ending) -> bool| read.matches.iter().find(|it| wanted(it.outcome));
    let told = first(|ending| matches!(ending, Ending::Found(..)))
        .or_else(|| first(|ending| ending != Ending::NotApplicable))
        .or(read.matches.first())?;
    Some(Reason { ending: told.outcome, decisive: decisive(told), evidence: told.evidence.clone() })
}

/// The conditions that carry the outcome.
fn decisive(it: &Match<'_>) -> Vec<Decisive> {
    let part = |name: &str| it.parts.iter().find(|(part, _)| *part == name);
    let mut found = Vec::new();
    let mut add = |name: &str, wanted: Truth| {
        if let Some((part, node)) = part(name) {
            collect(part, node, wanted, &mut found);
        }
    };
    match it.outcome {
        Ending::NotApplicable => add("applies", Truth::No),
        Ending::Found(..) => {
            add("when", Truth::Yes);
            add("when", Truth::Unknown);
        }
        Ending::NotMatched | Ending::Undecided => {
            if part("unless").is_some_and(|(_, unless)| unless.truth == Truth::Yes) {
                add("unless", Truth::Yes);
            }
            add("when", Truth::No);
            add("when", Truth::Unknown);
        }
    }
    found
}

/// The innermost conditions with a truth. A part that holds does not explain why the whole does not.
fn collect(part: &'static str, node: &Node<'_>, wanted: Truth, found: &mut Vec<Decisive>) {
    if matches!(node.condition, Condition::Not(_)) || node.inner.is_empty() {
        if node.truth == wanted {
            let (condition, line) = (node.condition.clone(), node.evidence.first().cloned());
            found.push(Decisive { part, condition, truth: node.truth, line });
        }
        return;
    }
    for inner in node.inner.iter().filter(|_| carries(node, wanted)) {
        collect(part, inner, wanted, found);
    }
}

/// Under `any` that holds, a part that is unknown decides nothing; under `all` that does not hold, neither.
fn carries(node: &Node<'_>, wanted: Truth) -> bool {
    match wanted {
        Truth::Unknown => node.truth == Truth::Unknown,
        Truth::No => node.truth == Truth::No,
        Truth::Yes => node.truth != Truth::No,
    }
}
