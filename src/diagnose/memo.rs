//! Of a thousand devices known by a few log messages each, most rules say the same: they look at nothing that the device
//! shows. What such a rule says is worked out once.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::device::Device;
use super::examine::{Outcome, examine};
use crate::facts::key::is_like;
use crate::rules::{Rule, RuleSet};

/// Outcomes of rules that found nothing to look at, by what else decides them.
pub(super) struct Memo {
    by_rule: Vec<Mutex<HashMap<String, Outcome>>>,
}

impl Memo {
    /// An empty memo for these rules.
    pub(super) fn new(rules: &RuleSet) -> Self {
        Self { by_rule: rules.rules().iter().map(|_| Mutex::default()).collect() }
    }

    /// What comes of each rule, with its id, in order.
    pub(super) fn outcomes<'r>(&self, device: &Device, rules: &'r RuleSet) -> Vec<(&'r str, Outcome)> {
        let setting = setting(device);
        let outcome = |(rule, known): (&'r Rule, &Mutex<HashMap<String, Outcome>>)| {
            let Some(setting) = setting.as_ref().filter(|_| shows_nothing_of(device, rule)) else {
                return (rule.id.as_str(), examine(rule, device));
            };
            let find = || known.lock().unwrap_or_else(PoisonError::into_inner).get(setting).cloned();
            let outcome = find().unwrap_or_else(|| {
                let outcome = examine(rule, device);
                // A finding has lines of this device.
                if !matches!(outcome, Outcome::Found(_)) {
                    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
                    known.insert(setting.clone(), outcome.clone());
                }
                outcome
            });
            (rule.id.as_str(), outcome)
        };
        rules.rules().iter().zip(&self.by_rule).map(outcome).collect()
    }
}

/// What decides a rule that looks at nothing of the device: its era, and which outputs were seen. `None` for a device that
/// shows more than messages and facts.
fn setting(device: &Device) -> Option<String> {
    let capture = &device.capture;
    let is_plain = capture.configs.is_empty() && capture.typed.is_empty() && capture.events.is_empty();
    is_plain.then(|| {
        let seen: BTreeSet<(&str, _)> =
            capture.seen.iter().map(|it| (it.command.as_str(), format!("{:?}", it.wholeness))).collect();
        format!("{} {} {seen:?}", device.era.name(), device.now.is_some())
    })
}

fn shows_nothing_of(device: &Device, rule: &Rule) -> bool {
    let looks_at = rule.looks_at();
    let is_looked_at = |name: &str| {
        looks_at.keys.contains(name)
            || looks_at.keys.iter().any(|key| key.contains('*') && is_like(key, name))
    };
    !looks_at.messages.iter().any(|name| device.records.contains_key(name))
        && !device.capture.facts.iter().any(|(name, _)| is_looked_at(name))
}
