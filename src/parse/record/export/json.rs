//! Objects of JSON with a message in one of their values.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::tag::message;
use super::{Row, may_hold, of_host, stamp_of};
use crate::base::Stamp;

/// Where collectors name the device, the surest first: the Elastic Common Schema has the device that observed an event beside the
/// host that sent it on. Compared without case.
const HOSTS: [&[&str]; 20] = [
    &["observer", "hostname"],
    &["observer", "name"],
    &["host"],
    &["host", "name"],
    &["host", "hostname"],
    &["host.name"],
    &["hostname"],
    &["host_name"],
    &["computer"],
    &["device"],
    &["source"],
    &["fromhost"],
    &["log", "source", "address"],
    &["log", "syslog", "hostname"],
    &["devicename"],
    &["device_name"],
    &["labels", "host"],
    &["stream", "host"],
    &["stream", "hostname"],
    &["_hostname"],
];

const TIMES: [&str; 6] =
    ["@timestamp", "_time", "timestamp", "time", "timegenerated", "__realtime_timestamp"];

/// So many rows back the same line may stand as a field of the same object.
const NEAR: usize = 4;

/// Lines that are looked at before and behind a message for the object that it is in.
const REACH: u32 = 64;

/// One row for each message; of a line that is not whole, a piece of a longer text, the first.
pub(super) fn rows(line: &str) -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    let text = line.trim();
    match text.strip_prefix('[').unwrap_or(text).starts_with(['{', '[']).then(|| whole(text)).flatten() {
        Some(value) => add(&value, &mut Vec::new(), &mut rows),
        None => rows.extend(first_of(line)),
    }
    rows
}

/// The row of a message that stands in a line of its own, as JSON is printed for people: what else its object holds, or an object
/// round it. `line` gives the lines of the input by their 1-based numbers.
pub(super) fn row_in_lines<'s>(
    text: &str,
    line: impl Fn(u32) -> &'s str,
    number: u32,
) -> Option<Row<'static>> {
    let opens = |text: &str| balance(text, b'{', b'}');
    let (mut depth, mut deepest) = (0, 0);
    for start in (number.saturating_sub(REACH).max(1)..number).rev() {
        depth += opens(line(start));
        if depth <= deepest {
            continue;
        }
        deepest = depth;
        let object = object(start, &line)?;
        let row = rows(&object).into_iter().find(|row| row.text == text && row.host.is_some());
        if row.is_some() {
            return row;
        }
    }
    None
}

/// The object that begins in a line, from its brace on.
fn object<'s>(start: u32, line: &impl Fn(u32) -> &'s str) -> Option<String> {
    let first = line(start);
    let mut object = first.get(first.rfind('{')?..)?.to_owned();
    let mut depth = balance(&object, b'{', b'}');
    for next in (start..start.saturating_add(2 * REACH)).skip(1) {
        if depth <= 0 {
            break;
        }
        depth += balance(line(next), b'{', b'}');
        object.push_str(line(next));
    }
    Some(object)
}

/// How many more opening than closing bytes a text has.
fn balance(text: &str, open: u8, close: u8) -> i32 {
    let step = |byte: u8| i32::from(byte == open) - i32::from(byte == close);
    text.bytes().map(step).sum()
}

/// The value that a line holds, also where it goes on in the next line of an array, or was cut off.
fn whole(text: &str) -> Option<Value> {
    let text = text.trim_end_matches(',');
    let text = if text.starts_with('{') { text.trim_end_matches(']') } else { text };
    let value = serde_json::from_str(text).or_else(|_| serde_json::from_str(&closed(text)));
    value.ok().filter(|value: &Value| value.is_object() || value.is_array())
}

/// A text with what is missing at its end: the quote of its last string, and the brackets that are open; control bytes, which strings
/// must not hold, as blanks.
fn closed(text: &str) -> String {
    let (mut open, mut in_string, mut escaped) = (Vec::new(), false, false);
    for byte in text.bytes() {
        match byte {
            b'"' if !escaped => in_string = !in_string,
            b'{' if !in_string => open.push('}'),
            b'[' if !in_string => open.push(']'),
            b'}' | b']' if !in_string => drop(open.pop()),
            _ => {}
        }
        escaped = in_string && byte == b'\\' && !escaped;
    }
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let quote = if in_string { "\"" } else { "" };
    format!("{text}{quote}{}", open.into_iter().rev().collect::<String>())
}

/// Adds the messages in a value; `around` are the objects it is in, outermost first.
fn add<'v>(value: &'v Value, around: &mut Vec<&'v Map<String, Value>>, rows: &mut Vec<Row<'static>>) {
    match value {
        Value::String(text) if may_hold(text) && message(text).is_some() => {
            let nearest = || around.iter().rev();
            let row = Row {
                text: Cow::Owned(text.clone()),
                host: nearest().find_map(|object| host(object)),
                stamp: nearest()
                    .find_map(|object| TIMES.iter().find_map(|key| stamp_in(field(object, key)?))),
            };
            // The same line often stands there twice, as it came and taken apart.
            if !rows.iter().rev().take(NEAR).any(|it| *it == row) {
                rows.push(row);
            }
        }
        Value::Array(values) => {
            let before = rows.len();
            for value in values {
                add(value, around, rows);
            }
            // Loki has a time and a line: `["1641891600000000000", "…"]`.
            let stamp = values.first().and_then(stamp_in);
            for row in rows.iter_mut().skip(before).filter(|it| it.stamp.is_none()) {
                row.stamp.clone_from(&stamp);
            }
        }
        Value::Object(object) => {
            around.push(object);
            object.values().for_each(|value| add(value, around, rows));
            around.pop();
        }
        _ => {}
    }
}

fn field<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    object.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// The device by an object.
fn host(object: &Map<String, Value>) -> Option<String> {
    let at = |path: &&[&str]| {
        let (last, outer) = path.split_last()?;
        let inner = outer.iter().try_fold(object, |object, key| field(object, key)?.as_object())?;
        field(inner, last)?.as_str()
    };
    HOSTS.iter().find_map(|path| of_host(at(path)?))
}

fn stamp_in(value: &Value) -> Option<Stamp> {
    match value {
        Value::String(text) => stamp_of(text),
        Value::Number(number) => stamp_of(&number.to_string()),
        _ => None,
    }
}

/// The first string with a message, in a line that is no whole object.
fn first_of(line: &str) -> Option<Row<'static>> {
    let mut rest = line;
    while let Some((_, behind)) = rest.split_once('"') {
        let (inner, closed) = behind.split_at_checked(end_of_string(behind)).unwrap_or((behind, ""));
        let text =
            may_hold(inner).then(|| serde_json::from_str::<String>(&format!("\"{inner}\"")).ok()).flatten();
        if let Some(text) = text.filter(|text| message(text).is_some()) {
            return Some(Row { text: Cow::Owned(text), host: None, stamp: None });
        }
        rest = closed.strip_prefix('"').unwrap_or_default();
    }
    None
}

/// Where a string ends: at a quote that no backslash stands before.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}
