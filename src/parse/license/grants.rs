//! Licences that a reservation or an authorization code grants: `Specified license reservations` and `Authorizations`. One block a
//! licence, with its terms by member below it.

use super::super::{Fields, Sink};
use super::{lower_field, usage};
use crate::facts::{Element, Value};

/// The licences met so far.
#[derive(Default)]
pub(super) struct Grants {
    open: Option<Fields>,
    found: Vec<Element>,
    first: u32,
}

/// Fields of a licence, as printed in lower case and as in the list. Of several terms the first counts.
const FIELDS: &[(&str, &str)] = &[
    ("enforcement type", "enforcement"),
    ("authorization type", "authorization"),
    ("license type", "type"),
    ("end date", "end"),
];

impl Grants {
    /// Reads a line; what it does not know is no fact.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        if usage::starts_licence(text) {
            self.start(text, number, sink);
            return;
        }
        let (Some(fields), Some((key, value))) = (&mut self.open, lower_field(text)) else { return };
        if matches!(key.as_str(), "total available count" | "total reserved count") {
            if let Ok(count) = value.parse() {
                fields.add(sink, "count", number, Value::Number(count));
            }
        } else if let Some((_, name)) =
            FIELDS.iter().find(|(printed, name)| *printed == key && !fields.has(name))
        {
            fields.text(sink, name, number, value);
        }
    }

    fn start(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        self.close();
        let (name, tag, _) = usage::name_and_tag(text).unwrap_or((text, "", ""));
        let mut fields = Fields::default();
        fields.text(sink, "name", number, if name.is_empty() { tag } else { name });
        fields.text(sink, "entitlement_tag", number, tag);
        if self.first == 0 {
            self.first = number;
        }
        self.open = Some(fields);
    }

    fn close(&mut self) {
        if let Some(fields) = self.open.take() {
            self.found.push(fields.element());
        }
    }

    /// Writes the list, unless it is empty.
    pub(super) fn finish(mut self, key: &str, sink: &mut Sink<'_>) {
        self.close();
        if !self.found.is_empty() {
            sink.list(key, self.first, self.found);
        }
    }
}
