//! A rule as compiled, ready to be judged.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::Template;
use super::condition::{Condition, LogTest};
use super::looks_at::LooksAt;
use super::schema::Reference;
use crate::base::{Effect, Severity};

/// A diagnosis.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Name of the problem.
    pub id: Arc<str>,
    /// Scenario number.
    pub scenario: Option<u8>,
    /// One line.
    pub title: Arc<str>,
    /// Severity where no case holds.
    pub severity: Severity,
    /// The first case that holds decides.
    pub severity_cases: Vec<(Condition, Severity)>,
    /// False skips the rule.
    pub applies: Option<Condition>,
    /// The symptoms.
    pub when: Condition,
    /// True silences the rule.
    pub unless: Option<Condition>,
    /// Newer than the symptoms and true: recovered.
    pub recovered_by: Option<Condition>,
    /// Rules that this problem brings about.
    pub causes: Vec<String>,
    /// Rules that explain the same symptom.
    pub alternatives: Vec<String>,
    /// What is wrong on this device.
    pub message: Template,
    /// Why this happens.
    pub explain: Arc<str>,
    /// What to do.
    pub next_steps: Vec<Step>,
    /// Commands that would settle a possible finding; empty: worked out from the conditions.
    pub collect: Vec<String>,
    /// Where the knowledge comes from.
    pub references: Arc<[Reference]>,
    /// What its conditions look at, worked out when it is first asked for.
    pub looks_at: OnceLock<LooksAt>,
}

/// A next step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to do.
    pub text: Template,
    /// Exact commands.
    pub commands: Vec<Template>,
    /// What they do.
    pub effect: Effect,
    /// Shown only where this is not false.
    pub applies: Option<Condition>,
    /// True: done.
    pub verify: Option<Condition>,
    /// Commands that would show whether it is done; empty: worked out from `verify`.
    pub collect: Vec<String>,
}

impl Rule {
    /// Every condition of the rule with its steps' and cases'.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let of_steps = self.next_steps.iter().flat_map(|step| step.applies.iter().chain(&step.verify));
        let cases = self.severity_cases.iter().map(|(condition, _)| condition);
        std::iter::once(&self.when)
            .chain(&self.applies)
            .chain(&self.unless)
            .chain(&self.recovered_by)
            .chain(cases)
            .chain(of_steps)
    }

    /// What its conditions look at.
    pub fn looks_at(&self) -> &LooksAt {
        self.looks_at.get_or_init(|| LooksAt::of(self))
    }

    /// Names of all log messages that its conditions ask for: what a parser must keep.
    pub fn log_names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for condition in self.conditions() {
            log_names(condition, &mut names);
        }
        names
    }
}

fn log_names<'r>(condition: &'r Condition, names: &mut BTreeSet<&'r str>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                log_names(part, names);
            }
        }
        Condition::Not(part) => log_names(part, names),
        Condition::List(test) => log_names(&test.condition, names),
        Condition::Log(test) => names_of_log(test, names),
        Condition::Era(_)
        | Condition::Fact(_)
        | Condition::Event(_)
        | Condition::Typed(_)
        | Condition::Config(_)
        | Condition::Seen(_) => {}
    }
}

fn names_of_log<'r>(test: &'r LogTest, names: &mut BTreeSet<&'r str>) {
    names.extend(test.names.iter().map(String::as_str));
    for neighbour in &test.neighbours {
        names_of_log(&neighbour.log, names);
    }
}
