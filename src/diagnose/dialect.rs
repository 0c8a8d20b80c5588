//! Commands in the words of the system they are for. Rules write those of IOS and IOS XE; where another system has the same under
//! another name it is translated, and where it has nothing of the kind, or nobody has checked, no command is given.

use super::finding::{Device, NextStep};
use crate::base::Effect;

/// What becomes of a command.
enum Said {
    /// It is the same there.
    Same,
    /// These stand for it; what follows the recognised words is added to the last.
    As(&'static [&'static str]),
    /// There is none.
    Never,
}

use Said::{As, Never, Same};

/// How commands begin, and what becomes of them; the first that fits counts.
type Dialect = &'static [(&'static str, Said)];

/// NX-OS writes `callhome` (DOMAIN 4.3) and configures it in other words.
const NX_OS: Dialect = &[
    ("show call-home smart-licensing", As(&["show callhome"])),
    ("show call-home profile all", As(&["show callhome destination-profile"])),
    ("show call-home", As(&["show callhome"])),
    ("show ntp associations", As(&["show ntp peer-status"])),
    ("call-home", Never),
    ("ip http client", Never),
    ("crypto pki", Never),
    ("", Same),
];

/// Changes to the configuration of IOS XR do nothing before `commit`, and then last. Its call-home is switched on inside the block
/// (DOMAIN 4.3).
const IOS_XR: Dialect = &[
    ("show running-config | include service call-home", As(&["show running-config call-home"])),
    ("service call-home", As(&["call-home", " service active"])),
    ("copy running-config startup-config", Never),
    ("ip ", Never),
    ("crypto pki", Never),
    ("", Same),
];

const ASA: Dialect = &[
    ("show call-home smart-licensing", As(&["show call-home profile all"])),
    ("ping vrf", Never),
    ("telnet", Never),
    ("ip ", Never),
    ("crypto pki", Never),
    ("", Same),
];

/// A firewall with FTD is registered and configured where it is managed, in the management center or the device manager: its own
/// shell only shows.
const FTD: Dialect = &[
    ("show call-home", Never),
    ("show clock detail", As(&["show time"])),
    ("show clock", As(&["show time"])),
    ("show ntp associations", As(&["show ntp"])),
    ("show ntp status", As(&["show ntp"])),
    ("show license eventlog", Never),
    ("show license", Same),
    ("show logging", Same),
    ("show running-config", Same),
    ("show version", Same),
    ("ping vrf", Never),
    ("ping", Same),
    ("", Never),
];

/// The chassis of a Firepower: its scopes have no IOS commands but these.
const FXOS: Dialect = &[
    ("license smart register idtoken", As(&["scope license", "register idtoken"])),
    ("license smart deregister", As(&["scope license", "deregister"])),
    ("show license", Same),
    ("show version", Same),
    ("show clock detail", As(&["show clock"])),
    ("show clock", Same),
    ("ping vrf", Never),
    ("ping", As(&["connect local-mgmt", "ping"])),
    ("", Never),
];

/// Unified Communications Manager has a shell of its own (`admin:`) and nothing to configure in it.
const UCM: Dialect = &[
    ("license smart reservation request local", As(&["license smart reservation request"])),
    ("license smart reservation cancel local", As(&["license smart reservation cancel"])),
    ("license smart reservation install file", Never),
    ("license smart transport", Never),
    ("license smart url", Never),
    ("license smart", Same),
    ("show license all", Same),
    ("show license status", Same),
    ("show license summary", Same),
    ("show license tech support", Same),
    ("show license udi", Same),
    ("show license usage", Same),
    ("show clock detail", As(&["show status"])),
    ("show clock", As(&["show status"])),
    ("show version", As(&["show version active"])),
    ("show ntp status", As(&["utils ntp status"])),
    ("show ntp associations", As(&["utils ntp status"])),
    ("ping vrf", Never),
    ("ping", As(&["utils network ping"])),
    ("", Never),
];

/// Of AireOS only what shows the licences is known.
const AIREOS: Dialect = &[
    ("show license all", Same),
    ("show license status", Same),
    ("show license summary", Same),
    ("show license udi", Same),
    ("show license usage", Same),
    ("show clock detail", As(&["show time"])),
    ("show clock", As(&["show time"])),
    ("show ntp status", As(&["show time"])),
    ("show ntp associations", As(&["show time"])),
    ("show version", As(&["show sysinfo"])),
    ("ping vrf", Never),
    ("ping", Same),
    ("", Never),
];

/// A router that SD-WAN Manager configures takes no `configure terminal`: what is changed is changed in its template.
const CONTROLLED: Dialect =
    &[("configure terminal", Never), ("copy running-config startup-config", Never), ("", Same)];

fn dialect(os: &str, mode: Option<&str>) -> Option<Dialect> {
    match os {
        "IOS XE" if mode.is_some_and(|it| it.starts_with("Controller")) => Some(CONTROLLED),
        "UCM" => Some(UCM),
        "AireOS" => Some(AIREOS),
        "NX-OS" => Some(NX_OS),
        "IOS XR" => Some(IOS_XR),
        "ASA" => Some(ASA),
        "FTD" => Some(FTD),
        "FXOS" => Some(FXOS),
        _ => None,
    }
}

/// Writes all commands of a device in the words of its system; `mode` is that in which a router operates.
pub(super) fn translate(device: &mut Device, mode: Option<&str>) {
    let Some(os) = device.os.as_deref() else { return };
    let Some(dialect) = dialect(os, mode) else { return };
    for finding in &mut device.findings {
        finding.collect = collected(dialect, &finding.collect);
        finding.next_steps.retain_mut(|step| in_words_of(os, dialect, step));
    }
    device.collect_next = collected(dialect, &device.collect_next);
}

/// Writes a step in other words. False where it is a look at something, or a save, and the system has no command for it: that is no
/// step there.
fn in_words_of(os: &str, dialect: Dialect, step: &mut NextStep) -> bool {
    let commands = typed(os, dialect, &step.commands);
    let given = std::mem::replace(&mut step.commands, commands);
    step.collect = collected(dialect, &step.collect);
    let changes = step.effect != Effect::ReadOnly && !given.iter().all(|it| only_looks(it));
    given.is_empty() || !step.commands.is_empty() || changes
}

/// A command in other words; none where the system has none.
fn said(dialect: Dialect, command: &str) -> Option<Vec<String>> {
    let (words, said) = dialect.iter().find(|(words, _)| command.trim_start().starts_with(words))?;
    match said {
        Same => Some(vec![without_bootflash(dialect, in_vrf(dialect, command))]),
        Never => None,
        As(others) => {
            let mut others: Vec<String> = others.iter().map(|it| (*it).to_owned()).collect();
            if let (Some(last), Some(rest)) = (others.last_mut(), command.strip_prefix(words)) {
                last.push_str(rest);
            }
            Some(others)
        }
    }
}

/// Where the VRF stands in `ping vrf management tools.cisco.com` and `telnet tools.cisco.com 443 /vrf management`: NX-OS names it last,
/// IOS XR first. The routes of IOS XR have a command of their own.
fn in_vrf(dialect: Dialect, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    let (is_nx_os, is_xr) = (std::ptr::eq(dialect, NX_OS), std::ptr::eq(dialect, IOS_XR));
    match words.as_slice() {
        ["ping", "vrf", vrf, host] if is_nx_os => format!("ping {host} vrf {vrf}"),
        ["telnet", host, port, "/vrf", vrf] if is_nx_os => format!("telnet {host} {port} vrf {vrf}"),
        ["telnet", host, port, "/vrf", vrf] if is_xr => format!("telnet vrf {vrf} {host} {port}"),
        ["show", family @ ("ip" | "ipv6"), "route", "vrf", vrf, address] if is_nx_os => {
            format!("show {family} route {address} vrf {vrf}")
        }
        ["show", "ip", "route", rest @ ..] if is_xr => format!("show route {}", rest.join(" ")),
        ["show", "ipv6", "route", "vrf", vrf, address] if is_xr => {
            format!("show route vrf {vrf} ipv6 {address}")
        }
        ["show", "ipv6", "route", address] if is_xr => format!("show route ipv6 {address}"),
        _ => command.to_owned(),
    }
}

/// IOS XR has no `bootflash:`; where a file is to go is for its owner to say.
fn without_bootflash(dialect: Dialect, command: String) -> String {
    match command.split_once("bootflash:") {
        Some((before, file)) if std::ptr::eq(dialect, IOS_XR) => {
            let rest = file.find(' ').and_then(|at| file.get(at..)).unwrap_or_default();
            format!("{before}<file>{rest}")
        }
        _ => command,
    }
}

/// Outputs to collect: those that there are, each once.
fn collected(dialect: Dialect, commands: &[String]) -> Vec<String> {
    let mut out = Vec::with_capacity(commands.len());
    for command in commands.iter().filter_map(|command| said(dialect, command)).flatten() {
        if !out.contains(&command) {
            out.push(command);
        }
    }
    out
}

/// The commands of a step. A change of the configuration of which a part is missing would do something else, and a look at the result
/// is no step without what it is the result of: then none is left.
fn typed(os: &str, dialect: Dialect, commands: &[String]) -> Vec<String> {
    let said: Vec<_> = commands.iter().map(|command| said(dialect, command)).collect();
    let is_change = commands.iter().any(|command| command == "configure terminal");
    let mut missing = commands.iter().zip(&said).filter(|(_, said)| said.is_none());
    if missing.any(|(command, _)| is_change || !only_looks(command)) {
        return Vec::new();
    }
    let mut out: Vec<String> = said.into_iter().flatten().flatten().collect();
    // Two that are one there.
    out.dedup();
    if is_change && os == "IOS XR" && !out.iter().any(|command| command.trim() == "commit") {
        let end = out.iter().position(|command| command == "end").unwrap_or(out.len());
        out.insert(end, "commit".to_owned());
    }
    out
}

/// Whether a command changes nothing, or saves what others changed.
fn only_looks(command: &str) -> bool {
    ["show ", "ping ", "telnet ", "copy running-config"].iter().any(|it| command.trim_start().starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::StepState;

    #[test]
    fn a_step_in_the_words_of_each_system() {
        for (os, given, expected) in [
            ("NX-OS", "ping vrf <vrf> a.example", "ping a.example vrf <vrf>"),
            ("NX-OS", "telnet a.example 443 /vrf <vrf>", "telnet a.example 443 vrf <vrf>"),
            ("IOS XR", "telnet a.example 443 /vrf <vrf>", "telnet vrf <vrf> a.example 443"),
            ("NX-OS", "show ip route vrf <vrf> 192.0.2.1", "show ip route 192.0.2.1 vrf <vrf>"),
            ("NX-OS", "show ip route 192.0.2.1", "show ip route 192.0.2.1"),
            ("IOS XR", "show ip route vrf <vrf> 192.0.2.1", "show route vrf <vrf> 192.0.2.1"),
            ("IOS XR", "show ipv6 route vrf <vrf> 2001:db8::1", "show route vrf <vrf> ipv6 2001:db8::1"),
            ("IOS XR", "show ipv6 route 2001:db8::1", "show route ipv6 2001:db8::1"),
            (
                "NX-OS",
                "show call-home profile all|show license status",
                "show callhome destination-profile|show license status",
            ),
            ("NX-OS", "configure terminal|call-home| vrf <vrf>", ""),
            (
                "IOS XR",
                "configure terminal|call-home| vrf <vrf>|end",
                "configure terminal|call-home| vrf <vrf>|commit|end",
            ),
            ("IOS XR", "show license status|copy running-config startup-config", "show license status"),
            (
                "IOS XR",
                "configure terminal|service call-home|end",
                "configure terminal|call-home| service active|commit|end",
            ),
            ("IOS XR", "license smart import bootflash:<code>.txt", "license smart import <file>"),
            ("ASA", "ping a.example|ping vrf <vrf> a.example", "ping a.example"),
            ("FTD", "license smart register idtoken <TOKEN>|show license status", ""),
            ("FTD", "show clock detail|show license status", "show time|show license status"),
            ("FTD", "show license status|copy running-config startup-config", "show license status"),
            (
                "FXOS",
                "license smart register idtoken <TOKEN> force",
                "scope license|register idtoken <TOKEN> force",
            ),
            ("FXOS", "license smart renew auth|show license status", ""),
            (
                "UCM",
                "license smart register idtoken <TOKEN>|show clock",
                "license smart register idtoken <TOKEN>|show status",
            ),
            ("UCM", "configure terminal|ip host a 192.0.2.1", ""),
            ("UCM", "ping a.example|ping vrf <vrf> a.example", "utils network ping a.example"),
            ("AireOS", "show running-config|show version", "show sysinfo"),
            ("AireOS", "show ntp status|show ntp associations", "show time"),
            ("FXOS", "configure terminal|call-home| http-proxy x port 1", ""),
        ] {
            let given: Vec<String> = given.split('|').map(str::to_owned).collect();
            let typed = typed(os, dialect(os, None).expect(os), &given);
            assert_eq!(typed.join("|"), expected, "{os}: {given:?}");
        }
        assert!(dialect("IOS XE", Some("Autonomous")).is_none());
        let controlled = dialect("IOS XE", Some("Controller-Managed")).expect("a dialect");
        let given = ["configure terminal", "license smart transport smart", "end"].map(str::to_owned);
        assert!(typed("IOS XE", controlled, &given).is_empty());
    }

    #[test]
    fn a_look_without_a_command_is_no_step() {
        let step = |effect, commands: &[&str]| NextStep {
            text: "Look".into(),
            commands: commands.iter().map(|it| (*it).to_owned()).collect(),
            effect,
            state: StepState::Unknown,
            evidence: None,
            collect: Vec::new(),
        };
        for (effect, commands, stays) in [
            (Effect::ReadOnly, &["show call-home profile all"][..], false),
            (Effect::ReadOnly, &["show call-home profile all", "show license status"], true),
            // It has no command on any system.
            (Effect::ReadOnly, &[], true),
            (Effect::Config, &["copy running-config startup-config"], false),
            // How that is done there is not known, but it is to be done.
            (Effect::Config, &["license smart transport smart"], true),
            (Effect::Portal, &[], true),
        ] {
            let mut step = step(effect, commands);
            assert_eq!(in_words_of("UCM", UCM, &mut step), stays, "{commands:?}");
        }
    }
}
