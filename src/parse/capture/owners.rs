//! Which device a section belongs to.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::tenure::Tenures;
use crate::base::Place;
use crate::facts::{Capture, Record, Seen};
use crate::text::section::Session;

/// Whom a section belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// The device at a prompt; the number tells those of one name apart.
    Host(String, usize),
    /// A device that the headers of a log dump name.
    Origin(String),
    /// The device of an input that names none, or nobody knows whose; several where their serial numbers or names differ.
    Rest(usize),
}

/// The captures of an input.
pub(super) struct Owners {
    path: Arc<str>,
    /// Each with its rank: the order in which the devices first speak.
    captures: BTreeMap<Owner, (usize, Capture)>,
    /// Every name of a device that was renamed in the session, to its newest.
    renamed: BTreeMap<String, String>,
    /// The only device with a prompt.
    only: Option<String>,
    origins: BTreeSet<String>,
    tenures: Tenures,
    /// Devices that are none of Cisco's.
    others: BTreeSet<Owner>,
}

impl Owners {
    pub(super) fn new(path: &Arc<str>, session: &Session<'_>) -> Self {
        let renamed = renamed(session);
        let newest = |host: &str| renamed.get(host).map_or(host, String::as_str).to_owned();
        let hosts: BTreeSet<String> = session
            .sections
            .iter()
            .filter_map(|section| section.host.as_deref())
            .chain(session.entries.iter().map(|entry| entry.host.as_str()))
            .filter(|host| !host.is_empty())
            .map(newest)
            .collect();
        let only = hosts.first().filter(|_| hosts.len() == 1).cloned();
        let (captures, origins) = (BTreeMap::new(), BTreeSet::new());
        let mut owners = Self {
            path: path.clone(),
            captures,
            renamed,
            only,
            origins,
            tenures: Tenures::default(),
            others: BTreeSet::new(),
        };
        owners.tenures = Tenures::of(session, |host| owners.name(host));
        owners
    }

    /// Notes the devices that the headers of the log lines outside every session name.
    pub(super) fn set_origins<'r>(&mut self, records: impl Iterator<Item = &'r Record>) {
        let origins: HashSet<&str> = records.filter_map(|record| record.origin.as_deref()).collect();
        self.origins = origins.into_iter().map(str::to_owned).collect();
    }

    /// The name of the device at a prompt; where that is empty or missing, of the only device there is.
    fn name(&self, host: Option<&str>) -> Option<String> {
        let host = host.filter(|host| !host.is_empty());
        let newest = |host: &str| self.renamed.get(host).cloned().unwrap_or_else(|| host.to_owned());
        host.map(newest).or_else(|| self.only.clone())
    }

    /// The owner of what stands under a prompt in a line.
    pub(super) fn at_prompt(&self, host: Option<&str>, line: u32) -> Owner {
        let name = self.name(host);
        let tenure = self.tenures.at(name.as_deref(), line);
        name.map_or(Owner::Rest(tenure), |name| Owner::Host(name, tenure))
    }

    /// The owner of the records of a log dump whose headers name this device. Only where several devices share the dump does the header decide: the name that a
    /// relay put there for the one device of a session makes no other device of it.
    pub(super) fn of_origin(&self, origin: Option<&str>, line: u32) -> Owner {
        let is_other = |origin: &&str| {
            self.origins.len() > 1
                && !self.only.as_ref().is_some_and(|only| only.eq_ignore_ascii_case(origin))
        };
        let origin = origin.filter(is_other);
        origin.map_or_else(|| self.at_prompt(None, line), |origin| Owner::Origin(origin.to_owned()))
    }

    /// The capture of an owner, opened where it is new.
    pub(super) fn capture(&mut self, owner: &Owner) -> &mut Capture {
        let rank = self.captures.len();
        let (path, only_origin) = (&self.path, self.origins.first().filter(|_| self.origins.len() == 1));
        let empty = || {
            let (prompt, origin) = match owner {
                Owner::Host(host, _) => (Some(host.clone()), None),
                Owner::Origin(name) => (None, Some(name.clone())),
                Owner::Rest(_) => (None, only_origin.cloned()),
            };
            Capture { prompt, origin, path: path.clone(), ..Capture::default() }
        };
        &mut self.captures.entry(owner.clone()).or_insert_with(|| (rank, empty())).1
    }

    /// Notes that an owner's capture holds a section. Returns the capture and the section's index in it.
    pub(super) fn open(&mut self, owner: &Owner, seen: Seen) -> (&mut Capture, usize) {
        let capture = self.capture(owner);
        if capture.seen.is_empty() {
            // One is all that most devices of a log dump have.
            capture.seen.reserve_exact(1);
        }
        capture.seen.push(seen);
        let index = capture.seen.len().saturating_sub(1);
        (capture, index)
    }

    /// The index of the section that a line stands in or after, for a line between sections.
    pub(super) fn section_at(capture: &Capture, place: &Place) -> Option<usize> {
        capture.seen.iter().filter(|seen| seen.place.line <= place.line).count().checked_sub(1)
    }

    /// Leaves a device out, because it is none of Cisco's.
    pub(super) fn leave_out(&mut self, owner: &Owner) {
        self.others.insert(owner.clone());
    }

    /// The captures in the order in which their devices first speak.
    pub(super) fn finish(self) -> Vec<Capture> {
        let of_cisco = self.captures.into_iter().filter(|(owner, _)| !self.others.contains(owner));
        let mut ranked: Vec<_> = of_cisco.map(|(_, ranked)| ranked).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, capture)| capture).collect()
    }
}

/// `sw1(config)#hostname sw2` changes the prompt, not the device.
fn renamed(session: &Session<'_>) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for entry in session.entries.iter().filter(|entry| entry.in_config && !entry.host.is_empty()) {
        let Some(name) = entry.command.strip_prefix("hostname ").map(str::trim) else { continue };
        let before = names.get(&entry.host).unwrap_or(&entry.host).clone();
        names.insert(before.clone(), name.to_owned());
        names.insert(name.to_owned(), name.to_owned());
        for newest in names.values_mut().filter(|newest| **newest == before) {
            name.clone_into(newest);
        }
    }
    names
}
