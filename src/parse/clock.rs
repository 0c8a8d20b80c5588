//! `show clock`, and the time that `exec prompt timestamp` prints at the head of any output.

use super::Sink;
use crate::base::{Clock, Stamp, glance};
use crate::facts::Value;
use crate::text::{Section, stamp};

/// Reads `show clock` and `show clock detail`.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    for line in &section.lines {
        let text = line.trimmed();
        if time_source_line(text, line.number, sink) || text.is_empty() {
            continue;
        }
        // IOS XR puts a time without a year before the output of every command.
        match stamp::stamp(text) {
            Some((time, _)) if time.year_known => clock_time(time, line.number, sink),
            Some(_) => {}
            None => sink.unknown(),
        }
    }
}

/// Reads `Time source is NTP, .13:28:08.565 UTC Tue Jan 11 2022`, `No time source, *17:05:54.449 UTC Mon Jul 29 2024`, the
/// same without a time (`show clock detail`, NX-OS), and knows the load line above them (DOMAIN 7.1). Returns whether the
/// line is one of these.
pub fn time_source_line(text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    // `Load …`, `Time …` or `No …`: this runs on every line of every output.
    if !matches!(glance::first_byte(text), Some(b'L' | b'T' | b'N')) {
        return false;
    }
    let text = text.trim();
    if text.starts_with("Load for five secs:") {
        return true;
    }
    let Some((source, time)) = time_source(text) else { return false };
    if let Some(time) = time {
        clock_time(time, number, sink);
    }
    // A star before the time says the same; the line with the time is the better proof.
    if source == "none" && !is_denied(sink) {
        sink.flag("clock.authoritative", number, false);
    }
    sink.add("clock.source", number, Value::Text(source.to_owned()));
    true
}

/// The source, `none` where there is none, and the time behind it. Prose such as "Time source is NTP and …" is neither.
fn time_source(text: &str) -> Option<(&str, Option<Stamp>)> {
    let (source, time) = text.split_once(',').map_or((text, None), |(source, time)| (source, Some(time)));
    let source = match source.strip_prefix("Time source is ") {
        Some(source) => source.trim(),
        None if source.trim() == "No time source" => "none",
        None => return None,
    };
    let known = ["NTP", "user configuration", "hardware calendar", "PTP", "VINES", "SNTP", "none"];
    if !known.contains(&source) {
        return None;
    }
    let time = match time {
        Some(time) => Some(stamp::stamp(time.trim())?.0),
        None => None,
    };
    Some((source, time))
}

fn is_denied(sink: &mut Sink<'_>) -> bool {
    let section = sink.section();
    let reading = sink.capture().facts.reading("clock.authoritative", section);
    reading.is_some_and(|it| it.section == section && it.value == Value::Bool(false))
}

fn clock_time(time: Stamp, number: u32, sink: &mut Sink<'_>) {
    sink.flag("clock.authoritative", number, time.clock != Clock::NotSet);
    sink.flag("clock.synchronized", number, time.clock == Clock::Trusted);
    sink.add("clock.time", number, Value::Time(time));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Capture;
    use crate::parse::test_support::read;

    /// Time, authoritative, synchronized, source.
    fn spell(capture: &Capture) -> String {
        let facts = &capture.facts;
        let flag = |key| match facts.get(key).map(|it| &it.value) {
            Some(Value::Bool(flag)) => flag.to_string(),
            _ => "-".to_owned(),
        };
        let time = facts.time("clock.time").map_or("-", |it| it.text.as_str());
        let source = facts.text("clock.source").unwrap_or("-");
        format!("{time} | {} | {} | {source}", flag("clock.authoritative"), flag("clock.synchronized"))
    }

    #[test]
    fn clocks() {
        for (text, expected) in [
            ("18:57:38.347 UTC Mon Oct 19 2015", "18:57:38.347 UTC Mon Oct 19 2015 | true | true | -"),
            ("*18:57:38.347 UTC Mon Oct 19 2015", "18:57:38.347 UTC Mon Oct 19 2015 | false | false | -"),
            (".18:57:38.347 est Mon Oct 19 2015", "18:57:38.347 est Mon Oct 19 2015 | true | false | -"),
            (
                "*00:00:38.347 UTC Thu Jan 1 1970\nNo time source\n",
                "00:00:38.347 UTC Thu Jan 1 1970 | false | false | none",
            ),
            (
                "14:30:10.834 IST Mon Jan 03 2022\nTime source is user configuration\n",
                "14:30:10.834 IST Mon Jan 03 2022 | true | true | user configuration",
            ),
            (
                "Mon Jan  3 14:30:10.834 UTC\n14:30:10.900 UTC Mon Jan 03 2022\nTime source is NTP",
                "14:30:10.900 UTC Mon Jan 03 2022 | true | true | NTP",
            ),
            (
                "Load for five secs: 2%/0%; one minute: 2%; five minutes: 1%\n\
                 Time source is NTP, .13:28:08.565 UTC Tue Jan 11 2022\n\n.13:28:08.566 UTC Tue Jan 11 2022",
                "13:28:08.566 UTC Tue Jan 11 2022 | true | false | NTP",
            ),
            (
                "No time source, *17:05:54.449 UTC Mon Jul 29 2024",
                "17:05:54.449 UTC Mon Jul 29 2024 | false | false | none",
            ),
            ("", "- | - | - | -"),
        ] {
            assert_eq!(spell(&read("show clock", text, parse)), expected, "{text}");
        }
    }

    #[test]
    fn other_lines_are_left_alone() {
        for text in [
            "Time source is NTP and more",
            "Time source is NTP, soon",
            "No time source known",
            "Load for five",
            "",
        ] {
            let capture = read("x", text, |section, sink| {
                for line in &section.lines {
                    assert!(!time_source_line(&line.text, line.number, sink), "{}", line.text);
                }
            });
            assert!(capture.facts.is_empty());
        }
    }
}
