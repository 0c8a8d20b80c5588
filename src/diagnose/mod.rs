//! From inputs to a diagnosis: reads in parallel, joins captures to devices, judges every rule, orders what was found.
//!
//! Same inputs and rules give the same outcome at any number of threads: inputs are sorted by path, and results are taken
//! in that order.

mod device;
mod examine;
pub mod finding;
mod fleet;
mod judge;
pub mod match_tree;
mod memo;
pub mod mutate;
mod now;
mod order;
mod reading;
pub mod reason;
mod steps;
pub mod trial;
mod verdict;
mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use device::Device as DeviceFacts;
use examine::Outcome as RuleOutcome;
use finding::{Coverage, Device, Diagnosis, InputSummary, Now, RuleSetSummary, Tool};
use memo::Memo;
pub use reading::Given;
use reading::{Context, Reading};

use crate::base::{Problem, Stamp};
use crate::facts::Capture;
use crate::input::Limits;
use crate::parse::Wanted;
use crate::rules::RuleSet;
use crate::text::section::LOOSE;

/// How to diagnose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The time of every capture, in place of what the captures tell.
    pub now: Option<Stamp>,
    /// Threads for several inputs; 0 for one per processor.
    pub jobs: usize,
    /// What an archive may cost.
    pub limits: Limits,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The contract's document.
    pub diagnosis: Diagnosis,
    /// The facts of each device, in the same order.
    pub devices: Vec<DeviceFacts>,
    /// Whether anything was recognised as licensing data.
    pub recognised: bool,
    /// Whether any input could be read.
    pub readable: bool,
}

/// Diagnoses inputs. Nothing is printed and no input stops the others.
pub fn diagnose(given: &[Given], rules: &RuleSet, options: &Options) -> Outcome {
    let read = Read::of(given, rules, options);
    let recognised = read.captures.iter().any(is_licensing);
    let facts = device::devices(read.captures, options.now.as_ref());
    let devices = judge_devices(&facts, rules, options.jobs);
    let diagnosis = Diagnosis {
        schema_version: 1,
        tool: tool(rules),
        fleet: fleet::fleet(&devices),
        summary: fleet::summary(&devices),
        inputs: read.inputs,
        devices,
        problems: read.problems,
    };
    Outcome { readable: !diagnosis.inputs.is_empty(), diagnosis, devices: facts, recognised }
}

/// All that was read.
#[derive(Default)]
struct Read {
    inputs: Vec<InputSummary>,
    captures: Vec<Capture>,
    problems: Vec<Problem>,
}

impl Read {
    fn of(given: &[Given], rules: &RuleSet, options: &Options) -> Self {
        let wanted = Wanted::new(rules.log_names().into_iter().map(str::to_owned));
        let context = Context::new(&wanted, options.limits);
        let mut read = Self::default();
        reading::read_all(given, &context, options.jobs, &|reading| reading, &mut |reading| {
            let Reading { summary, mut captures, mut problems } = reading;
            problems.extend(captures.iter_mut().flat_map(|it| std::mem::take(&mut it.problems)));
            read.inputs.extend(summary);
            read.captures.append(&mut captures);
            read.problems.append(&mut problems);
        });
        read.problems.sort();
        read.problems.dedup();
        read
    }
}

/// Judges devices on several threads, in their order.
fn judge_devices(facts: &[DeviceFacts], rules: &RuleSet, jobs: usize) -> Vec<Device> {
    let pool =
        (facts.len() > 1 && jobs != 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).build());
    let memo = Memo::new(rules);
    let judge = |facts: &DeviceFacts| device_of(facts, memo.outcomes(facts, rules).into_iter(), rules);
    match pool {
        Some(Ok(pool)) => pool.install(|| facts.par_iter().map(judge).collect()),
        _ => facts.iter().map(judge).collect(),
    }
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

fn tool(rules: &RuleSet) -> Tool {
    let files = rules.files().into_iter().map(str::to_owned).collect();
    let rules = RuleSetSummary { count: rules.rules().len(), sha256: rules.sha256().to_owned(), files };
    Tool { name: "sldiag", version: env!("CARGO_PKG_VERSION"), rules, configuration: Vec::new() }
}

/// The devices of inputs, read and joined but not judged.
fn read_devices(given: &[Given], rules: &RuleSet) -> ReadDevices {
    let read = Read::of(given, rules, &Options { jobs: 1, ..Options::default() });
    let readable = !read.inputs.is_empty();
    ReadDevices { devices: device::devices(read.captures, None), problems: read.problems, readable }
}

/// What `read_devices` gives.
struct ReadDevices {
    devices: Vec<DeviceFacts>,
    problems: Vec<Problem>,
    readable: bool,
}

/// A device with what came of each rule, by id.
fn device_of<'r>(
    facts: &DeviceFacts,
    outcomes: impl Iterator<Item = (&'r str, RuleOutcome)>,
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
                coverage.undecided.push(rule.to_owned());
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
    Device {
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
    }
}

/// A command that would settle a possible finding counts for more than all that is merely undecided.
fn wish(wishes: &mut BTreeMap<String, usize>, commands: &[String], weight: usize) {
    for command in commands {
        *wishes.entry(command.clone()).or_default() += weight;
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
