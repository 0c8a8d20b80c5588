//! The outcome of a diagnosis, in the shape of the JSON contract. Reports see these types and the rules, nothing else.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{Certainty, Effect, Era, Problem, Severity, Stamp, State, StepState};
use crate::rules::schema::Reference;

/// Everything a run found.
#[derive(Clone, Debug, Serialize)]
pub struct Diagnosis {
    /// Version of this shape; additions keep it.
    pub schema_version: u32,
    /// What produced it.
    pub tool: Tool,
    /// What was read, by path.
    pub inputs: Vec<InputSummary>,
    /// Devices, healthy ones too, by name.
    pub devices: Vec<Device>,
    /// Inputs that could not be read, in whole or in part.
    pub problems: Vec<Problem>,
    /// Causes by device, worst first.
    pub fleet: Vec<FleetEntry>,
    /// Totals.
    pub summary: Summary,
    /// Devices that were left out because they were not asked for.
    #[serde(skip)]
    pub left_out: usize,
}

/// The program and its rules.
#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    /// `sldiag`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The rules in force.
    pub rules: RuleSetSummary,
    /// The configuration files in force, the weakest first.
    pub configuration: Vec<String>,
}

/// Which rules judged.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSetSummary {
    /// How many.
    pub count: usize,
    /// SHA-256 over their texts, hexadecimal.
    pub sha256: String,
    /// Files of rules that are not built in.
    pub files: Vec<String>,
}

/// One input.
#[derive(Clone, Debug, Serialize)]
pub struct InputSummary {
    /// As named by the user.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// `utf-8`, `utf-16le`, `utf-16be`, `latin-1`, `binary`.
    pub encoding: &'static str,
    /// Commands whose output was recognised, in order, each once.
    pub sections: Vec<String>,
}

/// One device.
#[derive(Clone, Debug, Serialize)]
pub struct Device {
    /// Name at the prompt, in `show version` or in the configuration.
    pub hostname: Option<String>,
    /// Product identifier.
    pub pid: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Operating system.
    pub os: Option<String>,
    /// Release.
    pub version: Option<String>,
    /// Licensing era at the end of the capture.
    pub era: Era,
    /// Every era seen, in order.
    pub eras: Vec<Era>,
    /// Inputs it was seen in.
    pub paths: Vec<String>,
    /// What is wrong, the cause first.
    pub findings: Vec<Finding>,
    /// Which rules looked.
    pub coverage: Coverage,
    /// Commands that would settle what is open, most useful first.
    pub collect_next: Vec<String>,
    /// The capture's own time, and where it was read.
    pub now: Option<Now>,
    /// Findings that were left out because they were not asked for.
    #[serde(skip)]
    pub left_out: usize,
}

/// The time of a capture.
#[derive(Clone, Debug, Serialize)]
pub struct Now {
    /// RFC 3339, or the device's words.
    pub value: String,
    /// Where it was read: `show clock`, `Time source line`, `newest log record`, `--now`.
    pub source: String,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Rule id.
    pub rule: Arc<str>,
    /// Scenario number.
    pub scenario: Option<u8>,
    /// One line.
    pub title: Arc<str>,
    /// What is wrong on this device.
    pub message: String,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub certainty: Certainty,
    /// Whether it still holds.
    pub state: State,
    /// Active findings that bring this one about.
    pub caused_by: Vec<Arc<str>>,
    /// How often its log message was seen; 1 without one.
    pub count: usize,
    /// Oldest and newest of its log messages.
    pub first_seen: Option<String>,
    /// Newest of its log messages.
    pub last_seen: Option<String>,
    /// The time of `first_seen`, with the year where it is known.
    #[serde(skip)]
    pub first: Option<Stamp>,
    /// The time of `last_seen`.
    #[serde(skip)]
    pub last: Option<Stamp>,
    /// Stable over line shifts: rule and device.
    pub fingerprint: String,
    /// The lines that prove it.
    pub evidence: Vec<Evidence>,
    /// What is not in the capture, for a possible finding.
    pub collect: Vec<String>,
    /// Why this happens.
    pub explain: Arc<str>,
    /// What to do.
    pub next_steps: Vec<NextStep>,
    /// Where the knowledge comes from.
    pub references: Arc<[Reference]>,
}

/// An original line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The input.
    pub path: String,
    /// 1-based.
    pub line: u32,
    /// The line, control bytes removed, blanks trimmed, secrets masked.
    pub text: String,
    /// The command whose output it stands in.
    pub section: String,
}

/// A next step, checked against the capture.
#[derive(Clone, Debug, Serialize)]
pub struct NextStep {
    /// What to do.
    pub text: String,
    /// Exact commands.
    pub commands: Vec<String>,
    /// What they do.
    pub effect: Effect,
    /// Whether it is done.
    pub state: StepState,
    /// The line that shows it.
    pub evidence: Option<Evidence>,
    /// Commands that would show it.
    pub collect: Vec<String>,
}

/// Which rules looked at a device, and which could not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coverage {
    /// Rules that made a finding.
    pub matched: Vec<Arc<str>>,
    /// Rules that could not decide.
    pub undecided: Vec<Arc<str>>,
    /// How many looked and did not match.
    pub not_matched: usize,
    /// How many do not apply to this device.
    pub not_applicable: usize,
}

/// One cause over the fleet.
#[derive(Clone, Debug, Serialize)]
pub struct FleetEntry {
    /// Rule id.
    pub rule: Arc<str>,
    /// Scenario number.
    pub scenario: Option<u8>,
    /// How bad it is where it is worst.
    pub severity: Severity,
    /// One line.
    pub title: Arc<str>,
    /// Devices with an active finding of it.
    pub devices: Vec<String>,
    /// Oldest message.
    pub first_seen: Option<String>,
    /// Newest message.
    pub last_seen: Option<String>,
    /// The time of `first_seen`, with the year where it is known.
    #[serde(skip)]
    pub first: Option<Stamp>,
    /// The time of `last_seen`.
    #[serde(skip)]
    pub last: Option<Stamp>,
    /// The commands that fix it, as the first device with some left to do needs them.
    pub commands: Vec<String>,
}

/// Totals of active findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Devices seen.
    pub devices: usize,
    /// Active findings by scenario number.
    pub by_scenario: std::collections::BTreeMap<String, usize>,
    /// Active findings by severity.
    pub by_severity: std::collections::BTreeMap<&'static str, usize>,
}
