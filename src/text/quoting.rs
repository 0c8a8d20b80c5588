//! What mail programs, diffs, trackers and scripts put before every line of an output: `> `, `# `, `- !`, indentation.
//!
//! The same characters mean something to the device (`!` in a configuration), so a mark is taken off only where it stands
//! before every line of a block and what is left shows a heading, a prompt or a log message.

use std::ops::Range;

use super::Line;
use super::{escaped, logline, prompt, signature};
use crate::base::glance;

/// Fewer marked lines are no block.
const FEWEST: usize = 3;

/// Quotes stack (`> > `, `+ !`), but not higher than this.
const DEEPEST: usize = 3;

/// A block that is a copy from a mail or a test is indented by at least this many blanks; an output of its own by fewer.
const DEEP_INDENT: usize = 4;

/// Takes marks and indentation off.
pub(super) fn strip(lines: &mut [Line<'_>]) {
    // Walking over blocks costs more than asking whether any line could be in one.
    let has = |lines: &[Line<'_>], test: fn(&str) -> bool| lines.iter().any(|line| test(&line.text));
    if has(lines, may_be_element) {
        strip_list_elements(lines);
    }
    if has(lines, may_be_changed) {
        strip_diff(lines);
        strip_column(lines);
    }
    for _ in 0..DEEPEST {
        if !strip_marks(lines) {
            break;
        }
    }
    strip_indent(lines);
}

/// Whether a line begins as an element of a list does.
fn may_be_element(text: &str) -> bool {
    matches!(glance::first_byte(text), Some(b'"' | b'\''))
}

/// Whether a line begins with a mark of one column or two, as one line at least does in every block that has them. The rules of
/// tables do not: their dashes stand together.
fn may_be_changed(text: &str) -> bool {
    match text.as_bytes() {
        [b'+' | b'-' | b'>', next, ..] => !next.is_ascii_punctuation(),
        [only] => matches!(only, b'+' | b'-' | b'>'),
        _ => false,
    }
}

/// The longest range from `from` on whose lines all pass, without blank lines at its end.
fn run(lines: &[Line<'_>], from: usize, passes: impl Fn(&str) -> bool) -> Range<usize> {
    let rest = lines.get(from..).unwrap_or_default();
    let length = rest.iter().take_while(|line| line.text.is_empty() || passes(&line.text)).count();
    let blank = rest.get(..length).unwrap_or_default().iter().rev().take_while(|it| it.text.is_empty());
    from..from + length - blank.count()
}

/// Calls `edit` for every run of lines that pass and are not blank at the start.
fn each_run(
    lines: &mut [Line<'_>],
    passes: impl Fn(&str) -> bool,
    mut edit: impl FnMut(&mut [Line<'_>], bool),
) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if !line.text.is_empty() && passes(&line.text) {
            let found = run(lines, at, &passes);
            let follows_blank =
                at.checked_sub(1).and_then(|it| lines.get(it)).is_none_or(|it| it.text.is_empty());
            at = found.end;
            if let Some(block) = lines.get_mut(found) {
                edit(block, follows_blank);
            }
        } else {
            at += 1;
        }
    }
}

/// Lines of a JSON or Python list that was printed with one element a line: `    "Smart Licensing is ENABLED",`.
fn strip_list_elements(lines: &mut [Line<'_>]) {
    let is_element = |text: &str| escaped::is_element(text);
    each_run(lines, is_element, |block, _| {
        if block.len() >= FEWEST {
            for line in block.iter_mut() {
                if let Some(inner) = escaped::element(&line.text) {
                    line.text = inner.into();
                }
            }
        }
    });
}

/// A diff with its marks in two columns, as RANCID mails it: `- !   Registration Expires: ...`.
fn strip_diff(lines: &mut [Line<'_>]) {
    let in_diff = |text: &str| matches!(text.as_bytes(), [b' ' | b'+' | b'-', b' ', ..] | [b'+' | b'-']);
    each_run(lines, in_diff, |block, _| {
        let is_change = |line: &&Line<'_>| line.text.starts_with(['+', '-']);
        let tells = |line: &Line<'_>| {
            let text = line.text.get(2..).unwrap_or_default();
            !text.starts_with(' ') && is_telling(text, None)
        };
        let changes = block.iter().filter(is_change).count();
        if block.len() >= FEWEST && changes > 0 && changes < block.len() && block.iter().any(tells) {
            cut_each(block, |_| 2);
        }
    });
}

/// Takes off the one column of a diff, or of a mail that quotes without a blank: `+sw1#show clock`. Context lines of a diff have a
/// blank there. A heading or prompt must stand behind a mark: the rules of tables begin with dashes, too.
fn strip_column(lines: &mut [Line<'_>]) {
    let in_diff = |text: &str| text.starts_with([' ', '+', '-']);
    each_run(lines, in_diff, |block, _| cut_column(block));
    each_run(lines, |text| text.starts_with('>'), |block, _| cut_column(block));
}

fn cut_column(block: &mut [Line<'_>]) {
    let behind_mark = |line: &Line<'_>| {
        let text = line.text.strip_prefix(['+', '-', '>'])?;
        text.starts_with(|c: char| !c.is_ascii_punctuation() && c != ' ').then(|| text.to_owned())
    };
    let tells = || block.iter().filter_map(behind_mark).any(|text| is_telling(&text, None));
    if block.len() >= FEWEST && tells() {
        cut_each(block, |text| usize::from(!text.is_empty()));
    }
}

/// A mark before a text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    indent: usize,
    byte: u8,
    /// Where what it marks begins.
    end: usize,
}

fn mark(text: &str) -> Option<Mark> {
    let indent = text.bytes().position(|byte| byte != b' ')?;
    let byte = text.as_bytes().get(indent).copied()?;
    if indent > DEEP_INDENT || !matches!(byte, b'#' | b'>' | b'|' | b'!' | b'-' | b'+') {
        return None;
    }
    match text.as_bytes().get(indent + 1) {
        None => Some(Mark { indent, byte, end: text.len() }),
        Some(b' ') => Some(Mark { indent, byte, end: indent + 2 }),
        Some(b'>') if byte == b'>' => Some(Mark { indent, byte, end: indent + 1 }),
        Some(_) => None,
    }
}

/// Takes one layer of marks off every block that has one. Whether there was any.
fn strip_marks(lines: &mut [Line<'_>]) -> bool {
    let (mut at, mut changed) = (0, false);
    while let Some(line) = lines.get(at) {
        let Some(first) = mark(&line.text) else {
            at += 1;
            continue;
        };
        let same =
            |text: &str| mark(text).is_some_and(|it| (it.indent, it.byte) == (first.indent, first.byte));
        let found = run(lines, at, same);
        at = found.end;
        if let Some(block) = lines.get_mut(found)
            && is_quoted(block, first.byte)
        {
            cut_each(block, |text| mark(text).map_or(0, |it| it.end));
            changed = true;
        }
    }
    changed
}

/// Whether the marks of a block are quotes: most of its lines say something, and one of them something telling.
fn is_quoted(block: &[Line<'_>], byte: u8) -> bool {
    let contents = || {
        block.iter().filter_map(|line| line.text.get(mark(&line.text)?.end..)).filter(|text| !text.is_empty())
    };
    let count = contents().count();
    count >= FEWEST && count * 2 >= block.len() && contents().any(|text| is_telling(text, Some(byte)))
}

/// A heading, a prompt with a command, or a log message, also behind further marks. A configuration behind `!` or `#` is
/// commented out, so that its lines tell nothing there.
fn is_telling(text: &str, mark_before: Option<u8>) -> bool {
    let mut is_comment = matches!(mark_before, Some(b'!' | b'#'));
    let mut text = text;
    while let Some(found) = mark(text) {
        is_comment |= matches!(found.byte, b'!' | b'#');
        text = text.get(found.end..).unwrap_or_default();
    }
    signature::signature(text).is_some_and(|it| !(is_comment && it.command == "show running-config"))
        || prompt::prompt(text, |_| false).is_some()
        || logline::is_log(text)
}

/// A block that is indented as a whole.
fn strip_indent(lines: &mut [Line<'_>]) {
    strip_margin(lines);
    let is_deep = |text: &str| indent(text).is_some_and(|it| it >= DEEP_INDENT || text.starts_with('\t'));
    each_run(lines, is_deep, |block, follows_blank| {
        let Some(margin) = block.iter().filter_map(|line| indent(&line.text)).min() else { return };
        let begins = |line: &Line<'_>| {
            indent(&line.text) == Some(margin)
                && (signature::signature(&line.text).is_some()
                    || prompt::prompt(&line.text, |_| false).is_some())
        };
        if follows_blank && block.len() >= FEWEST && block.iter().any(begins) {
            cut_each(block, |_| margin);
        }
    });
}

/// A margin before every line of the input, however narrow. Devices print headings and prompts at the margin.
fn strip_margin(lines: &mut [Line<'_>]) {
    // Of nearly every input the first line tells that there is none.
    if lines.iter().any(|line| indent(&line.text) == Some(0)) {
        return;
    }
    let margin = lines.iter().filter_map(|line| indent(&line.text)).min().unwrap_or_default();
    let tells = |line: &Line<'_>| {
        indent(&line.text) == Some(margin) && is_telling(line.text.trim_start_matches([' ', '\t']), None)
    };
    if margin > 0 && lines.len() >= FEWEST && lines.iter().any(tells) {
        cut_each(lines, |text| if text.trim().is_empty() { 0 } else { margin });
    }
}

/// Takes as many bytes off each line as `bytes` says.
fn cut_each(block: &mut [Line<'_>], bytes: impl Fn(&str) -> usize) {
    for line in block {
        line.cut(bytes(&line.text));
    }
}

/// Blanks and tabs before the text; `None` for a blank line, which has no say in how far a block is indented.
fn indent(text: &str) -> Option<usize> {
    text.bytes().position(|byte| byte != b' ' && byte != b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::after;

    fn stripped(text: &str) -> String {
        after(strip, text)
    }

    #[test]
    fn marks_before_every_line_go() {
        for (text, expected) in [
            (
                "# Type: a\n#\n# Smart Licensing Status: REGISTERED/AUTHORIZED\n#\n# Processor board ID X",
                "Type: a\n\nSmart Licensing Status: REGISTERED/AUTHORIZED\n\nProcessor board ID X",
            ),
            (
                "Hi,\n> > sw1#show license summary\n> > License Usage:\n> >   a  b\nbye",
                "Hi,\nsw1#show license summary\nLicense Usage:\n  a  b\nbye",
            ),
            (
                "noise:\n  !   Virtual Account: D\n- !   Expires: 26\n+ !   Expires: 27\n  ! License Authorization:\n  !     Status: X\n```",
                "noise:\n  Virtual Account: D\n  Expires: 26\n  Expires: 27\nLicense Authorization:\n    Status: X\n```",
            ),
            (
                "- Nov 17 18:05:09: %SMART_LIC-3-COMM_FAILED: a\n- b\n- c",
                "Nov 17 18:05:09: %SMART_LIC-3-COMM_FAILED: a\nb\nc",
            ),
            (
                " sw1#show license summary\n\n Log:\n   a\n sw1#",
                "sw1#show license summary\n\nLog:\n  a\nsw1#",
            ),
            (
                "+sw1#show license summary\n+License Usage:\n+  a  b\n+\n+sw1#",
                "sw1#show license summary\nLicense Usage:\n  a  b\n\nsw1#",
            ),
            (
                "@@ -1,3 +1,3 @@\n Registration:\n-  Status: UNREGISTERED\n+  Status: REGISTERED\n+License Authorization:\n   Status: AUTHORIZED",
                "@@ -1,3 +1,3 @@\nRegistration:\n  Status: UNREGISTERED\n  Status: REGISTERED\nLicense Authorization:\n  Status: AUTHORIZED",
            ),
            (
                ">sw1#show license summary\n>License Usage:\n>  a  b",
                "sw1#show license summary\nLicense Usage:\n  a  b",
            ),
            (
                "    \"stdout\": [\n        \"Registration:\",\n        \"  Status: \\\"x\\\"\",\n        \"\"\n    ]",
                "    \"stdout\": [\nRegistration:\n  Status: \"x\"\n\n    ]",
            ),
            (
                "        sw1#show license all\n        Registration:\n\n          Status: x",
                "sw1#show license all\nRegistration:\n\n  Status: x",
            ),
        ] {
            assert_eq!(stripped(text), expected, "{text}");
        }
    }

    #[test]
    fn what_belongs_to_the_device_stays() {
        for text in [
            "!\n! Last configuration change at 14:01:36\n! NVRAM config last updated at 14:01:36\n! No change since\n!\nhostname r1",
            "# license smart transport smart\n# call-home\n# hostname r1",
            "HA UDI List:\n    Active:PID:C9300,SN:A\n    Standby:PID:C9300,SN:B\n    Member:PID:C9300,SN:C",
            "- one\n- two\n- three",
            "  License\n-----------\n  Registration:\n  a",
            " a\n-b\n+c",
            "Usage:\n    Registration:\n    License Authorization:\n    Utility:",
        ] {
            assert_eq!(stripped(text), text);
        }
    }
}
