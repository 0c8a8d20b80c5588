//! Rows of columns. Which column names the device is not said in the row: the words that are none leave few that may.

use std::borrow::Cow;

use super::super::header::is_priority_word;
use super::super::tag::message;
use super::{Row, may_hold, whole_stamp};
use crate::text::stamp;

pub(super) const SEPARATORS: [char; 4] = ['\t', ';', ',', '|'];

/// More columns are no row.
const MOST_COLUMNS: usize = 64;

/// Words of columns that are no name of a device: facilities and severities of syslog, and what collectors call themselves.
const NO_HOSTS: [&str; 33] = [
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
    "network",
    "ios",
    "udp",
    "tcp",
    "default",
    "null",
    "none",
    "yes",
    "no",
    "true",
    "cisco",
    "cisco-ios",
    "cisco_ios",
    "cisco-asa",
    "cisco_asa",
];

/// Words that a number follows: severities, priorities.
const NUMBERED: [&str; 7] = ["local", "severity", "sev", "priority", "pri", "level", "facility"];

/// How product identifiers begin; a mark and a digit follow (`C9300-48P`).
const PRODUCTS: [&str; 8] = ["C9", "C8", "WS-C", "N9K", "N7K", "ISR4", "ASR1", "ASR-9"];

/// The shortest key of a database that is taken for one: digits, capitals and small letters without a mark.
const KEY: usize = 16;

/// A line of CSV in quotes.
pub(super) fn quoted(line: &str) -> Option<Row<'_>> {
    let fields = fields(line);
    let at = fields.iter().position(|it| may_hold(it.text) && message(it.text).is_some())?;
    // Prose and patterns quote messages, too: between the fields of a row there is nothing but the separator.
    let is_row = (fields.len() > 1 || is_lone_field(&fields, line))
        && fields.iter().skip(1).all(|it| is_separator(it.gap))
        && fields.first().is_some_and(|it| it.gap.is_empty() || it.gap.ends_with(SEPARATORS));
    let field = fields.get(at).filter(|_| is_row && fields.len() <= MOST_COLUMNS)?;
    let text = unescaped(field.text);
    let others = fields.iter().enumerate().flat_map(|(other, it)| {
        let own = (other != at).then_some(it.text);
        it.gap.split(SEPARATORS).chain(own)
    });
    Some(row_of(text, others.collect()))
}

/// Only a field that needs quotes has them: other columns with a time among them stand before it, and others may follow.
fn is_lone_field(fields: &[Quoted<'_>], line: &str) -> bool {
    let [Quoted { gap, text }] = fields else { return false };
    let behind = line.get(gap.len() + text.len() + 2..).unwrap_or_default();
    let has_time = gap.split(SEPARATORS).any(is_time);
    gap.ends_with(SEPARATORS) && has_time && (behind.is_empty() || behind.starts_with(SEPARATORS))
}

/// The columns of a line, without their quotes. What stands behind a closed quote ends it.
pub(super) fn split(line: &str, separator: char) -> Vec<Cow<'_, str>> {
    let mut columns = Vec::new();
    let mut rest = Some(line);
    while let Some(line) = rest.filter(|_| columns.len() <= MOST_COLUMNS) {
        let (column, behind) = if let Some(field) = line.trim_start_matches(' ').strip_prefix('"') {
            let (text, closed) = field.split_at_checked(end_of_field(field)).unwrap_or((field, ""));
            (unescaped(text), closed.strip_prefix('"').unwrap_or_default())
        } else {
            let end = line.find(separator).unwrap_or(line.len());
            let (text, behind) = line.split_at_checked(end).unwrap_or((line, ""));
            (text.into(), behind)
        };
        columns.push(column);
        rest = behind.strip_prefix(separator);
    }
    columns
}

/// A line of columns without quotes: the last one holds the message, and one before it a time.
pub(super) fn plain(line: &str, separator: char) -> Option<Row<'_>> {
    let mark = line.rfind('%').or_else(|| line.rfind("SMART_LIC-"))?;
    let at = line.get(..mark)?.rfind(separator)? + separator.len_utf8();
    let (before, text) = line.split_at_checked(at)?;
    let others: Vec<&str> = before.split(separator).take(MOST_COLUMNS + 1).collect();
    // `2024-02-08T04:00:48,123Z sw1 %…` has one column: the comma is that of a fraction.
    let parts_time = stamp::stamp(line).is_some_and(|(_, length)| length >= at);
    // The message begins in this column, with a header or without.
    let begins_here =
        !parts_time && others.len() <= MOST_COLUMNS && message(before).is_none() && message(text).is_some();
    (begins_here && others.iter().any(|it| is_time(it))).then(|| row_of(text.trim().into(), others))
}

fn unescaped(field: &str) -> Cow<'_, str> {
    if field.contains("\"\"") { field.replace("\"\"", "\"").into() } else { field.into() }
}

fn row_of<'l>(text: Cow<'l, str>, others: Vec<&str>) -> Row<'l> {
    let others: Vec<&str> = others.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect();
    let hosts: Vec<&str> = others.iter().copied().filter(|it| may_be_host(it)).collect();
    let is_telling =
        |it: &&&str| it.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_'));
    let host = match hosts.as_slice() {
        [only] => Some(*only),
        several => several.iter().find(is_telling).copied(),
    };
    Row { host: host.map(str::to_owned), stamp: others.iter().find_map(|it| whole_stamp(it)), text }
}

/// `12.09.2023 09:20:01`, whatever the order of its numbers.
fn is_time(column: &str) -> bool {
    let is_clock =
        |part: &[u8]| matches!(part, [a, b, b':', c, d] if [a, b, c, d].iter().all(|it| it.is_ascii_digit()));
    column.as_bytes().windows(5).any(is_clock) || whole_stamp(column).is_some()
}

/// Whether a column may name a device: one word that is no time, facility, severity, port, number, key or product.
fn may_be_host(column: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let is_address = column.parse::<std::net::IpAddr>().is_ok();
    is_address
        || (column.len() <= 255
            && column.bytes().all(is_name)
            && column.bytes().any(|byte| byte.is_ascii_alphabetic())
            && !is_priority_word(column)
            && !is_word_of_collectors(&column.to_ascii_lowercase())
            && !is_dated_word(column)
            && !is_key(column)
            && !is_constant(column)
            && !is_product(column))
}

fn is_word_of_collectors(lower: &str) -> bool {
    let is_numbered = |word: &str| {
        let rest = lower.strip_prefix(word).map(|rest| rest.trim_start_matches(['-', '_']));
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    NO_HOSTS.contains(&lower)
        || NUMBERED.iter().any(|word| is_numbered(word))
        || ["idx_", "idx-", "index_", "index-"].iter().any(|start| lower.starts_with(start))
}

/// `12-Sep-2023`, `20230912T092001Z`, `3-Error`: names do not begin with a number and a mark.
fn is_dated_word(column: &str) -> bool {
    let rest = column.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < column.len() && rest.starts_with(['-', 'T', '.', '_'])) || whole_stamp(column).is_some()
}

/// The key of a record in a database: hexadecimal digits, or letters of both cases with digits.
fn is_key(column: &str) -> bool {
    let has = |test: fn(&u8) -> bool| column.bytes().any(|byte| test(&byte));
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_hexadecimal = column.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    column.len() >= KEY && (is_hexadecimal || (is_mixed && !column.contains(['-', '.'])))
}

/// `SMART_LIC`, `COMM_FAILED`: a part of the name of a message in a column of its own.
fn is_constant(column: &str) -> bool {
    column.contains('_') && !column.bytes().any(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn is_product(column: &str) -> bool {
    let is_mark_and_digit = |pair: &[u8]| matches!(pair, [b'-', digit] if digit.is_ascii_digit());
    PRODUCTS.iter().any(|start| column.starts_with(start))
        && column.as_bytes().windows(2).any(is_mark_and_digit)
}

/// A field in quotes.
struct Quoted<'l> {
    /// What stands between the field before and this one.
    gap: &'l str,
    /// Between the quotes, as printed.
    text: &'l str,
}

/// Also fields without quotes may stand between two that have some.
fn is_separator(gap: &str) -> bool {
    gap.starts_with(SEPARATORS) && gap.ends_with(SEPARATORS)
}

fn fields(line: &str) -> Vec<Quoted<'_>> {
    let mut fields = Vec::new();
    let mut rest = line;
    while let Some((gap, behind)) = rest.split_once('"') {
        let (text, closed) = behind.split_at_checked(end_of_field(behind)).unwrap_or((behind, ""));
        fields.push(Quoted { gap, text });
        rest = closed.strip_prefix('"').unwrap_or_default();
    }
    fields
}

/// Where a field ends: at a quote that is not doubled.
fn end_of_field(text: &str) -> usize {
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
