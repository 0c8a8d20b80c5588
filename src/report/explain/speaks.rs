//! Whether a rule speaks of a text: one of its patterns for failure reasons, messages or events matches it.

use crate::rules::condition::{FactTest, Test};
use crate::rules::{Bindings, Condition, Pattern, Rule};

/// Whether a pattern of the symptoms matches the words.
pub(super) fn of(rule: &Rule, words: &str) -> bool {
    // A letter or two would mean half of the rules.
    words.len() >= 4 && matches_words(&rule.when, words)
}

fn matches_words(condition: &Condition, words: &str) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().any(|part| matches_words(part, words))
        }
        Condition::List(test) => matches_words(&test.condition, words),
        Condition::Fact(test) => reason_matches(test, words),
        Condition::Log(test) => test.text.as_ref().is_some_and(|text| is_found(text, words)),
        Condition::Event(test) => test.text.as_ref().is_some_and(|text| is_found(text, words)),
        Condition::Not(_)
        | Condition::Era(_)
        | Condition::Typed(_)
        | Condition::Config(_)
        | Condition::Seen(_) => false,
    }
}

fn reason_matches(test: &FactTest, words: &str) -> bool {
    let is_reason = test.key.ends_with("failure_reason") || test.key.ends_with("last_response");
    is_reason
        && test.tests.iter().any(|test| match test {
            Test::Matches(pattern) => is_found(pattern, words),
            _ => false,
        })
}

fn is_found(pattern: &Pattern, words: &str) -> bool {
    // A pattern that any text passes, such as `.+`, says nothing about this one.
    let matches = |text: &str| matches!(pattern.search(text, &Bindings::new()), Ok(Some(_)));
    matches(words) && !matches("zz zz")
}
