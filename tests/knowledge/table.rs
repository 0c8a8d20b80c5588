//! `docs/KNOWLEDGE.md`: rows of the guide and of the catalogues, and what carries each.

use std::fmt::Write;

use sldiag::report::explain::knowledge::{Article, Entry, Knowledge};
use sldiag::rules::Rule;

pub(crate) const GUIDE: &str = include_str!("guide.txt");
pub(crate) const CONFIGURATION: &str = include_str!("configuration.txt");
const PLANNED: &str = include_str!("planned.txt");

/// A fact with the rules and pages that carry it.
pub(crate) struct Row {
    pub(crate) section: &'static str,
    pub(crate) fact: &'static str,
    pub(crate) carriers: Vec<&'static str>,
}

/// The rows of a list of facts. A line without carriers gives a row without.
pub(crate) fn rows(list: &'static str) -> Vec<Row> {
    let mut section = "";
    let mut rows = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        } else {
            let (fact, carriers) = line.split_once(" | ").unwrap_or((line, ""));
            rows.push(Row { section, fact, carriers: carriers.split_whitespace().collect() });
        }
    }
    rows
}

/// Whether a rule may still be missing.
pub(crate) fn is_planned(id: &str) -> bool {
    PLANNED.lines().any(|line| line == id)
}

/// The whole document.
pub(crate) fn write(rules: &[&Rule], knowledge: &Knowledge) -> String {
    let mut text = String::from(HEAD);
    facts(&mut text, "The guide", GUIDE, rules);
    scenarios(&mut text, rules, knowledge);
    messages(&mut text, rules, knowledge);
    reasons(&mut text, rules, knowledge);
    facts(&mut text, "Configuration", CONFIGURATION, rules);
    background(&mut text, knowledge);
    text
}

const HEAD: &str = "# What sldiag knows, and where\n
Written by `tests/knowledge.rs` from the rules, `knowledge/` and the lists in `tests/knowledge/`; rewrite it with
`SNAPSHOTS=overwrite cargo test --test knowledge`. A rule diagnoses, a page explains: `sldiag explain NAME` shows either, and
`sldiag explain N` the page of scenario N with its rules. Wordings marked \u{2020} could not be verified and are matched loosely.\n";

fn facts(text: &mut String, heading: &str, list: &'static str, rules: &[&Rule]) {
    let _ = write!(text, "\n## {heading}\n");
    let mut section = "";
    for row in rows(list) {
        if row.section != section {
            section = row.section;
            let _ = write!(text, "\n### {section}\n\n| fact | carried by |\n|---|---|\n");
        }
        let carriers: Vec<String> = row.carriers.iter().map(|it| carrier(it, rules)).collect();
        let _ = writeln!(text, "| {} | {} |", row.fact, carriers.join(", "));
    }
}

fn carrier(written: &str, rules: &[&Rule]) -> String {
    match written.split_once(':') {
        Some(("rule", id)) if rules.iter().any(|rule| *rule.id == *id) => format!("rule `{id}`"),
        Some(("rule", id)) => format!("rule `{id}` (planned)"),
        Some((kind, id)) => format!("{kind} `{id}`"),
        None => String::new(),
    }
}

fn scenarios(text: &mut String, rules: &[&Rule], knowledge: &Knowledge) {
    text.push_str("\n## Scenarios\n\n| # | title | era | rules | page |\n|---|---|---|---|---|\n");
    for page in knowledge.pages.iter().filter(|page| page.scenario.is_some()) {
        let Article { id, title, era, scenario, .. } = page;
        let number = scenario.unwrap_or_default();
        let rules = of_scenarios(&[number], rules).unwrap_or_else(|| "\u{2013}".to_owned());
        let _ = writeln!(
            text,
            "| {number} | {}{} | {era} | {rules} | `{id}` |",
            escape(title),
            dagger(page.unverified.as_ref())
        );
    }
}

fn messages(text: &mut String, rules: &[&Rule], knowledge: &Knowledge) {
    text.push_str(
        "\n## Log messages\n\n| message | era | scenarios | rules that read it |\n|---|---|---|---|\n",
    );
    for entry in &knowledge.messages {
        for name in &entry.names {
            let reading = rules.iter().filter(|rule| rule.log_names().contains(name.as_str()));
            let reading: Vec<String> = reading.map(|rule| format!("`{}`", rule.id)).collect();
            let reading =
                if reading.is_empty() { "page of the message".to_owned() } else { reading.join(", ") };
            let dagger = dagger(entry.unverified.as_ref());
            let _ = writeln!(text, "| `{name}`{dagger} | {} | {} | {reading} |", entry.era, numbers(entry));
        }
    }
}

fn reasons(text: &mut String, rules: &[&Rule], knowledge: &Knowledge) {
    text.push_str("\n## Failure reasons, responses and states\n\n| row | text | era | scenarios | carried by |\n|---|---|---|---|---|\n");
    for entry in &knowledge.reasons {
        let printed = entry.texts.first().map_or("", String::as_str);
        let carried = of_scenarios(&entry.scenarios, rules);
        let carried = carried.unwrap_or_else(|| "page of the reason".to_owned());
        let dagger = dagger(entry.unverified.as_ref());
        let names = entry.names.join(" ");
        let _ = writeln!(
            text,
            "| {names} | {}{dagger} | {} | {} | {carried} |",
            escape(printed),
            entry.era,
            numbers(entry)
        );
    }
}

fn background(text: &mut String, knowledge: &Knowledge) {
    text.push_str("\n## Background pages\n\n| page | title |\n|---|---|\n");
    for page in knowledge.pages.iter().filter(|page| page.scenario.is_none()) {
        let _ = writeln!(text, "| `{}` | {} |", page.id, escape(&page.title));
    }
}

fn of_scenarios(numbers: &[u8], rules: &[&Rule]) -> Option<String> {
    let carries = |rule: &&&Rule| rule.scenario.is_some_and(|number| numbers.contains(&number));
    let ids: Vec<String> = rules.iter().filter(carries).map(|rule| format!("`{}`", rule.id)).collect();
    let pages: Vec<String> = numbers.iter().map(|number| format!("`scenario-{number:02}`")).collect();
    let all: Vec<String> = ids.into_iter().chain(pages).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn numbers(entry: &Entry) -> String {
    let numbers: Vec<String> = entry.scenarios.iter().map(ToString::to_string).collect();
    if numbers.is_empty() { "\u{2013}".to_owned() } else { numbers.join(", ") }
}

fn dagger(unverified: Option<&String>) -> &'static str {
    if unverified.is_some() { " \u{2020}" } else { "" }
}

/// Text of a device in a table cell.
fn escape(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
