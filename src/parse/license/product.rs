//! Product information, stack members, agent version, certificates and the useful lines of Other Info.

use super::super::{Fields, Sink};
use super::{field, reporting};
use crate::facts::Element;

/// UDIs of stack members, or their trust codes.
#[derive(Default)]
pub(super) struct Members {
    found: Vec<Element>,
    line: u32,
}

/// `PID:C9300-24UX,SN:FCW2303D16Y` in its halves; nothing else on either side.
pub(super) fn udi(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once("PID:")?;
    let (pid, serial) = rest.split_once(",SN:").or_else(|| rest.split_once(", SN:"))?;
    let serial = serial.split([' ', ',', ';']).next()?;
    Some((pid.trim(), serial.trim()))
}

const ROLES: &[&str] = &["Active", "Standby", "Member"];

impl Members {
    /// Reads a line of Product Information or `show license udi`.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some((pid, serial)) = text.strip_prefix("UDI:").and_then(udi) {
            sink.text("device.pid", number, pid);
            sink.text("device.serial", number, serial);
            return true;
        }
        if let Some(row) = text.strip_prefix('*').and_then(table_row) {
            sink.text("device.pid", number, row.0);
            sink.text("device.serial", number, row.1);
            return true;
        }
        if text.starts_with("SlotID") || text == "HA UDI List:" {
            return true;
        }
        let Some((role, rest)) = text.split_once(':').filter(|(role, _)| ROLES.contains(role)) else {
            return false;
        };
        self.member(role, rest, number, sink)
    }

    fn member(&mut self, role: &str, rest: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some((pid, serial)) = udi(rest) else { return false };
        let mut fields = Fields::default();
        fields.text(sink, "role", number, role);
        fields.text(sink, "pid", number, pid);
        fields.text(sink, "serial", number, serial);
        if self.line == 0 {
            self.line = number;
        }
        self.found.push(fields.element());
        true
    }

    /// Reads a line of Trust Code Installed: a date, `<none>`, or a member and `INSTALLED on …` below it.
    pub(super) fn trust_line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some((role, rest)) = text.split_once(':').filter(|(role, _)| ROLES.contains(role)) {
            return self.member(role, rest, number, sink);
        }
        if text.starts_with("INSTALLED on") || text.starts_with("NOT INSTALLED") {
            let state = if text.starts_with("NOT") { "NOT INSTALLED" } else { "INSTALLED" };
            if let Some(last) = self.found.last_mut() {
                let reading = sink.reading(number, crate::facts::Value::Text(state.to_owned()));
                last.fields.insert("state".to_owned(), reading);
            }
            if state == "INSTALLED" {
                let when = text
                    .strip_prefix("INSTALLED on")
                    .unwrap_or_default()
                    .split("Valid on")
                    .next()
                    .unwrap_or_default();
                sink.text("license.trust.installed", number, when);
            }
            return true;
        }
        if text.starts_with("Trust Code Type")
            || text.starts_with("Attributes")
            || text.starts_with("Expired on")
        {
            return true;
        }
        let is_value = text == "<none>" || super::super::sink::date(text).is_some();
        if is_value {
            let value = if reporting::is_installed(text) { text } else { "<none>" };
            sink.add("license.trust.installed", number, crate::facts::Value::Text(value.to_owned()));
        }
        is_value
    }

    pub(super) fn finish(self, key: &str, sink: &mut Sink<'_>) {
        if !self.found.is_empty() {
            sink.list(key, self.line, self.found);
        }
    }
}

/// `ASR1006  NWG1512050G  ASR1006:NWG1512050G`, a row of the old `show license udi`.
fn table_row(text: &str) -> Option<(&str, &str)> {
    let mut words = text.split_whitespace();
    let (pid, serial, udi) = (words.next()?, words.next()?, words.next()?);
    udi.contains(':').then_some((pid, serial))
}

/// Reads `Smart Agent for Licensing: 5.3.10_rel/25`.
pub(super) fn agent(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some(("Smart Agent for Licensing", value)) = field(text) else { return false };
    sink.text("license.agent_version", number, value);
    true
}

/// Reads a line of License Certificates. `Not registered. No certificates installed` is normal in the policy era.
pub(super) fn certificates(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match field(text) {
        Some(("Production Cert", value)) => sink.text("license.certificates.production", number, value),
        None => sink.text("license.certificates.state", number, text),
        Some(_) => {}
    }
    true
}

/// Reads a line of HA Info.
pub(super) fn ha(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if let Some(("RP Role", value)) = field(text) {
        sink.text("license.ha.role", number, value);
    }
    true
}

/// Reads the lines of Other Info that are worth keeping (DOMAIN 1.5).
pub(super) fn other(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match field(text) {
        Some(("connect_info.name", value)) => sink.text("license.connect_info.name", number, value),
        Some(("connect_info.prod", value)) => sink.flag("license.connect_info.prod", number, value == "True"),
        Some(("Overall Trust", value)) => sink.text("license.trust.overall", number, value),
        Some(("Clock sync-ed with NTP", value)) => {
            sink.flag("license.clock_synced_with_ntp", number, value == "True")
        }
        _ => {}
    }
    true
}
