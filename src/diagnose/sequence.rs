//! What came after what: dates where they can be compared, else the order of lines, else the clock of the session.

use std::cmp::Ordering;

use super::device::{Device, GIVEN};
use super::verdict::{Proof, When};
use crate::base::time::DAY;
use crate::base::{Clock, Stamp};
use crate::facts::{Record, Typed, Value};
use crate::text::section::LOOSE;

/// An output may stand this long after the clock that was shown before it, in seconds: who asks for the clock goes on with what he
/// came for.
const SOON: i64 = 15 * 60;

/// A clock that was never set (`*`) tells a date only this near to one that was, in seconds: after a start it counts from some March.
const NEAR: i64 = 31 * DAY;

/// Commands that print a file: the messages in it are of any day.
const FILES: &[&str] = &["more ", "type ", "cat "];

/// What a `show` command names that prints messages of before.
const KEPT: &[&str] = &["log", "trace", "event", "histor", "archive", "file", "tech"];

impl Device {
    /// Whether `this` happened after `that`; `None` where that cannot be said.
    ///
    /// Dates decide where they can be compared. Else the order of lines does, for two records of one input. A state is that of the end
    /// of its capture: it comes after the records of the same input, but for messages on the terminal behind it, and after the
    /// states of earlier outputs. With records of another input the clock tells that its session shows.
    pub(super) fn is_after(&self, this: &Proof, that: &Proof) -> Option<bool> {
        if let (Some(first), Some(second)) = (this.stamp(), that.stamp()) {
            match first.compare(second) {
                Some(Ordering::Equal) => {}
                Some(order) => return Some(order == Ordering::Greater),
                None => return follows_in_log(this, that),
            }
        }
        match (&this.when, &that.when) {
            (When::Record(_) | When::Console(_), When::Record(_) | When::Console(_)) => {
                follows_in_log(this, that)
            }
            (When::State | When::Setting, When::Record(_) | When::Console(_)) => {
                self.is_state_after(this, that)
            }
            (When::Record(_) | When::Console(_), When::State | When::Setting) => {
                self.is_state_after(that, this).map(|it| !it)
            }
            _ => Some(this.section > that.section),
        }
    }

    /// Whether a state is newer than a record.
    fn is_state_after(&self, state: &Proof, record: &Proof) -> Option<bool> {
        let gap = record.stamp().filter(|_| state.when == When::State);
        let gap = gap.and_then(|stamp| {
            // Positive where the record is newer than the clock before the state.
            let gap = self.clock_before(state.section)?.seconds_until(stamp)?;
            (stamp.clock != Clock::NotSet || gap.abs() <= NEAR).then_some(gap)
        });
        if state.place.path != record.place.path {
            return gap.and_then(|gap| (!(0..=SOON).contains(&gap)).then_some(gap < 0));
        }
        let is_behind = record.place.line > state.place.line;
        let is_on_terminal = matches!(record.when, When::Console(_)) && state.when == When::State;
        Some(!(is_behind && is_on_terminal) || gap.is_some_and(|gap| gap < 0))
    }

    /// What the clock showed before an output in the same input: the output is not older. A clock that was never set tells nothing.
    fn clock_before(&self, section: usize) -> Option<&Stamp> {
        if let Some((now, _)) = self.now.as_ref().filter(|(_, source)| source == GIVEN) {
            return Some(now);
        }
        let path = |at: usize| self.capture.seen.get(at).map(|it| &it.place.path);
        let clocks = self.capture.facts.readings_up_to("clock.time", section).iter().rev();
        let mut here = clocks.filter(|it| path(it.section) == path(section));
        match &here.next()?.value {
            Value::Time(stamp) if stamp.year_known && stamp.clock != Clock::NotSet => Some(stamp),
            _ => None,
        }
    }

    /// Whether a message came to the terminal of a session: behind a prompt, with no header of a log server, and not printed by a
    /// command that shows a log or a file.
    pub(super) fn is_of_console(&self, record: &Record) -> bool {
        if self.capture.typed.is_empty() || record.origin.is_some() {
            return false;
        }
        let is_before =
            |it: &&Typed| it.place.path == record.place.path && it.place.line <= record.place.line;
        let seen = self.capture.seen.get(record.section);
        let is_loose = seen.is_none_or(|it| it.command == LOOSE);
        let command = match self.capture.typed.iter().rev().find(is_before) {
            Some(typed) if is_loose => typed.command.as_str(),
            Some(_) => seen.map_or("", |it| it.command.as_str()),
            None => return false,
        };
        !prints_messages(command)
    }
}

/// Whether messages are what a command prints, and not what came between its lines.
fn prints_messages(command: &str) -> bool {
    let is_show = command.starts_with("sh") && KEPT.iter().any(|kept| command.contains(kept));
    is_show || FILES.iter().any(|file| command.starts_with(file))
}

fn follows_in_log(this: &Proof, that: &Proof) -> Option<bool> {
    let is_record = |it: &Proof| matches!(it.when, When::Record(_) | When::Console(_));
    if this.place.path != that.place.path {
        return None;
    }
    let follows = this.place.line > that.place.line;
    match (&this.when, &that.when) {
        _ if is_record(this) && is_record(that) => Some(follows),
        // What an output dates was over when it was printed, and a message on the terminal behind it came later.
        (When::Console(_), When::Dated(_)) if follows => Some(true),
        (When::Dated(_), When::Console(_)) if !follows => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;

    #[test]
    fn a_state_is_newer_than_the_log_of_its_input() {
        let device = Device::default();
        let source = Source::new("a", "one\ntwo\nthree\n".into());
        let proof = |line, section, when| Proof { place: source.place(line), section, when };
        let is_after = |this: &Proof, that: &Proof| device.is_after(this, that);
        let record = proof(2, 0, When::Record(None));
        let state = |line, section| proof(line, section, When::State);
        assert_eq!(is_after(&state(1, 0), &record), Some(true));
        assert_eq!(is_after(&record, &proof(1, 0, When::Record(None))), Some(true));
        assert_eq!(is_after(&state(1, 1), &state(2, 0)), Some(true));
        let message = proof(2, 0, When::Console(None));
        assert_eq!(is_after(&state(1, 0), &message), Some(false));
        assert_eq!(is_after(&message, &state(1, 0)), Some(true));
        assert_eq!(is_after(&message, &state(3, 0)), Some(false));
        assert_eq!(is_after(&message, &proof(1, 0, When::Setting)), Some(false));
        let other = Source::new("b", "one\n".into());
        let elsewhere = Proof { place: other.place(1), section: 0, when: When::Record(None) };
        assert_eq!(is_after(&state(1, 0), &elsewhere), None);
    }
}
