//! The checks of the guide that people type: `ping HOST` and `telnet HOST 443`. What came of them is told by the words of
//! each system, so the outcome is one of a few: `replied`, `no reply`, `unreachable`, `unresolved`, `unknown vrf`; for a
//! connection `open`, `timed out`, `refused`, `unreachable`, `unresolved`, `unknown vrf`.
//!
//! A session tries one host after the other. The facts are lists of all of them; a later check of the same host replaces the
//! earlier one.

mod target;

use super::{Fields, Sink};
use crate::facts::{Element, Value};
use crate::text::{Line, Section};
use target::Target;

const PING: &str = "connectivity.ping";
const TCP: &str = "connectivity.tcp";

/// Reads a ping. `ping tcp HOST PORT` of ASA opens a connection.
pub fn ping(section: &Section<'_>, sink: &mut Sink<'_>) {
    let Some(target) = Target::of_ping(section) else { return };
    let percent = section.lines.iter().find_map(|line| Some((line.number, percent(line.trimmed())?)));
    let Some((number, outcome)) = outcome_of_ping(section, &target, percent) else { return };
    let mut check = Check::new(&target, section, sink);
    if target.port.is_some() {
        check.fields.add(sink, "outcome", number, text(of_connection(outcome)));
        return check.write(TCP, sink);
    }
    if let Some((number, percent)) = percent {
        check.fields.add(sink, "success_percent", number, Value::Number(percent));
    }
    check.fields.add(sink, "outcome", number, text(outcome));
    check.write(PING, sink);
}

/// Reads an attempt to open a TCP connection.
pub fn telnet(section: &Section<'_>, sink: &mut Sink<'_>) {
    let Some(target) = Target::of_telnet(section) else { return };
    let found = section.lines.iter().find_map(|line| Some((line.number, outcome_of_telnet(line.trimmed())?)));
    let Some((number, outcome)) = found else { return };
    let mut check = Check::new(&target, section, sink);
    check.fields.add(sink, "outcome", number, text(outcome));
    check.write(TCP, sink);
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

/// `Success rate is 80 percent (4/5)` of IOS, IOS XR and ASA; NX-OS counts what was lost: `5 packets transmitted, 4 packets
/// received, 20.00% packet loss`.
fn percent(text: &str) -> Option<i64> {
    if let Some(rest) = text.strip_prefix("Success rate is ") {
        return rest.split(' ').next()?.parse().ok().filter(|it| (0..=100).contains(it));
    }
    let (before, _) = text.split_once("% packet loss").filter(|_| text.contains("packets transmitted"))?;
    let lost = before.rsplit([' ', ',']).next()?.split('.').next()?;
    lost.parse().ok().map(|lost: i64| 100 - lost).filter(|it| (0..=100).contains(it))
}

/// A lost first packet, while the address of the next hop is looked up, is no failure.
fn outcome_of_ping(
    section: &Section<'_>,
    target: &Target<'_>,
    percent: Option<(u32, i64)>,
) -> Option<(u32, &'static str)> {
    match percent {
        Some((number, 0)) if section.lines.iter().any(is_unreachable) => Some((number, "unreachable")),
        Some((number, 0)) => Some((number, "no reply")),
        Some((number, _)) => Some((number, "replied")),
        None => section.lines.iter().find_map(|line| Some((line.number, refused(line.trimmed(), target)?))),
    }
}

/// `U.U.U`, one mark a packet.
fn is_unreachable(line: &Line<'_>) -> bool {
    let marks = line.trimmed();
    marks.contains('U') && marks.bytes().all(|byte| b"!.UQM?&".contains(&byte))
}

/// What systems say in place of sending anything.
fn refused(text: &str, target: &Target<'_>) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["vrf"]) && says(&["not exist", "unknown vrf", "invalid vrf", "not configured"]) {
        Some("unknown vrf")
    } else if says(UNRESOLVED) {
        Some(if target.is_address() { "unreachable" } else { "unresolved" })
    } else if says(&["no route to host", "network is unreachable", "gateway or host down"]) {
        Some("unreachable")
    } else {
        None
    }
}

/// IOS, IOS XR, ASA, and what NX-OS takes over from Linux.
const UNRESOLVED: &[&str] = &[
    "unrecognized host or address",
    "bad hostname",
    "bad ip address or host name",
    "invalid hostname",
    "invalid host/interface",
    "unknown host",
    "name or service not known",
    "temporary failure in name resolution",
    "unable to find computer address",
];

fn outcome_of_telnet(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let is_open = (lower.starts_with("trying ") && lower.ends_with("open")) || lower == "open";
    if is_open || lower.starts_with("connected to ") {
        Some("open")
    } else if lower.contains("connection timed out") {
        Some("timed out")
    } else if lower.contains("connection refused") {
        Some("refused")
    } else {
        refused(text, &Target::default())
    }
}

/// The outcome of a ping in the words of a connection.
fn of_connection(outcome: &'static str) -> &'static str {
    match outcome {
        "replied" => "open",
        "no reply" => "timed out",
        other => other,
    }
}

/// One check while it is read.
struct Check<'t> {
    target: &'t Target<'t>,
    fields: Fields,
    line: u32,
}

impl<'t> Check<'t> {
    fn new(target: &'t Target<'t>, section: &Section<'_>, sink: &Sink<'_>) -> Self {
        let (mut fields, line) = (Fields::default(), section.heading);
        fields.text(sink, "host", line, target.host);
        fields.text(sink, "vrf", line, target.vrf);
        if let Some(port) = target.port {
            fields.add(sink, "port", line, Value::Number(port));
        }
        let address =
            section.lines.iter().find_map(|line| Some((line.number, target::address(line.trimmed())?)));
        if let Some((number, address)) = address {
            fields.text(sink, "address", number, address);
        }
        Self { target, fields, line }
    }

    /// Adds the check to those before it.
    fn write(self, key: &str, sink: &mut Sink<'_>) {
        let before = match sink.capture().facts.get(key).map(|it| &it.value) {
            Some(Value::List(elements)) => elements.clone(),
            _ => Vec::new(),
        };
        let is_other = |element: &Element| !self.target.is_same(element);
        let mut all: Vec<Element> = before.into_iter().filter(is_other).collect();
        all.push(self.fields.element());
        sink.list(key, self.line, all);
    }
}

#[cfg(test)]
mod tests;
