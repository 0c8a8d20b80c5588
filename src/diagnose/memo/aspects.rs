//! Aspects of a device that rules look at, such as the readings of one key. What a device shows of an aspect gets a number: the
//! same as that of every other device that shows the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use super::lines::LineAspects;
use super::messages::MessageAspects;
use super::spelling::Spelling;
use crate::diagnose::device::Device;
use crate::facts::key::{block, is_like};
use crate::rules::condition::LogTest;
use crate::rules::{LooksAt, Pattern};

/// The number of what is not there.
pub(super) const NOTHING: u32 = 0;

/// Bytes that the different looks of one aspect may take. Where every device shows another value (a date) there is nothing to
/// gain by keeping them all.
const ROOM: usize = 64 << 10;
/// About what one of them takes beside its bytes.
const OVERHEAD: usize = 64;

/// All aspects that rules look at.
pub(super) struct Aspects {
    /// The era and the outputs that were seen.
    pub setting: usize,
    /// Typed commands.
    pub typed: usize,
    keys: Names,
    blocks: Names,
    denials: Names,
    lines: LineAspects,
    messages: MessageAspects,
    looks: Vec<Looks>,
}

/// Names with the aspect of each.
#[derive(Default)]
struct Names {
    /// In order.
    plain: Vec<(String, usize)>,
    /// Those with a `*`, which stands for one segment.
    starred: Vec<(String, usize)>,
}

/// The looks of an aspect that were met, by how they are spelled.
struct Looks(RwLock<Numbers>);

struct Numbers {
    by_spelling: HashMap<Box<[u8]>, u32>,
    /// Bytes that are left for more.
    room: usize,
}

/// Takes an aspect, and what is shown of it with the names it is shown under.
type Found<'f, 'd, T> = dyn FnMut(usize, &[(&'d str, T)]) + 'f;

/// What a device shows, by aspect.
pub(super) struct Shown(Vec<Option<u32>>);

impl Shown {
    /// The number of what the device shows of an aspect; `None` where it has none because too many were met.
    pub(super) fn number(&self, aspect: usize) -> Option<u32> {
        self.0.get(aspect).copied().flatten()
    }
}

impl Aspects {
    /// Those of some rules.
    pub(super) fn of<'r>(rules: impl Iterator<Item = &'r LooksAt> + Clone) -> Self {
        let keys: BTreeSet<&str> = rules.clone().flat_map(|it| &it.keys).map(String::as_str).collect();
        let blocks: BTreeSet<&str> = keys.iter().map(|key| block(key)).collect();
        let logs: BTreeMap<&String, &LogTest> = rules.clone().flat_map(|it| &it.logs).collect();
        let lines: BTreeMap<&String, &Pattern> = rules.flat_map(|it| &it.lines).collect();
        let mut numbers = 0..;
        let mut next = || numbers.next().unwrap_or(usize::MAX);
        let (setting, typed) = (next(), next());
        let [denials, keys, blocks] = [keys.clone(), keys, blocks].map(|names| Names::of(names, &mut next));
        let lines = LineAspects::of(&lines, &mut next);
        let messages = MessageAspects::of(&logs, &mut next);
        let looks = (0..next()).map(|_| Looks::new()).collect();
        Self { setting, typed, keys, blocks, denials, lines, messages, looks }
    }

    /// The aspects of fact keys.
    pub(super) fn of_keys(&self, keys: &BTreeSet<String>) -> Vec<usize> {
        keys.iter().filter_map(|key| self.keys.find(key)).collect()
    }

    /// The aspects of the blocks of fact keys: which outputs show something of them.
    pub(super) fn of_blocks(&self, keys: &BTreeSet<String>) -> Vec<usize> {
        let blocks: BTreeSet<&str> = keys.iter().map(|key| block(key)).collect();
        blocks.into_iter().filter_map(|it| self.blocks.find(it)).collect()
    }

    /// The aspects of lines that deny fact keys.
    pub(super) fn of_denials(&self, keys: &BTreeSet<String>) -> Vec<usize> {
        keys.iter().filter_map(|key| self.denials.find(key)).collect()
    }

    /// The aspects of patterns: the lines of the configuration that they may be found in.
    pub(super) fn of_lines(&self, patterns: &BTreeMap<String, Pattern>) -> Vec<usize> {
        patterns.keys().filter_map(|text| self.lines.find(text)).collect()
    }

    /// The aspects of tests of log messages.
    pub(super) fn of_logs(&self, tests: &BTreeMap<String, LogTest>) -> Vec<usize> {
        tests.keys().filter_map(|test| self.messages.find(test)).collect()
    }

    /// What a device shows of each.
    pub(super) fn shown_by(&self, device: &Device) -> Shown {
        let mut numbers = vec![Some(NOTHING); self.looks.len()];
        let mut spelling = Spelling::default();
        let mut add = |at: usize, spell: &dyn Fn(&mut Spelling)| {
            spell(&mut spelling);
            let number = self.number(at, spelling.bytes());
            if let Some(shown) = numbers.get_mut(at) {
                *shown = number;
            }
            spelling.clear();
        };
        let capture = &device.capture;
        add(self.setting, &|out| out.add_setting(device));
        add(self.typed, &|out| capture.typed.iter().for_each(|it| out.add_text(&it.command)));
        self.keys.each(&|| capture.facts.iter(), &mut |at, found| {
            add(at, &|out| found.iter().for_each(|(name, it)| out.add_readings(name, it)));
        });
        let blocks = || device.blocks.iter().map(|(name, it)| (name.as_str(), it));
        self.blocks.each(&blocks, &mut |at, found| {
            add(at, &|out| found.iter().for_each(|(name, it)| out.add_sections(name, it)));
        });
        self.denials.each(&|| capture.facts.denials(), &mut |at, found| {
            add(at, &|out| found.iter().for_each(|(name, it)| out.add_denials(name, it)));
        });
        if !capture.configs.is_empty() {
            self.lines.each(device, &mut |at, lines| add(at, &|out| out.add_lines(device, lines)));
        }
        self.messages
            .each(device, &mut |at, said| add(at, &|out| said.iter().for_each(|it| out.add_text(it))));
        Shown(numbers)
    }

    fn number(&self, aspect: usize, spelling: &[u8]) -> Option<u32> {
        self.looks.get(aspect).and_then(|looks| looks.number(spelling))
    }
}

impl Names {
    fn of(names: BTreeSet<&str>, next: &mut impl FnMut() -> usize) -> Self {
        let all = names.into_iter().map(|name| (name.to_owned(), next()));
        let (starred, plain) = all.partition(|(name, _)| name.contains('*'));
        Self { plain, starred }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let at = |names: &[(String, usize)]| {
            let found = names.binary_search_by(|(it, _)| it.as_str().cmp(name)).ok()?;
            names.get(found).map(|(_, at)| *at)
        };
        at(&self.plain).or_else(|| at(&self.starred))
    }

    /// Gives each aspect with what is shown under its name; `shown` is in the order of the names.
    fn each<'d, T, I: Iterator<Item = (&'d str, T)>>(
        &self,
        shown: &dyn Fn() -> I,
        found: &mut Found<'_, 'd, T>,
    ) {
        let mut plain = self.plain.iter().peekable();
        for (name, it) in shown() {
            while plain.next_if(|(asked, _)| asked.as_str() < name).is_some() {}
            if let Some((_, at)) = plain.next_if(|(asked, _)| asked == name) {
                found(*at, &[(name, it)]);
            }
        }
        for (pattern, at) in &self.starred {
            let head = pattern.split('*').next().unwrap_or_default();
            let is_asked = |name: &str| name.starts_with(head) && is_like(pattern, name);
            let all: Vec<(&str, T)> = shown().filter(|(name, _)| is_asked(name)).collect();
            if !all.is_empty() {
                found(*at, &all);
            }
        }
    }
}

impl Looks {
    fn new() -> Self {
        Self(RwLock::new(Numbers { by_spelling: HashMap::new(), room: ROOM }))
    }

    fn number(&self, spelling: &[u8]) -> Option<u32> {
        if spelling.is_empty() {
            return Some(NOTHING);
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).by_spelling.get(spelling).copied();
        known.or_else(|| self.0.write().unwrap_or_else(PoisonError::into_inner).add(spelling))
    }
}

impl Numbers {
    fn add(&mut self, spelling: &[u8]) -> Option<u32> {
        // Another thread may have met it in the meantime.
        if let Some(number) = self.by_spelling.get(spelling) {
            return Some(*number);
        }
        self.room = self.room.checked_sub(spelling.len() + OVERHEAD)?;
        let number = u32::try_from(self.by_spelling.len()).ok()?.checked_add(NOTHING + 1)?;
        self.by_spelling.insert(spelling.into(), number);
        Some(number)
    }
}
