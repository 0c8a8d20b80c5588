//! What a word means: a scenario number, a rule or page, a log message in any spelling, a failure reason or a whole log line.

use super::knowledge::{Article, Entry, Knowledge};
use super::wording::{found_in, plain};
use super::{mnemonic, near, speaks};
use crate::rules::Rule;

/// What was found for a word.
#[derive(Debug)]
pub enum Found<'k> {
    /// What is known about it.
    Known(Topic<'k>),
    /// Nothing; the names nearest to the word, nearest first, at most three.
    Near(Vec<String>),
}

/// What is known about a word, in the order in which it is shown.
#[derive(Debug, Default)]
pub struct Topic<'k> {
    /// Failure reasons and log messages.
    pub entries: Vec<&'k Entry>,
    /// Pages in full, each with the rules of its scenario.
    pub pages: Vec<&'k Article>,
    /// Rules in full.
    pub rules: Vec<&'k Rule>,
    /// Scenarios that it may also belong to.
    pub scenarios: Vec<u8>,
    /// Rules that also ask for it.
    pub also: Vec<&'k Rule>,
    /// Pages that speak of it.
    pub mentions: Vec<&'k Article>,
}

/// Looks a word up: as a scenario number (`3`, `#3`), then as the id of a rule or page, then as a log message
/// (`%SMART_LIC-3-COMM_FAILED`, `COMM_FAILED`, a whole line), then as a failure reason, words of a title, or of a page.
pub fn find<'k>(word: &str, rules: &[&'k Rule], knowledge: &'k Knowledge) -> Found<'k> {
    let search = Search { word: word.trim(), rules, knowledge };
    let looks =
        [Search::number, Search::id, Search::reason, Search::message, Search::words, Search::mentions];
    let found = looks.iter().find_map(|look| look(&search));
    found.map_or_else(|| Found::Near(near::names(search.word, rules, knowledge)), Found::Known)
}

struct Search<'s, 'k> {
    word: &'s str,
    rules: &'s [&'k Rule],
    knowledge: &'k Knowledge,
}

impl<'k> Search<'_, 'k> {
    fn number(&self) -> Option<Topic<'k>> {
        let number: u8 = self.word.trim_start_matches('#').parse().ok()?;
        match self.knowledge.scenario(number) {
            Some(page) => Some(Topic { pages: vec![page], ..Topic::default() }),
            None => some_rules(self.having(|rule| rule.scenario == Some(number))),
        }
    }

    fn id(&self) -> Option<Topic<'k>> {
        let rules = self.having(|rule| rule.id.eq_ignore_ascii_case(self.word));
        let page = || self.knowledge.page(self.word);
        some_rules(rules).or_else(|| Some(Topic { pages: vec![page()?], ..Topic::default() }))
    }

    /// A failure reason, alone or at the end of a log line; the message of the line is shown behind it.
    fn reason(&self) -> Option<Topic<'k>> {
        let reasons = self.longest(&self.knowledge.reasons);
        let rules = self.having(|rule| speaks::of(rule, self.word));
        let best = reasons.first()?;
        let mut topic = self.topic(best.scenarios.clone(), rules);
        topic.entries = reasons;
        topic.entries.extend(self.named(&|name| mnemonic::stands_in(self.word, name)));
        Some(topic)
    }

    fn message(&self) -> Option<Topic<'k>> {
        let is = |name: &str| mnemonic::is(self.word, name) || mnemonic::stands_in(self.word, name);
        let mut entries = self.named(&is);
        if entries.is_empty() && is_sentence(self.word) {
            entries = self.longest(&self.knowledge.messages);
        }
        let scenarios = entries.iter().flat_map(|entry| entry.scenarios.clone()).collect();
        let rules = self.having(|rule| rule.log_names().iter().any(|name| is(name)));
        if entries.is_empty() {
            return some_rules(rules);
        }
        let topic = self.topic(scenarios, rules);
        Some(Topic { entries, ..topic })
    }

    /// A pattern of a rule, or words of a title.
    fn words(&self) -> Option<Topic<'k>> {
        let word = self.word.to_lowercase();
        // A letter or two would mean half of all.
        if word.len() < 4 {
            return None;
        }
        let holds = |title: &str| title.to_lowercase().contains(&word);
        let pages: Vec<&Article> = self.knowledge.pages.iter().filter(|page| holds(&page.title)).collect();
        let is_shown =
            |rule: &Rule| pages.iter().any(|page| page.scenario.is_some() && page.scenario == rule.scenario);
        let rules =
            self.having(|rule| (holds(&rule.title) || speaks::of(rule, self.word)) && !is_shown(rule));
        match pages.len() + rules.len() {
            0 => None,
            1..=2 => Some(Topic { pages, rules, ..Topic::default() }),
            _ => Some(Topic { mentions: pages, also: rules, ..Topic::default() }),
        }
    }

    /// Pages in whose text the words stand: a bug id, a command, a release.
    fn mentions(&self) -> Option<Topic<'k>> {
        let mentions: Vec<&Article> =
            self.knowledge.pages.iter().filter(|page| page.mentions(self.word)).collect();
        // A word of every page says nothing.
        let is_telling = self.word.len() >= 3 && mentions.len() <= MOST_MENTIONS;
        match mentions.as_slice() {
            [] => None,
            [page] if is_telling => Some(Topic { pages: vec![*page], ..Topic::default() }),
            _ => is_telling.then(|| Topic { mentions, ..Topic::default() }),
        }
    }

    /// The scenario in full where there is one likeliest, the others by name.
    fn topic(&self, mut scenarios: Vec<u8>, rules: Vec<&'k Rule>) -> Topic<'k> {
        scenarios.dedup();
        let is_one = scenarios.len() == 1 || (!scenarios.is_empty() && scenarios.len() <= MOST_IN_FULL);
        let first = if is_one { Some(scenarios.remove(0)) } else { None };
        let is_shown =
            |rule: &Rule| rule.scenario.is_some_and(|it| Some(it) == first || scenarios.contains(&it));
        let also: Vec<&Rule> = rules.into_iter().filter(|rule| !is_shown(rule)).collect();
        let pages: Vec<&Article> =
            first.and_then(|number| self.knowledge.scenario(number)).into_iter().collect();
        Topic { pages, scenarios, also, ..Topic::default() }
    }

    fn having(&self, holds: impl Fn(&Rule) -> bool) -> Vec<&'k Rule> {
        let mut rules: Vec<&Rule> = self.rules.iter().copied().filter(|rule| holds(rule)).collect();
        rules.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), &*rule.id));
        rules
    }

    fn named(&self, is: &dyn Fn(&str) -> bool) -> Vec<&'k Entry> {
        self.knowledge.messages.iter().filter(|entry| entry.names.iter().any(|name| is(name))).collect()
    }

    /// The entries whose text makes up the most of the word: several where the same text means several things.
    fn longest(&self, entries: &'k [Entry]) -> Vec<&'k Entry> {
        let pasted = plain(self.word);
        let length = |entry: &Entry| entry.texts.iter().filter_map(|text| fits(entry, text, &pasted)).max();
        let fitting: Vec<(usize, &Entry)> =
            entries.iter().filter_map(|entry| Some((length(entry)?, entry))).collect();
        let most = fitting.iter().map(|(length, _)| *length).max();
        let best = fitting.into_iter().filter(|(length, _)| Some(*length) == most);
        with_peer(best.map(|(_, entry)| entry).collect(), &pasted)
    }
}

/// Letters of a text that say enough to know it by.
const LEAST: usize = 6;

/// Pages that may speak of a word.
const MOST_MENTIONS: usize = 16;

/// Scenarios of one text up to which the first is shown in full.
const MOST_IN_FULL: usize = 3;

fn some_rules(rules: Vec<&Rule>) -> Option<Topic<'_>> {
    (!rules.is_empty()).then(|| Topic { rules, ..Topic::default() })
}

fn is_sentence(word: &str) -> bool {
    word.split_whitespace().count() > 1
}

/// Where the line names a peer that gives the text another meaning, that meaning alone.
fn with_peer<'k>(entries: Vec<&'k Entry>, pasted: &str) -> Vec<&'k Entry> {
    let is_named =
        |entry: &&Entry| entry.peer.as_ref().is_some_and(|peer| pasted.contains(&peer.to_lowercase()));
    let named: Vec<&Entry> = entries.iter().copied().filter(is_named).collect();
    if named.is_empty() { entries } else { named }
}

/// How well a text of an entry fits what was pasted: it stands in it, or, shorter, it is the beginning of it.
fn fits(entry: &Entry, text: &str, pasted: &str) -> Option<usize> {
    let known = plain(text);
    let names_peer = pasted.contains("failure with");
    if names_peer && entry.peer.as_ref().is_some_and(|peer| !pasted.contains(&peer.to_lowercase())) {
        return None;
    }
    if entry.whole {
        let behind = bare(pasted).strip_prefix(known.as_str());
        let is_all =
            behind.is_some_and(|it| it.is_empty() || it.starts_with(" on ") || it.starts_with(" as of "));
        return is_all.then_some(known.len());
    }
    let is_begun = is_sentence(pasted) && pasted.len() >= LEAST && known.contains(pasted);
    found_in(&known, pasted).filter(|length| *length >= LEAST).or_else(|| is_begun.then_some(pasted.len()))
}

/// What stands behind the name of a field.
fn bare(pasted: &str) -> &str {
    let fields = ["failure reason: ", "status: ", "last response: ", "overall state: "];
    fields.iter().find_map(|field| pasted.strip_prefix(field)).unwrap_or(pasted)
}
