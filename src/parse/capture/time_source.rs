//! The line that `exec prompt timestamp` puts above every output: `Time source is NTP, 15:08:49.347 IST Wed Mar 19 2025`,
//! `No time source, *17:05:54.449 UTC Mon Jul 29 2024` (DOMAIN 7.1). It says what `show clock detail` does, so it is weak beside it.

use crate::base::Clock;
use crate::facts::Value;
use crate::parse::Sink;
use crate::text::{Section, stamp};

/// Lines above an output in which it may stand.
const ENOUGH: usize = 12;

/// What the source is, and the time with its mark.
fn time_source(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if let Some(time) = text.strip_prefix("No time source, ") {
        return Some(("none", time));
    }
    text.strip_prefix("Time source is ")?.split_once(", ")
}

/// Whether a section has such a line.
pub(super) fn is_in(section: &Section<'_>) -> bool {
    section.lines.iter().any(|line| time_source(&line.text).is_some())
}

/// Writes what the lines say of the clock. `show clock` reads its own.
pub(super) fn read(section: &Section<'_>, sink: &mut Sink<'_>) {
    if section.command == "show clock" {
        return;
    }
    let mut sink = sink.weak();
    for line in section.lines.iter().take(ENOUGH) {
        let Some((source, time)) = time_source(&line.text) else { continue };
        sink.add("clock.source", line.number, Value::Text(source.to_owned()));
        let Some((stamp, _)) = stamp::stamp(time) else { continue };
        sink.flag("clock.authoritative", line.number, stamp.clock != Clock::NotSet);
        sink.flag("clock.synchronized", line.number, stamp.clock == Clock::Trusted);
        sink.add("clock.time", line.number, Value::Time(stamp));
    }
}
