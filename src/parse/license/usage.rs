//! License Usage in its three forms: a block a licence, a table, and the handles of `show license tech support`.

use super::super::{Fields, Sink};
use super::{field, strip_word};
use crate::base::Era;
use crate::facts::{Element, Value};
use crate::text::Line;

/// Collects the licences of an output.
#[derive(Default)]
pub(super) struct Collector {
    open: Option<Fields>,
    /// The tag of the open licence: its name, where the output gives no other.
    tag: Option<(u32, String)>,
    found: Vec<Element>,
    first: u32,
    is_table: bool,
    /// The era that the words of the line's status belong to.
    pub(super) era: Option<Era>,
}

/// `network-advantage (C9300-24 Network Advantage):` or, before registration, `(C9200L-NW-E-48):` (DOMAIN 1.3).
pub(super) fn starts_licence(text: &str) -> bool {
    // `Enforced (Perpetual/Subscription):` heads a part of the policy of NX-OS, `Entitlement(s):` a list of an old ASA.
    const OTHER: &[&str] =
        &["(Perpetual/Subscription):", "(Subscription):", "(Perpetual):", "Entitlement(s):"];
    text.ends_with("):") && text.contains('(') && !OTHER.iter().any(|end| text.ends_with(end))
}

impl Collector {
    /// Reads a line; false where it is not known.
    pub(super) fn line(&mut self, line: &Line<'_>, sink: &Sink<'_>) -> bool {
        let (text, number) = (line.trimmed(), line.number);
        if is_table_head(text) {
            self.is_table = true;
            return true;
        }
        if self.is_table && self.row(text, number, sink) {
            return true;
        }
        if starts_licence(text) {
            self.block_head(text, number, sink);
            return true;
        }
        if strip_word(text, "Handle:").is_some() {
            self.start(number, sink);
            return true;
        }
        if strip_word(text, "No licenses in use").is_some() {
            self.mark(number);
            return true;
        }
        field(text).is_some_and(|(key, value)| self.field(key, value, number, sink))
    }

    fn mark(&mut self, number: u32) {
        if self.first == 0 {
            self.first = number;
        }
    }

    fn start(&mut self, number: u32, sink: &Sink<'_>) {
        self.close(sink);
        self.open = Some(Fields::default());
        self.mark(number);
    }

    fn close(&mut self, sink: &Sink<'_>) {
        let tag = self.tag.take();
        let Some(mut fields) = self.open.take().filter(|fields| !fields.is_empty()) else { return };
        if let Some((number, tag)) = tag.filter(|_| !fields.has("name")) {
            fields.text(sink, "name", number, &tag);
        }
        self.found.push(fields.element());
    }

    fn block_head(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        self.start(number, sink);
        let (name, tag, _) = name_and_tag(text).unwrap_or((text, "", ""));
        self.tag = Some((number, tag.to_owned()));
        if let Some(fields) = &mut self.open {
            fields.text(sink, "name", number, name);
            fields.text(sink, "entitlement_tag", number, tag);
        }
    }

    fn field(&mut self, key: &str, value: &str, number: u32, sink: &Sink<'_>) -> bool {
        let Some(fields) = &mut self.open else { return false };
        let name = match key.to_ascii_lowercase().as_str() {
            "license" => "name",
            "entitlement tag" => {
                self.tag = Some((number, value.to_owned()));
                "entitlement_tag"
            }
            "description" => "description",
            "export status" => "export_status",
            "enforcement type" => "enforcement",
            "license type" => "type",
            "count" => {
                if let Ok(count) = value.parse() {
                    fields.add(sink, "count", number, Value::Number(count));
                }
                return true;
            }
            "status" => {
                let status = without_mode(value);
                fields.text(sink, "status", number, status);
                self.era = era_of(status);
                return true;
            }
            // Not a field of a licence: it tells the device, in an excerpt that lost its headings.
            "udi" => return false,
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
        self.era = era_of(status);
        self.mark(number);
        self.found.push(fields.element());
        true
    }

    /// Writes the list; an empty one where the device says that no licence is in use.
    pub(super) fn finish(mut self, sink: &mut Sink<'_>) {
        self.close(sink);
        if self.first > 0 {
            sink.list("license.usage", self.first, self.found);
        }
    }
}

fn is_table_head(text: &str) -> bool {
    strip_word(text, "License").is_some_and(|rest| {
        rest.starts_with(char::is_whitespace) && rest.to_ascii_lowercase().contains("entitlement")
    })
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

/// `NOT AUTHORIZED` and `Not Applicable` tell nothing: both eras print them.
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
    let (name, tag, rest) = name_and_tag(text).or_else(|| bare_tag(text))?;
    let (count, status) = rest.trim().split_once(char::is_whitespace)?;
    Some((name, tag, count.parse().ok()?, status.trim()))
}

/// The last pair of parentheses holds the tag; the name before it may hold some, too.
pub(super) fn name_and_tag(text: &str) -> Option<(&str, &str, &str)> {
    let close = text.rfind(')')?;
    let mut depth = 0;
    let open = text.get(..=close)?.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some((text.get(..open)?.trim(), text.get(open + 1..close)?.trim(), text.get(close + 1..)?))
}

/// UCM prints the bare tag, glued to the name when that is long (DOMAIN 1.3).
fn bare_tag(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find("regid.")?;
    let (tag, rest) = text.get(at..)?.split_once(char::is_whitespace)?;
    Some((text.get(..at)?.trim(), tag, rest))
}
