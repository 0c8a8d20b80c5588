//! Lines of a long input that are parsed together.

use std::sync::Arc;

use super::{Context, Sections};
use crate::base::{Problem, Source};
use crate::diagnose::known::Known;
use crate::facts::Capture;
use crate::parse;
use crate::text::prompt;

/// Bytes of a batch, at most, where the session with a device begins in the second half of them, or where all are messages.
const USUAL: usize = 512 << 10;

/// Bytes of a batch in which none does. Within that much text an output with all around it is in one piece.
const LARGEST: usize = 8 << 20;

/// Where the first batch of a text ends that grows.
pub(super) struct FirstEnd {
    /// Bytes that the text must have before it is looked for: in as many it was not found before.
    most: usize,
}

impl Default for FirstEnd {
    fn default() -> Self {
        Self { most: USUAL }
    }
}

impl FirstEnd {
    /// Where the session with a device begins, so that its outputs stay together; then a new text begins. `None` where the text is
    /// too short to tell. `is_table`: its first line names the columns.
    pub(super) fn of(&mut self, text: &str, is_table: bool) -> Option<usize> {
        while text.len() > self.most {
            let end = memchr::memrchr(b'\n', text.as_bytes().get(..self.most)?).map_or(0, |at| at + 1);
            let start = session_start(text.get(..end)?, self.most / 2);
            let ends_here = self.most >= LARGEST || is_only_messages(text, end, is_table);
            if let Some(end) = start.or(ends_here.then_some(end)) {
                *self = Self::default();
                return Some(end);
            }
            self.most *= 2;
        }
        None
    }
}

/// Whether a text up to `end` is nothing but messages, and goes on with one: there is no output then that could be cut apart, and no
/// prompt whose messages they are.
fn is_only_messages(text: &str, end: usize, is_table: bool) -> bool {
    let (before, behind) = text.split_at_checked(end).unwrap_or_default();
    before
        .lines()
        .skip(usize::from(is_table))
        .chain(behind.lines().next())
        .all(|line| memchr::memchr(b'%', line.as_bytes()).is_some())
}

/// Where the last session with one device begins: at the first of the prompts of the same name that stand last. It begins behind
/// `least`, or there is none.
fn session_start(text: &str, least: usize) -> Option<usize> {
    let mut found: Option<(usize, &str)> = None;
    let mut end = text.len();
    while let Some(line_end) = end.checked_sub(1).filter(|it| *it > least) {
        let start = memchr::memrchr(b'\n', text.as_bytes().get(..line_end)?).map_or(0, |at| at + 1);
        let line = text.get(start..line_end)?;
        match prompt::prompt(line, |_| false) {
            Some(prompt) if found.is_some_and(|(_, host)| host != prompt.host) => break,
            Some(prompt) if start > least => found = Some((start, prompt.host)),
            _ => {}
        }
        end = start;
    }
    found.map(|(start, _)| start)
}

/// What a batch of lines holds.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) sections: Sections,
    pub(super) captures: Vec<Known>,
    pub(super) problems: Vec<Problem>,
}

impl Parsed {
    pub(super) fn of(source: &Arc<Source>, context: &Context<'_>) -> Self {
        let mut parsed = Self::default();
        let parsing = &context.progress().parsing;
        let mut captures = parsing.time(|| parse::captures(source, context.wanted));
        for capture in &mut captures {
            parsed.problems.append(&mut capture.problems);
        }
        parsed.sections.add(&captures, context);
        let known = |mut capture: Capture| {
            capture.fold();
            Known::of(capture)
        };
        parsed.captures = captures.into_iter().map(known).collect();
        parsed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_begins_with_the_first_prompt_of_its_name() {
        for (text, expected) in [
            ("sw1#show clock\nx\nsw2#show clock\ny\nsw2#show version\nz\n", Some("sw2#show clock")),
            ("sw1#show clock\nx\nsw1#show version\nz\n", Some("sw1#show version")),
            ("x\ny\n", None),
            ("", None),
        ] {
            let start = session_start(text, 2).map(|at| text.get(at..).unwrap().lines().next().unwrap());
            assert_eq!(start, expected, "{text}");
        }
    }

    #[test]
    fn a_batch_ends_between_two_devices_or_when_it_is_too_long() {
        let fill = |bytes: usize| "x\n".repeat(bytes / 2);
        let session = |name: &str, bytes: usize| format!("{name}#show clock\n{}", fill(bytes));
        for (text, expected) in [
            (session("sw1", USUAL - 100), None),
            (session("sw1", USUAL * 3 / 4) + &session("sw2", USUAL), Some("sw2")),
            (
                session("sw1", USUAL / 4)
                    + &session("sw2", USUAL * 2)
                    + "sw3#show clock\n"
                    + &fill(USUAL * 4),
                Some("sw3"),
            ),
            (session("sw1", LARGEST / 2), None),
            (session("sw1", LARGEST + 100), Some("x")),
            ("%A of sw1\n".repeat(USUAL / 9), Some("%A of sw1")),
            (format!("host,text\n{}", "sw1,%A\n".repeat(USUAL / 6)), Some("sw1,%A")),
            (format!("host,text\n{}goes on\n", "sw1,%A\n".repeat((USUAL - 10) / 7)), None),
            (format!("sw1#show logging | include A\n{}", "%A\n".repeat(USUAL / 2)), None),
        ] {
            let end = FirstEnd::default().of(&text, text.starts_with("host,"));
            let next = end.map(|at| text.get(at..).unwrap().split(['#', '\n']).next().unwrap());
            assert_eq!(next, expected, "{} bytes", text.len());
            assert!(end.is_none_or(|end| text.get(..end).unwrap().ends_with('\n')));

            let mut grown = FirstEnd::default();
            let lengths = (0..text.len()).step_by(USUAL / 8 - 10).chain([text.len()]);
            let found = lengths
                .map(|length| grown.of(text.get(..length).unwrap(), text.starts_with("host,")))
                .find(Option::is_some);
            assert_eq!(found.flatten(), end, "a text that grows, {} bytes", text.len());
        }
    }
}
