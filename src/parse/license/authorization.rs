//! The License Authorization block of classic Smart Licensing.

use crate::text::stamp;

use super::super::Sink;
use super::{dated, lower_field, strip_word};
use crate::facts::Value;

/// What the block carries from line to line.
#[derive(Default)]
pub(super) struct Open {
    has_status: bool,
}

/// How a status begins where it stands without `Status:` (DOMAIN 5.2).
const STATUSES: &[&str] = &[
    "AUTHORIZED",
    "AUTHORIZATION EXPIRED",
    "AUTH EXPIRED",
    "OUT OF COMPLIANCE",
    "IN COMPLIANCE",
    "EVAL",
    "NO LICENSES IN USE",
    "NOT APPLICABLE",
    "NOT AUTHORIZED",
    "PENDING",
];

/// Whether a line belongs to the authorization block by its own words, wherever it stands.
pub(super) fn identifies(text: &str) -> bool {
    let keys = [
        "last communication attempt",
        "next communication attempt",
        "communication deadline",
        "evaluation period remaining",
    ];
    lower_field(text).is_some_and(|(key, _)| keys.contains(&key.as_str()))
}

/// Whether a status is one of an authorization. That of a licence may be the same.
pub(super) fn is_status(status: &str) -> bool {
    STATUSES.iter().any(|word| strip_word(status, word).is_some())
}

/// Reads a line of the block; false where it is not known.
pub(super) fn line(open: &mut Open, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if STATUSES.iter().any(|status| strip_word(text, status).is_some()) && !is_field(text) {
        return open.bare_status(text, number, sink);
    }
    let Some((key, value)) = lower_field(text) else { return false };
    match key.as_str() {
        "status" => open.status(value, number, sink),
        "last communication attempt" => {
            let (result, when) = dated(value);
            sink.text("license.authorization.last_result", number, result);
            sink.time("license.authorization.last_attempt", number, when.unwrap_or_default());
        }
        "failure reason" => sink.text("license.authorization.failure_reason", number, value),
        "next communication attempt" => sink.time("license.authorization.next_attempt", number, value),
        "communication deadline" => sink.time("license.authorization.deadline", number, value),
        _ => return evaluation(text, number, sink),
    }
    true
}

/// `Evaluation Period Remaining: …` begins like a status and is none; the colons of a time make no field.
fn is_field(text: &str) -> bool {
    text.split_once(':').is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphabetic() || c == ' '))
}

impl Open {
    /// `License Authorization Status: AUTHORIZED as of …` of older agents (DOMAIN 1.3), and a status on the heading's line.
    fn bare_status(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if strip_word(text, "EVALUATION PERIOD EXPIRED").is_some() {
            evaluation(text, number, sink);
        }
        if !self.has_status {
            self.status(text, number, sink);
        }
        true
    }

    fn status(&mut self, value: &str, number: u32, sink: &mut Sink<'_>) {
        self.has_status = true;
        let (status, since) = dated(value);
        sink.text("license.authorization.status", number, status);
        sink.time("license.authorization.since", number, since.unwrap_or_default());
    }
}

/// Reads the lines on the evaluation period, in the block of the authorization or in their own.
pub(super) fn evaluation(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    if strip_word(text, "EVALUATION PERIOD EXPIRED").is_some() {
        sink.time("license.authorization.evaluation_expired", number, dated(text).1.unwrap_or_default());
        return true;
    }
    let Some((key, value)) = lower_field(text) else { return false };
    match key.as_str() {
        "evaluation period remaining" => {
            sink.text("license.authorization.evaluation_remaining", number, value);
            if let Some(seconds) = stamp::seconds_in(value) {
                let seconds = Value::Number(seconds);
                sink.add("license.authorization.evaluation_remaining_seconds", number, seconds);
            }
            true
        }
        key => key.starts_with("evaluation "),
    }
}
