//! Times that a terminal program or a script put before every line it logged (SecureCRT, PuTTY, MobaXterm, `ts`; DOMAIN 7.1).

use std::net::IpAddr;

use super::Line;
use super::logline::{MONTHS, is_log, starts_as_log};

/// Cuts the times off where they stand before most lines. Relays write a time before every log line, too: that one is the
/// only time there is and stays.
pub(super) fn strip(lines: &mut [Line<'_>]) {
    let (mut lines_with_text, mut with_time, mut relayed) = (0_usize, 0_usize, 0_usize);
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        lines_with_text += 1;
        if let Some(end) = end_of_time(&line.text) {
            with_time += 1;
            relayed += usize::from(is_relayed(line.text.get(end..).unwrap_or_default()));
        }
    }
    if with_time < 3 || with_time * 10 < lines_with_text * 6 || relayed * 2 > with_time {
        return;
    }
    for line in lines {
        if let Some(end) = end_of_time(&line.text) {
            line.cut(end);
        }
    }
}

/// A log message without a time of its own, which would hold at least two colons before the message name, or one that begins
/// with the name of a device: a relay's, and its time is the only one with a year.
fn is_relayed(rest: &str) -> bool {
    let has_no_time =
        rest.split_once('%').is_some_and(|(head, _)| head.bytes().filter(|it| *it == b':').count() < 3);
    let rest = rest.trim_start();
    is_log(rest) && (has_no_time || !starts_as_log(rest) || begins_with_address(rest))
}

fn begins_with_address(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.trim_end_matches(':').parse::<IpAddr>().is_ok()
}

/// Bytes of the time at the start of a line, with one blank after it: `[2024-05-01 10:22:33.123] `, `[10:22:33] `,
/// `10:22:33.123 `, `2024-05-01 10:22:33 `, `May  1 10:22:33 `; and of what a script writes behind it: `10:22:33 | `.
fn end_of_time(text: &str) -> Option<usize> {
    let end = match text.as_bytes().first()? {
        b'[' => end_in_brackets(text, b']')?,
        b'(' => end_in_brackets(text, b')')?,
        b'0'..=b'9' => end_of_bare_time(text)?,
        b'A'..=b'S' => end_of_month_time(text)?,
        _ => return None,
    };
    let rest = text.get(end..)?;
    match rest.bytes().next() {
        None => Some(end),
        Some(b' ' | b'\t') => Some(end + end_of_level(rest).unwrap_or(1)),
        Some(_) => None,
    }
}

/// Bytes of ` | ` or ` - INFO - `, with or without the name of a logger, as the logging of Python writes it.
fn end_of_level(rest: &str) -> Option<usize> {
    const LEVELS: &[&str] = &["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
    let mark = [" | ", " - "].into_iter().find(|mark| rest.starts_with(mark))?;
    let mut end = mark.len();
    for _ in 0..2 {
        let Some((word, _)) = rest.get(end..)?.split_once(mark) else { break };
        let is_level = LEVELS.contains(&word.trim());
        if !is_level && (word.contains(' ') || mark == " | ") {
            break;
        }
        end += word.len() + mark.len();
        if is_level {
            return Some(end);
        }
    }
    (mark == " | ").then_some(mark.len())
}

/// `May  1 10:22:33` of syslog and `ts`. What a device writes itself goes on with a fraction, a colon, a zone or a year.
fn end_of_month_time(text: &str) -> Option<usize> {
    let day = MONTHS.iter().find_map(|month| text.strip_prefix(month))?.strip_prefix(' ')?.trim_start();
    let clock = day.trim_start_matches(|c: char| c.is_ascii_digit());
    let clock = clock.strip_prefix(' ').filter(|_| (1..=2).contains(&(day.len() - clock.len())))?;
    let behind = clock.get(end_of(clock, &[2, 2, 2], b':')?..)?;
    if behind.is_empty() {
        return Some(text.len());
    }
    let word = behind.strip_prefix(' ')?.trim_start().split(' ').next()?;
    let is_year = word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit());
    let is_zone = word
        .strip_suffix(':')
        .is_some_and(|it| it.len() <= 5 && it.bytes().all(|it| it.is_ascii_uppercase()));
    (!is_year && !is_zone).then_some(text.len() - behind.len())
}

fn end_in_brackets(text: &str, closing: u8) -> Option<usize> {
    let close = text.bytes().take(40).position(|byte| byte == closing)?;
    let inner = text.get(1..close)?;
    let count = |test: fn(u8) -> bool| inner.bytes().filter(|byte| test(*byte)).count();
    // MobaXterm writes `[2024-05-01 10:22.33]`.
    let is_time = count(|byte| byte == b':' || byte == b'.') >= 2
        && inner.contains(':')
        && count(|byte| byte.is_ascii_digit()) >= 6
        && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/:., +".contains(&byte));
    is_time.then_some(close + 1)
}

/// `show clock` and the event log begin with a time, too, but a zone follows theirs.
fn end_of_bare_time(text: &str) -> Option<usize> {
    let date = end_of(text, &[4, 2, 2], b'-').or_else(|| end_of(text, &[4, 2, 2], b'/'));
    let is_iso = date.is_some_and(|end| text.as_bytes().get(end) == Some(&b'T'));
    let start = match date {
        Some(end) if is_iso || text.as_bytes().get(end) == Some(&b' ') => end + 1,
        _ => 0,
    };
    let rest = text.get(start..)?;
    let clock = end_of(rest, &[2, 2, 2], b':')?;
    let fraction = rest.get(clock..)?.strip_prefix(['.', ',']);
    let digits = fraction.map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count());
    let end = start + clock + fraction.map_or(0, |_| 1 + digits);
    if is_iso {
        return Some(end + zone_of_iso(text.get(end..)?));
    }
    // `18:57:38 UTC Mon` may be a clock of the device, and seconds alone the time of anything.
    let rest = text.get(end..)?;
    ((digits >= 1 || start > 0 || rest.starts_with(" | ")) && !is_zone(rest)).then_some(end)
}

/// Whether a zone follows, and behind it a day or an event: `HTTP address(es):` begins in capitals, too.
fn is_zone(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let (zone, next) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&next);
    (3..=4).contains(&zone.len())
        && zone.bytes().all(|byte| byte.is_ascii_uppercase())
        && (is_day || next.starts_with("SAEVT_"))
}

/// Bytes of `Z` or `+02:00`.
fn zone_of_iso(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(b'Z') => 1,
        Some(b'+' | b'-') => text.bytes().take_while(|byte| *byte != b' ').count(),
        _ => 0,
    }
}

/// Bytes of groups of so many digits with a separator between them.
fn end_of(text: &str, groups: &[usize], separator: u8) -> Option<usize> {
    let mut at = 0;
    for (index, digits) in groups.iter().enumerate() {
        if index > 0 {
            (text.as_bytes().get(at) == Some(&separator)).then_some(())?;
            at += 1;
        }
        text.as_bytes().get(at..at + digits)?.iter().all(u8::is_ascii_digit).then_some(())?;
        at += digits;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::after;

    fn stripped(text: &str) -> String {
        after(strip, text)
    }

    #[test]
    fn times_of_the_terminal_go() {
        for (text, expected) in [
            (
                "[2024-05-01 10:22:33.123] sw1#show license all\n[2024-05-01 10:22:33.200]\n[2024-05-01 10:22:33.201]   Status: x",
                "sw1#show license all\n\n  Status: x",
            ),
            (
                "10:22:33.123 sw1#show license all\n10:22:33.200   Status: x\n10:22:33.200 HTTP address(es): y\n10:22:33.201 sw1#",
                "sw1#show license all\n  Status: x\nHTTP address(es): y\nsw1#",
            ),
            (
                "2024-05-01T10:22:33.123 sw1#show license all\n2024-05-01T10:22:33Z   Status: x\n2024-05-01T10:22:34+02:00 sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "2024-05-01 10:22:33 sw1#show license all\n2024-05-01 10:22:33   Status: x\n2024/05/01 10:22:34 sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "(10:22:33) sw1#show license all\n[2024-05-01 10:22.33]   Status: x\n(10:22:34) sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "May  1 10:22:33 sw1#show license all\nMay  1 10:22:33   Status: x\nMay  1 10:22:34 sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "10:22:33 | sw1#show license all\n10:22:33 |   Status: x\n[2024-05-01_10:22:33] sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "2024-05-01 10:22:33,123 - INFO - sw1#show license all\n2024-05-01 10:22:33,124 - lab.py - INFO -   Status: x\n2024-05-01 10:22:33,125 - INFO - sw1#",
                "sw1#show license all\n  Status: x\nsw1#",
            ),
            (
                "[10:22:33] *Mar  1 00:00:09.100: %SYS-5-X: a\n[10:22:34] *Mar  1 00:00:09.200: %SYS-5-X: b\n[10:22:35] sw1#",
                "*Mar  1 00:00:09.100: %SYS-5-X: a\n*Mar  1 00:00:09.200: %SYS-5-X: b\nsw1#",
            ),
        ] {
            assert_eq!(stripped(text), expected);
        }
    }

    #[test]
    fn times_of_the_device_and_of_relays_stay() {
        for text in [
            "18:57:38.347 UTC Mon Oct 19 2015",
            "2021-09-10 14:03:56.089 UTC SAEVT_READY\n2021-09-10 14:03:56.089 UTC SAEVT_ENABLED\n2021-09-10 14:03:57.089 UTC SAEVT_X",
            "[2024-05-01 10:22:33] %SMART_LIC-3-X: a\n[2024-05-01 10:22:34] %SMART_LIC-3-X: b\n[2024-05-01 10:22:35] %SMART_LIC-3-X: c",
            "2024-05-01T10:22:33+00:00 sw01 1: Aug  2 14:26:22.118: %SYS-5-X: a\n2024-05-01T10:22:34+00:00 sw01 2: Aug  2 14:26:23.118: %SYS-5-X: b\n2024-05-01T10:22:35+00:00 sw01 3: Aug  2 14:26:24.118: %SYS-5-X: c",
            "2024-05-01 10:22:33\tLocal7.Error\tsw01\t1: %SYS-5-X: a\n2024-05-01 10:22:34\tLocal7.Error\tsw01\t2: %SYS-5-X: b\n2024-05-01 10:22:35\tLocal7.Error\tsw01\t3: %SYS-5-X: c",
            "2024-05-01 10:22:33 sw01 1: %SYS-5-X: a\n2024-05-01 10:22:34 sw01 2: %SYS-5-X: b\n2024-05-01 10:22:35 sw01 3: %SYS-5-X: c",
            "May  1 10:22:33 sw01 1: %SYS-5-X: a\nMay  1 10:22:34 sw01 2: %SYS-5-X: b\nMay  1 10:22:35 sw01 3: %SYS-5-X: c",
            "Aug  2 14:26:22: %SYS-5-X: a\nAug  2 14:26:23: %SYS-5-X: b\nAug  2 14:26:24: %SYS-5-X: c",
            "May  1 10:22:33 192.0.2.1 7: May  1 10:22:33.000 UTC: %SYS-5-X: a\nMay  1 10:22:34 192.0.2.1 8: May  1 10:22:34.000 UTC: %SYS-5-X: b\nMay  1 10:22:35 192.0.2.1 9: May  1 10:22:35.000 UTC: %SYS-5-X: c",
            "[  821.865738] writing reset\n[  822.1] a\n[  823.1] b",
            "[10:22:33] a\n[10:22:34] b\n[10:22:35] c\nd\ne\nf\ng\nh",
        ] {
            assert_eq!(stripped(text), text);
        }
    }
}
