//! From a decoded input to what each device shows in it: clean, cut, give every section to its device, and read it.

mod dispatch;
mod era;
mod owners;
mod tenure;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::record::{self, Records, Setting};
use super::{Sink, Wanted, clock, version};
use crate::base::{Era, Source, Wholeness};
use crate::facts::{Capture, Event, Record, Seen, Typed, Value};
use crate::text::section::{self, Entry, LOOSE};
use crate::text::{Section, clean, collected};
use owners::{Owner, Owners};

/// Reads one input: one capture for each device that speaks in it, in the order in which they first do.
///
/// A section belongs to the device at the prompt in force; what stands before any prompt belongs to the only device there is.
/// A log dump without prompts is split by the devices that its headers name.
pub fn captures(source: &Arc<Source>, wanted: &Wanted) -> Vec<Capture> {
    let collected = collected::outputs(source).map(Arc::new);
    let source = collected.as_ref().unwrap_or(source);
    let mut session = section::cut(clean::clean(source));
    if let Some(last) =
        session.sections.last_mut().filter(|it| source.is_cut() && it.wholeness == Wholeness::Whole)
    {
        last.wholeness = Wholeness::Cut;
    }
    let mut reader = Reader { source, wanted, owners: Owners::new(&source.path, &session) };
    let logs: Vec<_> = session.sections.iter().map(|section| reader.log_outside(section)).collect();
    let is_dump = |(section, found): (&Section<'_>, _)| section.host.is_none().then_some(found);
    let dumps = session.sections.iter().zip(&logs).filter_map(is_dump).flatten();
    reader.owners.set_origins(dumps.flat_map(|found: &Records<'_>| found.records.iter()));
    for (section, log) in session.sections.into_iter().zip(logs) {
        match log {
            Some(found) => reader.log(&section, found),
            None => reader.output(section),
        }
    }
    for entry in session.entries {
        reader.typed(entry);
    }
    reader.owners.finish()
}

struct Reader<'r> {
    source: &'r Arc<Source>,
    wanted: &'r Wanted,
    owners: Owners,
}

impl Reader<'_> {
    fn records<'a>(&self, section: &Section<'a>, setting: Setting) -> Records<'a> {
        record::records(&section.lines, setting, 0, self.source, self.wanted)
    }

    /// The records of lines outside every output.
    fn log_outside<'a>(&self, section: &Section<'a>) -> Option<Records<'a>> {
        (section.command == LOOSE).then(|| self.records(section, Setting::Log))
    }

    /// Lines outside every output: messages on the console, a log dump, prose. Prose is no section.
    fn log(&mut self, section: &Section<'_>, found: Records<'_>) {
        let at_prompt = self.owners.at_prompt(section.host.as_deref(), section.heading);
        let time_source = section.lines.iter().find(|line| is_time_source(&line.text));
        if let Some(line) = time_source {
            let (capture, index) = self.owners.open(&at_prompt, self.seen(section));
            let mut sink = Sink::new(capture, self.source.clone(), index);
            clock::time_source_line(&line.text, line.number, &mut sink.weak());
        }
        let is_dump = section.host.is_none();
        let by_owner = if is_dump { self.by_owner(found.records) } else { vec![(at_prompt, found.records)] };
        let by_owner: Vec<_> = by_owner.into_iter().filter(|(_, records)| !records.is_empty()).collect();
        let newest = found.newest.filter(|_| by_owner.len() == 1);
        for (owner, records) in by_owner {
            let seen = self.seen_log(section, &records);
            let (capture, index) = self.owners.open(&owner, seen);
            let mut sink = Sink::new(capture, self.source.clone(), index);
            add_records(Records { records, newest: newest.clone(), ..Records::default() }, &mut sink);
        }
    }

    /// The records of each owner, in the order in which the owners first speak.
    fn by_owner(&self, records: Vec<Record>) -> Vec<(Owner, Vec<Record>)> {
        let mut groups: Vec<(Owner, Vec<Record>)> = Vec::new();
        let mut by_owner: BTreeMap<Owner, usize> = BTreeMap::new();
        let mut by_origin: HashMap<Option<Arc<str>>, usize> = HashMap::new();
        for record in records {
            let at = by_origin.get(&record.origin).copied().unwrap_or_else(|| {
                let owner = self.owners.of_origin(record.origin.as_deref(), record.place.line);
                let at = *by_owner.entry(owner.clone()).or_insert(groups.len());
                if at == groups.len() {
                    groups.push((owner, Vec::new()));
                }
                by_origin.insert(record.origin.clone(), at);
                at
            });
            if let Some((_, own)) = groups.get_mut(at) {
                own.push(record);
            }
        }
        groups
    }

    fn output(&mut self, mut section: Section<'_>) {
        let owner = self.owners.at_prompt(section.host.as_deref(), section.heading);
        let found = setting(&section).map(|setting| self.records(&section, setting));
        if version::is_of_others(&section) {
            self.owners.leave_out(&owner);
        }
        let (capture, index) = self.owners.open(&owner, self.seen(&section));
        let mut sink = Sink::new(capture, self.source.clone(), index);
        if let Some(mut found) = found {
            if section.command != "show logging" {
                section.lines = std::mem::take(&mut found.rest);
            }
            add_records(found, &mut sink);
        }
        if section.command != "show clock" {
            let mut weak = sink.weak();
            section.lines.retain(|line| !clock::time_source_line(&line.text, line.number, &mut weak));
        }
        dispatch::parse(&section, &mut sink);
    }

    fn seen(&self, section: &Section<'_>) -> Seen {
        let last = section.lines.last().map_or(section.heading, |line| line.number);
        Seen {
            command: section.command.clone(),
            place: self.source.place(section.heading),
            last_line: last.max(section.heading),
            wholeness: section.wholeness,
            era: Era::Unknown,
        }
    }

    /// The part of a log that is one device's: from its first message to its last.
    fn seen_log(&self, section: &Section<'_>, records: &[Record]) -> Seen {
        let ends = (records.first(), records.last());
        let (Some(first), Some(last)) = ends else { return self.seen(section) };
        Seen { place: first.place.clone(), last_line: last.place.line, ..self.seen(section) }
    }

    fn typed(&mut self, entry: Entry) {
        let place = self.source.place(entry.line);
        let owner = self.owners.at_prompt(Some(&entry.host), entry.line);
        let typed = Typed { place, command: entry.command, in_config: entry.in_config };
        let era = era::of_typed(&typed);
        let capture = self.owners.capture(&owner);
        if let Some(era) = era {
            let index = Owners::section_at(capture, &typed.place).unwrap_or_default();
            if capture.seen.is_empty() {
                capture.seen.push(at_command(&typed));
            }
            let mut sink = Sink::new(capture, self.source.clone(), index);
            sink.weak().text("license.era", entry.line, era.name());
        }
        capture.typed.push(typed);
    }
}

/// The section of a command that printed nothing, where nothing else was printed either: facts need one.
fn at_command(typed: &Typed) -> Seen {
    Seen {
        command: LOOSE.to_owned(),
        place: typed.place.clone(),
        last_line: typed.place.line,
        wholeness: Wholeness::Cut,
        era: Era::Unknown,
    }
}

/// `Time source is NTP, …` stands above an output, and outside of it where that has no command line.
fn is_time_source(text: &str) -> bool {
    ["Time source is ", "No time source"].iter().any(|start| text.trim_start().starts_with(start))
}

/// How records are to be read from an output. The lines of a configuration may quote messages (`event syslog pattern`), those of
/// the event log are events of their own; neither is searched.
fn setting(section: &Section<'_>) -> Option<Setting> {
    match section.command.as_str() {
        "show logging" => Some(Setting::Log),
        "show running-config" | "show startup-config" | "show license eventlog" => None,
        _ => section.lines.iter().any(|line| may_hold_log(&line.text)).then_some(Setting::Output),
    }
}

fn may_hold_log(text: &str) -> bool {
    // No letter of an event's name stands in fewer words than its V.
    let is_event =
        |at: usize| text.get(at.saturating_sub(3)..).is_some_and(|it| it.starts_with(record::EVENT));
    memchr::memchr(b'%', text.as_bytes()).is_some()
        || memchr::memchr_iter(b'V', text.as_bytes()).any(is_event)
}

/// Takes over the records of the sink's section.
fn add_records(found: Records<'_>, sink: &mut Sink<'_>) {
    if let Some((stamp, line)) = found.newest {
        sink.add("clock.newest_message", line, Value::Time(stamp));
    }
    let (events, records): (Vec<_>, Vec<_>) =
        found.records.into_iter().partition(|it| &*it.facility == record::EVENT);
    era::of_records(&records, sink);
    let section = sink.section();
    let records = records.into_iter().map(|record| Record { section, ..record });
    sink.capture().records.extend(records);
    sink.capture().events.extend(events.into_iter().map(|it| event(it, section)));
}

fn event(of: Record, section: usize) -> Event {
    let name = format!("{}_{}", of.facility, of.mnemonic);
    Event { place: of.place, section, name, text: of.text.as_ref().into(), stamp: of.stamp }
}

#[cfg(test)]
mod tests;
