//! Names near to a word that nothing is known about.

use super::knowledge::Knowledge;
use super::mnemonic;
use crate::rules::Rule;

/// The names of rules, pages and messages that the word may have meant, nearest first, at most three.
pub(super) fn names(word: &str, rules: &[&Rule], knowledge: &Knowledge) -> Vec<String> {
    let word = word.trim_matches(['%', ':']).to_lowercase();
    // The severity of a message is no part of its name.
    let parts: Vec<&str> = word.split('-').filter(|part| part.len() > 1).collect();
    let bare = parts.join("-");
    let ids = rules.iter().map(|rule| &*rule.id);
    let background = knowledge.pages.iter().filter(|page| page.scenario.is_none());
    let names = ids.chain(background.map(|page| page.id.as_str())).map(|name| (name, name));
    let messages = knowledge.messages.iter().flat_map(|entry| &entry.names);
    let messages = messages.flat_map(|name| [(name.as_str(), name.as_str()), (mnemonic::alone(name), name)]);
    let mut ranked: Vec<(usize, &str)> = names
        .chain(messages)
        .filter_map(|(spelling, name)| Some((distance(&bare, &spelling.to_lowercase())?, name)))
        .collect();
    ranked.sort_unstable();
    // A name that is twice as far as the nearest is another one.
    let most = ranked.first().map_or(0, |(distance, _)| 2 * distance + 1);
    ranked.retain(|(distance, _)| *distance <= most);
    let mut near: Vec<String> = Vec::new();
    for (_, name) in ranked {
        if near.len() < 3 && !near.iter().any(|it| it == name) {
            near.push(name.to_owned());
        }
    }
    near
}

/// How far a spelling is from the word; `None`: too far. One of its words counts as near.
fn distance(word: &str, spelling: &str) -> Option<usize> {
    // The end of a name such as `HTTPC-*` is near to anything short.
    if word.len() < 3 || spelling.len() < 3 {
        return None;
    }
    let distance = strsim::damerau_levenshtein(spelling, word);
    let is_part = spelling.split(['-', '_']).any(|part| part == word);
    (is_part || distance <= 1 + word.len() / 3).then_some(distance)
}
