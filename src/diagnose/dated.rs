//! The years of the records of a device whose time is known.

use std::cmp::Ordering;
use std::sync::Arc;

use super::device::GIVEN;
use super::{now, years};
use crate::base::time::DAY;
use crate::base::{Clock, Stamp};
use crate::facts::{Capture, Record, Value};

/// Where no clock was seen, the newest time that was is only the earliest that the capture may be of: log records may be this much
/// newer, in seconds. A device that sends a report every 30 days, or renews its authorization as often, prints such a time.
const UNSEEN: i64 = 90 * DAY;

/// The log of a server may go on so long after an output was captured, in seconds. What its last messages print then would else be
/// of nearly a year before.
const LATER: i64 = 30 * DAY;

/// Gives the times of records without a year the newest one that the time of the capture allows: where several sessions were
/// captured, that of their own.
pub(super) fn date(capture: &mut Capture, now: &Stamp, source: &str) {
    let ahead = if source == now::NEWEST { UNSEEN } else { DAY };
    let clock = capture.facts.readings("clock.now.value").last().map(|it| it.place.path.clone());
    let clocks = times(capture, "clock.time", |stamp| stamp.year_known && stamp.clock != Clock::NotSet);
    let newest = times(capture, "clock.newest_message", |_| true);
    for log in capture.records.chunk_by_mut(|a, b| a.section == b.section && a.place.path == b.place.path) {
        let Some((section, path)) = log.first().map(|it| (it.section, it.place.path.clone())) else {
            continue;
        };
        let is_elsewhere = source != GIVEN && source != now::NEWEST && Some(&path) != clock.as_ref();
        let own = clocks.iter().rev().find(|(_, of, _)| is_elsewhere && *of == path).map(|(.., stamp)| stamp);
        let last = newest.iter().find(|(of, ..)| *of == section).map(|(.., stamp)| stamp);
        let later = if is_elsewhere && own.is_none() { later(log, last, now) } else { Vec::new() };
        for (at, record) in log.iter_mut().enumerate() {
            let ahead = if later.get(at) == Some(&true) { LATER } else { ahead };
            record.stamp = record.stamp.take().map(|stamp| stamp.with_year_until(own.unwrap_or(now), ahead));
        }
    }
}

/// The times that a fact had, with section and input.
fn times(capture: &Capture, key: &str, counts: fn(&Stamp) -> bool) -> Vec<(usize, Arc<str>, Stamp)> {
    let readings = capture.facts.readings(key).iter();
    readings
        .filter_map(|it| match &it.value {
            Value::Time(stamp) if counts(stamp) => Some((it.section, it.place.path.clone(), stamp.clone())),
            _ => None,
        })
        .collect()
}

/// Which records of a log are newer than the capture: those at its end, and those that go on within a month from one that is not.
/// What stands before a message of an earlier day is else older, and nothing is newer than the newest message of the log.
fn later(log: &[Record], newest: Option<&Stamp>, now: &Stamp) -> Vec<bool> {
    let may_be = |stamp: &Stamp| {
        !stamp.year_known && stamp.with_year_until(now, DAY).civil != stamp.with_year_until(now, LATER).civil
    };
    let mut later = vec![false; log.len()];
    if newest.is_some_and(|newest| !may_be(newest)) {
        return later;
    }
    let mut order: Vec<usize> = (0..log.len()).collect();
    if years::direction(log) == Ordering::Less {
        order.reverse();
    }
    let stamp_of = |at: &usize| log.get(*at).and_then(|it| it.stamp.as_ref());
    let is_open = |at: &usize| stamp_of(at).is_some_and(may_be);
    let end = order.iter().rev().take_while(|at| is_open(at)).count();
    let mut before: Option<Stamp> = None;
    for (turn, at) in order.iter().enumerate() {
        let Some(stamp) = stamp_of(at) else { continue };
        let dated = stamp.with_year_until(now, LATER);
        let goes_on = before.as_ref().is_some_and(|it| (0..=LATER).contains(&it.civil_seconds_until(&dated)));
        let is_later = is_open(at) && (turn + end >= order.len() || goes_on);
        before = Some(if is_later { dated } else { stamp.with_year_until(now, DAY) });
        if let Some(found) = later.get_mut(*at) {
            *found = is_later;
        }
    }
    later
}
