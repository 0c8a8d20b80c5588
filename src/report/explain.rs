//! `sldiag explain`: what a scenario, rule, log message or failure reason means and what to do; the list of all; and finding
//! what a word means.
//!
//! The knowledge is in the rules and in `knowledge/`. Where a rule says something, the page of its scenario says it with the
//! rule's words; the page itself adds what a rule has no place for.

mod body;
mod contents;
pub mod find;
mod joined;
pub mod knowledge;
mod mnemonic;
mod near;
mod record;
mod show;
mod speaks;
mod step;
mod wording;

pub use contents::contents;
pub use show::{CARRIED, topic};

use self::step::Shown;
use crate::base::Severity;
use crate::report::Style;
use crate::report::text::{Page, Tone, label, severity_word};
use crate::report::words::describe;
use crate::rules::{Condition, Rule};

/// All rules in a line each, by scenario, those outside every scenario last.
pub fn index(rules: &[&Rule], style: &Style) -> String {
    let mut sorted = rules.to_vec();
    sorted.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), &*rule.id));
    let mut page = Page::new(style);
    for rule in sorted {
        line_of(&mut page, rule);
    }
    page.finish()
}

/// A rule in one line of a list.
fn line_of(page: &mut Page<'_>, rule: &Rule) {
    let number = rule.scenario.map_or_else(|| "  -".to_owned(), |number| format!("#{number:<2}"));
    let severity = severity_column(rule.severity);
    page.hanging(0, (Tone::of(rule.severity), &format!("{number} {severity}")), Tone::Plain, &entry(rule));
}

fn entry(rule: &Rule) -> String {
    format!("{}: {}", rule.id, rule.title)
}

fn severity_column(severity: Severity) -> String {
    format!("{:<7}", severity.name())
}

/// The page of a rule: why, what to do, how it is found.
fn rule(page: &mut Page<'_>, rule: &Rule) {
    let head = label(rule.scenario, &rule.id);
    page.hanging(0, (Tone::of(rule.severity), severity_word(rule.severity)), Tone::Plain, &head);
    page.paragraph(0, Tone::Strong, &rule.title);
    page.gap();
    page.prose(2, &rule.explain);
    step::write(page, "Next steps", rule.next_steps.iter().map(Shown::of));
    symptoms(page, "Found when", &rule.when);
    let others =
        [("Applies where", &rule.applies), ("Not when", &rule.unless), ("Over when", &rule.recovered_by)];
    for (heading, condition) in others {
        if let Some(condition) = condition {
            symptoms(page, heading, condition);
        }
    }
    if !rule.causes.is_empty() {
        page.gap();
        page.hanging(0, (Tone::Strong, "Brings about:"), Tone::Plain, &rule.causes.join(", "));
    }
    let shown: Vec<_> = rule.references.iter().map(|it| (it.title.as_str(), it.url.as_deref())).collect();
    references(page, &shown);
    if let Some(number) = rule.scenario {
        page.gap();
        page.hanging(0, (Tone::Strong, "The scenario:"), Tone::Plain, &format!("sldiag explain {number}"));
    }
}

fn symptoms(page: &mut Page<'_>, heading: &str, condition: &Condition) {
    page.gap();
    page.line(0, &[(Tone::Strong, heading)]);
    for line in describe(condition) {
        page.hanging(2 + 2 * line.depth, (Tone::Plain, "-"), Tone::Plain, &line.text);
    }
}

fn references(page: &mut Page<'_>, references: &[(&str, Option<&str>)]) {
    if references.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "References")]);
    for (title, url) in references {
        page.paragraph(2, Tone::Plain, title);
        if let Some(url) = url {
            page.command(2, url);
        }
    }
}

#[cfg(test)]
mod tests;
