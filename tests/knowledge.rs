//! What sldiag knows and where: every fact of the guide and every row of the catalogues has a rule or a page, every page holds
//! what a page must, and `docs/KNOWLEDGE.md` says so. Rewrite that file with `SNAPSHOTS=overwrite cargo test --test knowledge`.

#![expect(clippy::panic, reason = "a test fails by panicking")]

#[path = "knowledge/table.rs"]
mod table;

use std::collections::BTreeSet;

use sldiag::report::Style;
use sldiag::report::explain::find::{Found, Topic, find};
use sldiag::report::explain::knowledge::{Article, Entry, Knowledge};
use sldiag::report::explain::{CARRIED, topic};
use sldiag::rules::{Condition, Rule, RuleSet};
use table::{CONFIGURATION, GUIDE, Row, rows};

const MESSAGES: &str = include_str!("knowledge/messages.txt");

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn known<'k>(word: &str, rules: &[&'k Rule], knowledge: &'k Knowledge) -> Topic<'k> {
    match find(word, rules, knowledge) {
        Found::Known(topic) => topic,
        Found::Near(near) => panic!("`{word}` is not known; near: {near:?}"),
    }
}

#[test]
fn the_table_is_current() {
    let rules = RuleSet::builtin();
    let rules: Vec<&Rule> = rules.rules().iter().collect();
    let text = table::write(&rules, &Knowledge::read());
    snapbox::assert_data_eq!(text, snapbox::file!["../docs/KNOWLEDGE.md"].raw());
}

/// The rule for what no rule judges leaves out what the others read, and no more.
#[test]
fn every_message_of_licensing_is_judged_once() {
    let rules = RuleSet::builtin();
    let (open, others): (Vec<&Rule>, Vec<&Rule>) =
        rules.rules().iter().partition(|rule| &*rule.id == "unjudged-licensing-message");
    let Some(Condition::Log(test)) = open.first().map(|rule| &rule.when) else { panic!("no such rule") };
    let names = others.iter().flat_map(|rule| rule.log_names());
    let read: BTreeSet<&str> = names.filter(|name| name.starts_with("SMART_LIC-")).collect();
    let left_out: BTreeSet<&str> = test.except.iter().map(String::as_str).collect();
    assert_eq!(left_out, read);
}

#[test]
fn every_fact_is_carried() {
    let rules = RuleSet::builtin();
    let ids: BTreeSet<&str> = rules.rules().iter().map(|rule| &*rule.id).collect();
    let knowledge = Knowledge::read();
    let mut wrong = Vec::new();
    for Row { section, fact, carriers } in rows(GUIDE).into_iter().chain(rows(CONFIGURATION)) {
        if carriers.is_empty() {
            wrong.push(format!("{section}: nothing carries: {fact}"));
        }
        for carrier in carriers {
            let exists = match carrier.split_once(':') {
                Some(("rule", id)) => ids.contains(id) || table::is_planned(id),
                Some(("page", id)) => knowledge.page(id).is_some(),
                _ => false,
            };
            if !exists {
                wrong.push(format!("{section}: {carrier} does not exist: {fact}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_rule_has_a_reference() {
    let without = RuleSet::builtin();
    let without: Vec<&str> =
        without.rules().iter().filter(|rule| rule.references.is_empty()).map(|rule| &*rule.id).collect();
    assert_eq!(without, Vec::<&str>::new());
}

#[test]
fn every_scenario_has_a_page_of_its_own() {
    let rules = RuleSet::builtin();
    let rules: Vec<&Rule> = rules.rules().iter().collect();
    let knowledge = Knowledge::read();
    let mut texts = BTreeSet::new();
    for number in 1..=45_u8 {
        let found = known(&number.to_string(), &rules, &knowledge);
        let text = topic(&found, &rules, &knowledge, &Style::default());
        assert!(text.starts_with(&format!("#{number} ")), "{number}: {text}");
        for part in ["What it means\n", "How to settle it\n", "References\n", "Era: "] {
            assert!(text.contains(part), "scenario {number} has no {part}");
        }
        let marks = ["[read-only", "config]", "config;", "[portal"];
        assert!(marks.iter().any(|mark| text.contains(mark)), "scenario {number} has no step");
        assert!(texts.insert(text), "scenario {number} has the page of another");
    }
    assert!(matches!(find("46", &rules, &knowledge), Found::Near(near) if near.is_empty()));
}

/// Without rules a page stands by itself: a user may switch the built-in ones off.
#[test]
fn pages_without_rules_say_why_and_how() {
    let rules = RuleSet::builtin();
    let is_carried = |page: &Article| rules.rules().iter().any(|rule| rule.scenario == page.scenario);
    for page in &Knowledge::read().pages {
        let headings: Vec<&str> = page.sections.iter().map(|(heading, _)| heading.as_str()).collect();
        assert!(!headings.is_empty(), "{} is empty", page.id);
        assert!(page.sections.iter().all(|(_, text)| !text.is_empty()), "{} has an empty section", page.id);
        if page.scenario.is_none() {
            assert!(!page.references.is_empty(), "{} has no reference", page.id);
        } else if !is_carried(page) {
            assert!(CARRIED.iter().all(|it| headings.contains(it)), "{}: {headings:?}", page.id);
            assert!(!page.references.is_empty(), "{} has no reference", page.id);
        }
    }
}

#[test]
fn pages_name_pages_that_exist() {
    let rules = RuleSet::builtin();
    let rules: Vec<&Rule> = rules.rules().iter().collect();
    let knowledge = Knowledge::read();
    for page in &knowledge.pages {
        assert!(["classic", "policy", "both"].contains(&page.era.as_str()), "{}: {}", page.id, page.era);
        for other in &page.see {
            assert!(matches!(find(other, &rules, &knowledge), Found::Known(_)), "{} names {other}", page.id);
        }
    }
    for entry in knowledge.messages.iter().chain(&knowledge.reasons) {
        for number in &entry.scenarios {
            assert!(knowledge.scenario(*number).is_some(), "{:?} names {number}", entry.names);
        }
    }
}

#[test]
fn every_message_is_known_in_every_spelling() {
    let rules = RuleSet::builtin();
    let rules: Vec<&Rule> = rules.rules().iter().collect();
    let knowledge = Knowledge::read();
    for name in lines(MESSAGES) {
        let (facility, mnemonic) = name.rsplit_once('-').unwrap();
        let mut spellings = vec![name.to_owned(), format!("%{facility}-3-{mnemonic}:"), format!("%{name}")];
        if facility == "SMART_LIC" {
            spellings.push(mnemonic.to_owned());
            spellings.push(format!("%LICENSE-SMART_LIC-3-{mnemonic}"));
            spellings.push(format!("%LICMGR-3-LOG_SMART_LIC_{mnemonic}"));
            spellings.push(format!("%ASA-3-444303: %SMART_LIC-3-{mnemonic}: text"));
        }
        for spelling in spellings {
            let found = known(&spelling, &rules, &knowledge);
            assert!(found.entries.iter().any(|entry| names(entry, name)), "{spelling}");
            assert!(found.entries.iter().all(|entry| !entry.means.is_empty()), "{spelling} says nothing");
        }
    }
}

fn names(entry: &Entry, name: &str) -> bool {
    entry
        .names
        .iter()
        .any(|it| it == name || it.strip_suffix('*').is_some_and(|start| name.starts_with(start)))
}

/// Rows C1 to C49 and P1 to P30 are there, each is found by every text it has, and leads to a page or says what to do.
#[test]
fn every_failure_reason_is_known() {
    let rules = RuleSet::builtin();
    let rules: Vec<&Rule> = rules.rules().iter().collect();
    let knowledge = Knowledge::read();
    let rows: BTreeSet<&str> =
        knowledge.reasons.iter().flat_map(|it| &it.names).map(String::as_str).collect();
    let wanted = (1..=49).map(|n| format!("C{n}")).chain((1..=30).map(|n| format!("P{n}")));
    let missing: Vec<String> = wanted.filter(|row| !rows.contains(row.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
    for entry in &knowledge.reasons {
        assert!(!entry.means.is_empty(), "{:?} says nothing", entry.names);
        let is_harmless = entry.means.contains("no fault") || entry.means.contains("well");
        assert!(
            !entry.scenarios.is_empty() || !entry.steps.is_empty() || is_harmless,
            "{:?} leads nowhere",
            entry.names
        );
        for text in entry.texts.iter().filter(|text| !text.contains('<') && text.len() >= 6) {
            let found = known(text, &rules, &knowledge);
            // A state may be the name of a rule, which says more.
            let is_rule = found.rules.iter().any(|rule| rule.id.eq_ignore_ascii_case(text));
            let is_it = found.entries.iter().any(|it| it.texts.contains(text));
            assert!(is_it || is_rule, "{text} leads to {:?}", found.entries);
        }
    }
}

/// What DOMAIN marks as unverified is said to be so.
#[test]
fn unverified_wordings_are_said_to_be_so() {
    let knowledge = Knowledge::read();
    let rows = [
        "C11", "C15", "C16", "C18", "C19", "C20", "C21", "C22", "C23", "C24", "C46", "C47", "P6", "P12",
        "P13", "P14", "P15", "P16", "P17", "P19", "P20", "P29",
    ];
    for row in rows {
        let entry = knowledge.reasons.iter().find(|entry| entry.names.iter().any(|it| it == row)).unwrap();
        assert!(entry.unverified.is_some(), "{row}");
    }
    for name in
        ["SMART_LIC-IN_OVERAGE", "PKI-CERT_EXPIRY_ALERT", "PKI-SOCKETSEND", "NTP-UNSYNC", "SYS-CLOCKUPDATE"]
    {
        let entry = knowledge.messages.iter().find(|entry| names(entry, name)).unwrap();
        assert!(entry.unverified.is_some(), "{name}");
    }
}

/// Commands of one era stand in no page of the other, and in a page of both under words that tell the era.
#[test]
fn commands_stand_under_their_era() {
    let classic = ["license smart register", "license smart renew", "license smart deregister"];
    let policy = ["license smart trust", "license smart sync", "license smart save", "license smart import"];
    let mut wrong = Vec::new();
    for page in Knowledge::read().pages.iter().filter(|page| page.scenario.is_some()) {
        for (heading, text) in page.sections.iter().filter(|(heading, _)| CARRIED.contains(&heading.as_str()))
        {
            let mut step = String::new();
            for line in text.lines() {
                let Some(command) = line.strip_prefix("    ") else {
                    let begins =
                        line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok());
                    step =
                        if begins { line.to_lowercase() } else { format!("{step} {}", line.to_lowercase()) };
                    continue;
                };
                for (era, commands) in [("classic", classic.as_slice()), ("policy", policy.as_slice())] {
                    let is_of = commands.iter().any(|it| command.starts_with(it));
                    if is_of && page.era != era && !(page.era == "both" && step.contains(era)) {
                        wrong.push(format!("{} ({heading}): {command}", page.id));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_step_tells_its_effect() {
    let marks = ["[read-only]", "[config]", "[portal]"];
    let knowledge = Knowledge::read();
    for entry in knowledge.messages.iter().chain(&knowledge.reasons) {
        for (step, _) in &entry.steps {
            assert!(marks.iter().any(|mark| step.ends_with(mark)), "{:?}: {step}", entry.names);
        }
    }
    let is_how = |heading: &str| heading == "How to settle it";
    for page in &knowledge.pages {
        for (_, text) in page.sections.iter().filter(|(heading, _)| is_how(heading)) {
            let steps: Vec<&str> = text.split('\n').filter(|line| !line.starts_with("    ")).collect();
            let steps = steps.join(" ");
            let count =
                steps.split(['[', ']']).filter(|it| ["read-only", "config", "portal"].contains(it)).count();
            let numbered = text
                .lines()
                .filter(|line| line.split_once(". ").is_some_and(|(it, _)| it.parse::<u8>().is_ok()));
            assert_eq!(count, numbered.count(), "{}", page.id);
        }
    }
}
