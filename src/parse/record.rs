//! Syslog records in every header form (DOMAIN 7.3).
//!
//! A line is looked at closely only where it holds the literal of a wanted facility: nearly all lines of a log are passed
//! over with one search. `tag` finds the name of the message, `piece` and `header` read what stands before it,
//! `continuation` says which lines without a header belong to it.

mod continuation;
mod export;
mod header;
mod piece;
pub(super) mod repetition;
mod structured;
mod tag;
mod wanted;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use self::continuation::Open;
use self::export::{Names, Row};
use self::header::{Header, header, is_untagged_log_line};
use self::tag::{Message, message};
use crate::base::{Clock, Source, Stamp};
use crate::facts::Record;
use crate::text::Line;

pub use self::wanted::Wanted;

/// The facility under which an event of the licensing agent is read that was printed among log lines (`SAEVT_…`; guide,
/// scenario 6: "seen under show logging or show license eventlog"). It is no facility of a device.
pub const EVENT: &str = "SAEVT";

/// Messages with a time that are read from either end of a section to tell when it was taken.
const ENOUGH_TIMES: usize = 3;
/// Lines that are searched for them.
const ENOUGH_LINES: usize = 400;

/// Of so many lines one may name the columns of a table: the first, or the one behind `sep=;`.
const NAMED: u32 = 2;

/// Where lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A log: `show logging` or lines outside every output. Only records matter.
    Log,
    /// The output of another command, into which messages were spliced: they are taken out of it.
    Output,
}

/// What was found among lines.
#[derive(Debug, Default)]
pub struct Records<'a> {
    /// Wanted records in order.
    pub records: Vec<Record>,
    /// Lines of an output that belong to no message, in order; nothing in a log. What stood on a line before a message stays.
    pub rest: Vec<Line<'a>>,
    /// The newest time of any message, wanted or not, and its 1-based line.
    pub newest: Option<(Stamp, u32)>,
}

/// Reads the records of `lines`. `section` is the index into `Capture::seen` that they get.
pub fn records<'a>(
    lines: &[Line<'a>],
    setting: Setting,
    section: usize,
    source: &Source,
    wanted: &Wanted,
) -> Records<'a> {
    let mut first = (1..=NAMED).map(|number| source.line(number));
    let names = if setting == Setting::Log { first.find_map(Names::of) } else { None };
    let mut reader = Reader {
        section,
        source,
        wanted,
        names,
        open: None,
        texts: HashSet::new(),
        known: HashMap::new(),
        found: Records::default(),
    };
    for line in lines {
        match setting {
            Setting::Log => reader.log_line(line),
            Setting::Output => reader.output_line(line),
        }
    }
    reader.found.newest = newest(lines, reader.names.as_ref());
    reader.found
}

/// The line of a text that names the columns of a table, with its 1-based number: without it, the rows do not tell which device
/// sent them. `None` for a text that is no table.
pub fn heading<'l>(lines: impl Iterator<Item = &'l str>) -> Option<(u32, &'l str)> {
    (1..=NAMED).zip(lines).find(|(_, line)| Names::of(line).is_some())
}

/// A record whose line may come again: logs overlap, and a buffer is shown more than once.
struct Before {
    /// Its index among the records.
    index: usize,
    /// Bytes of its text, without the lines that went on with it.
    text: usize,
    /// How many more equal messages its line alone tells of.
    repeats: u32,
    /// Whether something stood before it on its line.
    glued: bool,
}

struct Reader<'r, 'a> {
    section: usize,
    source: &'r Source,
    wanted: &'r Wanted,
    /// What the columns are of the table that the input may be.
    names: Option<Names>,
    /// The message that the next lines may belong to, and whether it is kept: it is the last record then.
    open: Option<(Open, bool)>,
    /// What records say.
    texts: HashSet<Arc<str>>,
    /// Records of a log by their lines.
    known: HashMap<&'r str, Before>,
    found: Records<'a>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn log_line(&mut self, line: &'r Line<'a>) {
        if self.wanted.may_hold(&line.text) && (self.starts_again(line) || self.starts_anew(line)) {
            return;
        }
        if line.trimmed().is_empty() {
            // Copies put a blank line between all lines; then only what is known to go on does.
            if let Some((open, _)) = &mut self.open {
                open.gap = true;
            }
            return;
        }
        let names = self.names.as_ref();
        let Some((open, true)) = &mut self.open else { return };
        if let Some(times) = repetition::of_last(&line.text).filter(|_| !line.text.contains('%')) {
            open.end();
            self.came_again(times, &line.text);
            return;
        }
        let goes_on =
            self.found.records.last().is_some_and(|record| {
                open.takes_of_log(record, &line.text) && read(&line.text, names).is_none()
            });
        if goes_on { self.go_on(line) } else { self.open = None }
    }

    fn output_line(&mut self, line: &Line<'a>) {
        if let Some((header, message)) = self.read(&line.text) {
            let before = line.text.get(..header.start).unwrap_or_default().trim_end();
            if !before.is_empty() {
                self.found.rest.push(Line::new(line.number, before.to_owned()));
            }
            self.start(line, header, message);
        } else if self.continues_output(&line.text) {
            self.go_on(line);
        } else if repetition::of_last(&line.text).is_none() && !is_untagged_log_line(&line.text) {
            if !line.trimmed().is_empty() {
                self.open = None;
            }
            self.found.rest.push(line.clone());
        }
    }

    fn continues_output(&self, line: &str) -> bool {
        let Some((open, kept)) = &self.open else { return false };
        open.takes_of_output(self.found.records.last().filter(|_| *kept), line)
    }

    fn read<'l>(&self, line: &'l str) -> Option<(Header, Message<'l>)> {
        read(line, self.names.as_ref())
    }

    /// Keeps in mind what a line started, where it is kept: the record of this index.
    fn remember(&mut self, line: &'r Line<'a>, index: usize) {
        if let (Some(record), Some((open, _))) = (self.found.records.get(index), &self.open) {
            let before =
                Before { index, text: record.text.len(), repeats: record.repeats, glued: open.glued };
            self.known.insert(&line.text, before);
        }
    }

    /// Starts the record of a line that was read before.
    fn starts_again(&mut self, line: &Line<'a>) -> bool {
        let Some(before) = self.known.get(&*line.text) else { return false };
        let Some(mut record) = self.found.records.get(before.index).cloned() else { return false };
        if let Some(own) = record.text.get(..before.text).filter(|own| own.len() < record.text.len()) {
            record.text = own.into();
        }
        record.repeats = before.repeats;
        record.place = self.source.place(line.number);
        let width = line.text.chars().count();
        self.open = Some((Open { taken: 0, width, glued: before.glued, gap: false }, true));
        self.found.records.push(record);
        true
    }

    /// Starts the record of a line, or those of several where it holds rows of an export.
    fn starts_anew(&mut self, line: &'r Line<'a>) -> bool {
        let mut rows = export::rows(&line.text, self.names.as_ref());
        let is_several = rows.len() > 1;
        let mut says_all = !is_several;
        if let Some(row) = rows.pop_if(|row| !is_several && row.host.is_none()) {
            says_all = false;
            rows.push(export::row_in_lines(row, |number| self.source.line(number), line.number));
        }
        let before = self.found.records.len();
        let found: Vec<_> = if rows.is_empty() {
            read_line(&line.text).into_iter().collect()
        } else {
            rows.into_iter().filter_map(read_row).collect()
        };
        if found.is_empty() {
            return false;
        }
        for (header, message) in found {
            self.start(line, header, message);
        }
        if is_several {
            self.open = None;
        }
        // A line that others say more of may come again beside other ones.
        if says_all {
            self.remember(line, before);
        }
        true
    }

    fn start(&mut self, line: &Line<'a>, header: Header, message: Message<'_>) {
        let keeps = self.wanted.keeps(&message.facility, &message.mnemonic);
        let glued = line.text.get(..header.start).is_some_and(|it| !it.trim().is_empty());
        self.open = Some((Open { taken: 0, width: line.text.chars().count(), glued, gap: false }, keeps));
        if keeps {
            let text = match header.times {
                Some(_) => message.text.strip_suffix(']').unwrap_or(&message.text).trim_end(),
                None => &message.text,
            };
            let record = Record {
                place: self.source.place(line.number),
                section: self.section,
                facility: self.shared(&message.facility),
                severity: Some(message.severity),
                mnemonic: self.shared(&message.mnemonic),
                text: self.shared(text),
                stamp: header.stamp,
                origin: header.origin.map(|name| self.shared(&name)),
                repeats: header.times.unwrap_or(1).saturating_sub(1),
            };
            self.found.records.push(record);
        }
    }

    /// A text, in memory once for all records that have it.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.texts.insert(text.clone());
        text
    }

    /// Counts what a relay left out behind the open message, unless it speaks of another device.
    fn came_again(&mut self, times: u32, line: &str) {
        let host = line.split("last message").next().and_then(|before| before.split_whitespace().next_back());
        let names =
            |text: &str, host: &str| text.split_whitespace().any(|word| word.trim_end_matches(':') == host);
        if let Some(record) = self.found.records.last_mut()
            && host.is_none_or(|host| host.contains(':') || names(&record.place.text, host))
        {
            record.repeats = record.repeats.saturating_add(times);
        }
    }

    /// Takes a line without a header into the open message.
    fn go_on(&mut self, line: &Line<'a>) {
        let Some((open, keeps)) = &mut self.open else { return };
        open.taken += 1;
        open.width = line.text.chars().count();
        if *keeps && let Some(record) = self.found.records.last_mut() {
            record.text = format!("{} {}", record.text, line.trimmed()).into();
        }
    }
}

/// The message of a line with its header, also where the line is a field of an export.
fn read<'l>(line: &'l str, names: Option<&Names>) -> Option<(Header, Message<'l>)> {
    let rows = export::rows(line, names);
    if rows.is_empty() { read_line(line) } else { rows.into_iter().find_map(read_row) }
}

/// The message of a row with its header; the fields beside it tell what that does not.
fn read_row(row: Row<'_>) -> Option<(Header, Message<'static>)> {
    let Row { text, host, stamp } = row;
    let (header, message) = read_line(&text)?;
    let of_device =
        header.stamp.map(|it| stamp.as_ref().map_or_else(|| it.clone(), |relay| it.with_year_before(relay)));
    let header = Header { start: 0, stamp: of_device.or(stamp), origin: header.origin.or(host), ..header };
    Some((header, message.into_owned()))
}

/// Prose that mentions a message has neither a colon behind it nor a header.
fn read_line(line: &str) -> Option<(Header, Message<'_>)> {
    let message = message(line)?;
    let header = header(line.get(..message.header)?);
    (message.colon || header.is_log).then_some((header, message))
}

/// The newest time among the messages at either end, by a clock that was set.
fn newest(lines: &[Line<'_>], names: Option<&Names>) -> Option<(Stamp, u32)> {
    let times = |line: &Line<'_>| {
        let stamp = read(&line.text, names)?.0.stamp.filter(|it| it.clock != Clock::NotSet)?;
        Some((stamp, line.number))
    };
    let last = lines.iter().rev().take(ENOUGH_LINES).filter_map(times).take(ENOUGH_TIMES);
    let first = lines.iter().take(ENOUGH_LINES).filter_map(times).take(ENOUGH_TIMES);
    last.chain(first).reduce(|best, next| if is_newer(&next.0, &best.0) { next } else { best })
}

/// A time with a year beats one without: only it can date a capture.
fn is_newer(next: &Stamp, best: &Stamp) -> bool {
    match (next.year_known, best.year_known) {
        (true, false) => true,
        (false, true) => false,
        _ => best.seconds_until(next).is_some_and(|seconds| seconds > 0),
    }
}

#[cfg(test)]
mod tests;
