//! Causes over all devices, worst first, and the totals.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::finding::{Device, Finding, FleetEntry, Summary};
use crate::base::{Effect, Severity, State, StepState};

/// Every active problem with the devices that have it: by severity, number of devices, rule id.
pub(super) fn fleet(devices: &[Device]) -> Vec<FleetEntry> {
    let mut by_rule: BTreeMap<&str, (Severity, FleetEntry)> = BTreeMap::new();
    for (device, finding) in active(devices) {
        let new = || (finding.severity, entry(finding));
        let (severity, entry) = by_rule.entry(&finding.rule).or_insert_with(new);
        *severity = (*severity).max(finding.severity);
        entry.devices.push(device.label().to_owned());
        entry.first_seen = entry.first_seen.take().into_iter().chain(finding.first_seen.clone()).min();
        entry.last_seen = entry.last_seen.take().into_iter().chain(finding.last_seen.clone()).max();
    }
    let mut entries: Vec<_> = by_rule.into_values().collect();
    entries.sort_by(|(a, x), (b, y)| {
        (Reverse(a), Reverse(x.devices.len()), &x.rule).cmp(&(Reverse(b), Reverse(y.devices.len()), &y.rule))
    });
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn active(devices: &[Device]) -> impl Iterator<Item = (&Device, &Finding)> {
    let of = |device| std::iter::repeat(device).zip(Device::active(device));
    devices.iter().flat_map(of)
}

/// The commands are those that change something and are not seen to be done on the first device.
fn entry(finding: &Finding) -> FleetEntry {
    let steps = finding
        .next_steps
        .iter()
        .filter(|step| step.effect == Effect::Config && step.state != StepState::Done);
    FleetEntry {
        rule: finding.rule.clone(),
        scenario: finding.scenario,
        devices: Vec::new(),
        first_seen: None,
        last_seen: None,
        commands: steps.flat_map(|step| step.commands.iter().cloned()).collect(),
    }
}

/// Totals of the active findings.
pub(super) fn summary(devices: &[Device]) -> Summary {
    let mut summary = Summary { devices: devices.len(), ..Summary::default() };
    for (_, finding) in active(devices) {
        if let Some(scenario) = finding.scenario {
            *summary.by_scenario.entry(scenario.to_string()).or_default() += 1;
        }
        *summary.by_severity.entry(finding.severity.name()).or_default() += 1;
    }
    summary
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
