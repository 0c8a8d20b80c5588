//! `sldiag explain`: the page of a rule, of a scenario, and the list of all; and finding the rules that a word means.

pub mod find;

use crate::base::Severity;
use crate::report::Style;
use crate::report::text::{Page, Tone, label, severity_word, step_effect};
use crate::report::words::describe;
use crate::rules::{Condition, Rule, Step, Template};

/// The pages of one rule or of all rules of a scenario, in the order given.
pub fn pages(rules: &[&Rule], style: &Style) -> String {
    let mut page = Page::new(style);
    for (number, rule) in rules.iter().enumerate() {
        if number > 0 {
            page.gap();
        }
        write(&mut page, rule);
    }
    page.finish()
}

/// All rules in a line each, by scenario, those outside every scenario last.
pub fn index(rules: &[&Rule], style: &Style) -> String {
    let mut sorted = rules.to_vec();
    sorted.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), rule.id.as_str()));
    let mut page = Page::new(style);
    for rule in sorted {
        let number = rule.scenario.map_or_else(|| "  -".to_owned(), |number| format!("#{number:<2}"));
        let severity = severity_column(rule.severity);
        page.hanging(0, (tone(rule.severity), &format!("{number} {severity}")), Tone::Plain, &entry(rule));
    }
    page.finish()
}

fn entry(rule: &Rule) -> String {
    format!("{}: {}", rule.id, rule.title)
}

fn severity_column(severity: Severity) -> String {
    format!("{:<7}", severity.name())
}

fn tone(severity: Severity) -> Tone {
    Tone::of(severity)
}

fn write(page: &mut Page<'_>, rule: &Rule) {
    let head = label(rule.scenario, &rule.id);
    page.hanging(0, (tone(rule.severity), severity_word(rule.severity)), Tone::Plain, &head);
    page.paragraph(0, Tone::Strong, &rule.title);
    page.gap();
    page.prose(2, &rule.explain);
    symptoms(page, "Found when", &rule.when);
    if let Some(condition) = &rule.applies {
        symptoms(page, "Applies where", condition);
    }
    if let Some(condition) = &rule.unless {
        symptoms(page, "Not when", condition);
    }
    if let Some(condition) = &rule.recovered_by {
        symptoms(page, "Over when", condition);
    }
    steps(page, &rule.next_steps);
    if !rule.causes.is_empty() {
        page.gap();
        page.hanging(0, (Tone::Strong, "Brings about:"), Tone::Plain, &rule.causes.join(", "));
    }
    references(page, rule);
}

fn symptoms(page: &mut Page<'_>, heading: &str, condition: &Condition) {
    page.gap();
    page.line(0, &[(Tone::Strong, heading)]);
    for line in describe(condition) {
        page.hanging(2 + 2 * line.depth, (Tone::Plain, "-"), Tone::Plain, &line.text);
    }
}

fn steps(page: &mut Page<'_>, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "Next steps")]);
    for (number, step) in steps.iter().enumerate() {
        let text = format!("{} [{}]", in_words(&step.text), step_effect(step.effect));
        page.hanging(2, (Tone::Plain, &format!("{}.", number + 1)), Tone::Plain, &text);
        for command in &step.commands {
            page.command(5, &in_words(command));
        }
    }
}

/// A template without a device: every value is a place-holder.
fn in_words(template: &Template) -> String {
    template.fill(&|_, _| None)
}

fn references(page: &mut Page<'_>, rule: &Rule) {
    if rule.references.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "References")]);
    for reference in &rule.references {
        page.paragraph(2, Tone::Plain, &reference.title);
        if let Some(url) = &reference.url {
            page.command(2, url);
        }
    }
}

#[cfg(test)]
mod tests;
