//! Communication statistics of `show license tech support`, the most diagnostic block of the policy era (DOMAIN 1.4, 3.1).

use super::super::Sink;
use super::{dated, field};

/// Reads the lines before the first exchange.
pub(super) fn head(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    match field(text) {
        Some(("Communication Level Allowed", value)) => {
            sink.text("license.communication.level", number, value);
        }
        Some(("Overall State", value)) => sink.text("license.communication.overall_state", number, value),
        _ => return false,
    }
    true
}

/// Reads a line of one exchange.
pub(super) fn line(exchange: &str, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let key = |name: &str| format!("license.communication.{exchange}.{name}");
    if text.starts_with("Attempts:") {
        for (printed, name) in [
            ("Total=", "total"),
            ("Success=", "success"),
            ("Fail=", "fail"),
            ("Overall=", "ongoing_overall"),
            ("Communication=", "ongoing_communication"),
        ] {
            if let Some((_, rest)) = text.split_once(printed) {
                sink.number(&key(name), number, rest);
            }
        }
        return true;
    }
    let Some((name, value)) = field(text) else { return false };
    match name {
        "Last Response" => sink.text(&key("last_response"), number, dated(value).0),
        "Failure Reason" => sink.text(&key("failure_reason"), number, value),
        "Last Success Time" => sink.time(&key("last_success"), number, value),
        "Last Failure Time" => sink.time(&key("last_failure"), number, value),
        _ => return false,
    }
    true
}
