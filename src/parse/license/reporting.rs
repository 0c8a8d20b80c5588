//! Policy, usage reporting and the report summary of Smart Licensing Using Policy.

use super::super::Sink;
use super::{lower_field, strip_word};
use crate::facts::Value;

/// Reads a line of the Policy block.
pub(super) fn policy(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = lower_field(text) else { return false };
    match key.as_str() {
        "policy in use" => {
            sink.text("license.policy.in_use", number, value);
            if let Some(when) = strip_word(value, "Installed On") {
                sink.time("license.policy.installed", number, when);
            }
        }
        "policy name" => sink.text("license.policy.name", number, value),
        "reporting ack required" => sink.text("license.policy.ack_required", number, value),
        key => return key.contains("(days)") || key.ends_with("attributes"),
    }
    true
}

/// Reads a line of the Usage Reporting block.
pub(super) fn usage_reporting(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = lower_field(text) else { return false };
    match key.as_str() {
        "last ack received" => {
            sink.add("license.reporting.last_ack_text", number, Value::Text(value.to_owned()));
            sink.time("license.reporting.last_ack", number, value);
        }
        "next ack deadline" => sink.time("license.reporting.next_ack_deadline", number, value),
        "reporting push interval" => sink.number("license.reporting.push_interval_days", number, value),
        "next ack push check" => sink.time("license.reporting.next_ack_check", number, value),
        "next report push" => sink.time("license.reporting.next_push", number, value),
        "last report push" => sink.time("license.reporting.last_push", number, value),
        "last report file write" => sink.time("license.reporting.last_file_write", number, value),
        _ => return false,
    }
    true
}

/// Whether a line is one of Usage Reporting in an excerpt without its heading.
pub(super) fn identifies(text: &str) -> bool {
    ["Last ACK received:", "Next ACK deadline:", "Last report push:", "Next report push:"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Reads a line of the Usage Report Summary: `Total: 703,  Purged: 288`, `Waiting for Ack: 0(300)`.
///
/// The number in parentheses repeats the first (`Purged: 344(344)`) or is the only one that counts: `Waiting for Ack: 0(10)`
/// stands beside 86 reports of which 76 were acknowledged. So the larger is meant.
pub(super) fn summary(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let keys = [
        ("Total:", "license.rum.total"),
        ("Purged:", "license.rum.purged"),
        ("Total Acknowledged Received:", "license.rum.acknowledged"),
        ("Waiting for Ack:", "license.rum.waiting"),
        ("Available to Report:", "license.rum.available"),
    ];
    let mut known = ["Maximum Display:", "Report Module Status:", "In Storage:", "Collecting Data:"]
        .iter()
        .any(|it| text.contains(it));
    for (printed, key) in keys {
        let Some((before, rest)) = text.split_once(printed) else { continue };
        if !(before.is_empty() || before.ends_with([' ', ','])) {
            continue;
        }
        known = true;
        if let Some(value) = counts(rest.trim_start()) {
            sink.add(key, number, Value::Number(value));
        }
    }
    known
}

fn counts(text: &str) -> Option<i64> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let first = digits(text);
    let value: i64 = first.parse().ok()?;
    let second = text.get(first.len()..).and_then(|rest| rest.strip_prefix('(')).map(digits);
    Some(value.max(second.and_then(|it| it.parse().ok()).unwrap_or(0)))
}
