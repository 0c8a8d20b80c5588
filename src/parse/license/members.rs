//! Lists with one entry a stack member or supervisor: the UDI list, trust codes, authorization codes.

use super::super::{Fields, Sink};
use crate::facts::{Element, Value};

/// The members met so far.
#[derive(Default)]
pub(super) struct Members {
    found: Vec<Element>,
    line: u32,
}

const ROLES: &[&str] = &["Active", "Standby", "Member"];

/// `PID:C9300-24UX,SN:FCW2303D16Y` in its halves; nothing else on either side.
pub(in crate::parse) fn udi(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once("PID:")?;
    let (pid, rest) = rest.split_once(',')?;
    // NX-OS writes `PID: N9K-C93180YC-FX3, SN: FDO26190ABC`.
    let serial = rest.trim_start().strip_prefix("SN:")?.trim_start();
    let serial = serial.split([' ', ',', ';']).next()?;
    Some((pid.trim(), serial.trim()))
}

impl Members {
    /// Reads `Active:PID:…,SN:…`; false for any other line.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &Sink<'_>) -> bool {
        let Some((role, rest)) = text.split_once(':') else { return false };
        let Some(role) = ROLES.iter().find(|it| it.eq_ignore_ascii_case(role.trim())) else { return false };
        let Some((pid, serial)) = udi(rest) else { return false };
        self.add(role, pid, serial, number, sink);
        true
    }

    /// Adds a member.
    pub(super) fn add(&mut self, role: &str, pid: &str, serial: &str, number: u32, sink: &Sink<'_>) {
        let mut fields = Fields::default();
        fields.text(sink, "role", number, role);
        fields.text(sink, "pid", number, pid);
        fields.text(sink, "serial", number, serial);
        if self.line == 0 {
            self.line = number;
        }
        self.found.push(fields.element());
    }

    /// Writes a field of the newest member.
    pub(super) fn field(&mut self, name: &str, value: Value, number: u32, sink: &Sink<'_>) {
        if let Some(last) = self.found.last_mut() {
            last.insert(name, sink.reading(number, value));
        }
    }

    /// Writes the identity of the device, which is that of its active member; an output of the whole UDI counts for more.
    pub(super) fn identify(&self, sink: &mut Sink<'_>) {
        let Some(active) = self.found.iter().find(|it| it.text("role") == Some("Active")) else { return };
        for (key, field) in [("device.pid", "pid"), ("device.serial", "serial")] {
            if let Some(reading) = active.get(field) {
                sink.weak().add(key, reading.place.line, reading.value.clone());
            }
        }
    }

    /// Writes how many there are, unless there are none.
    pub(super) fn count(&self, key: &str, sink: &mut Sink<'_>) {
        if let Some(count) = i64::try_from(self.found.len()).ok().filter(|count| *count > 0) {
            sink.add(key, self.line, Value::Number(count));
        }
    }

    /// Writes the list, unless it is empty.
    pub(super) fn finish(self, key: &str, sink: &mut Sink<'_>) {
        if !self.found.is_empty() {
            sink.list(key, self.line, self.found);
        }
    }
}
