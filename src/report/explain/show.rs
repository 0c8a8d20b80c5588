//! What is known about a word, as text: failure reasons and messages first, then pages in full, then names to go on with.

use super::body;
use super::find::Topic;
use super::knowledge::{Article, Entry, Knowledge};
use super::step::{self, Shown};
use super::{joined, rule};
use crate::report::Style;
use crate::report::text::{Page, Tone, label};
use crate::rules::Rule;

/// Everything that a topic holds.
pub fn topic(topic: &Topic<'_>, rules: &[&Rule], knowledge: &Knowledge, style: &Style) -> String {
    let mut text = Page::new(style);
    let mut is_first = true;
    let mut part = |text: &mut Page<'_>| {
        if !std::mem::take(&mut is_first) {
            text.gap();
        }
    };
    // Behind a reason the message needs no steps: its first one would be to ask for the reason.
    let has_reason = topic.entries.iter().any(|it| !it.is_message());
    for it in &topic.entries {
        part(&mut text);
        entry(&mut text, it);
        if !(has_reason && it.is_message()) {
            entry_steps(&mut text, it);
        }
    }
    for it in &topic.pages {
        part(&mut text);
        let rules: Vec<&Rule> = rules
            .iter()
            .copied()
            .filter(|rule| it.scenario.is_some() && rule.scenario == it.scenario)
            .collect();
        article(&mut text, it, &rules, knowledge);
    }
    for it in &topic.rules {
        part(&mut text);
        rule(&mut text, it);
    }
    if !topic.scenarios.is_empty() || !topic.also.is_empty() {
        part(&mut text);
        further(&mut text, topic, knowledge);
    }
    if !topic.mentions.is_empty() {
        part(&mut text);
        mentions(&mut text, &topic.mentions);
    }
    text.finish()
}

/// A failure reason or message.
fn entry(page: &mut Page<'_>, entry: &Entry) {
    let printed = entry.texts.first().map_or("", String::as_str);
    let names = entry.names.join(", ");
    let is_message = entry.is_message();
    let head = if is_message { ("Message", names.as_str()) } else { ("Reason", printed) };
    page.hanging(0, (Tone::Uneasy, head.0), Tone::Strong, head.1);
    if is_message && !printed.is_empty() {
        page.paragraph(2, Tone::Faint, printed);
    }
    if !is_message {
        for other in entry.texts.iter().skip(1) {
            page.hanging(2, (Tone::Faint, "also:"), Tone::Faint, other);
        }
    }
    page.gap();
    page.prose(2, &entry.means);
    era(page, 2, &entry.era, entry.unverified.as_deref());
}

fn entry_steps(page: &mut Page<'_>, entry: &Entry) {
    if entry.steps.is_empty() {
        return;
    }
    page.gap();
    page.line(2, &[(Tone::Strong, "What to do")]);
    for (number, (text, commands)) in entry.steps.iter().enumerate() {
        let number = format!("{}.", number + 1);
        page.hanging(2, (Tone::Plain, &number), Tone::Plain, &body::effect(text));
        for command in commands {
            page.command(5, command);
        }
    }
}

fn era(page: &mut Page<'_>, indent: usize, era: &str, unverified: Option<&str>) {
    let words = match era {
        "classic" => "Era: classic Smart Licensing (IOS XE to 17.3.1; ASA and others still)",
        "policy" => "Era: Smart Licensing Using Policy (IOS XE from 17.3.2)",
        _ => "Era: classic Smart Licensing and Smart Licensing Using Policy",
    };
    page.paragraph(indent, Tone::Faint, words);
    if let Some(words) = unverified {
        page.paragraph(indent, Tone::Faint, &format!("Not verified: {words}"));
    }
}

/// A page. Where rules carry its scenario, their explanation and steps stand in place of its own.
fn article(page: &mut Page<'_>, article: &Article, rules: &[&Rule], knowledge: &Knowledge) {
    let head = article.scenario.map_or_else(|| article.id.clone(), |number| format!("#{number}"));
    page.hanging(0, (Tone::Strong, &head), Tone::Strong, &article.title);
    era(page, 0, &article.era, article.unverified.as_deref());
    shows_as(page, article, knowledge);
    for (number, (heading, text)) in article.sections.iter().enumerate() {
        if number == 1 {
            carried(page, rules);
        }
        if rules.is_empty() || !CARRIED.contains(&heading.as_str()) {
            page.gap();
            page.line(0, &[(Tone::Strong, heading)]);
            body::write(page, 2, text);
        }
    }
    if article.sections.len() == 1 {
        carried(page, rules);
    }
    references(page, article, rules);
    see(page, article, rules);
}

/// Sections that say what the rules of a scenario say.
pub const CARRIED: &[&str] = &["Why it happens", HOW];

/// Heading of the steps.
const HOW: &str = "How to settle it";

/// What the rules of a scenario explain, and their steps: once below all of them where they share some.
fn carried(page: &mut Page<'_>, rules: &[&Rule]) {
    let joined = joined::steps(rules);
    for rule in rules {
        page.gap();
        let head = format!("{}: {}", rule.id, rule.title);
        page.hanging(0, (Tone::of(rule.severity), rule.severity.name()), Tone::Strong, &head);
        page.prose(2, &rule.explain);
        if joined.is_none() {
            step::write(page, HOW, rule.next_steps.iter().map(Shown::of));
        }
    }
    step::write(page, HOW, joined.unwrap_or_default());
}

/// How the scenario shows itself: its failure reasons and messages.
fn shows_as(page: &mut Page<'_>, article: &Article, knowledge: &Knowledge) {
    let Some(number) = article.scenario else { return };
    let is_here = |entry: &&Entry| entry.scenarios.contains(&number);
    let is_first = |entry: &&Entry| entry.scenarios.first() == Some(&number);
    let reasons: Vec<&str> = knowledge
        .reasons
        .iter()
        .filter(is_first)
        .filter_map(|it| it.texts.first())
        .map(String::as_str)
        .collect();
    let messages: Vec<&str> =
        knowledge.messages.iter().filter(is_here).flat_map(|it| &it.names).map(String::as_str).collect();
    if reasons.is_empty() && messages.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "Shows as")]);
    for reason in reasons {
        page.hanging(2, (Tone::Plain, "-"), Tone::Plain, reason);
    }
    if !messages.is_empty() {
        page.items(2, "Messages:", &messages);
    }
}

fn references(page: &mut Page<'_>, article: &Article, rules: &[&Rule]) {
    let own = article.references.iter().map(|(title, url)| (title.as_str(), url.as_deref()));
    let theirs = rules.iter().flat_map(|rule| rule.references.iter());
    let mut shown: Vec<(&str, Option<&str>)> = Vec::new();
    for reference in own.chain(theirs.map(|it| (it.title.as_str(), it.url.as_deref()))) {
        if !shown.iter().any(|it| it.0 == reference.0) {
            shown.push(reference);
        }
    }
    super::references(page, &shown);
}

fn see(page: &mut Page<'_>, article: &Article, rules: &[&Rule]) {
    if !article.see.is_empty() {
        page.gap();
        let words: Vec<String> = article.see.iter().map(|it| format!("sldiag explain {it}")).collect();
        page.items(0, "See also:", &words);
    }
    if !rules.is_empty() {
        page.gap();
        let words: Vec<String> = rules.iter().map(|it| format!("sldiag explain {}", it.id)).collect();
        page.items(0, "How it is found:", &words);
    }
}

/// Scenarios and rules to go on with.
fn further(page: &mut Page<'_>, topic: &Topic<'_>, knowledge: &Knowledge) {
    let is_all = topic.pages.is_empty() && !topic.scenarios.is_empty();
    let heading = match (is_all, topic.mentions.is_empty()) {
        (true, _) => "What it may be; sldiag explain NUMBER tells more",
        (false, true) => "It may also be",
        (false, false) => "Rules that speak of it",
    };
    page.line(0, &[(Tone::Strong, heading)]);
    for number in &topic.scenarios {
        let title = knowledge.scenario(*number).map_or("", |page| page.title.as_str());
        page.hanging(2, (Tone::Strong, &format!("#{number:<2}")), Tone::Plain, title);
    }
    also(page, &topic.also);
}

/// Rules that ask for it too. A message that half of all rules read would fill the screen: then names alone.
fn also(page: &mut Page<'_>, rules: &[&Rule]) {
    if rules.len() > MOST_TITLES {
        let ids: Vec<&str> = rules.iter().map(|rule| &*rule.id).collect();
        return page.items(2, "Rules:", &ids);
    }
    for rule in rules {
        let head = label(rule.scenario, &rule.id);
        page.hanging(2, (Tone::Strong, &head), Tone::Plain, &rule.title);
    }
}

/// Rules that are listed with their titles.
const MOST_TITLES: usize = 4;

fn mentions(page: &mut Page<'_>, pages: &[&Article]) {
    page.line(0, &[(Tone::Strong, "Pages that speak of it; sldiag explain NAME shows one")]);
    for article in pages {
        let name = article.scenario.map_or_else(|| article.id.clone(), |number| number.to_string());
        page.hanging(2, (Tone::Strong, &name), Tone::Plain, &article.title);
    }
}
