//! Where one device follows another under the same name: two switches that are both called `Switch`, one `show tech-support`
//! behind the other in a file without prompts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::license;
use crate::text::Section;
use crate::text::section::{Entry, LOOSE, Session};

/// For each name at a prompt, none for what has no prompt, the lines at which another device takes over.
#[derive(Default)]
pub(super) struct Tenures {
    begins: BTreeMap<Option<String>, Vec<u32>>,
}

impl Tenures {
    /// Works them out; `owner` gives the name that counts for the one at a prompt.
    pub(super) fn of(session: &Session<'_>, owner: impl Fn(Option<&str>) -> Option<String>) -> Self {
        let mut current: BTreeMap<Option<String>, Current<'_>> = BTreeMap::new();
        let mut begins: BTreeMap<Option<String>, Vec<u32>> = BTreeMap::new();
        for section in session.sections.iter().filter(|section| section.command != LOOSE) {
            let name = owner(section.host.as_deref());
            let marks = Marks::of(section, name.is_none());
            let current = current.entry(name.clone()).or_default();
            if let Some(marks) = &marks
                && current.marks.is_another(marks)
            {
                begins.entry(name).or_default().push(current.end(section, &session.entries));
                *current = Current::default();
            }
            current.add(section, marks);
        }
        Self { begins }
    }

    /// Which of the devices of that name speaks in a line, from 0 on.
    pub(super) fn at(&self, name: Option<&str>, line: u32) -> usize {
        if self.begins.is_empty() {
            return 0;
        }
        let begins = self.begins.get(&name.map(str::to_owned));
        begins.map_or(0, |begins| begins.iter().filter(|begin| **begin <= line).count())
    }
}

/// What tells a device from another.
#[derive(Default)]
struct Marks<'a> {
    /// Serial number of the UDI.
    serial: Option<&'a str>,
    /// All of a stack or of a pair of supervisors, of which any may become the active one.
    serials: BTreeSet<&'a str>,
    /// Its name, where no prompt shows one.
    name: Option<&'a str>,
}

impl<'a> Marks<'a> {
    /// The marks in an output; none where it has none.
    fn of(section: &'a Section<'_>, is_nameless: bool) -> Option<Self> {
        let mut marks = Self::default();
        let is_license = section.command.starts_with("show license");
        let is_named =
            is_nameless && matches!(section.command.as_str(), "show version" | "show running-config");
        if !is_license && !is_named {
            return None;
        }
        for line in &section.lines {
            if is_named {
                marks.name = marks.name.or_else(|| name(&line.text));
            } else if let Some((_, serial)) = license::udi(&line.text) {
                let is_own = line.trimmed().starts_with("UDI:");
                marks.serial = marks.serial.or_else(|| Some(serial).filter(|_| is_own));
                marks.serials.insert(serial);
            }
        }
        (marks.serial.is_some() || marks.name.is_some()).then_some(marks)
    }

    /// Whether these are the marks of another device. What only one of them shows tells nothing.
    fn is_another(&self, other: &Self) -> bool {
        let serials = self.serial.zip(other.serial).map(|(own, others)| {
            own != others && !self.serials.contains(others) && !other.serials.contains(own)
        });
        // Some outputs add the domain to the name.
        let host = |name: &'a str| name.split('.').next().unwrap_or(name);
        let names =
            self.name.zip(other.name).map(|(own, others)| !host(own).eq_ignore_ascii_case(host(others)));
        serials.or(names).unwrap_or(false)
    }

    fn add(&mut self, other: Self) {
        self.serial = self.serial.or(other.serial);
        self.name = self.name.or(other.name);
        self.serials.extend(other.serials);
    }
}

/// `hostname sw1`, `sw1 uptime is 4 days`.
fn name(text: &str) -> Option<&str> {
    let (uptime, _) = text.split_once(" uptime is ").unzip();
    let name = text.strip_prefix("hostname ").or(uptime)?.trim().trim_matches('"');
    let is_name = !name.contains(' ') && !matches!(name, "" | "System" | "Kernel" | "Switch" | "ntp");
    is_name.then_some(name)
}

/// The device that speaks, as far as it was read.
#[derive(Default)]
struct Current<'a> {
    marks: Marks<'a>,
    /// The outputs it has shown.
    commands: BTreeSet<&'a str>,
    /// The first line of the last output with a mark.
    sure: u32,
    /// Those behind it, by their first lines, and whether it had shown them before: they may be of the next device.
    unsure: Vec<(u32, bool)>,
}

impl<'a> Current<'a> {
    fn add(&mut self, section: &'a Section<'_>, marks: Option<Marks<'a>>) {
        let is_again = !self.commands.insert(&section.command);
        if let Some(marks) = marks {
            self.marks.add(marks);
            self.sure = section.heading;
            self.unsure.clear();
        } else {
            self.unsure.push((section.heading, is_again));
        }
    }

    /// The line at which it ends, where this output is another's: behind the end of its session, else at the first output that it
    /// had shown before, else there.
    fn end(&self, other: &Section<'_>, entries: &[Entry]) -> u32 {
        let ends_session = |entry: &&Entry| {
            let is_end = matches!(entry.command.as_str(), "exit" | "quit" | "logout" | "logoff");
            is_end && !entry.in_config && (self.sure..other.heading).contains(&entry.line)
        };
        let ended = entries.iter().rfind(ends_session).map(|entry| entry.line.saturating_add(1));
        let again = || self.unsure.iter().find(|(_, is_again)| *is_again).map(|(line, _)| *line);
        ended.or_else(again).unwrap_or(other.heading)
    }
}
