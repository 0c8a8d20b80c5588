//! Which rules a word means: a scenario number, a rule id, a syslog mnemonic, or words of a failure reason.

use crate::rules::condition::{FactTest, LogTest, Test};
use crate::rules::{Bindings, Condition, Rule};

/// What was found for a word.
#[derive(Debug)]
pub enum Found<'r> {
    /// These rules, by id.
    Rules(Vec<&'r Rule>),
    /// None; the ids nearest to the word, nearest first, at most three.
    Near(Vec<&'r str>),
}

/// Looks a word up: first as a scenario number (`3`, `#3`), then as a rule id, then as a mnemonic
/// (`%SMART_LIC-3-COMM_FAILED`, `SMART_LIC-COMM_FAILED`, `COMM_FAILED`), then as a failure reason or words of a title.
pub fn find<'r>(word: &str, rules: &[&'r Rule]) -> Found<'r> {
    let word = word.trim();
    let looks: [&dyn Fn(&Rule) -> bool; 4] = [
        &|rule| rule.scenario.is_some_and(|number| word.trim_start_matches('#').parse() == Ok(number)),
        &|rule| rule.id.eq_ignore_ascii_case(word),
        &|rule| rule.log_names().iter().any(|name| is_mnemonic(word, name)),
        &|rule| speaks_of(rule, word),
    ];
    for look in looks {
        let mut found: Vec<&Rule> = rules.iter().copied().filter(|rule| look(rule)).collect();
        found.sort_by(|a, b| a.id.cmp(&b.id));
        if !found.is_empty() {
            return Found::Rules(found);
        }
    }
    Found::Near(near(word, rules))
}

/// Whether a mnemonic as a log prints it is this `FACILITY-MNEMONIC`.
fn is_mnemonic(word: &str, name: &str) -> bool {
    let word = word.trim_start_matches('%').trim_end_matches(':').to_ascii_uppercase();
    let parts: Vec<&str> = word.split('-').filter(|part| !is_severity(part)).collect();
    let bare = parts.join("-");
    bare == name || name.rsplit('-').next() == Some(bare.as_str())
}

fn is_severity(part: &str) -> bool {
    part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the title holds the words, or a pattern for a failure reason matches them.
fn speaks_of(rule: &Rule, words: &str) -> bool {
    // A letter or two would mean half of the rules.
    words.len() >= 4
        && (rule.title.to_lowercase().contains(&words.to_lowercase()) || matches_words(&rule.when, words))
}

fn matches_words(condition: &Condition, words: &str) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().any(|part| matches_words(part, words))
        }
        Condition::List(test) => matches_words(&test.condition, words),
        Condition::Fact(test) => reason_matches(test, words),
        Condition::Log(test) => log_matches(test, words),
        Condition::Not(_)
        | Condition::Era(_)
        | Condition::Event(_)
        | Condition::Typed(_)
        | Condition::Config(_)
        | Condition::Seen(_) => false,
    }
}

fn reason_matches(test: &FactTest, words: &str) -> bool {
    let is_reason = test.key.ends_with("failure_reason") || test.key.ends_with("last_response");
    is_reason
        && test.tests.iter().any(|test| match test {
            Test::Matches(pattern) => matches!(pattern.search(words, &Bindings::new()), Ok(Some(_))),
            _ => false,
        })
}

fn log_matches(test: &LogTest, words: &str) -> bool {
    let Some(text) = &test.text else { return false };
    matches!(text.search(words, &Bindings::new()), Ok(Some(_)))
}

fn near<'r>(word: &str, rules: &[&'r Rule]) -> Vec<&'r str> {
    let word = word.to_lowercase();
    let mut ranked: Vec<(usize, &str)> = rules
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(&rule.id, &word), rule.id.as_str()))
        .filter(|(distance, id)| *distance <= 1 + word.len() / 3 || id.split('-').any(|part| part == word))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().take(3).map(|(_, id)| id).collect()
}
