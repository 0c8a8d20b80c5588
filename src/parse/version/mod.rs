//! `show version` of IOS XE, IOS, IOS XR, NX-OS, ASA, FTD and FXOS.
//!
//! Its identity numbers and its licensing status are summaries: the UDI and the licensing outputs count more.

mod asa;
mod built;

use std::cmp::Ordering;

use self::built::built;
use super::Sink;
use crate::base::version::Release;
use crate::base::{Era, glance};
use crate::facts::Value;
use crate::text::Section;

/// What the walk keeps until the output is read.
#[derive(Default)]
struct Walk {
    os: Option<&'static str>,
    version: Option<(u32, String)>,
    model: Option<(u32, String)>,
    serial: Option<(u32, String)>,
    era: Option<(u32, Era)>,
    asa: asa::Features,
}

/// How the first lines of each system begin.
const SYSTEMS: &[(&str, &str)] = &[
    ("Cisco IOS XE Software", "IOS XE"),
    ("Cisco IOS XR Software", "IOS XR"),
    ("Cisco Nexus Operating System", "NX-OS"),
    ("Cisco Adaptive Security Appliance Software", "ASA"),
    ("Cisco Firepower Extensible Operating System", "FXOS"),
    ("FPRM:", "FXOS"),
    ("IOS (tm)", "IOS"),
];

/// How the first lines of systems of others begin whose prompts and commands are like those of Cisco.
const OTHERS: &[&str] = &[
    "Arista ",
    "ArubaOS",
    "Aruba Operating System",
    "Dell EMC Networking OS",
    "Dell Real Time Operating System",
];

/// Whether the device is none of Cisco's.
pub fn is_of_others(section: &Section<'_>) -> bool {
    let mut first =
        section.lines.iter().map(crate::text::Line::trimmed).filter(|text| !text.is_empty()).take(3);
    section.command == "show version" && first.any(|text| OTHERS.iter().any(|start| text.starts_with(start)))
}

/// Reads the output.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line.trimmed(), line.number, sink);
    }
    walk.finish(sink);
}

impl Walk {
    fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) {
        self.system(text);
        self.release(text, number);
        self.licensing(text, number, sink);
        self.identity(text, number);
        self.asa.line(text, number, sink);
        hostname(text, number, sink);
        if let Some(when) = text.strip_prefix("Compiled ").or_else(|| text.strip_prefix("NXOS compile time:"))
        {
            built(when.strip_prefix("on ").unwrap_or(when), number, sink);
        } else if let Some(when) =
            text.strip_prefix("Built On").and_then(|rest| rest.trim_start().strip_prefix(':'))
        {
            built(when, number, sink);
        }
    }

    /// The system by its first line. IOS XE prints a line of IOS below its own, and older releases only that one.
    fn system(&mut self, text: &str) {
        let found = SYSTEMS.iter().find(|(start, _)| text.starts_with(start)).map(|(_, os)| *os);
        let found = found.or_else(|| is_threat_defense(text).then_some("FTD")).or_else(|| {
            if text.starts_with("NXOS: version ") {
                return Some("NX-OS");
            }
            text.starts_with("Cisco IOS Software").then(|| {
                let is_xe = text.contains("IOSXE") || text.contains("IOS-XE");
                if is_xe { "IOS XE" } else { "IOS" }
            })
        });
        if self.os.is_none() || (found == Some("IOS XE") && self.os == Some("IOS")) {
            self.os = found.or(self.os);
        }
    }

    fn release(&mut self, text: &str, number: u32) {
        let is_first = self.version.is_none();
        let names_system = text.starts_with("Cisco IOS Software")
            || is_threat_defense(text)
            || SYSTEMS.iter().any(|(start, _)| text.starts_with(start));
        let found = if names_system {
            glance::split_once(text, " Version ").map(|(_, it)| it)
        } else if self.os == Some("NX-OS") && is_first {
            ["NXOS: version ", "system:    version ", "system: version "]
                .iter()
                .find_map(|start| text.strip_prefix(start))
        } else if is_first {
            text.strip_prefix("Version: ").or_else(|| text.strip_prefix("Version      : "))
        } else {
            None
        };
        let Some(found) = found else { return };
        let found = found.split([',', ' ', '[']).next().unwrap_or_default();
        // "17.02.01" stands on the first line of IOS XE and the usual "17.2.1" on the second, but with 3.x that one is an IOS number.
        if is_first || (self.os == Some("IOS XE") && is_same_release(self.version.as_ref(), found)) {
            self.version = Some((number, found.to_owned()));
        }
    }

    /// `Smart Licensing Status: A/B` gives registration and authorization. Early releases of the policy era print
    /// `Registration Not Applicable/Not Applicable`, later ones the name of the era (DOMAIN 1.2).
    fn licensing(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) {
        if let Some(status) = text.strip_prefix("Smart Licensing Status:") {
            self.smart_status(status.trim(), number, sink);
        } else if let Some(mode) = text.strip_prefix("Router operating mode:") {
            sink.text("device.operating_mode", number, mode);
        } else if let Some(mode) = text.strip_prefix("License mode:") {
            sink.text("platform_license.era_line", number, mode);
            if mode.contains("Smart") {
                self.era = Some((number, Era::Classic));
            }
        } else if let Some(state) = text.strip_prefix("License reservation:") {
            sink.text("license.reservation.enabled", number, state);
        } else if let Some((_, state)) = glance::split_once(text, "Platform License State:") {
            sink.text("platform_license.state", number, state);
        } else if self.era.is_none() && glance::find(text, "Permanent Activation Key").is_some() {
            self.era = Some((number, Era::Rtu));
        }
    }

    fn smart_status(&mut self, status: &str, number: u32, sink: &mut Sink<'_>) {
        if status.to_ascii_lowercase().starts_with("smart licensing using policy") {
            sink.weak().flag("license.policy_mode", number, true);
            self.era = Some((number, Era::Policy));
        } else if let Some((registration, authorization)) = status.split_once('/') {
            sink.weak().text("license.registration.status", number, registration);
            sink.weak().text("license.authorization.status", number, authorization);
            let is_policy = registration.to_ascii_lowercase().contains("not applicable");
            self.era = Some((number, if is_policy { Era::Policy } else { Era::Classic }));
        }
    }

    fn identity(&mut self, text: &str, number: u32) {
        if self.model.is_none() {
            self.model = model(text).map(|model| (number, model.to_owned()));
        }
        if self.serial.is_none() {
            self.serial = serial(text).map(|serial| (number, serial.to_owned()));
        }
    }

    fn finish(mut self, sink: &mut Sink<'_>) {
        std::mem::take(&mut self.asa).finish(sink);
        let Some((line, version)) = self.version.clone() else {
            return self.write_identity(sink);
        };
        if let Some(os) = self.os {
            sink.text("device.os", line, os);
        }
        sink.text("device.version", line, &version);
        let by_release = self.os.and_then(|os| era_of_release(os, &version)).map(|era| (line, era));
        if let Some((line, era)) = self.era.or(by_release) {
            sink.era(era, line);
        }
        self.write_identity(sink);
    }

    fn write_identity(self, sink: &mut Sink<'_>) {
        if let (None, Some((line, era))) = (&self.version, self.era) {
            sink.era(era, line);
        }
        let mut sink = sink.weak();
        for (key, found) in [("device.pid", self.model), ("device.serial", self.serial)] {
            if let Some((line, value)) = found {
                sink.add(key, line, Value::Text(value));
            }
        }
    }
}

/// `Model                     : Cisco Firepower Threat Defense for VMware (75) Version 6.6.0 (Build 90)`
fn is_threat_defense(text: &str) -> bool {
    text.starts_with("Model") && text.contains("Threat Defense")
}

/// Whether the number of the IOS line says what the first line does, or does so instead of a branch (`BLD_POLARIS_DEV_…`).
fn is_same_release(first: Option<&(u32, String)>, second: &str) -> bool {
    let parse = |text: &str| text.parse::<Release>().ok();
    let Some(second) = parse(second) else { return false };
    first.and_then(|(_, first)| parse(first)).is_none_or(|first| first.cmp(&second) == Ordering::Equal)
}

/// `sw1 uptime is 4 days`, `asa1 up 41 days 19 hours`, `Device name: n9k`. `System`, `Kernel`, `Switch` and
/// `ntp` have uptimes, too.
fn hostname(text: &str, number: u32, sink: &mut Sink<'_>) {
    let asa = |text: &str| {
        let (name, time) = glance::split_once(text, " up ")?;
        (time.starts_with(|c: char| c.is_ascii_digit()) && !name.contains(' '))
            .then(|| (name.to_owned(), time.to_owned()))
    };
    let uptime =
        glance::split_once(text, " uptime is ").map(|(name, time)| (name.to_owned(), time.to_owned()));
    if let Some((name, time)) = uptime.or_else(|| asa(text)) {
        if !name.contains(' ') && !matches!(name.as_str(), "System" | "Kernel" | "Switch" | "ntp") {
            sink.text("device.hostname", number, &name);
        }
        if !name.contains(' ') {
            sink.text("device.uptime", number, &time);
        }
    } else if let Some(name) = text.strip_prefix("Device name:").or_else(|| name_in_rule(text)) {
        sink.text("device.hostname", number, name);
    }
}

/// `-------------------[ ftd-1 ]--------------------`, the head of an FTD.
fn name_in_rule(text: &str) -> Option<&str> {
    if !text.starts_with("---") || !text.ends_with("---") {
        return None;
    }
    let name = text.trim_matches('-').strip_prefix("[ ")?.strip_suffix(" ]")?;
    (!name.contains(' ')).then_some(name)
}

/// `cisco C9500-12Q (X86) processor …`, `Hardware:   ASAv, 2048 MB RAM`. NX-OS prints no product identifier:
/// its `cisco Nexus9000 C93180YC-EX chassis` is N9K-C93180YC-EX in the UDI.
fn model(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("Hardware:") {
        return rest.trim().split([',', ' ']).next().filter(|model| !model.is_empty());
    }
    let rest = text.strip_prefix("cisco ").or_else(|| text.strip_prefix("Cisco "))?;
    (rest.contains(" processor") || rest.contains("bytes of memory"))
        .then(|| rest.split([' ', '(']).next())
        .flatten()
        // `cisco ASR9K () processor` of IOS XR names a family.
        .filter(|model| model.chars().any(|c| c.is_ascii_digit()) && *model != "ASR9K")
}

/// `Processor board ID FCW1`, `Serial Number: 9AT1`.
fn serial(text: &str) -> Option<&str> {
    let start = ["Processor board ID ", "Processor Board ID ", "Serial Number:"]
        .iter()
        .find_map(|start| text.strip_prefix(start))?;
    start.trim().split([' ', ',']).next().filter(|serial| !serial.is_empty())
}

/// The era that the release of a configuration implies: of IOS XE it names two numbers, `version 17.9`, and 17.3 may be either. 16.9
/// is classic on switches only, and releases of IOS are 15 at most.
pub(super) fn era_of_configuration(version: &str) -> Option<Era> {
    let release: Release = version.parse().ok()?;
    let is_below = |text: &str| text.parse::<Release>().is_ok_and(|other| release < other);
    if is_below("16.10") || (!is_below("17.3") && is_below("17.4")) {
        None
    } else {
        era_of_release("IOS XE", &format!("{version}.9"))
    }
}

/// The era that a release implies (DOMAIN 1.1). IOS XE before 16.9 may be of the right-to-use era or smart; NX-OS before 10.2 too.
fn era_of_release(os: &str, version: &str) -> Option<Era> {
    if os == "ASA" || os == "FTD" {
        return Some(Era::Classic);
    }
    let release: Release = version.parse().ok()?;
    let from = |text: &str| text.parse::<Release>().is_ok_and(|first| first <= release);
    match os {
        "IOS XE" if from("17.3.2") => Some(Era::Policy),
        "IOS XE" if from("16.9.1") => Some(Era::Classic),
        "NX-OS" if from("10.2") => Some(Era::Policy),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
