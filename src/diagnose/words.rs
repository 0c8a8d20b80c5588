//! The values that fill a template: what patterns captured, facts by key, and a few of the finding itself.

use super::device::Device;
use super::verdict::Span;
use crate::base::time::{from_epoch_ms, spell_seconds};
use crate::base::{Stamp, Zone};
use crate::facts::Value;
use crate::rules::template::Filter;
use crate::rules::{Bindings, Template};

/// Where the words for a template come from.
pub(super) struct Words<'d> {
    /// The device.
    pub device: &'d Device,
    /// Facts of later sections do not count.
    pub until: usize,
    /// What was captured.
    pub bindings: &'d Bindings,
    /// The log records of the finding.
    pub span: Option<&'d Span>,
}

impl Words<'_> {
    /// Fills a template in; a value that is not in evidence stays a visible `<placeholder>`.
    pub(super) fn fill(&self, template: &Template) -> String {
        template.fill(&|name, filter| self.value(name, filter))
    }

    fn value(&self, name: &str, filter: Option<Filter>) -> Option<String> {
        match filter {
            None => self.plain(name),
            Some(Filter::EpochMs) => {
                let stamp = from_epoch_ms(self.plain(name)?.trim().parse().ok()?)?;
                Some(stamp.text)
            }
            Some(Filter::DaysUntil) => Some((self.seconds_from_now(name)? / 86_400).to_string()),
            Some(Filter::Age) => Some(spell_seconds(self.seconds_from_now(name)?)),
        }
    }

    fn plain(&self, name: &str) -> Option<String> {
        let found = match name {
            "device" => Some(named(self.device).unwrap_or("this device").to_owned()),
            "log.count" => self.span.map(|span| span.events.len().to_string()),
            "log.first" => self.span.and_then(|span| span.first.as_ref()).map(in_words),
            "log.last" => self.span.and_then(|span| span.last.as_ref()).map(in_words),
            "clock.now.value" => self.device.now.as_ref().map(|(now, _)| now.text.clone()),
            _ => self.bindings.get(name).map(str::to_owned),
        };
        found.or_else(|| self.device.words(name, self.until))
    }

    fn seconds_from_now(&self, key: &str) -> Option<i64> {
        let reading = self.device.capture.facts.reading(key, self.until)?;
        match &reading.value {
            Value::Time(stamp) => self.device.now_at(reading.section)?.seconds_until(stamp),
            _ => None,
        }
    }
}

/// The name or serial number of a device; the path of a file is neither, and reads badly in a sentence.
fn named(device: &Device) -> Option<&str> {
    device.hostname.as_deref().or(device.serial.as_deref())
}

/// A log time for people: the device's own words, with a year that was worked out only where it is known.
fn in_words(stamp: &Stamp) -> String {
    let has_year = stamp.year_known && matches!(stamp.zone, Zone::Offset(_));
    if has_year { stamp.to_json_text() } else { stamp.text.clone() }
}
