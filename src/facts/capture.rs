//! What one device shows in one input, and in several once they are joined.

use crate::base::{Era, Place, Problem, Wholeness};

use super::{Config, Event, Facts, Record, Typed};

/// The output of a command in an input.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct Capture {
    /// Name at the prompt, where there is one.
    pub prompt: Option<String>,
    /// The device named in the header of its log records, where several devices share an input.
    pub origin: Option<String>,
    /// Path of the first input.
    pub path: String,
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

    /// The first output of a command that is there in full.
    pub fn whole(&self, command: &str) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.command == command && seen.wholeness == Wholeness::Whole)
    }
}
