//! Facts: every reading of a key with its place, oldest first. The newest is judged, the older ones tell what recovered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Element;
use crate::base::{Place, Stamp};

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// The device's own words, outer blanks trimmed.
    Text(String),
    /// A count or a number of days.
    Number(i64),
    /// Yes or no, enabled or disabled.
    Bool(bool),
    /// A date and time.
    Time(Stamp),
    /// Elements of a table or of repeated blocks.
    List(Vec<Element>),
}

/// One reading of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it says.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
    /// Index into `Capture::seen` of the section it was read from: the order of readings.
    pub section: usize,
    /// A summary such as `show version`'s "A/B": judged only where no fuller output was read.
    pub weak: bool,
}

impl Reading {
    fn places_mut(&mut self, visit: &mut dyn FnMut(&mut Place)) {
        visit(&mut self.place);
        if let Value::List(elements) = &mut self.value {
            elements.iter_mut().flat_map(Element::readings_mut).for_each(|it| it.places_mut(visit));
        }
    }
}

/// All readings of a device by dotted key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    readings: BTreeMap<String, Vec<Reading>>,
    denials: BTreeMap<String, Vec<Denial>>,
}

/// A line that says that there is no value: `Last ACK received: <none>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// The line.
    pub place: Place,
    /// Index into `Capture::seen` of the section it stands in.
    pub section: usize,
}

impl Facts {
    /// Adds a reading. Within a section a later line of the same key replaces nothing: both are kept, the later is newer.
    pub fn add(&mut self, key: impl Into<String>, reading: Reading) {
        // Most keys are read once: room for more would be most of what a fleet's facts take.
        let all = self.readings.entry(key.into()).or_insert_with(|| Vec::with_capacity(1));
        let newer = all.iter().rev().take_while(|it| it.section > reading.section).count();
        all.insert(all.len() - newer, reading);
    }

    /// Adds a line that says that a key has no value.
    pub fn deny(&mut self, key: impl Into<String>, denial: Denial) {
        let all = self.denials.entry(key.into()).or_default();
        let newer = all.iter().rev().take_while(|it| it.section > denial.section).count();
        all.insert(all.len() - newer, denial);
    }

    /// Visits the place of every reading, of those in lists, and of every denial.
    pub(super) fn places_mut(&mut self, visit: &mut dyn FnMut(&mut Place)) {
        self.readings.values_mut().flatten().for_each(|reading| reading.places_mut(visit));
        self.denials.values_mut().flatten().for_each(|denial| visit(&mut denial.place));
    }

    /// The newest line that says so, in sections up to and including `last`.
    pub fn denial(&self, key: &str, last: usize) -> Option<&Denial> {
        up_to(self.denials.get(key)?, last, |it| it.section).last()
    }

    /// Every key with the lines that deny it, by key; oldest first.
    pub fn denials(&self) -> impl Iterator<Item = (&str, &[Denial])> {
        self.denials.iter().map(|(key, all)| (key.as_str(), all.as_slice()))
    }

    /// The reading that counts among those of sections up to and including `last`: the newest full one, else the newest weak one.
    pub fn reading(&self, key: &str, last: usize) -> Option<&Reading> {
        let past = self.readings_up_to(key, last);
        let newest = past.last()?;
        if !newest.weak {
            return Some(newest);
        }
        Some(past.iter().rev().find(|reading| !reading.weak).unwrap_or(newest))
    }

    /// All readings of a key, oldest first.
    pub fn readings(&self, key: &str) -> &[Reading] {
        self.readings.get(key).map_or(&[], Vec::as_slice)
    }

    /// Those of sections up to and including `last`, oldest first.
    pub fn readings_up_to(&self, key: &str, last: usize) -> &[Reading] {
        up_to(self.readings(key), last, |it| it.section)
    }

    /// The newest reading.
    pub fn get(&self, key: &str) -> Option<&Reading> {
        self.reading(key, usize::MAX)
    }

    /// The newest value as text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The newest value as a time.
    pub fn time(&self, key: &str) -> Option<&Stamp> {
        match &self.get(key)?.value {
            Value::Time(stamp) => Some(stamp),
            _ => None,
        }
    }

    /// Every key with its readings, by key; readings oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Reading])> {
        self.readings.iter().map(|(key, all)| (key.as_str(), all.as_slice()))
    }

    /// Whether nothing was read, not even that there is nothing.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.denials.is_empty()
    }

    /// Leaves out what others say in the end, too.
    pub fn leave_out(&mut self, others: &Self) {
        fn value<'f>(facts: &'f Facts, key: &str) -> Option<&'f Value> {
            facts.get(key).map(|reading| &reading.value)
        }
        let is_known = |key: &&String| value(self, key) == value(others, key);
        let known: Vec<String> = self.readings.keys().filter(is_known).cloned().collect();
        self.readings.retain(|key, _| !known.contains(key));
    }

    /// Takes over another capture's readings, whose sections are renumbered by `offset`.
    pub fn append(&mut self, other: Self, offset: usize) {
        for (key, readings) in other.readings {
            let into = self.readings.entry(key).or_default();
            into.extend(readings.into_iter().map(|reading| reading.moved(offset)));
        }
        for (key, denials) in other.denials {
            let moved = denials.into_iter().map(|it| Denial { section: it.section + offset, ..it });
            self.denials.entry(key).or_default().extend(moved);
        }
    }
}

/// What stands in sections up to and including `last`; a session of months has thousands of them.
fn up_to<T>(all: &[T], last: usize, section: impl Fn(&T) -> usize) -> &[T] {
    all.get(..all.partition_point(|it| section(it) <= last)).unwrap_or_default()
}

impl Reading {
    fn moved(mut self, offset: usize) -> Self {
        self.section += offset;
        if let Value::List(elements) = &mut self.value {
            for element in elements {
                for reading in element.readings_mut() {
                    reading.section += offset;
                }
            }
        }
        self
    }
}
