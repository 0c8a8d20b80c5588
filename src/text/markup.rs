//! What word processors, Markdown and HTML did to a line: curly quotes, hard blanks, escapes, entities, margin arrows.

use std::borrow::Cow;

/// HTML's names for characters that captures hold.
const ENTITIES: &[(&str, char)] =
    &[("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("apos;", '\''), ("nbsp;", ' '), ("amp;", '&')];

const CLOSINGS: &[&str] = &["</pre>", "</code>"];

const BREAKS: &[&str] = &["<br>", "<br/>", "<br />", "<BR>"];

/// A note that someone added at the end of a line begins with one of these.
const ARROWS: &[&str] = &[" <<", " <--", " <==", " <-", " \u{2190}", "\t<<", "\t<--", "\t<=="];

/// Undoes markup. Borrowed where there is none.
pub(super) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = if text.is_ascii() { text } else { map(text, straight) };
    let text = map(text, without_break);
    let text = map(text, without_tags);
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
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        plain.push_str(before);
        let found = ENTITIES.iter().find_map(|(name, c)| Some((*c, entity.strip_prefix(name)?)));
        if let Some((c, after)) = found.or_else(|| numbered(entity)) {
            plain.push(c);
            rest = after;
        } else {
            plain.push('&');
            rest = entity;
        }
    }
    plain.push_str(rest);
    (plain.len() < text.len()).then_some(plain)
}

/// `#39;` or `#x27;` and what follows it.
fn numbered(entity: &str) -> Option<(char, &str)> {
    let (number, after) = entity.strip_prefix('#')?.split_once(';')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = char::from_u32(code).filter(|c| !c.is_control())?;
    Some((if c == '\u{a0}' { ' ' } else { c }, after))
}

/// The tags of HTML around a text that is shown as it is, at the ends of a line: `<pre>sw1#show clock`.
fn without_tags(text: &str) -> Option<String> {
    let (mut kept, mut is_changed) = (text, false);
    if !text.contains('<') {
        return None;
    }
    while let Some(rest) = opening(kept) {
        (kept, is_changed) = (rest, true);
    }
    while let Some(rest) = CLOSINGS.iter().find_map(|tag| kept.trim_end().strip_suffix(tag)) {
        (kept, is_changed) = (rest, true);
    }
    is_changed.then(|| kept.trim_end().to_owned())
}

/// What follows `<pre>`, or `<code class="x">`, at the start of a text.
fn opening(text: &str) -> Option<&str> {
    let tag = ["<pre", "<code"].iter().find_map(|tag| text.strip_prefix(tag))?;
    let (attributes, rest) = tag.split_once('>')?;
    (attributes.is_empty() || attributes.starts_with(' ')).then_some(rest)
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
            ("&amp;lt; {&#x27;a&#39;: &#34;b&#34;} &#xa0;&#7;&x;", "&lt; {'a': \"b\"}  &#7;&x;"),
            ("<pre>Profile Name: CiscoTAC-1", "Profile Name: CiscoTAC-1"),
            ("<pre class=\"cli\"><code>sw1#show clock", "sw1#show clock"),
            ("sw1#</code></pre>", "sw1#"),
            ("<prefix> <codec>", "<prefix> <codec>"),
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
