//! What word processors, Markdown and HTML did to a line: curly quotes, hard blanks, escapes, entities, margin arrows.

use std::borrow::Cow;

/// HTML's names for characters that captures hold.
const ENTITIES: &[(&str, &str)] =
    &[("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];

const BREAKS: &[&str] = &["<br>", "<br/>", "<br />", "<BR>"];

/// A note that someone added at the end of a line begins with one of these.
const ARROWS: &[&str] = &[" <<", " <--", " <==", " <-", " \u{2190}", "\t<<", "\t<--", "\t<=="];

/// Undoes markup. Borrowed where there is none.
pub(super) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = if text.is_ascii() { text } else { map(text, straight) };
    let text = map(text, without_break);
    let text = if text.contains('\\') { map(text, unescaped) } else { text };
    let text = if text.contains('&') { map(text, without_entities) } else { text };
    map(text, without_arrow)
}

/// Whether a line is the mark that Cisco's own documents put above what is typed.
pub(super) fn is_root_mark(text: &str) -> bool {
    text.trim() == "<#root>"
}

/// Keeps the borrow where `change` has nothing to change.
fn map(text: Cow<'_, str>, change: fn(&str) -> Option<String>) -> Cow<'_, str> {
    match change(&text) {
        Some(changed) => Cow::Owned(changed),
        None => text,
    }
}

/// Typographic characters to what the device printed.
fn straight(text: &str) -> Option<String> {
    let is_curly = |c: char| matches!(c, '\u{2018}'..='\u{201f}' | '\u{a0}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202f}');
    text.contains(is_curly).then(|| {
        text.chars()
            .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}'))
            .map(|c| match c {
                '\u{2018}'..='\u{201b}' => '\'',
                '\u{201c}'..='\u{201f}' => '"',
                '\u{a0}' | '\u{202f}' => ' ',
                c => c,
            })
            .collect()
    })
}

/// Markdown's `\_` inside a word (`%SMART\_LIC`), `\*` before a time stamp, `\#` and `\>` after a prompt. Elsewhere a
/// backslash is the device's own: call-home patterns and `DOMAIN\user` hold them.
fn unescaped(text: &str) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        result.push_str(before);
        let in_word = result.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == ')');
        let is_escape = match after.chars().next() {
            Some('_') => in_word && after.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric()),
            Some('*') => result.trim_start().is_empty(),
            Some('#' | '>') => in_word && !result.trim_start().contains(' '),
            _ => false,
        };
        if !is_escape {
            result.push('\\');
        }
        rest = after;
    }
    result.push_str(rest);
    (result.len() < text.len()).then_some(result)
}

/// The line breaks of HTML at the end of a line.
fn without_break(text: &str) -> Option<String> {
    let text = text.trim_end();
    let line = BREAKS.iter().find_map(|mark| text.strip_suffix(mark))?;
    Some(line.trim_end().to_owned())
}

fn without_entities(text: &str) -> Option<String> {
    ENTITIES
        .iter()
        .any(|(entity, _)| text.contains(entity))
        .then(|| ENTITIES.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain)))
}

/// `Status: FAILED   <<<<< here` without the note. An arrow that begins the line is no note.
fn without_arrow(text: &str) -> Option<String> {
    if !text.bytes().skip(1).any(|byte| byte == b'<' || byte == 0xe2) {
        return None;
    }
    let at = ARROWS.iter().filter_map(|arrow| text.find(arrow)).min()?;
    let (kept, note) = text.split_at_checked(at)?;
    let head_on = note.trim_start_matches([' ', '\t', '<', '-', '=', '\u{2190}']);
    if head_on.starts_with('>') {
        // `peer A <--> peer B` points both ways: the device's own words.
        return None;
    }
    let kept = kept.trim_end();
    (!kept.is_empty()).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes() {
        for (text, expected) in [
            ("%SMART\\_LIC-3-COMM\\_FAILED: x", "%SMART_LIC-3-COMM_FAILED: x"),
            ("\\*Mar  1 00:00:00: %SYS-5-RESTART: x", "*Mar  1 00:00:00: %SYS-5-RESTART: x"),
            ("sw1\\#show clock", "sw1#show clock"),
            ("“quoted” and ‘single’", "\"quoted\" and 'single'"),
            ("Smart\u{a0}Account: <none>", "Smart Account: <none>"),
            ("Address: &lt;empty&gt;", "Address: <empty>"),
            ("  Status: FAILED   <<<<< look", "  Status: FAILED"),
            ("  Type: Smart <--- wrong", "  Type: Smart"),
            ("show license status<br>", "show license status"),
            ("  Failure Reason: <none><br />", "  Failure Reason: <none>"),
        ] {
            assert_eq!(plain(text.into()), expected, "{text}");
        }
    }

    #[test]
    fn what_the_device_printed_stays_borrowed() {
        for text in [
            "  syslog pattern \".*\\.\\*\" severity 5",
            "username LAB\\admin",
            "  Features Authorized: <none>",
            "<190>2361044: sw01: Jan  6 2022 22:11:43.398 UTC: %SYS-5-X: y",
            "https://h/path?a=1&b=2",
            "Überwachung",
            "%TUN-5-X: A <--> B is up",
        ] {
            assert!(matches!(plain(text.into()), Cow::Borrowed(it) if it == text), "{text}");
        }
    }
}
