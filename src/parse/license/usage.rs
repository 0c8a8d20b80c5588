//! License Usage in its three forms: a block a licence, a table, and the handles of `show license tech support`.

use super::super::{Fields, Sink};
use super::field;
use crate::base::Era;
use crate::facts::{Element, Value};
use crate::text::Line;

/// Collects the licences of an output.
#[derive(Default)]
pub(super) struct Collector {
    open: Option<Fields>,
    found: Vec<Element>,
    first: u32,
    is_table: bool,
    /// The era that the words of a status belong to.
    pub(super) era: Option<Era>,
}

/// `network-advantage (C9300-24 Network Advantage):` or, before registration, `(C9200L-NW-E-48):` (DOMAIN 1.3).
pub(super) fn starts_licence(text: &str) -> bool {
    text.ends_with("):") && text.contains('(')
}

impl Collector {
    /// Reads a line; false where it is not known.
    pub(super) fn line(&mut self, line: &Line<'_>, sink: &Sink<'_>) -> bool {
        let text = line.trimmed();
        if text.starts_with("License ") && text.contains("Entitlement") {
            self.is_table = true;
            return true;
        }
        if self.is_table && self.row(text, line.number, sink) {
            return true;
        }
        if starts_licence(text) {
            self.block_head(text, line.number, sink);
            return true;
        }
        if text.starts_with("Handle:") {
            self.close();
            self.start(line.number);
            return true;
        }
        if text.to_ascii_lowercase().starts_with("no licenses in use") {
            return true;
        }
        field(text).is_some_and(|(key, value)| self.field(key, value, line.number, sink))
    }

    fn start(&mut self, number: u32) {
        self.open = Some(Fields::default());
        if self.first == 0 {
            self.first = number;
        }
    }

    fn close(&mut self) {
        if let Some(fields) = self.open.take().filter(|fields| !fields.is_empty()) {
            self.found.push(fields.element());
        }
    }

    fn block_head(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        self.close();
        self.start(number);
        let inner = text.trim_end_matches(':').trim_end_matches(')');
        let (name, tag) = inner.split_once('(').unwrap_or((inner, ""));
        let name = if name.trim().is_empty() { tag } else { name };
        if let Some(fields) = &mut self.open {
            fields.text(sink, "name", number, name);
            fields.text(sink, "entitlement_tag", number, tag);
        }
    }

    fn field(&mut self, key: &str, value: &str, number: u32, sink: &Sink<'_>) -> bool {
        let Some(fields) = &mut self.open else { return false };
        let name = match key {
            "License" => "name",
            "Entitlement Tag" => "entitlement_tag",
            "Description" => "description",
            "Export status" => "export_status",
            "Enforcement type" => "enforcement",
            "License type" => "type",
            "Count" => {
                if let Ok(count) = value.parse() {
                    fields.add(sink, "count", number, Value::Number(count));
                }
                return true;
            }
            "Status" => {
                let status = without_mode(value);
                fields.text(sink, "status", number, status);
                self.era = self.era.or(era_of(status));
                return true;
            }
            _ => return true,
        };
        fields.text(sink, name, number, value);
        true
    }

    /// A row of `show license summary`: name, tag in parentheses, count, status. The name may be empty, the tag cut with `...)`.
    fn row(&mut self, text: &str, number: u32, sink: &Sink<'_>) -> bool {
        let Some((name, tag, count, status)) = columns(text) else { return false };
        let mut fields = Fields::default();
        fields.text(sink, "name", number, if name.is_empty() { tag } else { name });
        fields.text(sink, "entitlement_tag", number, tag);
        fields.add(sink, "count", number, Value::Number(count));
        fields.text(sink, "status", number, status);
        self.era = self.era.or(era_of(status));
        if self.first == 0 {
            self.first = number;
        }
        self.found.push(fields.element());
        true
    }

    pub(super) fn finish(mut self, sink: &mut Sink<'_>) {
        self.close();
        if !self.found.is_empty() {
            sink.list("license.usage", self.first, self.found);
        }
    }
}

/// `IN USE(15)` without the numeric mode.
fn without_mode(status: &str) -> &str {
    match status.rsplit_once('(') {
        Some((words, mode)) if mode.trim_end_matches(')').bytes().all(|byte| byte.is_ascii_digit()) => {
            words.trim()
        }
        _ => status,
    }
}

fn era_of(status: &str) -> Option<Era> {
    match status.to_ascii_uppercase().as_str() {
        "IN USE" | "NOT IN USE" => Some(Era::Policy),
        "AUTHORIZED"
        | "OUT OF COMPLIANCE"
        | "EVAL MODE"
        | "EVAL EXPIRED"
        | "INIT"
        | "INCOMPLIANCE"
        | "WAITING"
        | "AUTHORIZATION EXPIRED" => Some(Era::Classic),
        _ => None,
    }
}

fn columns(text: &str) -> Option<(&str, &str, i64, &str)> {
    let (name, tag, rest) = match text.split_once('(') {
        Some((name, rest)) => {
            let end = rest.rfind(')')?;
            (name.trim(), rest.get(..end)?, rest.get(end + 1..)?)
        }
        None => {
            // UCM prints the bare tag, glued to the name when that is long (DOMAIN 1.3).
            let at = text.find("regid.")?;
            let (name, rest) = (text.get(..at)?, text.get(at..)?);
            let (tag, rest) = rest.split_once(' ')?;
            (name.trim(), tag, rest)
        }
    };
    let mut words = rest.trim().splitn(2, ' ');
    let count = words.next()?.parse().ok()?;
    let status = words.next()?.trim();
    Some((name, tag, count, status))
}
