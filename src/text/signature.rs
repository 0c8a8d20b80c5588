//! Headings by which an output is recognised where no command line stands above it (DOMAIN 7.1).

use super::stamp;
use crate::base::glance;

/// What a heading starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The command that prints it.
    pub command: &'static str,
    /// Whether the output begins with this line. A heading from further down means that the head is missing.
    pub is_first: bool,
}

/// Licensing outputs share their headings; which of them it is shows when all of it was read.
pub const SOME_LICENSE_OUTPUT: &str = "show license …";

const HEADINGS: &[(&str, &str, bool)] = &[
    ("Smart Licensing Tech Support info", "show license tech support", true),
    ("Smart Licensing Status", SOME_LICENSE_OUTPUT, true),
    ("Smart Licensing is ENABLED", SOME_LICENSE_OUTPUT, true),
    ("Smart Licensing is DISABLED", SOME_LICENSE_OUTPUT, true),
    ("Utility:", SOME_LICENSE_OUTPUT, true),
    ("Account Information:", SOME_LICENSE_OUTPUT, true),
    ("License Usage", SOME_LICENSE_OUTPUT, true),
    ("Smart Licensing Using Policy:", SOME_LICENSE_OUTPUT, false),
    ("Transport:", SOME_LICENSE_OUTPUT, false),
    ("Data Privacy:", SOME_LICENSE_OUTPUT, false),
    ("Registration:", SOME_LICENSE_OUTPUT, false),
    ("License Authorization:", SOME_LICENSE_OUTPUT, false),
    ("Export Authorization Key:", SOME_LICENSE_OUTPUT, false),
    ("Usage Reporting:", SOME_LICENSE_OUTPUT, false),
    ("Trust Code Installed:", SOME_LICENSE_OUTPUT, false),
    ("Communication Statistics:", "show license tech support", false),
    ("Usage Report Summary:", SOME_LICENSE_OUTPUT, false),
    ("Registration Expires:", SOME_LICENSE_OUTPUT, false),
    ("Communication Deadline:", SOME_LICENSE_OUTPUT, false),
    ("Virtual Account:", SOME_LICENSE_OUTPUT, false),
    ("Smart Account:", SOME_LICENSE_OUTPUT, false),
    ("Last Communication Attempt:", SOME_LICENSE_OUTPUT, false),
    ("Initial Registration:", SOME_LICENSE_OUTPUT, false),
    ("Export-Controlled Functionality:", SOME_LICENSE_OUTPUT, false),
    ("Failure reason:", SOME_LICENSE_OUTPUT, false),
    ("UDI: PID:", "show license udi", true),
    ("SlotID ", "show license udi", true),
    ("Syslog logging:", "show logging", true),
    ("Log Buffer (", "show logging", false),
    ("Cisco IOS XE Software, Version", "show version", true),
    ("Cisco IOS Software", "show version", true),
    ("Cisco IOS XR Software", "show version", true),
    ("Cisco Adaptive Security Appliance Software", "show version", true),
    ("Cisco Nexus Operating System", "show version", true),
    ("Technology Package License Information", "show version", false),
    ("Smart Licensing Status:", "show version", false),
    ("Building configuration...", "show running-config", true),
    ("Current configuration :", "show running-config", true),
    ("!! IOS XR Configuration", "show running-config", true),
    ("Profile Name:", "show call-home profile all", true),
    ("Current call home settings:", "show call-home", true),
    ("Current smart-licensing transport settings:", "show call-home smart-licensing", true),
    ("Message Types    Total ", "show call-home statistics", true),
    ("Clock is synchronized,", "show ntp status", true),
    ("Clock is unsynchronized,", "show ntp status", true),
    ("address         ref clock", "show ntp associations", true),
    ("No EventLog Found.", "show license eventlog", true),
    ("Message History (oldest to newest):", "show license history message", true),
    ("Index 1 Feature:", "show license", true),
    ("Feature                      Ins  Lic", "show license usage", true),
    ("Smart Licensing Usage Report:", "show license rum id", true),
    ("Smart Licensing Usage Report Detail:", "show license rum id", false),
    ("Slot#  License ", "show license right-to-use", true),
    ("SIA Status:", "show license platform summary", false),
    ("Switch/Stack Mac Address :", "show switch", true),
    ("Redundant System Information :", "show redundancy", true),
    ("CPU utilization for five seconds:", "show processes cpu", true),
    ("Collection: LAST:", "show license platform summary", true),
];

/// Lines that only a configuration has, for snippets without a head.
const CONFIG_LINES: &[&str] = &[
    "call-home",
    "crypto pki trustpoint ",
    "license smart ",
    "license boot level ",
    "ip name-server ",
    "ip host ",
    "ip domain ",
    "ip domain-lookup",
    "ip http client ",
    "no ip domain",
    "service call-home",
    "no service call-home",
    "ntp server ",
    "clock calendar-valid",
    "clock timezone ",
    "hostname ",
];

/// What the heading on a line starts, if it is one. This runs on every line outside the outputs of known commands, so it
/// looks at single bytes first: a log line costs it a few comparisons.
pub fn signature(line: &str) -> Option<Signature> {
    let text = line.trim();
    let first = text.bytes().next()?;
    if first.is_ascii_digit() || first == b'*' || first == b'.' {
        return timed(text).or_else(|| licence_block(text));
    }
    let heading = HEADINGS.iter().find(|(heading, command, _)| {
        heading.as_bytes().first() == Some(&first) && is_heading(text, heading, command)
    });
    if let Some((_, command, is_first)) = heading {
        return Some(Signature { command, is_first: *is_first });
    }
    if is_uptime(text) {
        return Some(Signature { command: "show version", is_first: false });
    }
    if let Some(found) = licence_block(text) {
        return Some(found);
    }
    let is_config = |start: &&&str| {
        start.as_bytes().first() == Some(&first)
            && text.strip_prefix(**start).is_some_and(|rest| start.ends_with(' ') || rest.is_empty())
    };
    let found = CONFIG_LINES.iter().find(is_config);
    found.map(|_| Signature { command: "show running-config", is_first: false })
}

/// Lines that begin with a time, or with the mark before one: `**** Event Log ****` is among them.
fn timed(text: &str) -> Option<Signature> {
    if text.starts_with("**** Event Log ****") {
        return Some(Signature { command: "show license eventlog", is_first: true });
    }
    let second_word_on = text.as_bytes().get(10);
    if second_word_on == Some(&b' ') && text.contains(" SAEVT_") {
        return Some(Signature { command: "show license eventlog", is_first: false });
    }
    is_clock_line(text).then_some(Signature { command: "show clock", is_first: true })
}

/// `sw1 uptime is 4 days`; ASA writes `asa1 up 41 days`, which is no heading. `show ntp status` ends in `ntp uptime is …`.
fn is_uptime(text: &str) -> bool {
    text.len() < 160
        && glance::find(text, " uptime is ").is_some()
        && !text.contains('%')
        && !text.starts_with("ntp ")
}

/// The words alone or with a value behind them; `Smart Licensing Status` is a heading of its own only without one.
fn is_heading(text: &str, heading: &str, command: &str) -> bool {
    match text.strip_prefix(heading) {
        Some("") => true,
        Some(rest) if heading == "License Usage" || heading == "Utility:" => rest.trim_end() == ":",
        Some(_) if heading == "Smart Licensing Status" || heading == "Data Privacy:" => false,
        Some(rest) if heading == "Transport:" => rest.trim_start().starts_with("Type:"),
        Some(_) => command != "show license udi" || text.contains("SN"),
        None => false,
    }
}

/// `network-advantage (C9300-24 Network Advantage):`, the head of a licence in `show license usage`.
fn licence_block(text: &str) -> Option<Signature> {
    let (_, tag) = text.strip_suffix("):").filter(|it| it.len() < 160)?.rsplit_once('(')?;
    // `Broadcast message from root@fpr (Fri Jan 29 06:35:10 2021):` is none, nor is `Destination URL(s):`.
    let is_one = tag != "s" && !tag.contains(':') && !text.contains('%');
    is_one.then_some(Signature { command: SOME_LICENSE_OUTPUT, is_first: false })
}

/// `*18:57:38.347 UTC Mon Oct 19 2015`, all there is on the line.
fn is_clock_line(text: &str) -> bool {
    let digits = text.trim_start_matches(['*', '.']);
    digits.len() > 20
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.get(2..3) == Some(":")
        && stamp::stamp(text)
            .is_some_and(|(_, end)| text.get(end..).is_some_and(|rest| rest.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        for (line, command) in [
            ("Smart Licensing Status", Some(SOME_LICENSE_OUTPUT)),
            ("Smart Licensing Status: REGISTERED/AUTHORIZED", Some("show version")),
            ("Registration:Status: UNREGISTERED", Some(SOME_LICENSE_OUTPUT)),
            ("License Usage:", Some(SOME_LICENSE_OUTPUT)),
            ("Transport:", Some(SOME_LICENSE_OUTPUT)),
            ("Transport: Type: Callhome", Some(SOME_LICENSE_OUTPUT)),
            ("Transport: tcp", None),
            ("UDI: PID:C9300-24UX,SN:FCW2303D16Y", Some("show license udi")),
            ("sw1 uptime is 4 days", Some("show version")),
            ("ntp uptime is 632000 (1/100 of seconds), resolution is 4000", None),
            ("2021-09-10 14:03:56.089 UTC SAEVT_READY", Some("show license eventlog")),
            ("crypto pki trustpoint SLA-TrustPoint", Some("show running-config")),
            ("call-home", Some("show running-config")),
            ("call-homely", None),
            ("100G Core (CORE_100G):", Some(SOME_LICENSE_OUTPUT)),
            ("Broadcast message from root@fpr (Fri Jan 29 06:35:10 2021):", None),
            ("  Destination URL(s):", None),
            ("**** Event Log ****", Some("show license eventlog")),
            ("", None),
            ("<190>1: sw1: %SYS-5-X: Transport:", None),
            ("network-advantage (C9300-24 Network Advantage):", Some(SOME_LICENSE_OUTPUT)),
            ("Nov 17 18:05:09.580: %SYS-5-CONFIG_I: Configured", None),
        ] {
            assert_eq!(signature(line).map(|it| it.command), command, "{line}");
        }
    }
}
