//! The rules in force: a line each, or one JSON document.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::base::{Era, Severity};
use crate::report::Style;
use crate::report::text::{Page, Tone};
use crate::rules::{Condition, Rule, RuleSet};

/// All rules in a line each, by scenario, those outside every scenario last.
pub fn text(rules: &RuleSet, style: &Style) -> String {
    let mut page = Page::new(style);
    for rule in sorted(rules) {
        let number = rule.scenario.map_or_else(|| "  -".to_owned(), |number| format!("#{number:<2}"));
        let head = format!("{number} {:<7} {:<7}", rule.severity.name(), era_word(rule));
        let entry = format!("{}: {}", rule.id, rule.title);
        page.hanging(0, (Tone::of(rule.severity), &head), Tone::Plain, &entry);
    }
    page.finish()
}

/// The same as a document; `schema_version` as in the report of a diagnosis.
pub fn json(rules: &RuleSet) -> Result<String, serde_json::Error> {
    let rules = sorted(rules).into_iter().map(|rule| Entry::new(rule, rules)).collect();
    let mut text = serde_json::to_string_pretty(&Document { schema_version: 1, rules })?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    rules: Vec<Entry<'r>>,
}

#[derive(Serialize)]
struct Entry<'r> {
    id: &'r str,
    scenario: Option<u8>,
    severity: Severity,
    /// What it may be in one case or another, least first.
    severities: BTreeSet<Severity>,
    /// Empty: of any era.
    era: Vec<Era>,
    title: &'r str,
    causes: &'r [String],
    alternatives: &'r [String],
    log_messages: BTreeSet<&'r str>,
    /// `built-in`, or the file it was read from.
    source: &'r str,
}

impl<'r> Entry<'r> {
    fn new(rule: &'r Rule, rules: &'r RuleSet) -> Self {
        let cases = rule.severity_cases.iter().map(|(_, severity)| *severity);
        Self {
            id: &rule.id,
            scenario: rule.scenario,
            severity: rule.severity,
            severities: cases.chain([rule.severity]).collect(),
            era: eras(rule),
            title: &rule.title,
            causes: &rule.causes,
            alternatives: &rule.alternatives,
            log_messages: rule.log_names(),
            source: rules.file(&rule.id).unwrap_or("built-in"),
        }
    }
}

fn sorted(rules: &RuleSet) -> Vec<&Rule> {
    let mut sorted: Vec<&Rule> = rules.rules().iter().collect();
    sorted.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), &*rule.id));
    sorted
}

/// `classic`, or `any` for a rule that is not of one era.
pub(crate) fn era_word(rule: &Rule) -> String {
    let names: Vec<&str> = eras(rule).into_iter().map(Era::name).collect();
    if names.is_empty() { "any".to_owned() } else { names.join("/") }
}

/// The eras that a rule applies to: those that `applies` asks for. Empty: any.
fn eras(rule: &Rule) -> Vec<Era> {
    let asked = |condition: &Condition| match condition {
        Condition::Era(eras) => Some(eras.clone()),
        _ => None,
    };
    let eras = match &rule.applies {
        Some(Condition::All(parts)) => parts.iter().find_map(asked),
        Some(condition) => asked(condition),
        None => None,
    };
    eras.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { color: false, unicode: true, width: 80, table: 120, detail: false };

    #[test]
    fn each_rule_has_a_line_with_its_era() {
        let text = text(&RuleSet::builtin(), &STYLE);
        assert!(text.starts_with("#1  error   classic already-registered: "), "{text}");
        assert!(
            text.contains("\n#20 info    classic eval-mode: The evaluation period is running\n"),
            "{text}"
        );
    }

    #[test]
    fn the_document_names_what_the_line_does_not() {
        let rules = RuleSet::builtin();
        let document: serde_json::Value = serde_json::from_str(&json(&rules).unwrap()).unwrap();
        let all = document["rules"].as_array().unwrap();
        assert_eq!(all.len(), rules.rules().len());
        let eval = all.iter().find(|it| it["id"] == "eval-mode").unwrap();
        assert_eq!(eval["severities"], serde_json::json!(["info", "warning"]));
        assert_eq!((&eval["era"][0], &eval["source"]), (&"classic".into(), &"built-in".into()));
        assert!(eval["log_messages"].as_array().unwrap().contains(&"SMART_LIC-EVAL_START".into()));
    }
}
