//! Judges conditions on what a device shows. Three-valued: what the capture does not show is unknown, never false.

mod config;
mod fact;
mod list;
mod log;

use super::device::Device;
use super::verdict::{Proof, Verdict, When};
use crate::base::{Era, Truth};
use crate::facts::{Element, Record, Typed};
use crate::rules::condition::FactTest;
use crate::rules::{Bindings, Condition, Pattern, Rule};

/// What the last attempt came to.
const LAST_WORDS: &[&str] = &["license.authorization.last_result", "license.authorization.status"];

/// What conditions are judged on: a device, seen up to an output.
#[derive(Clone, Copy)]
pub(super) struct Judge<'d> {
    /// The device.
    pub device: &'d Device,
    /// Facts and configurations of later sections do not count.
    pub until: usize,
    /// The era that the rule is about: a message that names a peer of the other one is from before an upgrade, or after it.
    of_era: Option<Era>,
    /// Only what is newer than this counts: set where recovery is judged.
    pub since: Option<&'d Proof>,
    /// The element that keys name a field of, inside `where`.
    element: Option<&'d Element>,
    /// Whether a part that does not hold ends the judging of `all`: what the others would show proves nothing. Under `not` it
    /// does.
    brief: bool,
}

impl<'d> Judge<'d> {
    /// A judge of everything the device shows.
    pub(super) fn new(device: &'d Device) -> Self {
        Self { device, until: usize::MAX, of_era: None, since: None, element: None, brief: true }
    }

    /// A judge for one rule.
    pub(super) fn of(rule: &Rule, device: &'d Device) -> Self {
        Self { of_era: rule.applies.as_ref().and_then(only_era), ..Self::new(device) }
    }

    /// The same for facts up to the section `until`.
    #[must_use]
    pub(super) fn up_to(self, until: usize) -> Self {
        Self { until, ..self }
    }

    /// The same for what is newer than a proof.
    #[must_use]
    pub(super) fn after(self, since: &'d Proof) -> Self {
        Self { since: Some(since), ..self }
    }

    fn inside(self, element: &'d Element) -> Self {
        Self { element: Some(element), ..self }
    }

    /// Judges a condition. `bindings` are the values captured so far; patterns with slots use them.
    pub(super) fn judge(&self, condition: &Condition, bindings: &Bindings) -> Verdict {
        match condition {
            Condition::All(parts) => Verdict::all(self.in_turn(parts, bindings, self.brief)),
            Condition::Any(parts) => Verdict::any(self.in_turn(parts, bindings, false)),
            Condition::Not(part) => Self { brief: false, ..*self }.judge(part, bindings).negate(),
            Condition::AtLeast(count, parts) => {
                Verdict::at_least(*count, self.in_turn(parts, bindings, false))
            }
            Condition::Era(eras) => self.era(eras),
            Condition::Fact(test) => self.fact(test, bindings),
            Condition::List(test) => self.newer(list::judge(self, test, bindings)),
            Condition::Log(test) => log::judge(self, test, bindings),
            Condition::Event(test) => log::judge_event(self, test, bindings),
            Condition::Typed(pattern) => self.typed(pattern, bindings),
            Condition::Config(test) => self.newer(config::judge(self, test, bindings)),
            Condition::Seen(command) => self.seen(command),
        }
    }

    /// Each part sees what the parts before it captured. `until_no` ends with the first that does not hold.
    fn in_turn(&self, parts: &[Condition], bindings: &Bindings, until_no: bool) -> Vec<Verdict> {
        let mut known = bindings.clone();
        let mut verdicts = Vec::with_capacity(parts.len());
        for part in parts {
            let verdict = self.judge(part, &known);
            known.add(&verdict.bindings);
            let ends = until_no && verdict.truth == Truth::No;
            verdicts.push(verdict);
            if ends {
                break;
            }
        }
        verdicts
    }

    /// `license.communication.*.failure_reason` holds where one exchange that the device shows meets the test.
    fn fact(&self, test: &FactTest, bindings: &Bindings) -> Verdict {
        let judge = |key: &str| {
            let verdict = fact::judge(self, key, test, bindings);
            if self.is_last_word(key, &verdict) { verdict } else { self.newer(verdict) }
        };
        let keys = if test.key.contains('*') { self.device.keys_like(&test.key) } else { Vec::new() };
        if keys.is_empty() { judge(&test.key) } else { Verdict::any(keys.into_iter().map(judge).collect()) }
    }

    fn era(&self, eras: &[Era]) -> Verdict {
        match self.device.era {
            Era::Unknown => Verdict::bare(Truth::Unknown),
            era => Verdict::bare(Truth::from_seen(eras.contains(&era))),
        }
    }

    /// A command that is not in the session may have been typed in another one: never false.
    fn typed(&self, pattern: &Pattern, bindings: &Bindings) -> Verdict {
        let matches = |command: &str| pattern.search(command, bindings).ok().flatten();
        let found = self.device.typed().find_map(|typed| Some((typed, matches(&typed.command)?)));
        let Some((typed, captured)) = found else { return Verdict::unknown(None) };
        let section = self.section_at(&typed.place);
        let proof = Proof { place: typed.place.clone(), section, when: When::State };
        if self.since.is_some_and(|since| self.came_after(since, &proof)) {
            return Verdict::unknown(None);
        }
        self.newer(Verdict::seen(true, vec![proof], captured))
    }

    /// Whether a fact outweighs a message whose time cannot be compared with its own, for the log prints no zone: what the last
    /// attempt came to holds at the end of the output that shows it, and what failed before that is over. Not where a new attempt was
    /// asked for in between.
    fn is_last_word(&self, key: &str, verdict: &Verdict) -> bool {
        let (Some(since), Some(proof)) = (self.since, verdict.newest(self.device)) else { return false };
        let (When::Record(Some(message)), When::Dated(date)) = (&since.when, &proof.when) else {
            return false;
        };
        let is_between = |typed: &Typed| {
            typed.place.path == proof.place.path
                && (proof.place.line..since.place.line).contains(&typed.place.line)
                && typed.command.starts_with("lic")
        };
        verdict.truth == Truth::Yes
            && LAST_WORDS.contains(&key)
            && message.compare(date).is_none()
            && since.place.path == proof.place.path
            && !self.came_after(since, proof)
            && !self.device.typed().any(is_between)
    }

    /// Whether a message came on the terminal after a command or an output. There it stands where it came; in the output of `show
    /// logging` it is older than its place.
    fn came_after(&self, message: &Proof, other: &Proof) -> bool {
        let is_logged =
            self.device.capture.seen.get(message.section).is_some_and(|it| it.command == "show logging");
        matches!(message.when, When::Record(_))
            && !is_logged
            && message.place.path == other.place.path
            && message.place.line > other.place.line
    }

    fn section_at(&self, place: &crate::base::Place) -> usize {
        let seen = &self.device.capture.seen;
        seen.iter().rposition(|it| it.place.path == place.path && it.place.line <= place.line).unwrap_or(0)
    }

    fn seen(&self, command: &str) -> Verdict {
        match self.device.outputs(command, usize::MAX).next() {
            Some((section, it)) => {
                let proof = Proof { place: it.place.clone(), section, when: When::State };
                Verdict { symptom: false, ..Verdict::seen(true, vec![proof], Bindings::new()) }
            }
            None => Verdict::bare(Truth::No),
        }
    }

    /// Whether a message may be of the era that the rule is about. A success is one in either.
    fn is_of_era(&self, record: &Record) -> bool {
        self.since.is_some()
            || self.of_era.is_none_or(|era| record.era_of_peer().is_none_or(|told| told == era))
    }

    /// Where only what is newer counts, a true outcome that is not newer tells nothing.
    fn newer(&self, verdict: Verdict) -> Verdict {
        let Some(since) = self.since else { return verdict };
        let newest = verdict.newest(self.device);
        let is_newer = newest.is_some_and(|newest| self.device.is_after(newest, since) == Some(true));
        if verdict.truth == Truth::Yes && !is_newer { Verdict::unknown(None) } else { verdict }
    }
}

/// The one era outside of which a rule does not apply.
fn only_era(applies: &Condition) -> Option<Era> {
    match applies {
        Condition::Era(eras) => match eras.as_slice() {
            [era] => Some(*era),
            _ => None,
        },
        Condition::All(parts) => parts.iter().find_map(only_era),
        _ => None,
    }
}
