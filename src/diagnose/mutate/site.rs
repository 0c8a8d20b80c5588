//! Every place of a rule where a condition can be dropped or negated, and the rule with that change made.

use std::fmt;

use crate::rules::condition::ListTest;
use crate::rules::schema;
use crate::rules::{Condition, Rule};

/// The part of a rule that a condition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `applies`.
    Applies,
    /// `when`.
    When,
    /// `unless`.
    Unless,
    /// `recovered_by`.
    RecoveredBy,
    /// The case of `severity` with this index.
    Severity(usize),
    /// `applies` of the step with this index.
    StepApplies(usize),
    /// `verify` of the step with this index.
    StepVerify(usize),
}

/// What is done to a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is left out.
    Dropped,
    /// It is turned round.
    Negated,
}

/// One change: where and what. The path leads from the root of the part over the indices of the inner conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) part: Part,
    pub(super) path: Vec<usize>,
    pub(super) change: Change,
}

impl Part {
    /// Whether it belongs to a next step and not to what decides a finding.
    pub fn is_step(self) -> bool {
        matches!(self, Self::StepApplies(_) | Self::StepVerify(_))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies => f.write_str("applies"),
            Self::When => f.write_str("when"),
            Self::Unless => f.write_str("unless"),
            Self::RecoveredBy => f.write_str("recovered_by"),
            Self::Severity(case) => write!(f, "severity, case {}", case + 1),
            Self::StepApplies(step) => write!(f, "applies of step {}", step + 1),
            Self::StepVerify(step) => write!(f, "verify of step {}", step + 1),
        }
    }
}

/// Every change of a rule, in the order in which it is written.
pub(super) fn sites(rule: &Rule) -> Vec<Site> {
    let mut found = Vec::new();
    for part in parts(rule) {
        let Some(root) = root(rule, part) else { continue };
        // Without its symptoms a rule is none; every other part may be left out as a whole.
        if part != Part::When {
            found.push(Site { part, path: Vec::new(), change: Change::Dropped });
        }
        walk(root, part, &mut Vec::new(), false, &mut found);
    }
    found
}

fn parts(rule: &Rule) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..rule.severity_cases.len()).map(Part::Severity).collect();
    parts.extend([Part::Applies, Part::When, Part::Unless, Part::RecoveredBy]);
    for step in 0..rule.next_steps.len() {
        parts.extend([Part::StepApplies(step), Part::StepVerify(step)]);
    }
    parts
}

fn root(rule: &Rule, part: Part) -> Option<&Condition> {
    match part {
        Part::Applies => rule.applies.as_ref(),
        Part::When => Some(&rule.when),
        Part::Unless => rule.unless.as_ref(),
        Part::RecoveredBy => rule.recovered_by.as_ref(),
        Part::Severity(case) => rule.severity_cases.get(case).map(|(condition, _)| condition),
        Part::StepApplies(step) => rule.next_steps.get(step)?.applies.as_ref(),
        Part::StepVerify(step) => rule.next_steps.get(step)?.verify.as_ref(),
    }
}

/// Below a `not` nothing is negated: that would be the same change as turning the `not` itself round.
fn walk(condition: &Condition, part: Part, path: &mut Vec<usize>, in_not: bool, found: &mut Vec<Site>) {
    if !in_not {
        found.push(Site { part, path: path.clone(), change: Change::Negated });
    }
    let inner = inner(condition);
    for (at, child) in inner.iter().enumerate() {
        path.push(at);
        if is_group(condition) && inner.len() > 1 {
            found.push(Site { part, path: path.clone(), change: Change::Dropped });
        }
        walk(child, part, path, matches!(condition, Condition::Not(_)), found);
        path.pop();
    }
}

fn is_group(condition: &Condition) -> bool {
    matches!(condition, Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..))
}

fn inner(condition: &Condition) -> Vec<&Condition> {
    if let Condition::List(test) = condition {
        return vec![&test.condition];
    }
    condition.parts().iter().collect()
}

/// The rule with one change made, and the condition it was made to.
pub(super) fn changed(rule: &Rule, part: Part, path: &[usize], change: Change) -> Option<(Rule, Condition)> {
    let old = root(rule, part)?;
    let at = path.iter().try_fold(old, |condition, index| inner(condition).get(*index).copied())?.clone();
    let new = match (path, change) {
        ([], Change::Dropped) => None,
        (path, change) => Some(edited(old, path, change)),
    };
    let mut rule = rule.clone();
    put(&mut rule, part, new)?;
    Some((rule, at))
}

fn put(rule: &mut Rule, part: Part, new: Option<Condition>) -> Option<()> {
    match part {
        Part::Applies => rule.applies = new,
        Part::When => rule.when = new?,
        Part::Unless => rule.unless = new,
        Part::RecoveredBy => rule.recovered_by = new,
        Part::Severity(case) => match new {
            Some(new) => rule.severity_cases.get_mut(case)?.0 = new,
            None => drop(rule.severity_cases.remove(case)),
        },
        Part::StepApplies(step) => rule.next_steps.get_mut(step)?.applies = new,
        Part::StepVerify(step) => rule.next_steps.get_mut(step)?.verify = new,
    }
    Some(())
}

/// A copy of a condition with the change made at the end of the path.
fn edited(condition: &Condition, path: &[usize], change: Change) -> Condition {
    let Some((first, rest)) = path.split_first() else { return negated(condition) };
    let parts = |parts: &[Condition]| {
        let drops = rest.is_empty() && change == Change::Dropped;
        let kept = parts.iter().enumerate().filter(|(at, _)| !(drops && at == first));
        kept.map(|(at, it)| if at == *first { edited(it, rest, change) } else { it.clone() }).collect()
    };
    match condition {
        Condition::All(all) => Condition::All(parts(all)),
        Condition::Any(any) => Condition::Any(parts(any)),
        Condition::AtLeast(count, of) => Condition::AtLeast(*count, parts(of)),
        Condition::Not(part) => Condition::Not(Box::new(edited(part, rest, change))),
        Condition::List(test) => {
            let condition = Box::new(edited(&test.condition, rest, change));
            Condition::List(ListTest { list: test.list.clone(), quantifier: test.quantifier, condition })
        }
        leaf => leaf.clone(),
    }
}

fn negated(condition: &Condition) -> Condition {
    match condition {
        Condition::Not(part) => (**part).clone(),
        other => Condition::Not(Box::new(other.clone())),
    }
}

/// The 1-based line of a condition in the text of its rule; that of the nearest outer one where it has no place.
pub(super) fn line(written: &schema::Rule, text: &str, part: Part, path: &[usize]) -> usize {
    let mut offset = start(written, text, part);
    let mut condition = written_root(written, part);
    for index in path.iter().map(Some).chain([None]) {
        let Some(here) = condition else { break };
        offset = offset_of(here).unwrap_or(offset);
        condition = index.and_then(|index| written_inner(here).get(*index).copied());
    }
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// Where a part begins: its key at the start of a line, or the step that it belongs to.
fn start(written: &schema::Rule, text: &str, part: Part) -> usize {
    let key = match part {
        Part::Applies => "\napplies:",
        Part::When => "\nwhen:",
        Part::Unless => "\nunless:",
        Part::RecoveredBy => "\nrecovered_by:",
        Part::Severity(_) => "\nseverity:",
        Part::StepApplies(step) | Part::StepVerify(step) => {
            return written.next_steps.get(step).map_or(0, |step| step.text.offset);
        }
    };
    text.find(key).map_or(0, |at| at + 1)
}

fn written_root(rule: &schema::Rule, part: Part) -> Option<&schema::Condition> {
    match part {
        Part::Applies => rule.applies.as_ref(),
        Part::When => Some(&rule.when),
        Part::Unless => rule.unless.as_ref(),
        Part::RecoveredBy => rule.recovered_by.as_ref(),
        Part::Severity(case) => rule.severity.when.get(case).map(|it| &it.condition),
        Part::StepApplies(step) => rule.next_steps.get(step)?.applies.as_ref(),
        Part::StepVerify(step) => rule.next_steps.get(step)?.verify.as_ref(),
    }
}

fn written_inner(condition: &schema::Condition) -> Vec<&schema::Condition> {
    match condition {
        schema::Condition::All(parts) | schema::Condition::Any(parts) => parts.iter().collect(),
        schema::Condition::AtLeast(part) => part.of.iter().collect(),
        schema::Condition::Not(part) => vec![part],
        schema::Condition::Some(test) | schema::Condition::Every(test) | schema::Condition::Count(test) => {
            vec![&test.condition]
        }
        schema::Condition::Era(_)
        | schema::Condition::Fact(_)
        | schema::Condition::Log(_)
        | schema::Condition::Event(_)
        | schema::Condition::Typed(_)
        | schema::Condition::Config(_)
        | schema::Condition::Seen(_) => Vec::new(),
    }
}

fn offset_of(condition: &schema::Condition) -> Option<usize> {
    match condition {
        schema::Condition::All(parts) | schema::Condition::Any(parts) => Some(parts.offset),
        schema::Condition::AtLeast(part) => Some(part.count.offset),
        schema::Condition::Not(part) => offset_of(part),
        schema::Condition::Era(eras) => Some(eras.offset),
        schema::Condition::Fact(test) => Some(test.key.offset),
        schema::Condition::Some(test) | schema::Condition::Every(test) | schema::Condition::Count(test) => {
            Some(test.list.offset)
        }
        schema::Condition::Log(test) => Some(test.offset),
        schema::Condition::Event(test) => Some(test.offset),
        schema::Condition::Typed(test) => Some(test.command.offset),
        schema::Condition::Config(test) => Some(test.line.offset),
        schema::Condition::Seen(test) => Some(test.command.offset),
    }
}
