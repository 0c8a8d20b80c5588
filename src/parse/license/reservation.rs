//! Reservation, export authorization, utility and privacy: small blocks of either era.

use super::super::Sink;
use super::super::sink::is_nothing;
use super::members::Members;
use super::{dated, lower_field};
use crate::facts::Value;

/// What the block carries from line to line.
#[derive(Default)]
pub(super) struct Open {
    has_status: bool,
    members: Members,
}

impl Open {
    /// Reads a line of Reservation Info. The first `Reservation status` is that of the active device.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if self.members.line(text, number, sink) {
            return true;
        }
        let Some((key, value)) = lower_field(text) else { return false };
        match key.as_str() {
            "license reservation" => sink.text("license.reservation.enabled", number, value),
            "reservation status" => {
                if !self.has_status {
                    sink.text("license.reservation.status", number, dated(value).0);
                }
                self.has_status = true;
                self.of_member("status", dated(value).0, number, sink);
            }
            "request code" => self.of_member("request_code", value, number, sink),
            "last confirmation code" => self.of_member("confirmation_code", value, number, sink),
            "last return code" => self.of_member("return_code", value, number, sink),
            "export-controlled functionality" => sink.text("license.export_controlled", number, value),
            "overall status" | "active" | "standby" | "member" => {}
            "reservation authorization code" | "last data push" | "last file export" => {}
            _ => return false,
        }
        true
    }

    fn of_member(&mut self, name: &str, value: &str, number: u32, sink: &Sink<'_>) {
        if !is_nothing(value) {
            self.members.field(name, Value::Text(value.to_owned()), number, sink);
        }
    }

    /// Writes the members, where they are named.
    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        self.members.identify(sink);
        self.members.finish("license.reservation.members", sink);
    }
}

/// Reads a line of Export Authorization Key.
pub(super) fn export(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match lower_field(text) {
        Some((key, "")) if key == "features authorized" => {}
        Some((key, value)) if key == "features authorized" => {
            sink.text("license.export.features", number, value);
        }
        Some(_) => return false,
        None => sink.text("license.export.features", number, text),
    }
    true
}

/// Reads a line of Utility.
pub(super) fn utility(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match lower_field(text) {
        Some((key, value)) if key == "status" => sink.text("license.utility", number, value),
        _ => return false,
    }
    true
}

/// Reads a line of Data Privacy.
pub(super) fn privacy(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = lower_field(text) else { return false };
    if key == "sending hostname" {
        sink.text("license.privacy.hostname", number, value);
    }
    key == "sending hostname" || key.contains("privacy")
}
