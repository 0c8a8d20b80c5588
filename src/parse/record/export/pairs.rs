//! Keys with their values, as logfmt, CEF and LEEF write them: `level=error host=sw1 msg="%SMART_LIC-3-…"`.

use std::borrow::Cow;

use super::super::header::header;
use super::super::tag::message;
use super::names::{HOSTS, MESSAGES, TIMES, letters};
use super::{Row, of_host, stamp_of, text_of};

/// More pairs are no row.
const MOST_PAIRS: usize = 64;

/// A key with its value.
struct Pair<'l> {
    /// Byte offset of the key.
    start: usize,
    /// Without marks and case.
    key: String,
    value: Cow<'l, str>,
}

/// The row of a line in which the value of a key that collectors keep messages in is one. What stands before the first pair may be the
/// header of a relay.
pub(super) fn row(line: &str) -> Option<Row<'_>> {
    let (ahead, line) = cef(line).unwrap_or(("", line));
    let first_mark = line.find('%')?;
    line.get(..first_mark)?.contains('=').then_some(())?;
    let pairs = pairs(line);
    let before = if ahead.is_empty() { line.get(..pairs.first()?.start)? } else { ahead };
    let find = |known: &[&str]| {
        known.iter().find_map(|it| pairs.iter().find(|pair| pair.key == *it).map(|pair| pair.value.trim()))
    };
    // `date=2024-02-08 time=04:00:48`
    let in_two = || stamp_of(&format!("{} {}", find(&["date"])?, find(&["time"])?));
    let (host, stamp) = (find(&HOSTS).and_then(of_host), find(&TIMES).and_then(stamp_of).or_else(in_two));
    if message(before).is_some() {
        return None;
    }
    let relay = header(before);
    let is_told = |pair: &Pair<'_>| MESSAGES.contains(&pair.key.as_str());
    let text = pairs.into_iter().filter(is_told).find_map(|pair| text_of(pair.value))?;
    Some(Row { text, host: host.or(relay.origin), stamp: stamp.or(relay.stamp) })
}

/// What stands before the fields that CEF parts by bars, and the pairs behind them: one of the fields may name the message, too.
fn cef(line: &str) -> Option<(&str, &str)> {
    const FIELDS: usize = 7;
    let (ahead, fields) = line.split_once("CEF:")?;
    let is_bar = |(at, _): &(usize, &str)| !fields.get(..*at).is_some_and(|it| it.ends_with('\\'));
    let (last, _) = fields.match_indices('|').filter(is_bar).nth(FIELDS - 1)?;
    Some((ahead, fields.get(last + 1..)?))
}

/// The pairs of a line. A value without quotes reaches to the next key, as in CEF.
fn pairs(line: &str) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    let mut from = 0;
    while let Some((start, key, value)) = key_from(line, from).filter(|_| pairs.len() < MOST_PAIRS) {
        let rest = line.get(value..).unwrap_or_default();
        let (text, length) = quoted(rest).unwrap_or_else(|| {
            let end = key_from(line, value).map_or(line.len(), |(next, ..)| next);
            let text = line.get(value..end).unwrap_or_default();
            (text.trim_end().into(), text.len())
        });
        pairs.push(Pair { start, key: letters(key), value: text });
        from = value + length;
    }
    pairs
}

/// The next key at or after `from`, where it stands, and where its value begins.
fn key_from(line: &str, from: usize) -> Option<(usize, &str, usize)> {
    line.get(from..)?.match_indices('=').find_map(|(at, _)| {
        let end = from + at;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_.-@".contains(c);
        let before = line.get(from..end)?;
        let key = before.get(before.trim_end_matches(is_name).len()..)?;
        let start = end - key.len();
        let stands_alone =
            line.get(..start)?.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '|');
        (stands_alone && key.starts_with(|c: char| c.is_ascii_alphabetic() || "_@".contains(c))).then_some((
            start,
            key,
            end + 1,
        ))
    })
}

/// What stands in quotes at the start of a text, and how long that is with its quotes.
fn quoted(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let inside = text.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    let value = inside.get(..end.unwrap_or(inside.len()))?;
    let value = if value.contains("\\\"") { value.replace("\\\"", "\"").into() } else { value.into() };
    Some((value, end.map_or(text.len(), |end| end + 2)))
}
