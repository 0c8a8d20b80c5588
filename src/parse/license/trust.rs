//! Trust Code Installed, in all its forms (DOMAIN 1.4).

use super::super::Sink;
use super::super::sink::date;
use super::members::Members;
use super::{field, strip_word};
use crate::facts::Value;

/// The trust codes by member.
#[derive(Default)]
pub(super) struct Codes(Members);

impl Codes {
    /// Reads a line: a date, `<none>`, or a member with `INSTALLED on …` below it.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if self.0.line(text, number, sink) || self.installed(text, number, sink) {
            return true;
        }
        if strip_word(text, "NOT INSTALLED").is_some() {
            self.0.field("state", Value::Text("NOT INSTALLED".to_owned()), number, sink);
            return true;
        }
        if let Some(when) = strip_word(text, "Expired on").or_else(|| strip_word(text, "Expires on")) {
            self.expires(when, number, sink);
            return true;
        }
        if matches!(field(text), Some(("Trust Code Type" | "Attributes", _))) {
            return true;
        }
        let is_value = text == "<none>" || date(text).is_some();
        if is_value {
            sink.add("license.trust.installed", number, Value::Text(text.to_owned()));
            sink.time("license.trust.last_installed", number, text);
        }
        is_value
    }

    /// `INSTALLED on Apr 22 05:01:33 2025 UTC    Valid on Apr 22 04:56:31 2025 UTC`: the first date is that of the device.
    fn installed(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some(rest) = strip_word(text, "INSTALLED on") else { return false };
        self.0.field("state", Value::Text("INSTALLED".to_owned()), number, sink);
        let when = rest.split("Valid on").next().unwrap_or_default().trim();
        if let Some(stamp) = date(when) {
            self.0.field("installed", Value::Time(stamp), number, sink);
        }
        sink.text("license.trust.installed", number, when);
        sink.time("license.trust.last_installed", number, when);
        true
    }

    /// `Expired on Jan 01 00:00:00 1970` means that no end is set.
    fn expires(&mut self, when: &str, number: u32, sink: &Sink<'_>) {
        if let Some(stamp) = date(when) {
            self.0.field("expires", Value::Time(stamp), number, sink);
        }
    }

    /// The active member is the device: `show license status` names it nowhere else.
    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        self.0.identify(sink);
        self.0.finish("license.trust.members", sink);
    }
}
