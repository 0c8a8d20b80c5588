//! The License Authorization block of classic Smart Licensing.

use crate::text::stamp;

use super::super::Sink;
use super::{dated, field};
use crate::facts::Value;

/// Whether a line belongs to the authorization block by its own words, wherever it stands.
pub(super) fn identifies(text: &str) -> bool {
    let keys = [
        "Last Communication Attempt",
        "Next Communication Attempt",
        "Communication Deadline",
        "Evaluation Period Remaining",
    ];
    field(text).is_some_and(|(key, _)| keys.contains(&key))
}

/// Reads a line of the block; false where it is not known.
pub(super) fn line(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if text.to_ascii_uppercase().starts_with("EVALUATION PERIOD EXPIRED") {
        sink.text("license.authorization.status", number, "EVALUATION PERIOD EXPIRED");
        sink.time("license.authorization.evaluation_expired", number, dated(text).1.unwrap_or_default());
        return true;
    }
    let Some((key, value)) = field(text) else { return bare_status(text, number, sink) };
    match key.to_ascii_lowercase().as_str() {
        "status" => status(value, number, sink),
        "last communication attempt" => {
            let (result, when) = dated(value);
            sink.text("license.authorization.last_result", number, result);
            sink.time("license.authorization.last_attempt", number, when.unwrap_or_default());
        }
        "failure reason" => sink.text("license.authorization.failure_reason", number, value),
        "next communication attempt" => sink.time("license.authorization.next_attempt", number, value),
        "communication deadline" => sink.time("license.authorization.deadline", number, value),
        "evaluation period remaining" => {
            sink.text("license.authorization.evaluation_remaining", number, value);
            if let Some(seconds) = stamp::seconds_in(value) {
                sink.add(
                    "license.authorization.evaluation_remaining_seconds",
                    number,
                    Value::Number(seconds),
                );
            }
        }
        "evaluation mode" | "evaluation expired" | "evaluation period" => {}
        _ => return false,
    }
    true
}

/// `License Authorization Status: AUTHORIZED as of …` of older agents (DOMAIN 1.3), and a status on the heading's line.
fn bare_status(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let known = [
        "AUTHORIZED",
        "OUT OF COMPLIANCE",
        "IN COMPLIANCE",
        "EVAL",
        "AUTH",
        "NO LICENSES",
        "NOT APPLICABLE",
        "PENDING",
    ];
    let is_status = known.iter().any(|start| text.to_ascii_uppercase().starts_with(start));
    if is_status {
        status(text, number, sink);
    }
    is_status
}

fn status(value: &str, number: u32, sink: &mut Sink<'_>) {
    let (status, since) = dated(value);
    sink.text("license.authorization.status", number, status);
    sink.time("license.authorization.since", number, since.unwrap_or_default());
}
