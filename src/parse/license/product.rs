//! Product information, agent version, scheduled jobs, certificates, authorization codes and the useful lines of Other Info.

use super::super::Sink;
use super::super::sink::is_nothing;
use super::members::{self, Members};
use super::{dated, field, strip_word};
use crate::facts::Value;

/// Reads a line of Product Information or `show license udi`.
pub(super) fn line(members: &mut Members, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if let Some((pid, serial)) = strip_word(text, "UDI:").and_then(members::udi) {
        sink.text("device.pid", number, pid);
        sink.text("device.serial", number, serial);
        return true;
    }
    if let Some((is_active, pid, serial)) = table_row(text) {
        if is_active {
            sink.text("device.pid", number, pid);
            sink.text("device.serial", number, serial);
        }
        return true;
    }
    text.starts_with("SlotID") || text.starts_with("Device#") || members.line(text, number, sink)
}

/// `*0  CISCO2911/K9  FTX1512A0BC  CISCO2911/K9:FTX1512A0BC`, a row of the old `show license udi`; the slot may be missing.
fn table_row(text: &str) -> Option<(bool, &str, &str)> {
    let (pid, serial) = text.split_whitespace().next_back()?.split_once(':')?;
    let cells: Vec<&str> = text.split_whitespace().rev().skip(1).take(2).collect();
    let is_row = !pid.is_empty() && matches!(cells.as_slice(), [sn, id] if *sn == serial && *id == pid);
    is_row.then_some((text.starts_with('*'), pid, serial))
}

/// Reads `Smart Agent for Licensing: 5.3.10_rel/25`.
pub(super) fn agent(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some(("Smart Agent for Licensing", value)) = field(text) else { return false };
    sink.text("license.agent_version", number, value);
    true
}

/// Reads a line of Upcoming Scheduled Jobs. Only `Current time:` is a fact: `Expired Not Rescheduled` says that no timer is
/// pending, not that anything expired (DOMAIN 1.4). It is weak beside `show clock`.
pub(super) fn job(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if let Some(value) = strip_word(text, "Current time:") {
        sink.weak().time("clock.time", number, value);
    }
    true
}

/// Reads a line of License Authorizations: a member and `Status: NOT INSTALLED` below it.
pub(super) fn code(codes: &mut Members, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if codes.line(text, number, sink) {
        return true;
    }
    match field(text) {
        Some(("Status", value)) => {
            codes.field("status", Value::Text(dated(value).0.to_owned()), number, sink);
        }
        Some(("Last Confirmation code", value)) if !is_nothing(value) => {
            codes.field("confirmation_code", Value::Text(value.to_owned()), number, sink);
        }
        Some(("Overall status" | "Last Confirmation code" | "Request code" | "Last return code", _)) => {}
        _ => return false,
    }
    true
}

/// Which certificate the dates below belong to.
#[derive(Default)]
pub(super) struct Certificates {
    current: Option<&'static str>,
}

impl Certificates {
    /// Reads a line of License Certificates. `Not registered. No certificates installed` is normal in the policy era.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        match field(text) {
            Some(("Production Cert", value)) => sink.text("license.certificates.production", number, value),
            Some(("PIID", value)) => sink.text("license.certificates.piid", number, value),
            Some((key, "")) if key.starts_with("Id Cert") => {
                self.current = Some("license.certificates.id_expires");
            }
            Some((key, "")) if key.starts_with("Signing Cert") => {
                self.current = Some("license.certificates.signing_expires");
            }
            Some((_, "")) => self.current = None,
            Some(("Expiry Date", value)) => {
                if let Some(key) = self.current {
                    sink.time(key, number, value);
                }
            }
            None => sink.text("license.certificates.state", number, text),
            Some(_) => {}
        }
        true
    }
}

/// Reads a line of HA Info.
pub(super) fn ha(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if let Some(("RP Role", value)) = field(text) {
        sink.text("license.ha.role", number, value);
    }
    true
}

/// Reads a line of Product Analytics Report Summary. Of its counters none tells of licensing; the reason does.
pub(super) fn analytics(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if let Some(("Not Available Reason", value)) = field(text) {
        sink.text("license.analytics.unavailable_reason", number, value);
    }
    true
}

/// Reads the lines of Other Info that are worth keeping (DOMAIN 1.5). `Agent State: authorized` is not: every device prints it.
pub(super) fn other(data: &mut Members, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match field(text) {
        Some(("connect_info.name", value)) => sink.text("license.connect_info.name", number, value),
        Some(("connect_info.prod", value)) => sink.flag("license.connect_info.prod", number, value == "True"),
        Some(("Overall Trust", value)) => sink.text("license.trust.overall", number, value),
        Some(("Clock sync-ed with NTP", value)) => {
            sink.flag("license.clock_synced_with_ntp", number, value == "True");
        }
        _ => trust_data(data, text, number, sink),
    }
    true
}

/// `P:C9300-24P,S:FOC1: No Trust Data`, `Local Device: P:C9606R,S:FXS2, state[2], Trust Data INSTALLED  TrustId:1093`, or the
/// device twice on its line: `P:C9407R,S:FXS3: P:C9407R,S:FXS3, state[2], …`.
fn trust_data(data: &mut Members, text: &str, number: u32, sink: &Sink<'_>) {
    let Some((before, rest)) = text.rsplit_once("P:") else { return };
    let Some((pid, rest)) = rest.split_once(",S:") else { return };
    let serial = rest.split([':', ',', ' ']).next().unwrap_or_default();
    let Some(state) = rest.get(serial.len()..).map(|it| it.trim_start_matches([':', ',', ' '])) else {
        return;
    };
    let role = before.split("P:").next().unwrap_or_default().trim().trim_end_matches(':');
    data.add(role, pid, serial, number, sink);
    data.field("state", Value::Text(state.to_owned()), number, sink);
}
