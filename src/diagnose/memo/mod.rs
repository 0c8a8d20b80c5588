//! Of a fleet most devices show most rules the same. What such a rule says is worked out once, unless it is a finding: that has
//! lines of its device.
//!
//! What a rule says where it finds nothing is a function of what its conditions look at (`LooksAt`): the readings of facts with
//! their sections, which outputs were seen, typed commands, lines of the configuration, what messages say. It does not depend on
//! their places, which only findings show. A rule that looks at more than that on a device (events, the time of the capture, how
//! often a message came) is judged on that device.

mod aspects;
mod lines;
mod literals;
mod messages;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::device::Device;
use super::examine::{Outcome, examine};
use crate::rules::{LooksAt, Rule, RuleSet};
use aspects::{Aspects, NOTHING, Shown};

/// So many devices are judged without a memo: most runs have one device, and making a memo costs about as much as judging three.
const FEW: usize = 4;

/// So many outcomes of a rule are kept. More do not change what comes out, only what it costs.
const MOST_OUTCOMES: usize = 512;

/// Outcomes of rules by what the rules look at.
#[derive(Default)]
pub(super) struct Memo {
    /// How many devices asked.
    asked: AtomicUsize,
    kept: OnceLock<Kept>,
}

struct Kept {
    aspects: Aspects,
    by_rule: Vec<Known>,
}

/// What is known of a rule.
struct Known {
    /// The aspects that it looks at.
    looks_at: Vec<usize>,
    /// Those that it compares with the time of the capture.
    dated: Vec<usize>,
    /// Messages of which more counts than what they say.
    counted: Vec<String>,
    events: bool,
    fills_lines: bool,
    outcomes: RwLock<HashMap<Box<[u32]>, Outcome>>,
}

impl Memo {
    /// What comes of each rule, with its id, in order. All calls are for the same rules.
    pub(super) fn outcomes<'r>(&self, device: &Device, rules: &'r RuleSet) -> Vec<(&'r Arc<str>, Outcome)> {
        let rules = rules.rules();
        if self.asked.fetch_add(1, Ordering::Relaxed) < FEW {
            return rules.iter().map(|rule| (&rule.id, examine(rule, device))).collect();
        }
        let looks_at = || rules.iter().map(Rule::looks_at);
        let kept = self.kept.get_or_init(|| Kept::of(looks_at()));
        let shown = kept.aspects.shown_by(device);
        let mut key = Vec::new();
        let outcome = |(rule, known): (&'r Rule, &Known)| {
            let is_known = known.spell(device, &shown, &mut key);
            let outcome = is_known.then(|| known.outcome(&key)).flatten().unwrap_or_else(|| {
                let outcome = examine(rule, device);
                if is_known {
                    known.keep(&key, &outcome);
                }
                outcome
            });
            (&rule.id, outcome)
        };
        rules.iter().zip(&kept.by_rule).map(outcome).collect()
    }
}

impl Kept {
    fn of<'r>(rules: impl Iterator<Item = &'r LooksAt> + Clone) -> Self {
        let aspects = Aspects::of(rules.clone());
        let by_rule = rules.map(|it| Known::of(it, &aspects)).collect();
        Self { aspects, by_rule }
    }
}

impl Known {
    fn of(looks_at: &LooksAt, aspects: &Aspects) -> Self {
        let mut all = vec![aspects.setting];
        all.extend(looks_at.typed.then_some(aspects.typed));
        all.extend(aspects.of_keys(&looks_at.keys));
        all.extend(aspects.of_blocks(&looks_at.keys));
        all.extend(aspects.of_denials(&looks_at.keys));
        all.extend(aspects.of_lines(&looks_at.lines));
        all.extend(aspects.of_logs(&looks_at.logs));
        Self {
            looks_at: all,
            dated: aspects.of_keys(&looks_at.dated),
            counted: looks_at.counted.iter().cloned().collect(),
            events: looks_at.events,
            fills_lines: looks_at.fills_lines,
            outcomes: RwLock::default(),
        }
    }

    /// Puts into `key` what the rule sees of a device. False where it sees more than is written there.
    fn spell(&self, device: &Device, shown: &Shown, key: &mut Vec<u32>) -> bool {
        let is_dated = self.dated.iter().any(|at| shown.number(*at) != Some(NOTHING));
        if is_dated
            || (self.events && !device.capture.events.is_empty())
            || (self.fills_lines && !device.capture.configs.is_empty())
            || self.counted.iter().any(|name| device.has_records(name))
        {
            return false;
        }
        key.clear();
        key.extend(self.looks_at.iter().map_while(|at| shown.number(*at)));
        key.len() == self.looks_at.len()
    }

    fn outcome(&self, key: &[u32]) -> Option<Outcome> {
        self.outcomes.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: &[u32], outcome: &Outcome) {
        let mut outcomes = self.outcomes.write().unwrap_or_else(PoisonError::into_inner);
        if !matches!(outcome, Outcome::Found(_)) && outcomes.len() < MOST_OUTCOMES {
            outcomes.insert(key.into(), outcome.clone());
        }
    }
}
