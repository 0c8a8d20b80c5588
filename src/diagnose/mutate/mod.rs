//! Whether the examples of a rule would notice a mistake in it: each condition is dropped or negated, one at a time, and the
//! rule's own examples are run. A change that no example notices is a *survivor*: nothing shows that this condition is right.
//!
//! The captures of a rule's examples are read once. A changed rule is judged on what was read, beside the other rules as
//! they are, so that thousands of changes take seconds.

pub mod site;

use rayon::prelude::*;

use self::site::{Change, Part, Site, sites};
use super::device::Device as Facts;
use super::examine::{self, Outcome};
use super::finding::Device;
use super::trial::Example;
use crate::rules::set::RuleExamples;
use crate::rules::{Condition, Rule, RuleSet};

/// What came of the changes to one rule.
#[derive(Debug)]
pub struct Report {
    /// The rule.
    pub rule: String,
    /// Changes to what decides a finding: `applies`, `when`, `unless`, `recovered_by`, the cases of `severity`.
    pub deciding: Share,
    /// Changes to `applies` and `verify` of next steps.
    pub steps: Share,
    /// The changes that no example noticed, in the order of the rule.
    pub survivors: Vec<Survivor>,
}

/// How many changes were noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Noticed by an example.
    pub caught: usize,
    /// Tried.
    pub tried: usize,
}

/// A change that no example noticed.
#[derive(Debug)]
pub struct Survivor {
    /// Where it was made.
    pub part: Part,
    /// 1-based line of the rule's file.
    pub line: usize,
    /// What was done.
    pub change: Change,
    /// The condition it was done to.
    pub condition: Condition,
}

/// Changes each rule in turn; `rules` are those in force and hold them. In the order given.
pub fn mutate(examples: &[&RuleExamples], rules: &RuleSet) -> Vec<Report> {
    let of = |it: &&RuleExamples| Some(of_rule(rules.get(&it.rule)?, it, rules));
    examples.par_iter().filter_map(of).collect()
}

fn of_rule(rule: &Rule, examples: &RuleExamples, rules: &RuleSet) -> Report {
    let captures: Vec<Read<'_>> =
        Example::all(&examples.examples).map(|example| Read::new(example, rules)).collect();
    let mut report = Report {
        rule: rule.id.to_string(),
        deciding: Share::default(),
        steps: Share::default(),
        survivors: Vec::new(),
    };
    for Site { part, path, change } in sites(rule) {
        let Some((changed, condition)) = site::changed(rule, part, &path, change) else { continue };
        let caught = captures.iter().any(|capture| !capture.comes_out_as_written(&changed, rules));
        let share = if part.is_step() { &mut report.steps } else { &mut report.deciding };
        share.tried += 1;
        share.caught += usize::from(caught);
        if !caught {
            let line = site::line(&examples.written, &examples.rule_text, part, &path);
            report.survivors.push(Survivor { part, line, change, condition });
        }
    }
    report
}

/// An example whose capture was read and on which every rule was judged.
struct Read<'e> {
    example: Example<'e>,
    devices: Vec<(Facts, Vec<Outcome>)>,
}

impl<'e> Read<'e> {
    fn new(example: Example<'e>, rules: &RuleSet) -> Self {
        let judge_all = |facts: Facts| {
            let outcomes = rules.rules().iter().map(|rule| examine::examine(rule, &facts)).collect();
            (facts, outcomes)
        };
        let options = super::Options { jobs: 1, ..super::Options::default() };
        let read = super::Read::of(&example.given(), rules, &options);
        let devices = read.devices.into_iter().map(judge_all).collect();
        Self { example, devices }
    }

    /// Whether the example still holds where `changed` stands in the place of the rule with its id.
    fn comes_out_as_written(&self, changed: &Rule, rules: &RuleSet) -> bool {
        let devices: Vec<Device> = self
            .devices
            .iter()
            .map(|(facts, outcomes)| {
                let all = rules.rules().iter().zip(outcomes).map(|(rule, outcome)| {
                    let is_changed = rule.id == changed.id;
                    let outcome = if is_changed { examine::examine(changed, facts) } else { outcome.clone() };
                    (&rule.id, outcome)
                });
                super::device_of(facts, all, rules)
            })
            .collect();
        self.example.judge(&changed.id, &devices).is_good()
    }
}

impl Share {
    /// Adds another one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { caught: self.caught + other.caught, tried: self.tried + other.tried }
    }

    /// Tenths of a per cent, rounded down; 1000 where nothing was tried.
    pub fn per_mille(self) -> usize {
        (self.caught * 1000).checked_div(self.tried).unwrap_or(1000)
    }
}

#[cfg(test)]
mod tests;
