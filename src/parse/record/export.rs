//! Rows of the exports of log collectors: JSON, CSV, and columns parted by tabs or semicolons. One field holds the line of the
//! device; others name the device and tell when the collector heard it.

use std::borrow::Cow;

use super::header::is_priority_word;
use super::tag::message;
use crate::base::{Stamp, glance};
use crate::text::stamp;

/// Keys of JSON under which collectors name the device, itself or inside an object (`"host":{"name":"sw1"}`, as the Elastic Common
/// Schema writes).
const HOST_KEYS: [&str; 3] = ["host", "hostname", "host.name"];
const INSIDE_HOST: [&str; 2] = ["name", "hostname"];
const TIME_KEYS: [&str; 4] = ["@timestamp", "_time", "timestamp", "time"];

/// Words of columns that are no name of a device: facilities and severities of syslog, and what collectors call themselves.
const NO_HOSTS: [&str; 22] = [
    "emerg",
    "emergency",
    "alert",
    "crit",
    "critical",
    "err",
    "error",
    "warn",
    "warning",
    "notice",
    "info",
    "informational",
    "debug",
    "user",
    "daemon",
    "kern",
    "syslog",
    "main",
    "cisco",
    "default",
    "null",
    "none",
];

/// A row whose field holds a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row<'l> {
    /// The line of the device.
    pub(super) text: Cow<'l, str>,
    /// The device, where another field names it.
    pub(super) host: Option<String>,
    /// When the collector heard it, where another field tells.
    pub(super) stamp: Option<Stamp>,
}

/// A field in quotes.
struct Quoted<'l> {
    /// What stands between the field before and this one.
    gap: &'l str,
    /// Between the quotes, as printed.
    text: &'l str,
}

/// The row of an export. `None` for every other line.
pub(super) fn row(line: &str) -> Option<Row<'_>> {
    if memchr::memchr(b'"', line.as_bytes()).is_some() {
        let is_json =
            line.trim_start().starts_with(['{', '[']) || line.contains("\":") || line.contains("\" :");
        return if is_json { of_json(line) } else { of_csv(line) };
    }
    of_columns(line, '\t').or_else(|| of_columns(line, ';'))
}

fn of_json(line: &str) -> Option<Row<'_>> {
    let fields = quoted(line, end_of_json);
    let plain = |field: &Quoted<'_>| serde_json::from_str::<String>(&format!("\"{}\"", field.text)).ok();
    let text = fields
        .iter()
        .filter(|it| may_hold(it.text))
        .find_map(|it| plain(it).filter(|it| message(it).is_some()))?;
    // The gap behind a key begins with a colon.
    let value = |keys: &[&str], from: usize| {
        let pairs = fields.iter().zip(fields.iter().skip(1)).enumerate().skip(from);
        let mut pairs = pairs
            .filter(|(_, (key, value))| keys.contains(&key.text) && value.gap.trim_start().starts_with(':'));
        pairs.next().map(|(at, (_, value))| (at, value))
    };
    let is_closed = |from: usize, to: usize| {
        fields.iter().take(to + 1).skip(from + 1).any(|field| field.gap.contains('}'))
    };
    let inside = |object: usize| {
        let (at, name) = value(&INSIDE_HOST, object)?;
        (!is_closed(object, at)).then_some(name)
    };
    let host = value(&HOST_KEYS, 0)
        .and_then(|(at, host)| if host.gap.contains('{') { inside(at + 1) } else { Some(host) });
    let time = value(&TIME_KEYS, 0).map(|(_, time)| time.text);
    Some(Row {
        text: Cow::Owned(text),
        host: host.and_then(plain).filter(|it| !it.is_empty()),
        stamp: time.and_then(whole_stamp),
    })
}

fn of_csv(line: &str) -> Option<Row<'_>> {
    let fields = quoted(line, end_of_csv);
    let at = fields.iter().position(|it| may_hold(it.text) && message(it.text).is_some())?;
    // Prose and patterns quote messages, too: between the fields of a row there is nothing but the separator.
    if !fields.iter().take(at + 1).skip(1).all(|it| is_separator(it.gap)) || at == 0 {
        return None;
    }
    let text = fields.get(at)?.text;
    let text =
        if text.contains("\"\"") { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
    let first = fields.first().map_or("", |it| it.gap);
    let before = first.split(SEPARATORS).chain(
        fields.iter().take(at).flat_map(|it| std::iter::once(it.text).chain(it.gap.split(SEPARATORS))),
    );
    Some(row_of(text, before))
}

const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Also fields without quotes may stand between two that have some.
fn is_separator(gap: &str) -> bool {
    gap.starts_with(SEPARATORS) && gap.ends_with(SEPARATORS)
}

/// A line of columns without quotes: the last one holds the message.
fn of_columns(line: &str, separator: char) -> Option<Row<'_>> {
    let mut starts = line.match_indices(separator).map(|(at, _)| at + separator.len_utf8());
    let at = starts.rfind(|at| line.get(*at..).is_some_and(may_hold))?;
    let (before, text) = line.split_at_checked(at)?;
    // The message begins in this column, with a header or without.
    let is_first = message(before).is_none() && message(text).is_some();
    let is_row = is_first
        && before
            .trim_end_matches(separator)
            .split(separator)
            .any(|it| whole_stamp(it).is_some() || may_be_host(it));
    is_row.then(|| row_of(Cow::Borrowed(text), before.split(separator)))
}

fn row_of<'l>(text: Cow<'l, str>, before: impl Iterator<Item = &'l str> + Clone) -> Row<'l> {
    let hosts = || before.clone().map(str::trim).filter(|it| may_be_host(it));
    let is_telling =
        |it: &&str| it.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_'));
    let host = hosts().find(is_telling).or_else(|| hosts().next()).map(str::to_owned);
    Row { text, host, stamp: before.map(str::trim).find_map(whole_stamp) }
}

/// Whether a column may name a device: one word that is no time, facility, severity, port or number.
fn may_be_host(column: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let is_port = column.contains(':');
    let is_facility = column.strip_prefix("local").is_some_and(|rest| rest.len() <= 2);
    let is_address = column.parse::<std::net::IpAddr>().is_ok();
    is_address
        || (!is_port
            && !is_facility
            && !is_priority_word(column)
            && !column.is_empty()
            && column.bytes().all(is_name)
            && column.bytes().any(|byte| byte.is_ascii_alphabetic())
            && !NO_HOSTS.iter().any(|word| column.eq_ignore_ascii_case(word))
            && whole_stamp(column).is_none())
}

fn whole_stamp(text: &str) -> Option<Stamp> {
    let (stamp, length) = stamp::stamp(text)?;
    (length == text.len()).then_some(stamp)
}

/// Most fields hold no message; two bytes tell.
fn may_hold(text: &str) -> bool {
    memchr::memchr(b'%', text.as_bytes()).is_some() || glance::find(text, "SMART_LIC-").is_some()
}

/// The fields in quotes; `end` tells where one ends that `rest` begins with.
fn quoted(line: &str, end: impl Fn(&str) -> usize) -> Vec<Quoted<'_>> {
    let mut fields = Vec::new();
    let mut rest = line;
    while let Some((gap, behind)) = rest.split_once('"') {
        let (text, closed) = behind.split_at_checked(end(behind)).unwrap_or((behind, ""));
        fields.push(Quoted { gap, text });
        rest = closed.strip_prefix('"').unwrap_or_default();
    }
    fields
}

/// Where a string of JSON ends: at a quote that no backslash stands before.
fn end_of_json(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// Where a field of CSV ends: at a quote that is not doubled.
fn end_of_csv(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('"')) {
        let at = from + at;
        if text.get(at + 1..).is_none_or(|behind| !behind.starts_with('"')) {
            return at;
        }
        from = at + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(line: &str) -> String {
        let Some(Row { text, host, stamp }) = row(line) else { return "-".to_owned() };
        let stamp = stamp.map_or("-".to_owned(), |it| it.text);
        format!("{text} | {} | {stamp}", host.as_deref().unwrap_or("-"))
    }

    #[test]
    fn rows_of_every_collector() {
        for (line, expected) in [
            (r#"{"host":"sw1","message":"%SMART_LIC-3-X: a \"b\""}"#, r#"%SMART_LIC-3-X: a "b" | sw1 | -"#),
            (
                r#"{"@timestamp":"2021-03-02T08:00:01Z","host":{"name":"sw1"},"message":"7: %SMART_LIC-3-X: a"}"#,
                "7: %SMART_LIC-3-X: a | sw1 | 2021-03-02T08:00:01Z",
            ),
            (
                r#"{"event": {"original": "%SMART_LIC-3-X: a"}, "host": {"hostname": "sw1"}, "message": "%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (r#"{"host":"sw1","message":"%SMART_LIC-3-X: a"#, "%SMART_LIC-3-X: a | sw1 | -"),
            (
                r#"{"host":{"ip":"192.0.2.1"},"agent":{"name":"beat"},"message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | - | -",
            ),
            (r#"    "message": "%SMART_LIC-3-X: a","#, "%SMART_LIC-3-X: a | - | -"),
            (
                r#""2023-09-12T09:20:01.000Z","sw1","udp:514","%SMART_LIC-3-X: a, ""b""""#,
                r#"%SMART_LIC-3-X: a, "b" | sw1 | 2023-09-12T09:20:01.000Z"#,
            ),
            (r#""local7","err","sw1","%SMART_LIC-3-X: a""#, "%SMART_LIC-3-X: a | sw1 | -"),
            (r#"main,"sw1",syslog,"%SMART_LIC-3-X: a""#, "%SMART_LIC-3-X: a | sw1 | -"),
            ("2023-09-12 09:20:01\tsw1\t%SMART_LIC-3-X: a", "%SMART_LIC-3-X: a | sw1 | 2023-09-12 09:20:01"),
            ("192.0.2.1;local7.err;%SMART_LIC-3-X: a; b", "%SMART_LIC-3-X: a; b | 192.0.2.1 | -"),
        ] {
            assert_eq!(spell(line), expected, "{line}");
        }
    }

    #[test]
    fn all_else_is_no_row() {
        for line in [
            "",
            "Sep 12 09:20:01: %SMART_LIC-3-X: a; b; c",
            "Sep 12 09:20:01: %SMART_LIC-3-X: {\"sudi\":[\"The product is registered\"]}",
            "event syslog pattern \"%SMART_LIC-3-X: a\"",
            "\"%SMART_LIC-3-X: a\"",
            "say \"a\" or \"%SMART_LIC-3-X: a\"",
            "{\"host\":\"sw1\",\"message\":\"nothing\"}",
            "a\tb\tc",
            "\"\"\"",
        ] {
            assert_eq!(spell(line), "-", "{line}");
        }
    }
}
