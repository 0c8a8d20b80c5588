//! What a device is known by, and which captures are of the same device.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::facts::Capture;

/// What a capture says of the device that it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    /// Serial number in upper case.
    serial: Option<String>,
    /// The name at the prompt or in the configuration, in lower case.
    name: Option<String>,
    /// The name in the header of its log records, in lower case.
    origin: Option<String>,
    /// The better known of these names, as written.
    written: Option<Box<str>>,
    /// The input.
    path: Arc<str>,
}

impl Identity {
    pub(super) fn of(capture: &Capture) -> Self {
        let name = name_of(capture);
        let lower = |name: &String| name.to_ascii_lowercase();
        Self {
            serial: capture.facts.text("device.serial").map(str::to_ascii_uppercase),
            origin: capture.origin.as_ref().map(lower),
            written: name.as_ref().or(capture.origin.as_ref()).map(|it| it.as_str().into()),
            name: name.as_ref().map(lower),
            path: capture.path.clone(),
        }
    }

    /// What others of the same device most likely share with it.
    pub(super) fn key(&self) -> &str {
        let named = self.name.as_deref().or(self.origin.as_deref());
        self.serial.as_deref().or(named).unwrap_or(&self.path)
    }

    /// The input.
    pub(super) fn path(&self) -> Arc<str> {
        self.path.clone()
    }

    /// Captures with a serial first, then named ones, then those known by their log, then the rest: the better known attract.
    fn rank(&self) -> u8 {
        match self {
            Self { serial: Some(_), .. } => 0,
            Self { name: Some(_), .. } => 1,
            Self { origin: Some(_), .. } => 2,
            _ => 3,
        }
    }

    /// The name with its domain, of a device that only a log names.
    fn domain_name(&self) -> Option<&str> {
        self.origin.as_deref().filter(|name| self.name.is_none() && host_label(name).is_some())
    }
}

/// The name of a device at its prompt, else in its configuration, as written.
pub(super) fn name_of(capture: &Capture) -> Option<String> {
    capture.prompt.clone().or_else(|| capture.facts.text("device.hostname").map(str::to_owned))
}

/// What is of each device, together; whose it is tells `of`.
pub(super) fn grouped<T>(all: Vec<T>, of: impl Fn(&T) -> &Identity) -> Vec<Vec<T>> {
    let groups = groups(all.iter().map(of));
    let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
    let mut take = |at: usize| all.get_mut(at).and_then(Option::take);
    groups.into_iter().map(|group| group.into_iter().filter_map(&mut take).collect()).collect()
}

/// The name and the serial number that a device will have whose captures these are: by these a report orders devices.
pub(super) fn label<T>(group: &[T], of: impl Fn(&T) -> &Identity) -> (Option<&str>, Option<&str>) {
    let mut best: Vec<&Identity> = group.iter().map(of).collect();
    best.sort_by_key(|it| it.name.is_none());
    (best.iter().find_map(|it| it.written.as_deref()), best.iter().find_map(|it| it.serial.as_deref()))
}

/// The captures of each device, by their indices. Neither their order nor that of the devices depends on the order given, as long
/// as those of one input are in order.
fn groups<'i>(identities: impl Iterator<Item = &'i Identity>) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, &Identity)> = identities.enumerate().collect();
    order.sort_by_key(|(_, it)| (it.rank(), it.domain_name().is_some(), &it.path));
    let mut groups = Groups::default();
    for name in order.iter().filter_map(|(_, it)| it.domain_name()) {
        groups.domains.entry(host_label(name).unwrap_or(name)).or_default().insert(name);
    }
    for (at, identity) in order {
        groups.add(at, identity);
    }
    groups.all.into_iter().map(|group| group.members).collect()
}

#[derive(Default)]
struct Group<'i> {
    serial: Option<&'i str>,
    names: Vec<&'i str>,
    members: Vec<usize>,
}

/// The groups so far, with those of each serial and name: a fleet has tens of thousands.
#[derive(Default)]
struct Groups<'i> {
    all: Vec<Group<'i>>,
    by_serial: HashMap<&'i str, usize>,
    by_name: HashMap<&'i str, Vec<usize>>,
    /// The names of each host in all its domains, by the host alone.
    domains: HashMap<&'i str, BTreeSet<&'i str>>,
}

impl<'i> Groups<'i> {
    fn add(&mut self, member: usize, identity: &'i Identity) {
        let home = self.home(identity).unwrap_or(self.all.len());
        if home == self.all.len() {
            self.all.push(Group::default());
        }
        let Some(group) = self.all.get_mut(home) else { return };
        group.members.push(member);
        if let (None, Some(serial)) = (group.serial, &identity.serial) {
            group.serial = Some(serial);
            self.by_serial.entry(serial).or_insert(home);
        }
        for name in identity.name.iter().chain(&identity.origin) {
            if !group.names.contains(&name.as_str()) {
                group.names.push(name);
                self.by_name.entry(name).or_default().push(home);
            }
        }
    }

    /// The group that a capture belongs to.
    fn home(&self, of: &Identity) -> Option<usize> {
        if let Some(at) = of.serial.as_deref().and_then(|serial| self.by_serial.get(serial)) {
            return Some(*at);
        }
        let name = of.name.as_ref().or(of.origin.as_ref())?;
        let is_by_log = of.name.is_none() && !self.by_name.contains_key(name.as_str());
        // A relay writes `sw1.example.com` where the prompt, or another relay, says `sw1`; in two domains there are two of them.
        let is_one = |host: &&str| self.domains.get(host).is_none_or(|names| names.len() == 1);
        let host =
            || host_label(name).filter(|_| is_by_log).filter(is_one).and_then(|host| self.only(host, of));
        self.only(name, of).or_else(host)
    }

    /// The only group of this name. Equal names with different serials are two devices.
    fn only(&self, name: &str, of: &Identity) -> Option<usize> {
        let is_open = |at: &&usize| {
            of.serial.is_none() || self.all.get(**at).is_some_and(|group| group.serial.is_none())
        };
        let mut same = self.by_name.get(name)?.iter().filter(is_open);
        match (same.next(), same.next()) {
            (Some(at), None) => Some(*at),
            _ => None,
        }
    }
}

/// The first label of a domain name; an address has none.
fn host_label(name: &str) -> Option<&str> {
    let (host, _) = name.split_once('.')?;
    host.contains(|c: char| c.is_ascii_alphabetic()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `serial/name/origin`, each of which may be empty; its path is its place in the list.
    fn identity((at, text): (usize, &&str)) -> Identity {
        let mut parts = text.split('/').map(|it| Some(it.to_owned()).filter(|it| !it.is_empty()));
        let mut next = || parts.next().flatten();
        Identity {
            serial: next(),
            name: next(),
            origin: next(),
            written: None,
            path: format!("{at:03}").into(),
        }
    }

    #[test]
    fn the_better_known_attract() {
        for (given, expected) in [
            (&["A/sw1/", "/sw1/", "//sw1"][..], "0 1 2"),
            (&["//sw1", "/sw1/", "A/sw1/"], "2 1 0"),
            (&["A/sw1/", "B/sw1/"], "0|1"),
            // Which of the two is it?
            (&["A/sw1/", "B/sw1/", "/sw1/"], "0|1|2"),
            (&["A/sw1/", "A/sw2/"], "0 1"),
            (&["A/sw1/", "//sw1.example.com"], "0 1"),
            (&["/sw1/", "//sw1.example.com", "/sw1.example.com/"], "0|2 1"),
            (&["//sw1.example.com", "//sw1"], "1 0"),
            (&["//sw1.a.example.com", "//sw1.b.example.com", "//sw1"], "2|0|1"),
            (&["/sw1/", "//sw1.a.example.com", "//sw1.b.example.com"], "0|1|2"),
            (&["//10.1.2.3", "//10"], "0|1"),
            (&["//", "//"], "0|1"),
            (&["/a/", "/b/", "/a/"], "0 2|1"),
        ] {
            let identities: Vec<Identity> = given.iter().enumerate().map(identity).collect();
            let spell = |group: &Vec<usize>| group.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
            let found: Vec<String> = groups(identities.iter()).iter().map(spell).collect();
            assert_eq!(found.join("|"), expected, "{given:?}");
        }
    }
}
