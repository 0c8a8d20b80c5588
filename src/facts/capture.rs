//! What one device shows in one input, and in several once they are joined.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Era, Place, Problem, Stamp, Wholeness};

use super::{Config, Event, Facts, Record, Typed};

/// So many equal records are kept at the beginning and at the end.
const KEPT: usize = 16;

/// The output of a command in an input.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Full name, such as `show license all`; `syslog` for log lines outside every command.
    pub command: String,
    /// The line with the command, or the first line of an output without one.
    pub place: Place,
    /// 1-based last line.
    pub last_line: u32,
    /// How much of it is there.
    pub wholeness: Wholeness,
    /// The era its fields belong to.
    pub era: Era,
}

/// Everything read about one device.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Capture {
    /// Name at the prompt, where there is one.
    pub prompt: Option<String>,
    /// The device named in the header of its log records, where several devices share an input.
    pub origin: Option<String>,
    /// Path of the first input. Not written out, like that of all its places.
    #[serde(skip)]
    pub path: Arc<str>,
    /// Outputs in order.
    pub seen: Vec<Seen>,
    /// Facts.
    pub facts: Facts,
    /// Log records in order.
    pub records: Vec<Record>,
    /// Licensing events in order.
    pub events: Vec<Event>,
    /// Typed commands in order.
    pub typed: Vec<Typed>,
    /// Running configurations in order.
    pub configs: Vec<Config>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Lines inside known outputs that no parser knows: counted, never fatal.
    pub unknown_lines: usize,
}

impl Capture {
    /// Joins a later capture of the same device.
    pub fn append(&mut self, other: Self) {
        let offset = self.seen.len();
        self.join(other, offset);
    }

    fn join(&mut self, other: Self, offset: usize) {
        self.prompt = self.prompt.take().or(other.prompt);
        self.origin = self.origin.take().or(other.origin);
        self.seen.extend(other.seen);
        self.facts.append(other.facts, offset);
        self.records
            .extend(other.records.into_iter().map(|it| Record { section: it.section + offset, ..it }));
        self.events.extend(other.events.into_iter().map(|it| Event { section: it.section + offset, ..it }));
        self.typed.extend(other.typed);
        self.configs
            .extend(other.configs.into_iter().map(|it| Config { section: it.section + offset, ..it }));
        self.problems.extend(other.problems);
        self.unknown_lines += other.unknown_lines;
    }

    /// Joins what a later part of the same log says of the device, as if the log were in one piece.
    pub fn go_on(&mut self, mut later: Self) {
        let is_same = |before: &Seen, next: &Seen| before.command == next.command && before.era == next.era;
        match (self.seen.as_mut_slice(), later.seen.as_slice()) {
            ([.., before], [next]) if is_same(before, next) => {
                before.last_line = next.last_line;
                later.seen.clear();
                later.facts.leave_out(&self.facts);
                let offset = self.seen.len() - 1;
                self.join(later, offset);
            }
            _ => self.append(later),
        }
    }

    /// Folds equal records: of a message that came a thousand times the first and the last ones are kept, with the oldest and the
    /// newest where the log is not in order (`cat syslog syslog.1`), and the others are counted.
    pub fn fold(&mut self) {
        if self.records.len() <= 2 * KEPT {
            return;
        }
        let (groups, totals) = groups_of_equal(&self.records);
        if totals.iter().all(|total| *total <= 2 * KEPT) {
            return;
        }
        let extremes = extremes(&self.records, &groups, &totals);
        let mut seen = vec![0; totals.len()];
        let mut last: HashMap<usize, usize> = HashMap::new();
        let mut kept: Vec<Record> = Vec::new();
        for (index, (record, group)) in std::mem::take(&mut self.records).into_iter().zip(groups).enumerate()
        {
            let total = totals.get(group).copied().unwrap_or_default();
            let Some(at) = seen.get_mut(group) else { continue };
            *at += 1;
            if *at <= KEPT || *at + KEPT > total || extremes.contains(&index) {
                last.insert(group, kept.len());
                kept.push(record);
            } else if let Some(before) = last.get(&group).and_then(|at| kept.get_mut(*at)) {
                before.repeats = before.repeats.saturating_add(record.repeats).saturating_add(1);
            }
        }
        self.records = kept;
    }

    /// Says of which input it is, with all its places: that is not written out with them.
    pub fn place_in(&mut self, path: &Arc<str>) {
        self.path = path.clone();
        let mut put = |place: &mut Place| place.path = path.clone();
        self.seen.iter_mut().for_each(|it| put(&mut it.place));
        self.facts.places_mut(&mut put);
        self.records.iter_mut().for_each(|it| put(&mut it.place));
        self.events.iter_mut().for_each(|it| put(&mut it.place));
        self.typed.iter_mut().for_each(|it| put(&mut it.place));
        for config in &mut self.configs {
            put(&mut config.place);
            config.lines.iter_mut().for_each(|line| line.places_mut(&mut put));
        }
    }

    /// The first output of a command that is there in full.
    pub fn whole(&self, command: &str) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.command == command && seen.wholeness == Wholeness::Whole)
    }
}

/// The oldest and the newest of each group that is folded.
fn extremes(records: &[Record], groups: &[usize], totals: &[usize]) -> BTreeSet<usize> {
    let mut found: HashMap<usize, [(usize, &Stamp); 2]> = HashMap::new();
    let is_folded = |group: &usize| totals.get(*group).is_some_and(|total| *total > 2 * KEPT);
    for (index, (record, group)) in records.iter().zip(groups).enumerate() {
        let Some(stamp) = record.stamp.as_ref().filter(|_| is_folded(group)) else { continue };
        let [oldest, newest] = found.entry(*group).or_insert([(index, stamp); 2]);
        match stamp.compare(newest.1) {
            Some(Ordering::Greater | Ordering::Equal) => *newest = (index, stamp),
            Some(Ordering::Less) if stamp.compare(oldest.1) == Some(Ordering::Less) => {
                *oldest = (index, stamp);
            }
            _ => {}
        }
    }
    found.into_values().flatten().map(|(index, _)| index).collect()
}

/// The group of equal records that each belongs to, and how many each group has.
fn groups_of_equal(records: &[Record]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<(Option<&str>, &str, &str, &str), usize> = HashMap::new();
    let mut totals: Vec<usize> = Vec::new();
    let mut group_of = |it| {
        let next = totals.len();
        let group = *known.entry(it).or_insert(next);
        match totals.get_mut(group) {
            Some(total) => *total += 1,
            None => totals.push(1),
        }
        group
    };
    let groups = records
        .iter()
        .map(|it| group_of((it.origin.as_deref(), &*it.facility, &*it.mnemonic, &*it.text)))
        .collect();
    (groups, totals)
}
