//! What the conditions of a rule look at: by this alone it says of two devices the same, where it makes no finding.

use std::collections::{BTreeMap, BTreeSet};

use super::Pattern;
use super::condition::{Condition, FactTest, Instant, LogTest, Test};
use super::rule::Rule;
use crate::facts::key;

/// What the conditions look at by which a rule fires or not: `applies`, `when` and `unless`.
#[derive(Clone, Debug, Default)]
pub struct LooksAt {
    /// Blocks of the fact keys of `when`: the keys without their last segment.
    pub blocks: BTreeSet<String>,
    /// Fact keys, `*` for any one segment.
    pub keys: BTreeSet<String>,
    /// Those among them that are compared with the time of the capture.
    pub dated: BTreeSet<String>,
    /// Tests of log messages, by their names and pattern.
    pub logs: BTreeMap<String, LogTest>,
    /// Messages of which more counts than what they say: how often they came, when, and beside which others.
    pub counted: BTreeSet<String>,
    /// Whether it asks for licensing events.
    pub events: bool,
    /// Whether it asks for typed commands.
    pub typed: bool,
    /// Patterns that are searched in the lines of a configuration, by their text.
    pub lines: BTreeMap<String, Pattern>,
    /// Whether one of them has slots: then it is searched in no line until they are filled.
    pub fills_lines: bool,
}

impl LooksAt {
    pub(super) fn of(rule: &Rule) -> Self {
        let mut symptoms = Self::default();
        symptoms.add(&rule.when);
        let mut all = Self {
            blocks: symptoms.keys.iter().map(|key| key::block(key).to_owned()).collect(),
            ..Self::default()
        };
        for condition in [Some(&rule.when), rule.applies.as_ref(), rule.unless.as_ref()].into_iter().flatten()
        {
            all.add(condition);
        }
        all
    }

    fn add(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                for part in parts {
                    self.add(part);
                }
            }
            Condition::Not(part) => self.add(part),
            Condition::Fact(test) => {
                self.keys.insert(test.key.clone());
                self.add_tests(test, &test.key);
            }
            Condition::List(test) => {
                self.keys.insert(test.list.clone());
                self.add_fields(&test.list, &test.condition);
            }
            Condition::Log(test) => self.add_log(test),
            Condition::Event(_) => self.events = true,
            Condition::Typed(_) => self.typed = true,
            Condition::Config(test) => {
                self.fills_lines |= test.line.slots().next().is_some();
                self.lines.insert(test.line.as_str().to_owned(), test.line.clone());
            }
            Condition::Era(_) | Condition::Seen(_) => {}
        }
    }

    /// Inside `where` a key names a field of the list's elements.
    fn add_fields(&mut self, list: &str, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                for part in parts {
                    self.add_fields(list, part);
                }
            }
            Condition::Not(part) => self.add_fields(list, part),
            Condition::Fact(test) if !test.key.contains('*') => self.add_tests(test, list),
            other => self.add(other),
        }
    }

    /// What a value that is found under `key` is compared with.
    fn add_tests(&mut self, test: &FactTest, key: &str) {
        for part in &test.tests {
            let instant = match part {
                Test::Same(other, _) => {
                    self.keys.insert(other.clone());
                    continue;
                }
                Test::Before(instant) | Test::After(instant) | Test::Gap { from: instant, .. } => instant,
                Test::Within(_) => &Instant::Now,
                Test::OneOf(_)
                | Test::Matches(_)
                | Test::Exists(_)
                | Test::Length(_)
                | Test::Number(..)
                | Test::Release(_) => continue,
            };
            match instant {
                Instant::Now => self.dated.insert(key.to_owned()),
                Instant::Fact(other) => self.keys.insert(other.clone()),
            };
        }
    }

    fn add_log(&mut self, test: &LogTest) {
        if test.count > 1 || test.within.is_some() || !test.neighbours.is_empty() || test.is_open() {
            // Without one of these nobody looks for others beside it.
            self.counted.extend(test.names.iter().cloned());
        } else {
            self.logs.insert(format!("{:?} {:?}", test.names, test.text), test.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::RuleSet;

    #[test]
    fn of_built_in_rules() {
        let rules = RuleSet::builtin();
        let of = |id: &str| rules.get(id).unwrap().looks_at();
        assert!(of("trust-code-expiring").dated.contains("license.trust.members"));
        assert!(!of("registration-not-saved").counted.is_empty() && of("eval-mode").counted.is_empty());
        assert!(of("license-transport-typo").typed && !of("dns-lookup-disabled").lines.is_empty());
        assert!(of("clock-before-image-build").keys.contains("device.image_built"));
    }
}
