//! The Registration block of classic Smart Licensing, and the account lines of both eras.

use crate::base::Stamp;

use super::super::Sink;
use super::super::sink::{date, is_nothing};
use super::{dated, field};

/// The attempts of a registration block. The newest one gives `last_result`; a failure reason belongs to the line above it.
#[derive(Default)]
pub(super) struct Attempts {
    newest: Option<(u32, String, Option<Stamp>)>,
}

/// Whether a line belongs to the registration block by its own words, wherever it stands.
pub(super) fn identifies(text: &str) -> bool {
    let keys = [
        "Initial Registration",
        "Registration Expires",
        "Next Registration Attempt",
        "Next Renewal Attempt",
        "Last Renewal Attempt",
    ];
    field(text).is_some_and(|(key, _)| keys.contains(&key))
}

/// Reads a line of the block; false where it is not known.
pub(super) fn line(attempts: &mut Attempts, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = field(text) else { return false };
    match key.to_ascii_lowercase().as_str() {
        "status" => {
            let (status, _) = dated(value);
            sink.text("license.registration.status", number, status);
        }
        "initial registration" => {
            attempts.note(number, value);
            let (result, when) = dated(value);
            sink.text("license.registration.initial_result", number, result);
            sink.time("license.registration.initial_attempt", number, when.unwrap_or_default());
        }
        "last renewal attempt" => {
            attempts.note(number, value);
            sink.text("license.registration.renewal_result", number, dated(value).0);
        }
        "failure reason" => sink.text("license.registration.failure_reason", number, value),
        "next registration attempt" => sink.time("license.registration.next_attempt", number, value),
        "next renewal attempt" => sink.time("license.registration.next_renewal", number, value),
        "registration expires" => sink.time("license.registration.expires", number, value),
        "export-controlled functionality" => sink.text("license.export_controlled", number, value),
        _ => return account(text, number, sink),
    }
    true
}

/// `Smart Account:` and `Virtual Account:`, without ` As of <date>` (DOMAIN 5.3).
pub(super) fn account(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = field(text) else { return false };
    let name = value.split(" As of ").next().unwrap_or_default();
    match key {
        "Smart Account" => sink.text("license.registration.smart_account", number, name),
        "Virtual Account" => sink.text("license.registration.virtual_account", number, name),
        _ => return false,
    }
    true
}

impl Attempts {
    fn note(&mut self, number: u32, value: &str) {
        let (result, when) = dated(value);
        if !is_nothing(result) {
            self.newest = Some((number, result.to_owned(), when.and_then(date)));
        }
    }

    pub(super) fn finish(&mut self, sink: &mut Sink<'_>) {
        let Some((number, result, when)) = self.newest.take() else { return };
        sink.text("license.registration.last_result", number, &result);
        if let Some(stamp) = when {
            sink.add("license.registration.last_attempt", number, crate::facts::Value::Time(stamp));
        }
    }
}
