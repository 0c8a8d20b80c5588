//! The log messages that rules may look at. Their texts name the device, so of all texts those count in which a rule's pattern may
//! be found.

use std::collections::{BTreeMap, HashSet};

use aho_corasick::AhoCorasickKind;

use super::literals::Literals;
use crate::diagnose::device::Device;
use crate::rules::condition::LogTest;

/// Tests of log messages that ask for their names and text, and for no more.
pub(super) struct MessageAspects {
    /// By the key of the test.
    aspects: BTreeMap<String, usize>,
    /// By the name of a message the aspects of its tests, each with whether the text counts.
    by_name: BTreeMap<String, Vec<(usize, bool)>>,
    /// By aspect.
    literals: Literals,
}

impl MessageAspects {
    /// Gives each test an aspect.
    pub(super) fn of(tests: &BTreeMap<&String, &LogTest>, next: &mut impl FnMut() -> usize) -> Self {
        let aspects: BTreeMap<String, usize> = tests.keys().map(|it| ((*it).clone(), next())).collect();
        let all = || tests.values().zip(aspects.values().copied());
        let mut by_name: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
        for (test, at) in all() {
            for name in &test.names {
                by_name.entry(name.clone()).or_default().push((at, test.text.is_some()));
            }
        }
        // Of a device only the few messages that rules ask for go through it.
        let kind = AhoCorasickKind::ContiguousNFA;
        let literals = Literals::of(all().filter_map(|(test, at)| Some((test.text.as_ref()?, at))), kind);
        Self { aspects, by_name, literals }
    }

    /// The aspect of a test.
    pub(super) fn find(&self, test: &str) -> Option<usize> {
        self.aspects.get(test).copied()
    }

    /// Gives each aspect of which there are messages with what they say: each text once, in the order in which they came last,
    /// because what was captured last counts. One empty text stands for all where the text does not count.
    pub(super) fn each(&self, device: &Device, found: &mut dyn FnMut(usize, &[&str])) {
        let mut met: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
        for (name, records) in &device.records {
            let Some(tests) = self.by_name.get(name) else { continue };
            let mut again = HashSet::new();
            let mut is_last = |at: &usize| device.same_text(*at).is_none_or(|first| again.insert(first));
            let last = records.iter().rev().copied().filter(|at| is_last(at));
            for (at, record) in last.filter_map(|at| Some((at, device.capture.records.get(at)?))) {
                let possible = self.possible(&record.text);
                for (aspect, counts_text) in tests {
                    if !counts_text {
                        met.insert(*aspect, vec![(0, "")]);
                    } else if possible.contains(aspect) || self.literals.open().contains(aspect) {
                        met.entry(*aspect).or_default().push((at, &record.text));
                    }
                }
            }
        }
        for (aspect, said) in met {
            found(aspect, &last_of_each(said));
        }
    }

    /// The aspects of the patterns with literals that may be found in a text.
    fn possible(&self, text: &str) -> Vec<usize> {
        self.literals.hits(&text.to_ascii_lowercase()).map(|(_, aspect)| aspect).collect()
    }
}

/// Texts with the indices of their records: each text where it stands last.
fn last_of_each(said: Vec<(usize, &str)>) -> Vec<&str> {
    let last: BTreeMap<&str, usize> = said.into_iter().fold(BTreeMap::new(), |mut last, (at, text)| {
        let known = last.entry(text).or_default();
        *known = at.max(*known);
        last
    });
    let mut texts: Vec<(usize, &str)> = last.into_iter().map(|(text, at)| (at, text)).collect();
    texts.sort_unstable();
    texts.into_iter().map(|(_, text)| text).collect()
}
