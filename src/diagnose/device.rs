//! Which captures are of the same device, and what is known about each device.
//!
//! A device is known by its serial number, else by the name at its prompt or in its configuration, else by the name in the
//! header of its log records, else by the path of the input. Equal names with different serials are two devices.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::identity;
use super::known::{self, Known};
use super::lines::Lines;
use super::spill::Spill;
use super::{dated, now, years};
use crate::base::time::DAY;
use crate::base::{Era, Problem, Stamp, Wholeness};
use crate::facts::key;
use crate::facts::{Capture, Reading, Record, Seen, Typed, Value};
use crate::rules::condition::LogTest;
use crate::text::section::LOOSE;

/// How a time is called that the user gave.
pub(super) const GIVEN: &str = "--now";

/// No session is longer, in seconds.
const SESSION: i64 = DAY;

/// A device with all that was read about it.
#[derive(Debug, Default)]
pub struct Device {
    /// Name at the prompt, in `show version`, in the configuration, or in the header of its log records.
    pub hostname: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Licensing era at the end of the capture.
    pub era: Era,
    /// Every era seen, in order.
    pub eras: Vec<Era>,
    /// The inputs.
    pub paths: BTreeSet<String>,
    /// The time of the capture and where it was read.
    pub now: Option<(Stamp, String)>,
    /// What was read, captures joined in the order of their times, else of their paths.
    pub capture: Capture,
    /// Indices of records by `FACILITY-MNEMONIC`.
    pub records: BTreeMap<String, Vec<usize>>,
    /// Indices of outputs by their commands.
    by_command: BTreeMap<String, Vec<usize>>,
    /// Indices of typed commands, each command where it was typed last; the newest first.
    typed: Vec<usize>,
    /// The lines of each configuration: most patterns that are searched in them stand in none.
    pub(super) config_lines: Vec<Lines>,
    /// What each record says, hashed, where it has a time: the same message at the same time in another output or file is the
    /// same event (DOMAIN 7.3: console, buffer and server file hold the same message).
    said: Vec<Option<u64>>,
    /// Of each record the first with the same text; `None` where no other has it.
    same_text: Vec<Option<usize>>,
    /// By the block of a fact (its key without the last segment): sections that show something of it.
    pub(super) blocks: BTreeMap<String, BTreeSet<usize>>,
}

/// Joins captures to devices, ordered by name, serial and path. `now` overrides the time of every capture. Returns them with what
/// could not be read again.
pub(super) fn devices(known: Vec<Known>, now: Option<&Stamp>, spill: &Spill) -> (Vec<Device>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut devices = Vec::new();
    for group in identity::grouped(known, |it| &it.identity) {
        let (captures, mut lost) = known::captures(group, spill);
        problems.append(&mut lost);
        if !captures.is_empty() {
            devices.push(join(captures, now));
        }
    }
    devices.sort_by(|a, b| (&a.hostname, &a.serial, &a.paths).cmp(&(&b.hostname, &b.serial, &b.paths)));
    (devices, problems)
}

/// Joins captures of one device.
pub(super) fn join(mut captures: Vec<Capture>, now: Option<&Stamp>) -> Device {
    sort_by_time(&mut captures);
    let paths = captures.iter().map(|capture| capture.path.to_string()).collect();
    let mut joined = Capture::default();
    for capture in captures {
        joined.path = if joined.path.is_empty() { capture.path.clone() } else { joined.path };
        joined.append(capture);
    }
    let given = now.map(|stamp| (stamp.clone(), GIVEN.to_owned()));
    let now = given.clone().or_else(|| now::of(&joined));
    if let (None, Some((now, source))) = (given, &now) {
        now::add_to(&mut joined, now, source);
    }
    if let Some((now, source)) = &now {
        dated::date(&mut joined, now, source);
    }
    years::count(&mut joined.records);
    now::zone_of_log(&mut joined);
    Device::new(joined, paths, now)
}

/// By time only where every capture has a comparable one: a partial order would make the outcome depend on chance.
fn sort_by_time(captures: &mut [Capture]) {
    if captures.len() < 2 {
        return;
    }
    let times: Option<Vec<i64>> =
        captures.iter().map(|it| now::of(it).and_then(|(stamp, _)| stamp.epoch_ms())).collect();
    if times.is_some() {
        captures.sort_by_key(|it| now::of(it).and_then(|(stamp, _)| stamp.epoch_ms()));
    }
}

/// A log alone tells the device, too: `… for udi PID:C9300-48P,SN:FCW2145L0AB`. Only where all such messages agree; a stack
/// may name each of its members.
pub(super) fn add_identity(capture: &mut Capture) {
    if capture.facts.text("device.serial").is_some() {
        return;
    }
    let found: Vec<(usize, &str, &str)> = (0..)
        .zip(&capture.records)
        .filter_map(|(at, record)| udi(&record.text).map(|(pid, serial)| (at, pid, serial)))
        .collect();
    let Some(&(at, pid, serial)) = found.first() else { return };
    if found.iter().any(|(_, _, other)| *other != serial) {
        return;
    }
    let values = [("device.pid", pid.to_owned()), ("device.serial", serial.to_owned())];
    let Some(record) = capture.records.get(at).cloned() else { return };
    for (key, value) in values {
        let (place, section) = (record.place.clone(), record.section);
        capture.facts.add(key, Reading { value: Value::Text(value), place, section, weak: true });
    }
}

/// The PID and serial number that a licensing message ends in; `SN:XXXXXXXX` of an anonymised one is none.
fn udi(text: &str) -> Option<(&str, &str)> {
    let (_, udi) = text.rsplit_once(" udi PID:")?;
    let (pid, serial) = udi.split_once(',')?;
    let serial = serial.trim_start().strip_prefix("SN:")?.split([' ', ',']).next()?.trim_end_matches('.');
    let has = |test: fn(&char) -> bool| serial.chars().any(|c| test(&c));
    let good = serial.len() >= 8 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
    (good && !pid.is_empty()).then_some((pid, serial))
}

impl Device {
    fn new(capture: Capture, paths: BTreeSet<String>, now: Option<(Stamp, String)>) -> Self {
        let eras = eras(&capture);
        let mut device = Self {
            hostname: identity::name_of(&capture).or_else(|| capture.origin.clone()),
            serial: capture.facts.text("device.serial").map(str::to_owned),
            era: last_era(&capture),
            eras,
            paths,
            now,
            records: BTreeMap::new(),
            by_command: BTreeMap::new(),
            typed: last_of_each(&capture.typed),
            said: Vec::new(),
            same_text: Vec::new(),
            config_lines: Vec::new(),
            blocks: BTreeMap::new(),
            capture,
        };
        device.index();
        device
    }

    fn index(&mut self) {
        self.index_records();
        for (at, seen) in self.capture.seen.iter().enumerate() {
            match self.by_command.get_mut(&seen.command) {
                Some(all) => all.push(at),
                None => drop(self.by_command.insert(seen.command.clone(), vec![at])),
            }
        }
        self.config_lines = self.capture.configs.iter().map(Lines::of).collect();
        for (key, readings) in self.capture.facts.iter() {
            let sections = self.blocks.entry(key::block(key).to_owned()).or_default();
            sections.extend(readings.iter().map(|reading| reading.section));
        }
        for (key, denials) in self.capture.facts.denials() {
            let sections = self.blocks.entry(key::block(key).to_owned()).or_default();
            sections.extend(denials.iter().map(|denial| denial.section));
        }
    }

    fn index_records(&mut self) {
        let mut texts: HashMap<&str, usize> = HashMap::with_capacity(self.capture.records.len());
        for (at, record) in self.capture.records.iter().enumerate() {
            self.records.entry(record.name()).or_default().push(at);
            let first = *texts.entry(&record.text).or_insert(at);
            self.said.push(said(record, first));
            let is_again = (first != at).then_some(first);
            self.same_text.push(is_again);
            if let Some(of_first) = self.same_text.get_mut(first).filter(|_| is_again.is_some()) {
                *of_first = is_again;
            }
        }
    }

    /// What a record says, by its index.
    pub(super) fn said(&self, at: usize) -> Option<u64> {
        self.said.get(at).copied().flatten()
    }

    /// The first record with the text of this one; `None` where no other record has it.
    pub(super) fn same_text(&self, at: usize) -> Option<usize> {
        self.same_text.get(at).copied().flatten()
    }

    /// The time that what an output shows is compared with: that of the capture, unless a clock before the output, in the same input,
    /// says that this is the end of a later session. What was due then is not overdue in an output of an earlier day.
    pub fn now_at(&self, section: usize) -> Option<&Stamp> {
        let (now, source) = self.now.as_ref()?;
        if source == GIVEN {
            return Some(now);
        }
        let seen = &self.capture.seen;
        let path = |at: usize| seen.get(at).map(|it| &it.place.path);
        let is_in_input = |it: &&Reading| path(it.section) == path(section);
        let clock = self.capture.facts.readings_up_to("clock.time", section).iter().rev().find(is_in_input);
        match clock.map(|it| &it.value) {
            Some(Value::Time(then)) if then.year_known && then.seconds_until(now) > Some(SESSION) => {
                Some(then)
            }
            _ => Some(now),
        }
    }

    /// How a report and other findings name the device.
    pub fn label(&self) -> &str {
        self.hostname.as_deref().or(self.serial.as_deref()).unwrap_or(&self.capture.path)
    }

    /// The records that a test asks for by name and severity, and their indices, in the order of the capture.
    pub fn records_of<'d>(&'d self, test: &LogTest) -> Vec<(usize, &'d Record)> {
        let mut found: Vec<usize> = Vec::new();
        for name in &test.names {
            match name.strip_suffix('*') {
                Some(start) => found.extend(
                    self.beginning(start).filter(|(name, _)| !test.leaves_out(name)).flat_map(|(_, all)| all),
                ),
                None => found.extend(self.records.get(name).into_iter().flatten()),
            }
        }
        found.sort_unstable();
        found.dedup();
        let is_severe = |record: &Record| {
            record.severity.zip(test.severity).is_none_or(|(digit, largest)| digit <= largest)
        };
        let records = found.into_iter().filter_map(|at| Some((at, self.capture.records.get(at)?)));
        records.filter(|(_, record)| is_severe(record)).collect()
    }

    /// Whether there are records of this name, which may end in `*`.
    pub(super) fn has_records(&self, name: &str) -> bool {
        match name.strip_suffix('*') {
            Some(start) => self.beginning(start).next().is_some(),
            None => self.records.contains_key(name),
        }
    }

    fn beginning<'d>(&'d self, start: &'d str) -> impl Iterator<Item = (&'d String, &'d Vec<usize>)> {
        self.records.range(start.to_owned()..).take_while(move |(name, _)| name.starts_with(start))
    }

    /// The reading of a key that counts at section `until`: the newest up to it, unless a newer whole output that prints
    /// the same block no longer has the field (a device prints `Failure reason:` only after a failure).
    pub fn reading(&self, key: &str, shown_by: &[&str], until: usize) -> Option<&Reading> {
        let reading = self.capture.facts.reading(key, until)?;
        let is_denied =
            self.capture.facts.denial(key, until).is_some_and(|denial| denial.section > reading.section);
        let later = || self.later_outputs(key, shown_by, reading.section, until);
        (!is_denied && later().is_none()).then_some(reading)
    }

    /// The newest whole output after `section` that prints the block of `key` and could have shown it.
    fn later_outputs(&self, key: &str, shown_by: &[&str], section: usize, until: usize) -> Option<&Seen> {
        let sections = self.blocks.get(key::block(key))?;
        let after = section.saturating_add(1)..until.max(section).saturating_add(1);
        sections
            .range(after)
            .rev()
            .filter_map(|at| self.capture.seen.get(*at))
            .find(|seen| is_whole(seen) && shown_by.contains(&seen.command.as_str()))
    }

    /// The newest whole output, up to section `until`, of a command that would show a fact.
    pub fn searched(&self, shown_by: &[&str], until: usize) -> Option<(usize, &Seen)> {
        shown_by
            .iter()
            .filter_map(|command| self.outputs(command, until).find(|(_, it)| is_whole(it)))
            .max_by_key(|(at, _)| *at)
    }

    /// The outputs of a command up to section `until`, newest first.
    pub fn outputs(&self, command: &str, until: usize) -> impl Iterator<Item = (usize, &Seen)> {
        let all = self.by_command.get(command).map(Vec::as_slice).unwrap_or_default();
        let early = all.get(..all.partition_point(|at| *at <= until)).unwrap_or_default();
        early.iter().rev().filter_map(|at| Some((*at, self.capture.seen.get(*at)?)))
    }

    /// Typed commands, each where it was typed last; the newest first.
    pub fn typed(&self) -> impl Iterator<Item = &Typed> {
        self.typed.iter().filter_map(|at| self.capture.typed.get(*at))
    }

    /// Whether an output of this command is there, in whole or in part.
    pub fn has_seen(&self, command: &str) -> bool {
        self.by_command.contains_key(command)
    }

    /// The keys of which something was read that a key with a `*` stands for, in order.
    pub fn keys_like(&self, pattern: &str) -> Vec<&str> {
        self.capture.facts.iter().map(|(key, _)| key).filter(|key| key::is_like(pattern, key)).collect()
    }

    /// Sections before the newest one that hold a reading of one of these blocks, newest first. A `*` in a name stands for one
    /// segment.
    pub fn earlier_sections(&self, blocks: &BTreeSet<String>) -> Vec<usize> {
        if self.capture.seen.len() < 2 {
            return Vec::new();
        }
        let is_asked = |name: &str| {
            blocks.contains(name) || blocks.iter().any(|it| it.contains('*') && key::is_like(it, name))
        };
        let readings = self.blocks.iter().filter(|(name, _)| is_asked(name)).flat_map(|(_, it)| it);
        let mut sections: Vec<usize> = readings.copied().collect::<BTreeSet<_>>().into_iter().collect();
        sections.pop();
        sections.reverse();
        sections
    }

    /// The newest value of a key as words, for templates.
    pub fn words(&self, key: &str, until: usize) -> Option<String> {
        words(&self.capture.facts.reading(key, until)?.value)
    }
}

fn last_of_each(typed: &[Typed]) -> Vec<usize> {
    let mut met = HashSet::new();
    let mut is_new = |at: &usize| typed.get(*at).is_some_and(|it| met.insert(&it.command));
    (0..typed.len()).rev().filter(|at| is_new(at)).collect()
}

/// `text` stands for its text: the index of the first record that has it.
fn said(record: &Record, text: usize) -> Option<u64> {
    let stamp = record.stamp.as_ref()?;
    let mut hasher = DefaultHasher::new();
    let (date, time) = (stamp.civil.date(), stamp.civil.time());
    let year = stamp.year_known.then(|| date.year());
    (&record.mnemonic, text, year, date.month(), date.day(), time).hash(&mut hasher);
    Some(hasher.finish())
}

/// A value in the device's own words; a list has none.
pub(super) fn words(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Time(stamp) => Some(stamp.text.clone()),
        Value::List(_) => None,
    }
}

fn is_whole(seen: &Seen) -> bool {
    seen.wholeness == Wholeness::Whole
}

/// The era at the end. A log reaches back to before an upgrade, so what an output prints outweighs it.
fn last_era(capture: &Capture) -> Era {
    let telling = || capture.seen.iter().rev().filter(|seen| seen.era != Era::Unknown);
    let is_log = |seen: &&Seen| ["show logging", LOOSE].contains(&seen.command.as_str());
    let output = telling().find(|seen| !is_log(seen));
    output.or_else(|| telling().next()).map_or(Era::Unknown, |seen| seen.era)
}

fn eras(capture: &Capture) -> Vec<Era> {
    let mut eras = Vec::new();
    for seen in &capture.seen {
        if seen.era != Era::Unknown && eras.last() != Some(&seen.era) {
            eras.push(seen.era);
        }
    }
    eras
}
