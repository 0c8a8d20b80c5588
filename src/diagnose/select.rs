//! Which devices and findings are asked for. What is not is left out of a report and of what it adds up.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::finding::{Device, Diagnosis, Finding, Summary};
use super::fleet;
use crate::base::{Severity, Stamp, Zone};

/// What is asked for; by default everything.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Findings of these scenarios; empty for all.
    pub scenarios: BTreeSet<u8>,
    /// Devices of these names.
    pub devices: Option<Names>,
    /// Findings that were last seen at this time or later. Without a zone it is in the clock of each device.
    pub since: Option<Stamp>,
    /// Findings that were first seen at this time or earlier.
    pub until: Option<Stamp>,
}

/// Patterns of host names and serial numbers, in upper or lower case.
#[derive(Clone, Debug)]
pub struct Names(GlobSet);

impl Names {
    /// Of patterns as typed. The error is the first that is none, with the reason.
    pub fn new(patterns: &[String]) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let glob: Result<Glob, globset::Error> = GlobBuilder::new(pattern).case_insensitive(true).build();
            set.add(glob.map_err(|error| format!("`{pattern}` is no pattern: {}", error.kind()))?);
        }
        set.build().map(Self).map_err(|error| error.to_string())
    }

    fn take(&self, device: &Device) -> bool {
        let names = [device.hostname.as_deref(), device.serial.as_deref(), Some(device.label())];
        names.into_iter().flatten().any(|name| self.0.is_match(name))
    }
}

impl Selection {
    /// Leaves out the devices and findings that are not asked for.
    pub fn apply(&self, devices: &mut Vec<Device>) {
        if let Some(names) = &self.devices {
            devices.retain(|device| names.take(device));
        }
        if self.scenarios.is_empty() && self.since.is_none() && self.until.is_none() {
            return;
        }
        for device in devices {
            retain(device, |finding| self.takes(finding));
        }
    }

    /// A finding without a time, or with one that cannot be compared, is kept: it may be of any time.
    fn takes(&self, finding: &Finding) -> bool {
        let is_of_scenario =
            self.scenarios.is_empty() || finding.scenario.is_some_and(|it| self.scenarios.contains(&it));
        let is = |stamp: &Option<Stamp>, order, bound: &Option<Stamp>| {
            stamp.as_ref().zip(bound.as_ref()).is_some_and(|(it, bound)| compare(it, bound) == Some(order))
        };
        is_of_scenario
            && !is(&finding.last, Ordering::Less, &self.since)
            && !is(&finding.first, Ordering::Greater, &self.until)
    }
}

fn compare(stamp: &Stamp, bound: &Stamp) -> Option<Ordering> {
    if !stamp.year_known {
        return None;
    }
    if bound.zone == Zone::None {
        return Stamp { zone: Zone::None, ..stamp.clone() }.compare(bound);
    }
    stamp.compare(bound)
}

/// Leaves out findings below a severity.
pub fn leave_out_below(least: Severity, devices: &mut [Device]) {
    for device in devices {
        retain(device, |finding| finding.severity >= least);
    }
}

fn retain(device: &mut Device, is_kept: impl Fn(&Finding) -> bool) {
    let before = device.findings.len();
    device.findings.retain(is_kept);
    device.left_out += before - device.findings.len();
}

impl Diagnosis {
    /// Leaves out the devices and findings that are not asked for. What they add up to is that of before until `add_up`.
    pub fn select(&mut self, selection: &Selection) {
        let before = self.devices.len();
        selection.apply(&mut self.devices);
        self.left_out += before - self.devices.len();
    }

    /// Adds up anew what was found on its devices, after some of it was left out.
    pub fn add_up(&mut self) {
        self.fleet = fleet::fleet(&self.devices);
        self.summary = Summary::of(&self.devices);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Clock, State};
    use crate::diagnose::diagnose;
    use crate::diagnose::{Given, Options};
    use crate::rules::RuleSet;

    const LOG: &str = "Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal with the Cisco Smart Software Manager or satellite: Fail to send out Call Home HTTP message.\n";

    fn diagnosis() -> Diagnosis {
        let capture = format!("sw1#show logging\nLog Buffer (4096 bytes):\n\n{LOG}sw1#\n");
        let given = [Given::Bytes("a".to_owned(), capture.into_bytes())];
        diagnose(&given, &RuleSet::builtin(), &Options::default()).diagnosis
    }

    fn at(text: &str, zone: Zone) -> Stamp {
        Stamp {
            civil: text.parse().unwrap(),
            year_known: true,
            is_counted: false,
            zone,
            clock: Clock::Trusted,
            text: text.into(),
        }
    }

    fn left(selection: &Selection) -> (usize, usize) {
        let mut diagnosis = diagnosis();
        selection.apply(&mut diagnosis.devices);
        diagnosis.add_up();
        let active = |device: &Device| device.findings.iter().filter(|it| it.state == State::Active).count();
        assert_eq!(diagnosis.fleet.len(), diagnosis.devices.iter().map(active).sum::<usize>());
        (diagnosis.devices.len(), diagnosis.devices.iter().map(|it| it.findings.len()).sum())
    }

    #[test]
    fn times_leave_out_what_lies_outside() {
        for (time, since, until) in [
            ("2018-08-01T00:00:00", 1, 0),
            // The same second: neither before nor after.
            ("2018-08-02T14:26:23", 1, 1),
            ("2018-08-02T14:26:24", 0, 1),
            ("2018-08-03T00:00:00", 0, 1),
        ] {
            for zone in [Zone::Offset(0), Zone::None] {
                let bound = || Some(at(time, zone.clone()));
                assert_eq!(left(&Selection { since: bound(), ..Selection::default() }), (1, since), "{time}");
                assert_eq!(left(&Selection { until: bound(), ..Selection::default() }), (1, until), "{time}");
            }
        }
        // It cannot be said which is earlier.
        let unknown = Some(at("2018-08-02T20:00:00", Zone::Label("ist".into())));
        assert_eq!(left(&Selection { since: unknown, ..Selection::default() }), (1, 1));
    }

    #[test]
    fn scenarios_and_names_leave_out_the_others() {
        let of = |scenario| Selection { scenarios: BTreeSet::from([scenario]), ..Selection::default() };
        assert_eq!((left(&of(5)), left(&of(7))), ((1, 1), (1, 0)));
        for (pattern, devices) in [("sw1", 1), ("SW*", 1), ("s?1", 1), ("{a,sw1}", 1), ("sw", 0), ("*2", 0)] {
            let names = Some(Names::new(&[pattern.to_owned()]).unwrap());
            assert_eq!(left(&Selection { devices: names, ..Selection::default() }).0, devices, "{pattern}");
        }
        assert!(Names::new(&["[".to_owned()]).unwrap_err().starts_with("`[` is no pattern: "));
    }

    #[test]
    fn what_is_below_a_severity_is_counted_as_left_out() {
        let mut diagnosis = diagnosis();
        diagnosis.devices[0].findings[0].severity = Severity::Info;
        leave_out_below(Severity::Warning, &mut diagnosis.devices);
        diagnosis.add_up();
        assert_eq!((diagnosis.devices[0].left_out, diagnosis.summary.by_severity.len()), (1, 0));
    }
}
