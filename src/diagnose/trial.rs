//! Runs the examples beside a rule. `sldiag rules test` and the test suite share this runner, so that users test their
//! rules as we test ours.

use std::fmt;

use super::finding::{Device, Finding};
use super::{Given, Options, diagnose};
use crate::base::{Certainty, State};
use crate::rules::RuleSet;
use crate::rules::examples::{Examples, Files, Firing, Unknown};

/// One example with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The rule.
    pub rule: String,
    /// Name of the example.
    pub example: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fired as expected.
    Fired,
    /// It stayed silent as expected.
    Silent,
    /// It could not tell, as expected.
    Undecided,
    /// It should have fired.
    Missing,
    /// It fired where it should not.
    Noisy,
    /// It fired, but not as expected: one line a difference.
    Wrong(Vec<String>),
}

impl Outcome {
    /// Whether the example came out as written.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Fired | Self::Silent | Self::Undecided)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fired => "Fired",
            Self::Silent => "Silent",
            Self::Undecided => "Undecided",
            Self::Missing => "Missing",
            Self::Noisy => "Noisy",
            Self::Wrong(_) => "Wrong",
        })
    }
}

/// Runs every example of a rule, all rules in force.
pub fn trials(rule: &str, examples: &Examples, rules: &RuleSet) -> Vec<Trial> {
    let trial =
        |example: &str, outcome| Trial { rule: rule.to_owned(), example: example.to_owned(), outcome };
    let fires = examples.fires.iter().map(|it| trial(&it.name, firing(rule, it, rules)));
    let silent = examples.silent.iter().map(|it| {
        let is_silent = found(rule, &run(&it.input, &it.files, rules)).is_none();
        trial(&it.name, if is_silent { Outcome::Silent } else { Outcome::Noisy })
    });
    let unknown = examples.unknown.iter().map(|it| trial(&it.name, undecided(rule, it, rules)));
    fires.chain(silent).chain(unknown).collect()
}

/// The devices of an example's capture.
pub fn run(input: &str, files: &[Files], rules: &RuleSet) -> Vec<Device> {
    let bytes = |name: &str, text: &str| Given::Bytes(name.to_owned(), text.as_bytes().to_vec());
    let given: Vec<Given> = match files {
        [] => vec![bytes("capture.txt", input)],
        files => files.iter().map(|file| bytes(&file.name, &file.text)).collect(),
    };
    diagnose(&given, rules, &Options { now: None, jobs: 1 }).diagnosis.devices
}

/// The finding of a rule on any device.
pub fn found<'d>(rule: &str, devices: &'d [Device]) -> Option<(&'d Device, &'d Finding)> {
    devices.iter().find_map(|device| Some((device, device.findings.iter().find(|it| it.rule == rule)?)))
}

fn firing(rule: &str, example: &Firing, rules: &RuleSet) -> Outcome {
    let devices = run(&example.input, &example.files, rules);
    let Some((_, finding)) = found(rule, &devices) else { return Outcome::Missing };
    let differences = differences(example, finding);
    if differences.is_empty() { Outcome::Fired } else { Outcome::Wrong(differences) }
}

fn differences(example: &Firing, finding: &Finding) -> Vec<String> {
    let mut out = Vec::new();
    let mut compare = |what: &str, expected: String, got: String| {
        if expected != got {
            out.push(format!("{what}: expected {expected}, got {got}"));
        }
    };
    let certainty = example.certainty.unwrap_or(Certainty::Confirmed);
    compare("certainty", format!("{certainty:?}"), format!("{:?}", finding.certainty));
    let state = example.state.unwrap_or(State::Active);
    compare("state", format!("{state:?}"), format!("{:?}", finding.state));
    if let Some(severity) = example.severity {
        compare("severity", format!("{severity:?}"), format!("{:?}", finding.severity));
    }
    if let Some(message) = &example.message {
        compare("message", format!("{:?}", message.trim()), format!("{:?}", finding.message.trim()));
    }
    if let Some(evidence) = &example.evidence {
        let got: Vec<&str> = finding.evidence.iter().map(|it| it.text.as_str()).collect();
        let expected: Vec<&str> = evidence.iter().map(|it| it.trim()).collect();
        compare("evidence", format!("{expected:?}"), format!("{got:?}"));
    }
    if let Some(steps) = &example.steps {
        let got: Vec<_> = finding.next_steps.iter().map(|it| it.state).collect();
        compare("steps", format!("{steps:?}"), format!("{got:?}"));
    }
    if let Some(collect) = &example.collect {
        compare("collect", format!("{collect:?}"), format!("{:?}", finding.collect));
    }
    out
}

fn undecided(rule: &str, example: &Unknown, rules: &RuleSet) -> Outcome {
    let devices = run(&example.input, &example.files, rules);
    let wanted: Vec<&str> = example.collect.iter().map(String::as_str).collect();
    if let Some((_, finding)) = found(rule, &devices) {
        if finding.certainty == Certainty::Confirmed {
            return Outcome::Noisy;
        }
        return asks_for(&wanted, &finding.collect);
    }
    match devices.iter().find(|device| device.coverage.undecided.iter().any(|it| it == rule)) {
        Some(device) => asks_for(&wanted, &device.collect_next),
        None => Outcome::Missing,
    }
}

fn asks_for(wanted: &[&str], collect: &[String]) -> Outcome {
    let lacking: Vec<&&str> =
        wanted.iter().filter(|command| !collect.iter().any(|it| it == **command)).collect();
    if lacking.is_empty() {
        return Outcome::Undecided;
    }
    Outcome::Wrong(vec![format!("collect: expected {lacking:?} among {collect:?}")])
}
