//! Joins lines that a terminal broke at its width.
//!
//! Only inside the outputs of commands, and only where the break is plain to see: in the event log every line begins with a
//! date (DOMAIN 1.5), elsewhere the broken line fills the width to the last column and what follows looks like nothing
//! that the device begins a line with.

use super::section::LOOSE;
use super::{Line, logline, signature};
use crate::base::glance;

/// What terminals are wide, mostly; another width must show itself in several lines.
const USUAL_WIDTH: usize = 80;

/// Lines that fill an unusual width before it is believed.
const WITNESSES: usize = 3;

/// No terminal is narrower; an output whose longest line is shorter was not broken.
const NARROWEST: usize = 60;

/// No reason in braces is longer.
const LONGEST_REASON: usize = 2048;

/// Joins the broken lines of an output. A joined line has the number of its first part.
pub fn join<'a>(command: &str, lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
    if command == "show license eventlog" {
        return joined(lines, USUAL_WIDTH, |_, before, next| is_event(before) && continues_event(next));
    }
    let is_log = command.starts_with("show logging");
    let may_be_broken =
        is_log || command.starts_with("show license") || command.starts_with("show call-home");
    if command == LOOSE || !may_be_broken {
        return lines;
    }
    let width = width(&lines);
    let has_open_reason = || !is_log && lines.iter().any(|line| is_open_reason(&line.text));
    if width.is_none() && !has_open_reason() {
        return lines;
    }
    joined(lines, width.unwrap_or(usize::MAX), |piece, before, next| {
        // A mail program breaks lines anywhere, but a reason in braces ends with one (DOMAIN 3.0).
        if !is_log && is_open_reason(before) {
            return before.len() < LONGEST_REASON && !begins(next.trim_start());
        }
        let Some(width) = width else { return false };
        // Of a log this tells nearly every line.
        if is_log && logline::starts_as_log(next) {
            return false;
        }
        let is_prose = is_log || before.contains("eason:");
        fills(piece, width, is_prose)
            && !is_rule(piece)
            && !is_rule(next)
            && !is_indented(next, is_prose)
            && !is_row(next)
            && if is_log { logline::is_log(before) } else { !begins(next) }
    })
}

/// `Failure reason: {"timestamp":["The device date '1136177161000' is offset`, of which the end is missing.
fn is_open_reason(text: &str) -> bool {
    let count = |text: &str, brace: u8| text.bytes().filter(|byte| *byte == brace).count();
    glance::split_once(text, "eason:").is_some_and(|(_, reason)| {
        reason.trim_start().starts_with('{') && count(reason, b'{') > count(reason, b'}')
    })
}

/// Whether a line reaches the last column. The blank that a sentence had there was trimmed.
fn fills(piece: &str, width: usize, is_prose: bool) -> bool {
    let columns = columns(piece);
    columns == width || (is_prose && columns + 1 == width)
}

/// Whether a line begins with blanks of its own. One blank is that between two words of a sentence.
fn is_indented(text: &str, is_prose: bool) -> bool {
    let is_gap = is_prose && text.starts_with(' ') && !text.starts_with("  ");
    text.starts_with([' ', '\t']) && !is_gap
}

/// Joins a line to the one before it where `continues` says so, of the last piece, all that was joined, and the line.
fn joined<'a>(
    lines: Vec<Line<'a>>,
    width: usize,
    continues: impl Fn(&str, &str, &str) -> bool,
) -> Vec<Line<'a>> {
    let mut result: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut piece = String::new();
    for line in lines {
        match result.last_mut() {
            Some(before) if !line.text.is_empty() && continues(&piece, &before.text, &line.text) => {
                // A blank in the last column was trimmed; a full line was broken within a word.
                let gap = if columns(&piece) >= width { "" } else { " " };
                before.text = format!("{}{gap}{}", before.text, line.text).into();
                piece = line.text.into_owned();
            }
            _ => {
                piece.clear();
                piece.push_str(&line.text);
                result.push(line);
            }
        }
    }
    result
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// The width at which lines were broken, if any were.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let (mut longest, mut full) = (0, 0);
    for line in lines.iter().filter(|line| !is_rule(&line.text)) {
        let columns = columns(&line.text);
        if columns > longest {
            (longest, full) = (columns, 1);
        } else if columns == longest {
            full += 1;
        }
    }
    (longest >= NARROWEST && (longest == USUAL_WIDTH || full >= WITNESSES)).then_some(longest)
}

/// `-----  ====`, a line of a table.
fn is_rule(text: &str) -> bool {
    text.bytes().all(|byte| b"-=_* ".contains(&byte))
}

/// A row of a table, by the gap between its cells: rows of one table often have one width, and none continues another.
fn is_row(text: &str) -> bool {
    text.trim().contains("  ")
}

/// Whether the device begins a line like this: a heading, or a field with its colon.
fn begins(text: &str) -> bool {
    let is_field = text.split_once(':').is_some_and(|(name, value)| {
        name.starts_with(|c: char| c.is_alphabetic()) && (value.is_empty() || value.starts_with(' '))
    });
    is_field || signature::signature(text).is_some()
}

fn is_event(text: &str) -> bool {
    starts_with_date(text) && text.contains(" SAEVT_")
}

fn continues_event(text: &str) -> bool {
    !starts_with_date(text) && !text.starts_with("****") && !text.starts_with("SAEVT_")
}

fn starts_with_date(text: &str) -> bool {
    let is_digits = |text: Option<&str>| text.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    is_digits(text.get(..4)) && text.get(4..5) == Some("-") && is_digits(text.get(5..7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined_text(command: &str, text: &str) -> Vec<(u32, String)> {
        let lines = text.lines().zip(1..).map(|(text, number)| Line::new(number, text)).collect();
        join(command, lines).into_iter().map(|line| (line.number, line.text.into_owned())).collect()
    }

    fn expect(command: &str, text: &str, expected: &[(u32, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(at, it)| (*at, (*it).to_owned())).collect();
        assert_eq!(joined_text(command, text), expected, "{text}");
    }

    #[test]
    fn events_are_joined_to_their_date() {
        expect(
            "show license eventlog",
            "**** Event Log ****\n\n\
             2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success=\"False\" error=\"Crypto\n\
             Initialization has not been completed\"\n\
             2021-09-10 14:04:22.000 UTC SAEVT_PLATFORM eventSource=\"INFRA_SL\" eventName=\"INF\n\
             RA_SL\"\n\
             2021-09-10 14:04:51.243 UTC SAEVT_COMM_RESTORED",
            &[
                (1, "**** Event Log ****"),
                (2, ""),
                (
                    3,
                    "2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success=\"False\" error=\"Crypto \
                     Initialization has not been completed\"",
                ),
                (
                    5,
                    "2021-09-10 14:04:22.000 UTC SAEVT_PLATFORM eventSource=\"INFRA_SL\" eventName=\"INFRA_SL\"",
                ),
                (7, "2021-09-10 14:04:51.243 UTC SAEVT_COMM_RESTORED"),
            ],
        );
    }

    #[test]
    fn full_lines_are_joined() {
        let full = "  Last Communication Attempt: FAILED on Mar 13 08:09:28 2024 UTC, reason Fail to";
        assert_eq!(columns(full), 80);
        let text = format!("License Authorization:\n{full}\nsend out Call Home HTTP message\n  Next: x");
        let all = format!("{full}send out Call Home HTTP message");
        expect("show license status", &text, &[(1, "License Authorization:"), (2, &all), (4, "  Next: x")]);
        let log = "*Nov 17 18:05:09.580: %SMART_LIC-3-COMM_FAILED: Communications failure with the ";
        // A full line beside it shows the width; the blank in the last column of the other was trimmed.
        let full = format!("*Nov 17 18:06:09.580: %SYS-5-X: {}", "x".repeat(48));
        let text = format!("{}\nCisco Smart License Utility (CSLU)\n{full}\n y z", log.trim_end());
        let all = format!("{log}Cisco Smart License Utility (CSLU)");
        expect("show logging", &text, &[(1, &all), (3, &format!("{full} y z"))]);
        let text = format!("{}X\nCisco Smart License Utility (CSLU)", log.trim_end());
        let text = format!("{text}\n*Nov 17 18:06:09.580: %SYS-5-X: y");
        let all = format!("{}XCisco Smart License Utility (CSLU)", log.trim_end());
        expect("show logging", &text, &[(1, &all), (3, "*Nov 17 18:06:09.580: %SYS-5-X: y")]);
    }

    #[test]
    fn a_reason_in_braces_goes_on_to_the_last_of_them() {
        let broken = "    Failure reason: {\"timestamp\":[\"The device date '1' is offset";
        let text =
            format!("{broken}\nbeyond the allowed tolerance limit.\"]}}\n  Next Registration Attempt: x");
        let all = format!("{broken} beyond the allowed tolerance limit.\"]}}");
        expect("show license all", &text, &[(1, &all), (3, "  Next Registration Attempt: x")]);
        let text = format!("{broken}\n  Next Registration Attempt: x");
        expect("show license all", &text, &[(1, broken), (2, "  Next Registration Attempt: x")]);
    }

    #[test]
    fn what_is_not_broken_stays() {
        let full = "x".repeat(80);
        for (command, text) in [
            ("show license status", "Utility:\n  Status: DISABLED\nshort\nlines".to_owned()),
            ("show license status", format!("{full}\nTransport:\n  Type: Smart")),
            ("show license status", format!("{full}\nAgent State: authorized")),
            ("show license status", format!("{full}\n  indented")),
            ("show license summary", format!("{}\nnetwork-advantage  1 IN USE", "-".repeat(80))),
            (
                "show license summary",
                ["first  ", "second ", "third  "].map(|name| format!("{name:<50}  1 IN USE")).join("\n"),
            ),
            ("show license status", format!("{full}longer\n{full}\nmore")),
            ("show running-config", format!("{full}\nip http client")),
            (LOOSE, format!("{full}\nmore")),
        ] {
            let expected: Vec<_> = (1..).zip(text.lines().map(str::to_owned)).collect();
            assert_eq!(joined_text(command, &text), expected, "{text}");
        }
    }
}
