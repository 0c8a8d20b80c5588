//! The lines of a configuration that rules may look at, told for all patterns in one pass over its text.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasickKind;

use super::literals::Literals;
use crate::diagnose::device::Device;
use crate::diagnose::lines::Lines;
use crate::rules::Pattern;

/// Patterns that are searched in the lines of configurations.
pub(super) struct LineAspects {
    /// By the text of the pattern.
    aspects: BTreeMap<String, usize>,
    /// By aspect.
    literals: Literals,
}

impl LineAspects {
    /// Gives each pattern an aspect.
    pub(super) fn of(patterns: &BTreeMap<&String, &Pattern>, next: &mut impl FnMut() -> usize) -> Self {
        let aspects: BTreeMap<String, usize> = patterns.keys().map(|it| ((*it).clone(), next())).collect();
        // Every byte of every configuration goes through it.
        let kind = AhoCorasickKind::DFA;
        let literals = Literals::of(patterns.values().copied().zip(aspects.values().copied()), kind);
        Self { aspects, literals }
    }

    /// The aspect of a pattern.
    pub(super) fn find(&self, pattern: &str) -> Option<usize> {
        self.aspects.get(pattern).copied()
    }

    /// Gives each aspect with the numbers of the lines, in order, by configuration: those that `Lines::candidates` gives.
    pub(super) fn each(&self, device: &Device, found: &mut dyn FnMut(usize, &[Vec<usize>])) {
        let mut by_config: Vec<BTreeMap<usize, Vec<usize>>> =
            device.config_lines.iter().map(|lines| self.lines(lines)).collect();
        for at in self.aspects.values() {
            let numbers: Vec<Vec<usize>> =
                by_config.iter_mut().map(|lines| lines.remove(at).unwrap_or_default()).collect();
            found(*at, &numbers);
        }
    }

    /// By aspect the lines that its pattern may be found in.
    fn lines(&self, lines: &Lines) -> BTreeMap<usize, Vec<usize>> {
        let any = || (0..lines.count()).collect();
        let mut found: BTreeMap<usize, Vec<usize>> =
            self.literals.open().iter().map(|at| (*at, any())).collect();
        for (offset, at) in self.literals.hits(lines.lower()) {
            found.entry(at).or_default().push(lines.number(offset));
        }
        for numbers in found.values_mut() {
            numbers.sort_unstable();
            numbers.dedup();
        }
        found
    }
}
