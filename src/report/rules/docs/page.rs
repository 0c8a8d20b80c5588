//! The page of one rule.

use std::fmt::Write;

use super::super::list::era_word;
use crate::base::Severity;
use crate::report::text::step_effect;
use crate::report::words::describe;
use crate::rules::{Condition, Rule, RuleSet, Template};

/// The page.
pub(super) fn text(rule: &Rule, rules: &RuleSet) -> String {
    let mut out =
        format!("# {}\n\n{}\n\n{}\n\n{}\n", rule.id, rule.title, classes(rule), rule.explain.trim());
    let parts = [
        ("Found when", Some(&rule.when)),
        ("Applies where", rule.applies.as_ref()),
        ("Not when", rule.unless.as_ref()),
        ("Over when", rule.recovered_by.as_ref()),
    ];
    for (heading, condition) in parts {
        if let Some(condition) = condition {
            out.push_str(&section(heading, condition));
        }
    }
    out.push_str(&steps(rule));
    out.push_str(&links("Brings about", &rule.causes));
    let causes_this = |it: &&Rule| it.causes.iter().any(|it| **it == *rule.id);
    let brought_about_by: Vec<String> =
        rules.rules().iter().filter(causes_this).map(|it| it.id.to_string()).collect();
    out.push_str(&links("Brought about by", &brought_about_by));
    out.push_str(&links("Explains the same as", &rule.alternatives));
    out.push_str(&references(rule));
    out.push_str(&yaml(rules.text(&rule.id).unwrap_or_default()));
    out
}

/// The rule as its author wrote it. The line for editors names a schema that lies elsewhere for a reader of the page.
fn yaml(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("# yaml-language-server:"));
    let body = lines.map(|line| format!("{line}\n")).collect::<Vec<String>>().concat();
    if body.is_empty() {
        return String::new();
    }
    let fence = if body.contains("```") { "`````" } else { "```" };
    format!("\n## The rule\n\n{fence}yaml\n{body}{fence}\n")
}

fn classes(rule: &Rule) -> String {
    let scenario = rule.scenario.map(|it| format!("Scenario {it}, ")).unwrap_or_default();
    let mut others: Vec<Severity> = rule.severity_cases.iter().map(|(_, severity)| *severity).collect();
    others.retain(|it| *it != rule.severity);
    others.dedup();
    let others: Vec<&str> = others.into_iter().map(Severity::name).collect();
    let others =
        if others.is_empty() { String::new() } else { format!(" ({} in some cases)", others.join(", ")) };
    let era = match era_word(rule).as_str() {
        "any" => "any era".to_owned(),
        era => era.to_owned(),
    };
    format!("{scenario}{}{others}, {era}", rule.severity.name())
}

fn section(heading: &str, condition: &Condition) -> String {
    let lines = describe(condition).into_iter();
    let lines = lines
        .map(|line| format!("{}- {}\n", "  ".repeat(line.depth), line.text))
        .collect::<Vec<String>>()
        .concat();
    format!("\n## {heading}\n\n{lines}")
}

fn steps(rule: &Rule) -> String {
    if rule.next_steps.is_empty() {
        return String::new();
    }
    let mut out = "\n## Next steps\n".to_owned();
    for (number, step) in rule.next_steps.iter().enumerate() {
        // Writing to a String does not fail.
        let _ = write!(out, "\n{}. {} ({})\n", number + 1, in_words(&step.text), step_effect(step.effect));
        if step.commands.is_empty() {
            continue;
        }
        let commands =
            step.commands.iter().map(|it| format!("   {}\n", in_words(it))).collect::<Vec<String>>().concat();
        let _ = write!(out, "\n   ```\n{commands}   ```\n");
    }
    out
}

/// A template without a device: every value is a place-holder.
fn in_words(template: &Template) -> String {
    template.fill(&|_, _| None).trim_end().to_owned()
}

fn links(heading: &str, ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let links: Vec<String> = ids.iter().map(|id| format!("[{id}]({id}.md)")).collect();
    format!("\n{heading}: {}\n", links.join(", "))
}

fn references(rule: &Rule) -> String {
    if rule.references.is_empty() {
        return String::new();
    }
    let line = |it: &crate::rules::schema::Reference| match &it.url {
        Some(url) => format!("- [{}]({url})\n", it.title),
        None => format!("- {}\n", it.title),
    };
    let lines = rule.references.iter().map(line).collect::<Vec<String>>().concat();
    format!("\n## References\n\n{lines}")
}
