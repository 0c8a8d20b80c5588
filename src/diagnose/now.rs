//! The time of a capture, as DESIGN "Same in, same out" orders its sources: `show clock`, else the time-source line at the
//! head of an output, else `Current time:` of `show license tech support`, else the newest past record. No clock is read.

use std::cmp::Ordering;

use super::verdict::extreme;
use crate::base::{Place, Stamp, Zone};
use crate::facts::{Capture, Reading, Value};

/// How the time is called that no clock told.
pub(super) const NEWEST: &str = "newest record";

/// Facts that tell something past. Deadlines and next attempts are never the time of a capture.
const PAST: &[&str] = &[
    "clock.newest_message",
    "license.registration.last_attempt",
    "license.authorization.last_attempt",
    "license.authorization.since",
    "license.reporting.last_ack",
    "license.reporting.last_push",
];

/// Dates of licensing, past or not.
const LICENSING: &[&str] = &[
    "license.registration.last_attempt",
    "license.registration.expires",
    "license.authorization.last_attempt",
    "license.authorization.since",
    "license.authorization.deadline",
    "license.reporting.last_ack",
    "license.reporting.last_push",
    "license.reporting.next_ack_deadline",
];

/// The time of a capture and where it was read; `None` where nothing tells a date with a year.
pub(super) fn of(capture: &Capture) -> Option<(Stamp, String)> {
    of_clock(capture).or_else(|| of_records(capture))
}

fn of_clock(capture: &Capture) -> Option<(Stamp, String)> {
    let (_, readings) = capture.facts.iter().find(|(key, _)| *key == "clock.time")?;
    let rank = |section: usize| match capture.seen.get(section).map(|seen| seen.command.as_str()) {
        Some("show clock") => 2,
        Some("show license tech support") if !has_source(capture, section) => 0,
        _ => 1,
    };
    let best =
        readings.iter().max_by_key(|reading| (rank(reading.section), reading.section, reading.place.line))?;
    let source = match rank(best.section) {
        2 => "show clock",
        1 => "time source line",
        _ => "Current time",
    };
    match &best.value {
        Value::Time(stamp) if stamp.year_known => Some((stamp.clone(), source.to_owned())),
        _ => None,
    }
}

/// Whether the section has a line that names the time source, as `exec prompt timestamp` prints it.
fn has_source(capture: &Capture, section: usize) -> bool {
    capture
        .facts
        .iter()
        .any(|(key, readings)| key == "clock.source" && readings.iter().any(|it| it.section == section))
}

fn of_records(capture: &Capture) -> Option<(Stamp, String)> {
    let records = capture.records.iter().filter_map(|record| record.stamp.clone());
    let events = capture.events.iter().filter_map(|event| event.stamp.clone());
    let facts = capture.facts.iter().filter(|(key, _)| PAST.contains(key)).flat_map(|(_, readings)| readings);
    let past =
        facts.filter_map(|it| if let Value::Time(stamp) = &it.value { Some(stamp.clone()) } else { None });
    let all = records.chain(events).chain(past);
    let known = all.filter(|stamp| stamp.year_known && !stamp.is_unset_sentinel());
    let newest = known.fold(None, |newest, stamp| extreme(newest, Some(stamp), Ordering::Greater))?;
    Some((newest, NEWEST.to_owned()))
}

/// Systems whose licensing prints its dates in UTC whatever the clock says, or of which nobody has checked.
const OTHER_DATES: &[&str] = &["ASA", "FTD", "FXOS", "NX-OS", "IOS XR", "UCM", "AireOS"];

/// Gives the times of `show logging` the zone of the device, where they can be in no other: they print none by default, and are in
/// UTC or, with `localtime`, in the zone of the clock.
pub(super) fn zone_of_log(capture: &mut Capture) {
    let Some(zone) = zone_of_clock(capture) else { return };
    if zone != Zone::Offset(0) && !logs_local_time(capture) {
        return;
    }
    let seen = &capture.seen;
    let is_of_log = |section: usize| seen.get(section).is_some_and(|it| it.command == "show logging");
    for record in capture.records.iter_mut().filter(|record| is_of_log(record.section)) {
        if let Some(stamp) = record.stamp.as_mut().filter(|stamp| stamp.zone == Zone::None) {
            stamp.zone = zone.clone();
        }
    }
}

/// The zone of the clock, where all that was seen of it agrees; without a clock that of the dates of licensing, which are in the zone
/// of the device, too.
fn zone_of_clock(capture: &Capture) -> Option<Zone> {
    let zones = |key: &str| -> Vec<Zone> {
        let stamp =
            |it: &Reading| if let Value::Time(stamp) = &it.value { Some(stamp.zone.clone()) } else { None };
        capture.facts.readings(key).iter().filter_map(stamp).collect()
    };
    let clocks = zones("clock.time");
    let dates = || {
        let is_other = capture.facts.text("device.os").is_some_and(|os| OTHER_DATES.contains(&os));
        let keys = if is_other { &[] } else { LICENSING };
        keys.iter().flat_map(|key| zones(key)).collect()
    };
    let zones: Vec<Zone> = if clocks.is_empty() { dates() } else { clocks };
    let first = zones.first().filter(|zone| **zone != Zone::None)?;
    zones.iter().all(|zone| zone == first).then(|| first.clone())
}

/// Whether the configuration says that log messages have the time of the clock.
fn logs_local_time(capture: &Capture) -> bool {
    let line =
        |line: &str| line.starts_with("service timestamps log datetime") && line.contains(" localtime");
    capture.configs.iter().flat_map(|config| &config.lines).any(|it| line(&it.text))
}

/// Adds the time of a capture to its facts, as `clock.now`, with the line it was read from. A time that the user gave has none.
pub(super) fn add_to(capture: &mut Capture, now: &Stamp, source: &str) {
    let Some((place, section)) = line_of(capture, now) else { return };
    for (key, value) in
        [("clock.now.value", Value::Time(now.clone())), ("clock.now.source", Value::Text(source.to_owned()))]
    {
        capture.facts.add(key, Reading { value, place: place.clone(), section, weak: false });
    }
}

fn line_of(capture: &Capture, now: &Stamp) -> Option<(Place, usize)> {
    let is_past = |key: &str| key == "clock.time" || PAST.contains(&key);
    let facts = capture.facts.iter().filter(|(key, _)| is_past(key)).flat_map(|(_, readings)| readings);
    let fact = facts
        .filter(|it| matches!(&it.value, Value::Time(stamp) if stamp.text == now.text))
        .map(|it| (&it.place, it.section))
        .next();
    let is_now = |stamp: Option<&Stamp>| stamp.is_some_and(|stamp| stamp.text == now.text);
    let record = || capture.records.iter().rev().find(|it| is_now(it.stamp.as_ref()));
    let event = || capture.events.iter().rev().find(|it| is_now(it.stamp.as_ref()));
    let (place, section) = fact
        .or_else(|| record().map(|it| (&it.place, it.section)))
        .or_else(|| event().map(|it| (&it.place, it.section)))?;
    Some((place.clone(), section))
}
