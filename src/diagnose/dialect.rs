//! Commands in the words of the system they are for. Rules write those of IOS and IOS XE; where another system has the same under
//! another name it is translated, and where it has nothing of the kind, or nobody has checked, no command is given.

use super::finding::Device;

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

/// Changes to the configuration of IOS XR do nothing before `commit`, and then last.
const IOS_XR: Dialect =
    &[("copy running-config startup-config", Never), ("ip ", Never), ("crypto pki", Never), ("", Same)];

const ASA: Dialect = &[
    ("show call-home smart-licensing", As(&["show call-home profile all"])),
    ("ping vrf", Never),
    ("telnet", Never),
    ("ip ", Never),
    ("crypto pki", Never),
    ("", Same),
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

fn dialect(os: &str) -> Option<Dialect> {
    match os {
        "NX-OS" => Some(NX_OS),
        "IOS XR" => Some(IOS_XR),
        "ASA" | "FTD" => Some(ASA),
        "FXOS" => Some(FXOS),
        _ => None,
    }
}

/// Writes all commands of a device in the words of its system.
pub(super) fn translate(device: &mut Device) {
    let Some(os) = device.os.as_deref() else { return };
    let Some(dialect) = dialect(os) else { return };
    for finding in &mut device.findings {
        finding.collect = collected(dialect, &finding.collect);
        for step in &mut finding.next_steps {
            step.commands = typed(os, dialect, &step.commands);
            step.collect = collected(dialect, &step.collect);
        }
    }
    device.collect_next = collected(dialect, &device.collect_next);
}

/// A command in other words; none where the system has none.
fn said(dialect: Dialect, command: &str) -> Option<Vec<String>> {
    let (words, said) = dialect.iter().find(|(words, _)| command.trim_start().starts_with(words))?;
    match said {
        Same => Some(vec![nexus_ping(dialect, command)]),
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

/// `ping vrf management tools.cisco.com` is `ping tools.cisco.com vrf management` on NX-OS.
fn nexus_ping(dialect: Dialect, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["ping", "vrf", vrf, host] if std::ptr::eq(dialect, NX_OS) => format!("ping {host} vrf {vrf}"),
        _ => command.to_owned(),
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

/// The commands of a step. A change of the configuration of which a part is missing would do something else: then none is left.
fn typed(os: &str, dialect: Dialect, commands: &[String]) -> Vec<String> {
    let said: Vec<_> = commands.iter().map(|command| said(dialect, command)).collect();
    let is_change = commands.iter().any(|command| command == "configure terminal");
    if is_change && said.iter().any(Option::is_none) {
        return Vec::new();
    }
    let mut out: Vec<String> = said.into_iter().flatten().flatten().collect();
    if is_change && os == "IOS XR" && !out.iter().any(|command| command.trim() == "commit") {
        let end = out.iter().position(|command| command == "end").unwrap_or(out.len());
        out.insert(end, "commit".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_in_the_words_of_each_system() {
        for (os, given, expected) in [
            ("NX-OS", "ping vrf <vrf> a.example", "ping a.example vrf <vrf>"),
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
            ("ASA", "ping a.example|ping vrf <vrf> a.example", "ping a.example"),
            (
                "FXOS",
                "license smart register idtoken <TOKEN> force",
                "scope license|register idtoken <TOKEN> force",
            ),
            ("FXOS", "license smart renew auth|show license status", "show license status"),
            ("FXOS", "configure terminal|call-home| http-proxy x port 1", ""),
        ] {
            let given: Vec<String> = given.split('|').map(str::to_owned).collect();
            let typed = typed(os, dialect(os).expect(os), &given);
            assert_eq!(typed.join("|"), expected, "{os}: {given:?}");
        }
        assert!(dialect("IOS XE").is_none());
    }
}
