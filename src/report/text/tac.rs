//! What to have at hand before a TAC case is opened: the device, what was verified, what is missing, and the commands that
//! collect it as one block. After the guide's sections 3 and 4, "Verify Smart License settings" and "Enable debugs".

use super::device::{era, software};
use super::is_sick;
use super::page::{Page, Tone};
use crate::base::{Era, State, StepState};
use crate::diagnose::finding::{Device, Evidence};

/// The operating systems that differ in what they can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    IosXe,
    Ios,
    IosXr,
    Nxos,
    Asa,
    Ucm,
    AireOs,
    Unknown,
}

/// The closing part of a device.
pub(super) fn write(page: &mut Page<'_>, device: &Device) {
    page.gap();
    page.line(0, &[(Tone::Strong, "Before you open a TAC case")]);
    page.items(2, "device:", &facts(device));
    verified(page, device);
    let system = system(device.os.as_deref(), device.pid.as_deref());
    page.paragraph(2, Tone::Faint, "collect, with what is missing here, as one block to paste:");
    for command in collection(system, &device.collect_next) {
        page.command(4, &command);
    }
    // A device without a fault needs no load on top.
    if is_sick(device) {
        debugs(page, device, system);
    }
}

/// Beginnings of product identifiers that run nothing but IOS XE (DOMAIN 1.1).
const IOS_XE_PRODUCTS: &[&str] = &[
    "C92", "C93", "C94", "C95", "C96", "C98", "C82", "C83", "C85", "C8000V", "CSR1000V", "ISR4", "C11",
    "ASR10",
];

fn facts(device: &Device) -> [String; 5] {
    let or_missing = |value: &Option<String>, what: &str| match value {
        Some(value) => format!("{what} {value}"),
        None => format!("{what} not seen"),
    };
    [
        or_missing(&device.hostname, "name"),
        or_missing(&device.pid, "PID"),
        or_missing(&device.serial, "serial"),
        software(device).unwrap_or_else(|| "release not seen".to_owned()),
        era(device),
    ]
}

/// Steps that the capture shows to be done: what TAC would ask first.
fn verified(page: &mut Page<'_>, device: &Device) {
    let active = device.findings.iter().filter(|finding| finding.state == State::Active);
    let done = active.flat_map(|finding| &finding.next_steps).filter(|step| step.state == StepState::Done);
    let mut shown: Vec<&str> = Vec::new();
    for step in done {
        if shown.contains(&step.text.as_str()) {
            continue;
        }
        shown.push(&step.text);
        page.hanging(
            2,
            (Tone::Faint, "verified:"),
            Tone::Plain,
            &with_place(&step.text, step.evidence.as_ref()),
        );
    }
    if shown.is_empty() {
        page.hanging(2, (Tone::Faint, "verified:"), Tone::Plain, "no step is shown to be done");
    }
}

fn with_place(text: &str, evidence: Option<&Evidence>) -> String {
    evidence.map_or_else(|| text.to_owned(), |shown| format!("{text} ({}:{})", shown.path, shown.line))
}

/// By the operating system, else by the product: the licensing outputs name the product only.
fn system(os: Option<&str>, pid: Option<&str>) -> System {
    let Some(os) = os.map(str::to_ascii_uppercase) else {
        let is_xe = pid.is_some_and(|pid| IOS_XE_PRODUCTS.iter().any(|family| pid.starts_with(family)));
        return if is_xe { System::IosXe } else { System::Unknown };
    };
    match os.replace(['-', '_'], " ").trim() {
        "IOS XE" => System::IosXe,
        "IOS XR" => System::IosXr,
        "IOS" => System::Ios,
        "NX OS" | "NXOS" => System::Nxos,
        "ASA" | "FTD" => System::Asa,
        "UCM" => System::Ucm,
        "AIREOS" => System::AireOs,
        _ => System::Unknown,
    }
}

/// What shows the licensing state on this system, then what the rules miss. `show tech-support license` is of IOS and IOS XE.
fn collection(system: System, missing: &[String]) -> Vec<String> {
    let first: &[&str] = match system {
        System::IosXe | System::Ios => &["terminal length 0", "show tech-support license"],
        System::IosXr | System::Nxos => {
            &["terminal length 0", "show version", "show license all", "show logging"]
        }
        System::Asa => &["terminal pager 0", "show version", "show license all", "show logging"],
        System::Ucm => &["show version active", "show license all"],
        System::AireOs => &["show sysinfo", "show license all"],
        System::Unknown => &["show version", "show license all", "show logging"],
    };
    let mut commands: Vec<String> = first.iter().map(|command| (*command).to_owned()).collect();
    for command in missing {
        if !commands.contains(command) {
            commands.push(command.clone());
        }
    }
    commands
}

/// The guide's section 4. Only for systems that have these commands.
fn debugs(page: &mut Page<'_>, device: &Device, system: System) {
    if !matches!(system, System::IosXe | System::Ios) || device.era == Era::Rtu {
        return;
    }
    page.line(2, &[(Tone::Uneasy, "debugs, if TAC asks for them:")]);
    let warning = "They add load to the device. After switching them on, the registration must be tried again; \
                   switch them off afterwards.";
    page.paragraph(4, Tone::Plain, &again(warning, device.era));
    for command in ["debug call-home smart-licensing all", "debug ip http client all"] {
        page.command(4, command);
    }
    if system == System::IosXe {
        let switch = switch(device.pid.as_deref());
        page.command(4, &format!("set platform software trace ios {switch}active R0 infra-sl debug"));
        page.command(4, &format!("show platform software trace message ios {switch}active R0"));
    }
    page.command(4, "undebug all");
}

/// Under a policy there is no registration to try again.
fn again(warning: &str, era: Era) -> String {
    match era {
        Era::Policy => warning.replace("the registration", "the synchronisation or trust request"),
        Era::Classic | Era::Rtu | Era::Unknown => warning.to_owned(),
    }
}

/// The guide brackets `[switch]`: routers and wireless controllers do not take the word. The brackets stay where it is not known what
/// the device is.
fn switch(pid: Option<&str>) -> &'static str {
    match pid {
        None => "[switch] ",
        Some(_) if is_router(pid) => "",
        Some(_) => "switch ",
    }
}

fn is_router(pid: Option<&str>) -> bool {
    let families = ["ISR", "ASR", "CSR", "C8", "C11", "C98", "IR", "VG", "CBR"];
    pid.is_some_and(|pid| families.iter().any(|family| pid.starts_with(family)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_asked_what_it_knows() {
        for (os, pid, second) in [
            (Some("IOS XE"), None, "show tech-support license"),
            (None, Some("C9407R"), "show tech-support license"),
            (Some("IOS-XR"), None, "show version"),
            (Some("ASA"), None, "show version"),
            (Some("UCM"), None, "show license all"),
            (None, Some("N9K-C9336"), "show license all"),
            (None, None, "show license all"),
        ] {
            assert_eq!(collection(system(os, pid), &[])[1], second, "{os:?} {pid:?}");
        }
        for (os, first) in [("UCM", "show version active"), ("AireOS", "show sysinfo")] {
            assert_eq!(collection(system(Some(os), None), &[]), [first, "show license all"], "{os}");
        }
        let missing = ["show version".to_owned(), "show ntp status".to_owned()];
        assert_eq!(
            collection(System::Unknown, &missing),
            ["show version", "show license all", "show logging", "show ntp status"]
        );
    }

    #[test]
    fn a_router_has_no_switch() {
        assert!(is_router(Some("ISR4331/K9")));
        assert!(is_router(Some("C8000V")));
        assert!(!is_router(Some("C9300-24UX")));
        assert_eq!([None, Some("ISR4331/K9"), Some("C9300-24UX")].map(switch), ["[switch] ", "", "switch "]);
    }
}
