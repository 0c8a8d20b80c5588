//! Reservation, export authorization, utility and privacy: small blocks of either era.

use super::super::Sink;
use super::field;

/// Reads a line of Reservation Info. The first `Reservation status` is that of the active device.
pub(super) fn line(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = field(text) else { return false };
    match key {
        "License reservation" => sink.text("license.reservation.enabled", number, value),
        "Reservation status" => {
            if sink.capture().facts.get("license.reservation.status").is_none() {
                sink.text("license.reservation.status", number, value);
            }
        }
        "Overall status" | "Active" | "Standby" | "Member" | "Request code" | "Last return code" => {}
        "Last Confirmation code"
        | "Reservation authorization code"
        | "Last Data Push"
        | "Last File Export" => {}
        _ => return false,
    }
    true
}

/// Reads a line of Export Authorization Key.
pub(super) fn export(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match field(text) {
        Some(("Features Authorized", "")) => {}
        Some(("Features Authorized", value)) => sink.text("license.export.features", number, value),
        Some(_) => return false,
        None => sink.text("license.export.features", number, text),
    }
    true
}

/// Reads a line of Utility.
pub(super) fn utility(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some(("Status", value)) = field(text) else { return false };
    sink.text("license.utility", number, value);
    true
}

/// Reads a line of Data Privacy.
pub(super) fn privacy(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = field(text) else { return false };
    if key == "Sending Hostname" {
        sink.text("license.privacy.hostname", number, value);
    }
    key == "Sending Hostname" || key.to_ascii_lowercase().contains("privacy")
}
