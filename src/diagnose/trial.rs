//! Runs the examples beside a rule. `sldiag rules test` and the test suite share this runner, so that users test their
//! rules as we test ours.

use std::fmt;

use rayon::prelude::*;

use super::finding::{Device, Finding};
use super::reason::{Reason, reason};
use super::{Given, Options, diagnose};
use crate::base::{Certainty, State, StepState};
use crate::rules::RuleSet;
use crate::rules::examples::{Examples, Files, Firing, Silent, Unknown};
use crate::rules::schema::At;
use crate::rules::set::RuleExamples;

/// One example with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The rule.
    pub rule: String,
    /// Name of the example.
    pub example: String,
    /// Byte offset of that name in the file of the examples.
    pub offset: usize,
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
    /// It fired, but not as expected.
    Wrong(Vec<Difference>),
}

/// What of a finding is not as an example says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key of the example.
    pub field: Field,
    /// What the example says; one entry for a text, one each for a list.
    pub expected: Vec<String>,
    /// What came out.
    pub got: Vec<String>,
}

/// What of a finding an example compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `certainty`.
    Certainty,
    /// `state`.
    State,
    /// `severity`.
    Severity,
    /// `message`.
    Message,
    /// `evidence`.
    Evidence,
    /// `steps`.
    Steps,
    /// `collect` of a firing example: the whole list.
    Collect,
    /// `collect` of an example that is not decided: commands that must be among those asked for.
    AskedFor,
}

impl Field {
    /// The key as an author writes it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Certainty => "certainty",
            Self::State => "state",
            Self::Severity => "severity",
            Self::Message => "message",
            Self::Evidence => "evidence",
            Self::Steps => "steps",
            Self::Collect | Self::AskedFor => "collect",
        }
    }
}

/// One line a change, as in a diff: `-` what the example says, `+` what came out.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.field.key())?;
        for (mark, line) in changes(&self.expected, &self.got) {
            write!(f, "\n  {mark} {line}")?;
        }
        Ok(())
    }
}

/// Lines of both lists in order: shared ones with a blank, else `-` and `+`. What both begin and end with is shared.
fn changes<'d>(expected: &'d [String], got: &'d [String]) -> Vec<(char, &'d str)> {
    let head = expected.iter().zip(got).take_while(|(left, right)| left == right).count();
    let room = expected.len().min(got.len()) - head;
    let tail = expected.iter().rev().zip(got.iter().rev()).take(room).take_while(|(l, r)| l == r).count();
    let middle = |list: &'d [String]| list.iter().take(list.len() - tail).skip(head).map(String::as_str);
    let shared = |line: &'d String| (' ', line.as_str());
    let mut lines: Vec<(char, &str)> = expected.iter().take(head).map(shared).collect();
    lines.extend(middle(expected).map(|line| ('-', line)));
    lines.extend(middle(got).map(|line| ('+', line)));
    lines.extend(expected.iter().skip(expected.len() - tail).map(shared));
    lines
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

/// An example of any kind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Example<'e> {
    Fires(&'e Firing),
    Silent(&'e Silent),
    Unknown(&'e Unknown),
}

impl<'e> Example<'e> {
    /// All examples of a rule, in order.
    pub(super) fn all(examples: &'e Examples) -> impl Iterator<Item = Self> {
        let fires = examples.fires.iter().map(Self::Fires);
        let silent = examples.silent.iter().map(Self::Silent);
        fires.chain(silent).chain(examples.unknown.iter().map(Self::Unknown))
    }

    fn name(self) -> &'e At<String> {
        match self {
            Self::Fires(it) => &it.name,
            Self::Silent(it) => &it.name,
            Self::Unknown(it) => &it.name,
        }
    }

    /// Its capture, ready to be read.
    pub(super) fn given(self) -> Vec<Given> {
        let (input, files) = match self {
            Self::Fires(it) => (&it.input, &it.files),
            Self::Silent(it) => (&it.input, &it.files),
            Self::Unknown(it) => (&it.input, &it.files),
        };
        given(input, files)
    }

    /// What it says about the devices that came out of its capture.
    pub(super) fn judge(self, rule: &str, devices: &[Device]) -> Outcome {
        match self {
            Self::Fires(it) => firing(rule, it, devices),
            Self::Silent(_) if found(rule, devices).is_some() => Outcome::Noisy,
            Self::Silent(_) => Outcome::Silent,
            Self::Unknown(it) => undecided(rule, it, devices),
        }
    }
}

/// Runs the examples of many rules, all rules in force; the trials of each rule in the order of the rules.
pub fn all(examples: &[RuleExamples], rules: &RuleSet) -> Vec<Vec<Trial>> {
    examples.par_iter().map(|it| trials(&it.rule, &it.examples, rules)).collect()
}

/// Runs every example of a rule, all rules in force.
pub fn trials(rule: &str, examples: &Examples, rules: &RuleSet) -> Vec<Trial> {
    let trial = |example: Example<'_>| Trial {
        rule: rule.to_owned(),
        example: example.name().value.clone(),
        offset: example.name().offset,
        outcome: example.judge(rule, &judged(&example.given(), rules)),
    };
    Example::all(examples).map(trial).collect()
}

/// The captures of the example with a name, or of the only one whose name holds these words; else the names to choose from.
pub fn named(examples: &Examples, words: &str) -> Result<Vec<Given>, Vec<String>> {
    let all: Vec<Example<'_>> = Example::all(examples).collect();
    if let Some(it) = all.iter().find(|it| it.name().value == words) {
        return Ok(it.given());
    }
    let holding: Vec<&Example<'_>> = all.iter().filter(|it| it.name().contains(words)).collect();
    match holding.as_slice() {
        [one] => Ok(one.given()),
        [] => Err(all.iter().map(|it| it.name().value.clone()).collect()),
        several => Err(several.iter().map(|it| it.name().value.clone()).collect()),
    }
}

/// Why an example did not come out as written, where the rule should have fired or should not. `None` for other outcomes, and
/// where no device is recognised.
pub fn why(trial: &Trial, examples: &Examples, rules: &RuleSet) -> Option<Reason> {
    if !matches!(trial.outcome, Outcome::Missing | Outcome::Noisy) {
        return None;
    }
    let example = Example::all(examples).find(|it| it.name().offset == trial.offset)?;
    reason(&example.given(), rules.get(&trial.rule)?, rules)
}

/// The devices of an example's capture.
pub fn run(input: &str, files: &[Files], rules: &RuleSet) -> Vec<Device> {
    judged(&given(input, files), rules)
}

fn given(input: &str, files: &[Files]) -> Vec<Given> {
    let bytes = |name: &str, text: &str| Given::Bytes(name.to_owned(), text.as_bytes().to_vec());
    match files {
        [] => vec![bytes("capture.txt", input)],
        files => files.iter().map(|file| bytes(&file.name, &file.text)).collect(),
    }
}

fn judged(given: &[Given], rules: &RuleSet) -> Vec<Device> {
    diagnose(given, rules, &Options { jobs: 1, ..Options::default() }).diagnosis.devices
}

/// The finding of a rule on any device.
pub fn found<'d>(rule: &str, devices: &'d [Device]) -> Option<(&'d Device, &'d Finding)> {
    devices.iter().find_map(|device| Some((device, device.findings.iter().find(|it| *it.rule == *rule)?)))
}

fn firing(rule: &str, example: &Firing, devices: &[Device]) -> Outcome {
    let Some((_, finding)) = found(rule, devices) else { return Outcome::Missing };
    let differences = differences(example, finding);
    if differences.is_empty() { Outcome::Fired } else { Outcome::Wrong(differences) }
}

fn differences(example: &Firing, finding: &Finding) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut compare = |field, expected: Option<Vec<String>>, got: Vec<String>| {
        if let Some(expected) = expected.filter(|it| *it != got) {
            out.push(Difference { field, expected, got });
        }
    };
    let word = |word: &str| vec![word.to_owned()];
    let trimmed = |texts: &[String]| texts.iter().map(|it| it.trim().to_owned()).collect();
    let certainty = example.certainty.unwrap_or(Certainty::Confirmed);
    compare(Field::Certainty, Some(word(certainty.name())), word(finding.certainty.name()));
    let state = example.state.unwrap_or(State::Active);
    compare(Field::State, Some(word(state.name())), word(finding.state.name()));
    compare(Field::Severity, example.severity.map(|it| word(it.name())), word(finding.severity.name()));
    compare(Field::Message, example.message.as_ref().map(|it| word(it.trim())), word(finding.message.trim()));
    let evidence = finding.evidence.iter().map(|it| it.text.clone()).collect();
    compare(Field::Evidence, example.evidence.as_deref().map(trimmed), evidence);
    let states = |steps: &[StepState]| steps.iter().map(|it| it.name().to_owned()).collect();
    let steps: Vec<StepState> = finding.next_steps.iter().map(|it| it.state).collect();
    compare(Field::Steps, example.steps.as_deref().map(states), states(&steps));
    compare(Field::Collect, example.collect.clone(), finding.collect.clone());
    out
}

fn undecided(rule: &str, example: &Unknown, devices: &[Device]) -> Outcome {
    if let Some((_, finding)) = found(rule, devices) {
        if finding.certainty == Certainty::Confirmed {
            return Outcome::Noisy;
        }
        return asks_for(&example.collect, &finding.collect);
    }
    match devices.iter().find(|device| device.coverage.undecided.iter().any(|it| **it == *rule)) {
        Some(device) => asks_for(&example.collect, &device.collect_next),
        None => Outcome::Missing,
    }
}

fn asks_for(wanted: &[String], collect: &[String]) -> Outcome {
    if wanted.iter().all(|command| collect.contains(command)) {
        return Outcome::Undecided;
    }
    let (expected, got) = (wanted.to_vec(), collect.to_vec());
    Outcome::Wrong(vec![Difference { field: Field::AskedFor, expected, got }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &str) -> Vec<String> {
        words.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn a_difference_shows_what_changed_and_what_did_not() {
        for (expected, got, shown) in [
            ("a b c", "a x c", "evidence:\n    a\n  - b\n  + x\n    c"),
            ("a b", "a b c", "evidence:\n    a\n    b\n  + c"),
            ("a", "", "evidence:\n  - a"),
            ("a a", "a", "evidence:\n    a\n  - a"),
            ("", "z", "evidence:\n  + z"),
        ] {
            let difference = Difference { field: Field::Evidence, expected: list(expected), got: list(got) };
            assert_eq!(difference.to_string(), shown, "{expected} / {got}");
        }
    }
}
