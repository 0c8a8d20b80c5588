//! Original lines to clean lines.
//!
//! Each line by itself first: what the terminal, the pager, JSON and markup did to it. Then what stands before all lines of
//! a block. A line with nothing to clean is borrowed; its number is that of the original line in any case, so that evidence
//! can quote the original.

use std::borrow::Cow;

use super::{Line, escaped, mail, markup, numbering, quoting, terminal, timelog};
use crate::base::{Source, glance};

/// Cleans every line of an input. A pager prompt becomes a line of its own (`is_pager`), before what follows it; the pieces
/// of an escaped text become lines of their own, too. They share the number of their original line.
pub fn clean(source: &Source) -> Vec<Line<'_>> {
    let mut lines = cleaned(source);
    numbering::strip(&mut lines);
    timelog::strip(&mut lines);
    quoting::strip(&mut lines);
    lines
}

fn cleaned(source: &Source) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(source.line_count() + 1);
    for (number, text) in source.lines() {
        clean_line(text, number, &mut lines);
    }
    if mail::is_quoted_printable(source.text()) { mail::decode(lines) } else { lines }
}

/// Whether a line is nothing but a pager prompt.
pub fn is_pager(text: &str) -> bool {
    glance::first_byte(text) == Some(b'-') && text.trim() == PAGER
}

const PAGER: &str = "--More--";

fn clean_line<'a>(text: &'a str, number: u32, lines: &mut Vec<Line<'a>>) {
    let text = text.trim_end();
    if !may_need_work(text) {
        lines.push(Line::new(number, text));
        return;
    }
    let text = shown(text, number, lines);
    if let Some(pieces) = escaped::lines(&text) {
        lines.extend(pieces.into_iter().map(|piece| Line::new(number, piece)));
    } else if !markup::is_root_mark(&text) {
        lines.push(Line { number, text: trimmed(markup::plain(text)) });
    }
}

/// One pass over the bytes tells the nine lines in ten that need no closer look. `<` matters after the first byte only:
/// there it is the priority of a log line.
fn may_need_work(text: &str) -> bool {
    let is = u8::from;
    let is_control = |byte: u8| (is(byte < b' ') & is(byte != b'\t')) | is(byte >= 0x7f);
    let is_mark = |byte: u8| {
        is(byte == b'\\') | is(byte == b'&') | is(byte == b'<') | is(byte == b'^') | is(byte == b'"')
    };
    let rest = text.strip_prefix('<').unwrap_or(text);
    glance::any_byte(rest.as_bytes(), |byte| is_control(byte) | is_mark(byte))
        || (text.starts_with('<') && !rest.starts_with(|c: char| c.is_ascii_digit()))
        || (glance::first_byte(text) == Some(b'-') && text.trim_start().starts_with("--M"))
}

/// The line as the terminal showed it; a pager prompt goes to `lines`.
fn shown<'a>(text: &'a str, number: u32, lines: &mut Vec<Line<'a>>) -> Cow<'a, str> {
    let shown = if terminal::has_residue(text) {
        let shown = terminal::show(text);
        if shown.pager {
            lines.push(Line::new(number, PAGER));
        }
        Cow::Owned(shown.text)
    } else {
        Cow::Borrowed(text)
    };
    match terminal::after_pager(&shown) {
        Some(rest) => {
            let rest = rest.to_owned();
            lines.push(Line::new(number, PAGER));
            Cow::Owned(rest)
        }
        None => trimmed(shown),
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end()),
        Cow::Owned(text) if text.ends_with(char::is_whitespace) => Cow::Owned(text.trim_end().to_owned()),
        Cow::Owned(text) => Cow::Owned(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> Vec<(u32, String)> {
        let source = Source::new("a", text.to_owned());
        clean(&source).into_iter().map(|line| (line.number, line.text.into_owned())).collect()
    }

    #[test]
    fn lines_of_a_terminal() {
        for (text, expected) in [
            ("Status: x  \r\n\r\nend", vec![(1, "Status: x"), (2, ""), (3, "end")]),
            (
                "a\n --More-- \u{8}\u{8}\u{8}   \u{8}\u{8}\u{8}  b\nc",
                vec![(1, "a"), (2, PAGER), (2, "  b"), (3, "c")],
            ),
            (" --More--           Transport:", vec![(1, PAGER), (1, "Transport:")]),
            ("          \nx", vec![(1, ""), (2, "x")]),
            ("<#root>\nsw1#show clock", vec![(2, "sw1#show clock")]),
            ("%SMART\\_LIC-3-COMM\\_FAILED: “x”", vec![(1, "%SMART_LIC-3-COMM_FAILED: \"x\"")]),
            (
                r#"ok: [sw1] => {"stdout": ["Utility:\n  Status: \"x\"\n"]}"#,
                vec![(1, r#"ok: [sw1] => {"stdout": ["#), (1, "Utility:"), (1, "  Status: \"x\""), (1, "")],
            ),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(at, it)| (at, it.to_owned())).collect();
            assert_eq!(cleaned(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_without_residue_is_borrowed() {
        let text = "sw1#show license all\nSmart Account: <none>\r\n  Cslu address: \"x\"\n\
                    <190>1: sw1: Jan  6 22:11:43: %SYS-5-X: y\n 100% ^ marker\nÜber";
        let source = Source::new("a", text.to_owned());
        for (line, original) in clean(&source).into_iter().zip(text.lines()) {
            assert!(matches!(line.text, Cow::Borrowed(it) if it == original), "{original}");
        }
    }
}
