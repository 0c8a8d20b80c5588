//! Lines without a header that belong to the message before them.

use std::ops::RangeInclusive;

use super::header::is_untagged_log_line;
use super::repetition;
use crate::facts::Record;
use crate::text::logline::continues;

/// No message of licensing, call-home or PKI has more lines behind its first.
const MOST_LINES: usize = 4;
/// Terminals are 80 or 132 columns wide: a message that nearly fills a line of one may go on in the next line. A longer one
/// was not broken, and what follows it is something else.
const FULL_LINES: [RangeInclusive<usize>; 2] = [66..=80, 120..=132];

/// The message that lines may still belong to.
pub(super) struct Open {
    /// Lines taken so far.
    pub(super) taken: usize,
    /// Characters in its last line.
    pub(super) width: usize,
    /// Whether something else stood on its line before: then the terminal's echo follows, not the message.
    pub(super) glued: bool,
    /// Whether a blank line came since.
    pub(super) gap: bool,
}

impl Open {
    /// No line goes on with it any more.
    pub(super) fn end(&mut self) {
        self.taken = MOST_LINES;
    }

    /// Whether the line belongs to the message, among lines of a log.
    pub(super) fn takes_of_log(&self, record: &Record, line: &str) -> bool {
        let is_known = continues(&record.text, line);
        if self.taken >= MOST_LINES || line.trim().is_empty() || (self.glued || self.gap) && !is_known {
            return false;
        }
        if is_known {
            return true;
        }
        let goes_on = match &*record.facility {
            "PKI" => true,
            "SMART_LIC" | "CALL_HOME" => {
                !record.text.ends_with('.') && FULL_LINES.iter().any(|it| it.contains(&self.width))
            }
            _ => false,
        };
        goes_on && !is_prompt(line) && repetition::of_last(line).is_none() && !is_untagged_log_line(line)
    }

    /// Whether the line belongs to the message, among lines of an output: only where nothing else could say it.
    pub(super) fn takes_of_output(&self, record: Option<&Record>, line: &str) -> bool {
        self.taken < MOST_LINES && continues(record.map_or("", |it| &it.text), line)
    }
}

/// A prompt, a question or a heading.
fn is_prompt(line: &str) -> bool {
    let line = line.trim();
    let first = line.split_whitespace().next().unwrap_or_default();
    line.ends_with(['#', '>', ':', '?', ']']) || first.contains('#') || line.starts_with(['%', '-', '='])
}
