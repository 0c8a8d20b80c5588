//! From inputs to a diagnosis: reads in parallel, joins captures to devices, judges every rule, orders what was found.
//!
//! Same inputs and rules give the same outcome at any number of threads: inputs are sorted by path, and results are taken
//! in that order.

mod dated;
mod device;
mod dialect;
mod each;
mod examine;
pub mod finding;
mod fleet;
mod gathered;
mod identity;
mod judge;
mod judging;
mod known;
mod lines;
pub mod match_tree;
mod memo;
pub mod mutate;
mod now;
mod order;
mod reading;
pub mod reason;
pub mod select;
mod sequence;
mod spill;
mod steps;
mod system;
pub mod trial;
mod verdict;
mod words;
mod years;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use device::Device as DeviceFacts;
use each::{Examine, Step};
use examine::Outcome as RuleOutcome;
use finding::{Coverage, Device, Diagnosis, InputSummary, Now, RuleSetSummary, Tool};
use gathered::{Gathered, Gatherer};
use judging::Judging;
use reading::Context;
pub use reading::Given;

use crate::base::{Problem, Stamp};
use crate::facts::Capture;
use crate::input::Access;
use crate::parse::Wanted;
use crate::rules::RuleSet;
use crate::text::section::LOOSE;

/// Version of the shape of all documents; additions keep it.
pub const SCHEMA_VERSION: u32 = 1;

/// How to diagnose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The time of every capture, in place of what the captures tell.
    pub now: Option<Stamp>,
    /// Threads for several inputs; 0 for one per processor.
    pub jobs: usize,
    /// How inputs are opened: what an archive may cost, which names are read, who is told how far the run is.
    pub access: Access,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The contract's document.
    pub diagnosis: Diagnosis,
    /// Whether anything was recognised as licensing data.
    pub recognised: bool,
    /// Whether any input could be read.
    pub readable: bool,
}

/// Diagnoses inputs. Nothing is printed and no input stops the others.
pub fn diagnose(given: &[Given], rules: &RuleSet, options: &Options) -> Outcome {
    let wanted = wanted(rules);
    let context = Context::new(&wanted, &options.access, options.jobs);
    let judging = Judging::new(rules, options);
    let gatherer = Gatherer::new(&context, &judging);
    let mut gathered = Gathered::default();
    reading::read_all(given, &context, &|reading| gatherer.part(reading), &mut |part| {
        gathered.add(part);
    });
    let devices = gatherer.devices(&mut gathered);
    let Gathered { inputs, mut problems, recognised, .. } = gathered;
    sort(&mut problems);
    let mut diagnosis = Diagnosis {
        schema_version: SCHEMA_VERSION,
        tool: tool(rules),
        inputs,
        devices,
        problems,
        fleet: Vec::new(),
        summary: finding::Summary::default(),
        left_out: 0,
    };
    diagnosis.add_up();
    Outcome { readable: !diagnosis.inputs.is_empty(), diagnosis, recognised }
}

/// What inputs hold, read and joined to devices but not judged.
#[derive(Debug, Default)]
pub struct Read {
    /// Every input that could be read.
    pub inputs: Vec<InputSummary>,
    /// The facts of each device, by name, serial and path.
    pub devices: Vec<DeviceFacts>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether anything was recognised as licensing data.
    pub recognised: bool,
}

impl Read {
    /// Reads inputs; the rules say which log messages are kept.
    pub fn of(given: &[Given], rules: &RuleSet, options: &Options) -> Self {
        let wanted = wanted(rules);
        let context = Context::new(&wanted, &options.access, options.jobs);
        let mut read = Self::default();
        let mut captures = Vec::new();
        reading::read_all(given, &context, &|reading| reading, &mut |mut reading| {
            read.problems.append(&mut reading.problems);
            read.inputs.extend(reading.summary);
            captures.append(&mut reading.captures);
        });
        read.recognised = captures.iter().any(|it| it.is_licensing);
        let (devices, mut lost) = device::devices(captures, options.now.as_ref(), &context.spill);
        read.devices = devices;
        read.problems.append(&mut lost);
        sort(&mut read.problems);
        read
    }

    /// Judges its devices one after the other, as a diagnosis does.
    pub fn judge(&self, rules: &RuleSet, options: &Options) -> Vec<Device> {
        let judging = Judging::new(rules, options);
        self.devices.iter().map(|facts| judging.facts(facts)).collect()
    }
}

/// What one input holds, judged on its own, or a piece of it.
#[derive(Debug, Default)]
pub struct Examined {
    /// `None` where it could not be read, where there are only problems to tell, and in every piece but the first.
    pub input: Option<InputSummary>,
    /// The devices in it, or some of them.
    pub devices: Vec<Device>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether anything was recognised as licensing data.
    pub recognised: bool,
}

/// Diagnoses each input on its own as it is read, and keeps nothing: for more devices than fit in memory. What `map` makes of
/// each, on any thread, goes to `each` in the order of their names; of an input with many devices in pieces, of which the first has
/// the input and the last the problems. Devices are not joined over inputs.
pub fn diagnose_each<T: Send>(
    given: &[Given],
    rules: &RuleSet,
    options: &Options,
    map: &(impl Fn(Examined) -> T + Sync),
    each: &mut dyn FnMut(T),
) {
    let wanted = wanted(rules);
    let context = Context::new(&wanted, &options.access, options.jobs);
    let judging = Judging::new(rules, options);
    let examine = Examine { judging: &judging, context: &context, map };
    reading::read_all(given, &context, &|reading| examine.few(reading), &mut |step| match step {
        Step::Done(done) => each(done),
        Step::Many(reading) => examine.many(reading, each),
    });
}

fn wanted(rules: &RuleSet) -> Wanted {
    Wanted::new(rules.log_names().into_iter().map(str::to_owned))
}

/// In the order of their inputs and lines, each once.
fn sort(problems: &mut Vec<Problem>) {
    problems.sort();
    problems.dedup();
}

/// The output of a known command, or a log message that rules ask for.
fn is_licensing(capture: &Capture) -> bool {
    let knows =
        |command: &str| command != LOOSE && crate::text::command::resolve(command).is_some_and(|it| it.known);
    !capture.records.is_empty()
        || !capture.events.is_empty()
        || !capture.facts.is_empty()
        || capture.seen.iter().any(|seen| knows(&seen.command))
}

/// The program and the rules in force.
pub fn tool(rules: &RuleSet) -> Tool {
    let files = rules.files().into_iter().map(str::to_owned).collect();
    let rules = RuleSetSummary { count: rules.rules().len(), sha256: rules.sha256().to_owned(), files };
    Tool { name: "sldiag", version: env!("CARGO_PKG_VERSION"), rules, configuration: Vec::new() }
}

/// A device with what came of each rule, by id.
fn device_of<'r>(
    facts: &DeviceFacts,
    outcomes: impl Iterator<Item = (&'r Arc<str>, RuleOutcome)>,
    rules: &RuleSet,
) -> Device {
    let mut coverage = Coverage::default();
    let mut findings = Vec::new();
    let mut wishes: BTreeMap<String, usize> = BTreeMap::new();
    for (rule, outcome) in outcomes {
        match outcome {
            RuleOutcome::NotApplicable => coverage.not_applicable += 1,
            RuleOutcome::NotMatched => coverage.not_matched += 1,
            RuleOutcome::Undecided(collect) => {
                coverage.undecided.push(rule.clone());
                wish(&mut wishes, &collect, 1);
            }
            RuleOutcome::Found(finding) => findings.push(*finding),
        }
    }
    let found = findings.len();
    let findings = order::order(findings, rules);
    coverage.not_matched += found - findings.len();
    coverage.matched = findings.iter().map(|it| it.rule.clone()).collect();
    for finding in &findings {
        wish(&mut wishes, &finding.collect, rules.rules().len() + 1);
    }
    let text = |key: &str| facts.capture.facts.text(key).map(str::to_owned);
    let mut device = Device {
        hostname: facts.hostname.clone(),
        pid: text("device.pid"),
        serial: facts.serial.clone(),
        os: text("device.os"),
        version: text("device.version"),
        era: facts.era,
        eras: facts.eras.clone(),
        paths: facts.paths.iter().cloned().collect(),
        findings,
        coverage,
        collect_next: by_use(wishes),
        now: facts
            .now
            .as_ref()
            .map(|(stamp, source)| Now { value: stamp.to_json_text(), source: source.clone() }),
        left_out: 0,
    };
    dialect::translate(&mut device, facts.capture.facts.text("device.operating_mode"));
    device
}

/// A command that would settle a possible finding counts for more than all that is merely undecided.
fn wish(wishes: &mut BTreeMap<String, usize>, commands: &[String], weight: usize) {
    for command in commands {
        match wishes.get_mut(command) {
            Some(known) => *known += weight,
            None => drop(wishes.insert(command.clone(), weight)),
        }
    }
}

fn by_use(wishes: BTreeMap<String, usize>) -> Vec<String> {
    let mut wishes: Vec<(String, usize)> = wishes.into_iter().collect();
    wishes.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    wishes.into_iter().map(|(command, _)| command).collect()
}

/// Stable over line shifts and file names: the rule and the device.
fn fingerprint(rule: &str, device: &DeviceFacts) -> String {
    let identity = device.serial.as_deref().or(device.hostname.as_deref()).unwrap_or(&device.capture.path);
    let digest = Sha256::digest(format!("{rule}\n{identity}"));
    digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With those of outputs these are 32: more are searched for half as fast, those of whole facilities many times as slowly
    /// (`parse::sieve`, `parse::Wanted`).
    #[test]
    fn the_built_in_rules_ask_for_few_messages_of_others() {
        let wanted = wanted(&RuleSet::builtin());
        let literals = wanted.literals();
        assert!(literals.len() <= 19, "{} literals: {literals:?}", literals.len());
        assert!(
            ["PKI-", "SYS-", "NTP-"].iter().all(|it| !literals.contains(*it)),
            "a facility: {literals:?}"
        );
    }
}
