//! Where parsers put what they read: the capture of one device, with the place and section filled in.

use std::sync::Arc;

use crate::base::{Era, Place, Source, Stamp, Wholeness};
use crate::facts::{Capture, Denial, Element, Reading, Value};
use crate::text::stamp;

/// Writes the facts of one section into a capture.
pub struct Sink<'c> {
    capture: &'c mut Capture,
    source: Arc<Source>,
    section: usize,
    weak: bool,
}

impl<'c> Sink<'c> {
    /// A sink for the section with this index in `capture.seen`.
    pub fn new(capture: &'c mut Capture, source: Arc<Source>, section: usize) -> Self {
        Self { capture, source, section, weak: false }
    }

    /// The same sink for summaries: what it writes is judged only where no fuller output was read.
    pub fn weak(&mut self) -> Sink<'_> {
        Sink { capture: self.capture, source: self.source.clone(), section: self.section, weak: true }
    }

    /// The capture written to, for records, events and configurations.
    pub fn capture(&mut self) -> &mut Capture {
        self.capture
    }

    /// Notes the licensing era that the fields of this section belong to.
    pub fn set_era(&mut self, era: Era) {
        if let Some(seen) = self.capture.seen.get_mut(self.section) {
            seen.era = era;
        }
    }

    /// Notes the era that this section is evidence for: in the section, and as the fact `license.era`.
    pub fn era(&mut self, era: Era, line: u32) {
        self.set_era(era);
        self.text("license.era", line, era.name());
    }

    /// Notes that less than all of the output is there.
    pub fn set_cut(&mut self) {
        if let Some(seen) = self.capture.seen.get_mut(self.section)
            && seen.wholeness == Wholeness::Whole
        {
            seen.wholeness = Wholeness::Cut;
        }
    }

    /// Whether the input ends in this line, so that the rest of what stands there may be missing.
    pub fn ends_within(&self, line: u32) -> bool {
        self.source.ends_within(line)
    }

    /// Full name of the section's command.
    pub fn command(&self) -> &str {
        self.capture.seen.get(self.section).map_or("", |seen| seen.command.as_str())
    }

    /// Index of the section in `capture.seen`.
    pub fn section(&self) -> usize {
        self.section
    }

    /// A place in the input by its 1-based line.
    pub fn place(&self, line: u32) -> Place {
        self.source.place(line)
    }

    /// A reading of this section.
    pub fn reading(&self, line: u32, value: Value) -> Reading {
        Reading { value, place: self.place(line), section: self.section, weak: self.weak }
    }

    /// A reading of this section whose place is known already.
    pub fn reading_at(&self, place: &Place, value: Value) -> Reading {
        Reading { value, place: place.clone(), section: self.section, weak: self.weak }
    }

    /// Adds a fact.
    pub fn add(&mut self, key: &str, line: u32, value: Value) {
        let reading = self.reading(line, value);
        self.capture.facts.add(key, reading);
    }

    /// Adds words. Empty values are no facts; `<none>`, `<empty>`, `None` deny them.
    pub fn text(&mut self, key: &str, line: u32, value: &str) {
        let value = words(value);
        if !is_nothing(value) {
            self.add(key, line, Value::Text(value.to_owned()));
        } else if !value.is_empty() {
            self.deny(key, line);
        }
    }

    /// Notes that a line says that there is no such fact. A summary does not know.
    fn deny(&mut self, key: &str, line: u32) {
        if !self.weak {
            let denial = Denial { place: self.place(line), section: self.section };
            self.capture.facts.deny(key, denial);
        }
    }

    /// Adds a number, if it starts with one.
    pub fn number(&mut self, key: &str, line: u32, value: &str) {
        let digits: String = value.trim().chars().take_while(char::is_ascii_digit).collect();
        if let Ok(number) = digits.parse() {
            self.add(key, line, Value::Number(number));
        }
    }

    /// Adds a truth value.
    pub fn flag(&mut self, key: &str, line: u32, value: bool) {
        self.add(key, line, Value::Bool(value));
    }

    /// Adds a date, if the text starts with one that is set (1970 is not).
    pub fn time(&mut self, key: &str, line: u32, value: &str) {
        if let Some(stamp) = date(value) {
            self.add(key, line, Value::Time(stamp));
        } else if is_nothing(value) && !value.is_empty() {
            self.deny(key, line);
        }
    }

    /// Adds a list.
    pub fn list(&mut self, key: &str, line: u32, elements: Vec<Element>) {
        self.add(key, line, Value::List(elements));
    }

    /// Counts a line that no parser knows.
    pub fn unknown(&mut self) {
        self.capture.unknown_lines += 1;
    }
}

/// Builds one element of a list.
#[derive(Default)]
pub struct Fields(Element);

impl Fields {
    /// Adds a field with words; empty ones are left out.
    pub fn text(&mut self, sink: &Sink<'_>, name: &str, line: u32, value: &str) {
        let value = words(value);
        if !is_nothing(value) {
            self.0.insert(name, sink.reading(line, Value::Text(value.to_owned())));
        }
    }

    /// The same for a line whose place is known already.
    pub fn text_at(&mut self, sink: &Sink<'_>, name: &str, place: &Place, value: &str) {
        let value = words(value);
        if !is_nothing(value) {
            self.add_at(sink, name, place, Value::Text(value.to_owned()));
        }
    }

    /// Adds a field with any value.
    pub fn add(&mut self, sink: &Sink<'_>, name: &str, line: u32, value: Value) {
        self.0.insert(name, sink.reading(line, value));
    }

    /// The same for a line whose place is known already.
    pub fn add_at(&mut self, sink: &Sink<'_>, name: &str, place: &Place, value: Value) {
        self.0.insert(name, sink.reading_at(place, value));
    }

    /// Whether a field was added.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.iter().len() == 0
    }

    /// The element.
    pub fn element(self) -> Element {
        self.0
    }
}

/// The device's words: without outer blanks and without the `**` that pages copied to text put around what they print bold.
fn words(value: &str) -> &str {
    let value = value.trim();
    value.strip_prefix("**").and_then(|it| it.strip_suffix("**")).map_or(value, str::trim)
}

/// Values that say that there is none.
pub fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "<none>" | "<empty>" | "None" | "none" | "-")
}

/// A date at the start of a value; the 1970 sentinel is none.
pub fn date(value: &str) -> Option<Stamp> {
    let (stamp, _) = stamp::stamp(value.trim())?;
    (!stamp.is_unset_sentinel()).then_some(stamp)
}
