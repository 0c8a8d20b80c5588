//! The Registration block of classic Smart Licensing, and the account lines of both eras.

use crate::base::Stamp;

use super::super::Sink;
use super::super::sink::{date, is_nothing};
use super::{dated, lower_field, strip_word};
use crate::facts::Value;

/// The attempts of a registration block. The newest one gives `last_result`; a failure reason belongs to the line above it.
#[derive(Default)]
pub(super) struct Attempts {
    newest: Option<(u32, String, Option<Stamp>)>,
}

/// Whether a line belongs to the registration block by its own words, wherever it stands.
pub(super) fn identifies(text: &str) -> bool {
    let keys = [
        "initial registration",
        "registration expires",
        "next registration attempt",
        "next renewal attempt",
        "last renewal attempt",
        "export-controlled functionality",
    ];
    lower_field(text).is_some_and(|(key, _)| keys.contains(&key.as_str()))
}

/// Whether a status is one of a registration: no other block has these words.
pub(super) fn is_status(status: &str) -> bool {
    ["UNREGISTERED", "REGISTERED", "REGISTERING", "REGISTRATION"]
        .iter()
        .any(|word| strip_word(status, word).is_some())
}

/// Reads a line of the block; false where it is not known.
pub(super) fn line(attempts: &mut Attempts, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = lower_field(text) else { return false };
    match key.as_str() {
        "status" => sink.text("license.registration.status", number, dated(value).0),
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
    let Some((key, value)) = lower_field(text) else { return false };
    let name = value.split(" As of ").next().unwrap_or_default();
    match key.as_str() {
        "smart account" => sink.text("license.registration.smart_account", number, name),
        "virtual account" => sink.text("license.registration.virtual_account", number, name),
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

    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        let Some((number, result, when)) = self.newest else { return };
        sink.text("license.registration.last_result", number, &result);
        if let Some(stamp) = when {
            sink.add("license.registration.last_attempt", number, Value::Time(stamp));
        }
    }
}
