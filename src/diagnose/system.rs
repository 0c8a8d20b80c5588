//! Which operating system a device runs where no output says so: commands differ, and those of IOS XE are no help on a router with
//! IOS XR.

use crate::base::{Era, Place};
use crate::facts::{Capture, Reading, Seen, Value};

const OS: &str = "device.os";
const ERA: &str = "license.era";

/// How the messages of a system are marked in the log (DOMAIN 7.3).
const MARKS: &[(&str, &str)] = &[
    ("%LICMGR-", "NX-OS"),
    ("%LICENSE-SMART_LIC-", "IOS XR"),
    ("smartlicserver[", "IOS XR"),
    ("%ASA-", "ASA"),
    ("%FTD-", "FTD"),
    ("-SYSTEM_MSG: %SMART_LIC-", "FXOS"),
];

/// How product identifiers begin that run one system only. An NCS 4200 or 520 runs IOS XE, and a Firepower any of three.
const PRODUCTS: &[(&str, &str)] = &[
    ("N9K-", "NX-OS"),
    ("N77-", "NX-OS"),
    ("N7K-", "NX-OS"),
    ("N6K-", "NX-OS"),
    ("N5K-", "NX-OS"),
    ("N3K-", "NX-OS"),
    ("NCS-50", "IOS XR"),
    ("NCS-54", "IOS XR"),
    ("NCS-55", "IOS XR"),
    ("NCS-56", "IOS XR"),
    ("NCS-57", "IOS XR"),
    ("N540", "IOS XR"),
    ("R-IOSXRV", "IOS XR"),
    ("ASAv", "ASA"),
    ("ASA55", "ASA"),
    ("C9200", "IOS XE"),
    ("C9300", "IOS XE"),
    ("C9350", "IOS XE"),
    ("C9404", "IOS XE"),
    ("C9407", "IOS XE"),
    ("C9410", "IOS XE"),
    ("C9500", "IOS XE"),
    ("C9606", "IOS XE"),
    ("C9610", "IOS XE"),
    ("C9800", "IOS XE"),
    ("C8200", "IOS XE"),
    ("C8300", "IOS XE"),
    ("C8500", "IOS XE"),
    ("C8000V", "IOS XE"),
    ("CSR1000V", "IOS XE"),
    ("ISR42", "IOS XE"),
    ("ISR43", "IOS XE"),
    ("ISR44", "IOS XE"),
    ("ASR10", "IOS XE"),
    ("UCM", "UCM"),
    ("AIR-CT25", "AireOS"),
    ("AIR-CT35", "AireOS"),
    ("AIR-CT55", "AireOS"),
    ("AIR-CT85", "AireOS"),
];

/// Systems without Smart Licensing Using Policy (DOMAIN 1.1): what they print need not tell the era.
const CLASSIC: &[&str] = &["ASA", "FTD", "UCM"];

/// How names and entitlement tags of licences begin that are sold for one system only.
const LICENCES: &[(&str, &str)] =
    &[("NXOS_", "NX-OS"), ("LAN_ENTERPRISE_SERVICES_PKG", "NX-OS"), ("UC Manager ", "UCM")];

/// Adds the system that the prompt, the messages or the product identifier prove, and the era of one that knows one only.
pub(super) fn add(capture: &mut Capture) {
    add_system(capture);
    add_era(capture);
}

fn add_era(capture: &mut Capture) {
    let is_classic = |it: &&Reading| matches!(&it.value, Value::Text(os) if CLASSIC.contains(&os.as_str()));
    let Some(os) = capture.facts.get(OS).filter(is_classic).cloned() else { return };
    if capture.facts.get(ERA).is_some() {
        return;
    }
    if let Some(seen) = capture.seen.get_mut(os.section).filter(|seen| seen.era == Era::Unknown) {
        seen.era = Era::Classic;
    }
    capture.facts.add(ERA, Reading { value: Value::Text(Era::Classic.name().to_owned()), weak: true, ..os });
}

fn add_system(capture: &mut Capture) {
    if capture.facts.get(OS).is_some() {
        return;
    }
    let found = by_prompt(capture)
        .or_else(|| by_messages(capture))
        .or_else(|| by_product(capture))
        .or_else(|| by_licence(capture));
    let Some((os, place, section)) = found else { return };
    capture.facts.add(OS, Reading { value: Value::Text(os.to_owned()), place, section, weak: true });
}

/// `RP/0/RP0/CPU0:router#` is a prompt of IOS XR, `chassis /license #` one of FXOS, `admin:` that of Unified Communications Manager,
/// `(wlc) >` that of AireOS.
fn by_prompt(capture: &Capture) -> Option<(&'static str, Place, usize)> {
    let system = |text: &str| {
        if text.starts_with("admin:") {
            return Some("UCM");
        }
        if text.starts_with('(') && text.contains(") >") {
            return Some("AireOS");
        }
        let (prompt, _) = text.split_once('#')?;
        let is_node = prompt.starts_with("RP/") && prompt.contains("/CPU0:");
        let is_scope = prompt.ends_with(' ') && prompt.contains(" /");
        is_node.then_some("IOS XR").or(is_scope.then_some("FXOS"))
    };
    let by_section =
        |(section, seen): (usize, &Seen)| Some((system(&seen.place.text)?, seen.place.clone(), section));
    capture.seen.iter().enumerate().find_map(by_section)
}

fn by_messages(capture: &Capture) -> Option<(&'static str, Place, usize)> {
    capture.records.iter().find_map(|record| {
        let (_, os) = MARKS.iter().find(|(mark, _)| record.place.text.contains(mark))?;
        Some((*os, record.place.clone(), record.section))
    })
}

fn by_product(capture: &Capture) -> Option<(&'static str, Place, usize)> {
    let reading = capture.facts.get("device.pid")?;
    let Value::Text(pid) = &reading.value else { return None };
    let by_start = || PRODUCTS.iter().find(|(start, _)| pid.starts_with(start)).map(|(_, os)| *os);
    let os = if is_asr_9000(pid) {
        "IOS XR"
    } else if is_firepower_supervisor(pid) {
        "FXOS"
    } else {
        by_start()?
    };
    Some((os, reading.place.clone(), reading.section))
}

fn by_licence(capture: &Capture) -> Option<(&'static str, Place, usize)> {
    let Value::List(licences) = &capture.facts.get("license.usage")?.value else { return None };
    let fields =
        licences.iter().flat_map(|it| ["name", "entitlement_tag"].map(|field| it.get(field))).flatten();
    fields.into_iter().find_map(|reading| {
        let Value::Text(text) = &reading.value else { return None };
        let (_, os) = LICENCES.iter().find(|(start, _)| text.starts_with(start))?;
        Some((*os, reading.place.clone(), reading.section))
    })
}

/// `ASR-9006-AC`; an ASR-903 or ASR-920 runs IOS XE.
fn is_asr_9000(pid: &str) -> bool {
    let number = pid.strip_prefix("ASR-").and_then(|rest| rest.split('-').next()).unwrap_or_default();
    number.len() == 4 && number.starts_with('9') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `FPR-4110-SUP`: the chassis, not the ASA or FTD in it.
fn is_firepower_supervisor(pid: &str) -> bool {
    pid.starts_with("FPR") && pid.ends_with("-SUP")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::Source;
    use crate::parse::{self, Wanted};

    fn os(text: &str) -> Option<String> {
        let source = Arc::new(Source::new("sw1.txt", text.to_owned()));
        let mut capture = parse::captures(&source, &Wanted::default()).remove(0);
        add(&mut capture);
        capture.facts.text(OS).map(str::to_owned)
    }

    #[test]
    fn what_proves_a_system() {
        for (text, expected) in [
            ("RP/0/RP0/CPU0:r1#show clock\n10:00:00.000 UTC Tue Jan 11 2022\n", Some("IOS XR")),
            ("sw1#show clock\n10:00:00.000 UTC Tue Jan 11 2022\n", None),
            ("admin:show license status\nSmart Licensing is ENABLED\n", Some("UCM")),
            ("(Cisco Controller) >show license status\nSmart Licensing is ENABLED\n", Some("AireOS")),
            ("sw1#show license udi\nUDI: PID:UCM,SN:1a2b3c\n", Some("UCM")),
            ("2024 Aug 27 21:40:50 PDT: %LICMGR-3-LOG_SMART_LIC_COMM_FAILED: x\n", Some("NX-OS")),
            ("Aug 15 2019 13:44:38: %ASA-3-444303: %SMART_LIC-3-COMM_FAILED: x\n", Some("ASA")),
            ("Aug 15 2019 13:44:38: %SMART_LIC-3-COMM_FAILED: x\n", None),
            (
                "2021 Jan 29 06:40:54  %$ VDC-1 %$ %USER-2-SYSTEM_MSG: %SMART_LIC-2-PLATFORM_ERROR: x\n",
                Some("FXOS"),
            ),
            ("sw1#show license udi\nUDI: PID:N9K-C9336C-FX2,SN:FDO2338A0BC\n", Some("NX-OS")),
            ("sw1#show license udi\nUDI: PID:C9300-24T,SN:FDO2338A0BC\n", Some("IOS XE")),
            ("fpr1 /license # show license udi\nUDI: PID:X,SN:FDO2338A0BC\n", Some("FXOS")),
            ("fpr1# show license udi\nUDI: PID:FPR-4110-SUP,SN:FDO2338A0BC\n", Some("FXOS")),
            ("sw1#show license udi\nUDI: PID:FPR-2110,SN:FDO2338A0BC\n", None),
            ("sw1#show license udi\nUDI: PID:ASR-9006-AC,SN:FDO2338A0BC\n", Some("IOS XR")),
            ("sw1#show license udi\nUDI: PID:ASR-920-12CZ-A,SN:FDO2338A0BC\n", None),
            ("sw1#show license udi\nUDI: PID:NCS-520-20G4Z-A,SN:FDO2338A0BC\n", None),
            ("sw1#show license udi\nUDI: PID:C9606R,SN:FDO2338A0BC\n", Some("IOS XE")),
            ("sw1#show license udi\nUDI: PID:C93180YC-FX,SN:FDO2338A0BC\n", None),
            (
                "sw1#show license usage\n LAN license for Nexus 9300-XF (LAN_ENTERPRISE_SERVICES_PKG):\n  Count: 1\n  \
                 Status: AUTHORIZED\n",
                Some("NX-OS"),
            ),
            (
                "sw1#show license usage\nnetwork-advantage (C9300-24 Network Advantage):\n  Count: 1\n  Status: AUTHORIZED\n",
                None,
            ),
            (
                "sw1#show version\nCisco Adaptive Security Appliance Software Version 9.8(2)\n\
                 sw1#show license udi\nUDI: PID:C9300-24T,SN:FDO2338A0BC\n",
                Some("ASA"),
            ),
        ] {
            assert_eq!(os(text).as_deref(), expected, "{text}");
        }
    }
}
