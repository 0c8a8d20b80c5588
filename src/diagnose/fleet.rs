//! Causes over all devices, worst first, and the totals.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::finding::{Device, Finding, FleetEntry, Summary};
use crate::base::{Effect, Stamp, State, StepState};

/// Every active problem with the devices that have it: by severity, number of devices, rule id.
pub(super) fn fleet(devices: &[Device]) -> Vec<FleetEntry> {
    let mut by_rule: BTreeMap<&str, Cause<'_>> = BTreeMap::new();
    for (device, finding) in active(devices) {
        by_rule.entry(&finding.rule).or_insert_with(|| Cause::new(finding)).add(device, finding);
    }
    let mut entries: Vec<FleetEntry> = by_rule.into_values().map(Cause::finish).collect();
    entries.sort_by(|a, b| {
        let key = |it: &FleetEntry| (Reverse(it.severity), Reverse(it.devices.len()));
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule))
    });
    entries
}

/// A cause as far as it was counted.
struct Cause<'d> {
    entry: FleetEntry,
    first: Option<&'d Stamp>,
    last: Option<&'d Stamp>,
}

impl<'d> Cause<'d> {
    fn new(finding: &Finding) -> Self {
        let entry = FleetEntry {
            rule: finding.rule.clone(),
            scenario: finding.scenario,
            severity: finding.severity,
            title: finding.title.clone(),
            devices: Vec::new(),
            first_seen: None,
            last_seen: None,
            first: None,
            last: None,
            commands: Vec::new(),
        };
        Self { entry, first: None, last: None }
    }

    fn add(&mut self, device: &Device, finding: &'d Finding) {
        self.entry.severity = self.entry.severity.max(finding.severity);
        self.entry.devices.push(device.label().to_owned());
        if self.entry.commands.is_empty() {
            self.entry.commands = finding.open_commands();
        }
        self.first = [self.first, finding.first.as_ref()].into_iter().flatten().min_by_key(|it| order(it, 1));
        self.last = [self.last, finding.last.as_ref()].into_iter().flatten().min_by_key(|it| order(it, -1));
    }

    fn finish(self) -> FleetEntry {
        FleetEntry {
            first_seen: self.first.map(Stamp::to_json_text),
            last_seen: self.last.map(Stamp::to_json_text),
            first: self.first.cloned(),
            last: self.last.cloned(),
            ..self.entry
        }
    }
}

/// Times with a year come first: what has none may be of any.
fn order(stamp: &Stamp, sign: i64) -> (bool, i64) {
    let dated = stamp.rough_ms();
    let in_any_year = || Stamp { year_known: true, ..stamp.clone() }.rough_ms();
    (dated.is_none(), sign * dated.or_else(in_any_year).unwrap_or_default())
}

fn active(devices: &[Device]) -> impl Iterator<Item = (&Device, &Finding)> {
    let of = |device| std::iter::repeat(device).zip(Device::active(device));
    devices.iter().flat_map(of)
}

impl Summary {
    /// Totals of the active findings.
    pub fn of(devices: &[Device]) -> Self {
        let mut summary = Self { devices: devices.len(), ..Self::default() };
        for (_, finding) in active(devices) {
            if let Some(scenario) = finding.scenario {
                *summary.by_scenario.entry(scenario.to_string()).or_default() += 1;
            }
            *summary.by_severity.entry(finding.severity.name()).or_default() += 1;
        }
        summary
    }

    /// Adds those of other devices.
    pub fn add(&mut self, more: &Self) {
        self.devices += more.devices;
        for (scenario, count) in &more.by_scenario {
            *self.by_scenario.entry(scenario.clone()).or_default() += count;
        }
        for (severity, count) in &more.by_severity {
            *self.by_severity.entry(severity).or_default() += count;
        }
    }
}

impl Device {
    /// Its findings that still hold.
    pub fn active(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.state == State::Active)
    }

    /// How it is named: host name, else serial number, else the first input.
    pub fn label(&self) -> &str {
        let path = self.paths.first().map(String::as_str).unwrap_or_default();
        self.hostname.as_deref().or(self.serial.as_deref()).unwrap_or(path)
    }
}

impl Finding {
    /// The commands that change something and are not seen to be done.
    pub fn open_commands(&self) -> Vec<String> {
        let steps = self.next_steps.iter();
        let open = steps.filter(|step| step.effect == Effect::Config && step.state != StepState::Done);
        open.flat_map(|step| step.commands.iter().cloned()).collect()
    }
}
