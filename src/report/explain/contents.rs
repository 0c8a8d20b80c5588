//! The list of everything that can be explained: rules by family, scenarios without a rule, background, and how to ask.

use std::collections::BTreeMap;

use super::knowledge::{Article, Knowledge};
use super::line_of;
use crate::report::Style;
use crate::report::text::{Page, Tone};
use crate::rules::{Rule, builtin};

/// The list.
pub fn contents(rules: &[&Rule], knowledge: &Knowledge, style: &Style) -> String {
    let mut page = Page::new(style);
    for (family, rules) in families(rules) {
        page.line(0, &[(Tone::Strong, &format!("Rules: {family}"))]);
        for rule in rules {
            line_of(&mut page, rule);
        }
        page.gap();
    }
    let is_without =
        |page: &&Article| page.scenario.is_some() && !rules.iter().any(|rule| rule.scenario == page.scenario);
    scenarios(&mut page, knowledge.pages.iter().filter(is_without));
    page.line(0, &[(Tone::Strong, "Background")]);
    for article in knowledge.pages.iter().filter(|page| page.scenario.is_none()) {
        page.hanging(2, (Tone::Strong, &article.id), Tone::Plain, &article.title);
    }
    page.gap();
    page.prose(0, HOW_TO_ASK);
    page.finish()
}

const HOW_TO_ASK: &str = "Ask with a number (sldiag explain 4), the name of a rule or page, a log message in any spelling \
(sldiag explain COMM_FAILED), a failure reason (sldiag explain \"Waiting for reply\") or a whole log line in quotes.";

fn scenarios<'k>(page: &mut Page<'_>, articles: impl Iterator<Item = &'k Article>) {
    let articles: Vec<&Article> = articles.collect();
    if articles.is_empty() {
        return;
    }
    page.line(0, &[(Tone::Strong, "Scenarios without a rule")]);
    for article in articles {
        let number = article.scenario.unwrap_or_default();
        page.hanging(2, (Tone::Strong, &format!("#{number:<2}")), Tone::Plain, &article.title);
    }
    page.gap();
}

/// Rules by the folder that they are built in from, those of the user under `your own`; each family by scenario.
fn families<'r>(rules: &[&'r Rule]) -> BTreeMap<&'static str, Vec<&'r Rule>> {
    let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        families.entry(family(&rule.id)).or_default().push(rule);
    }
    for rules in families.values_mut() {
        rules.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), &*rule.id));
    }
    families
}

fn family(id: &str) -> &'static str {
    let of = |path: &'static str| {
        let (folders, file) = path.rsplit_once('/')?;
        (file.strip_suffix(".yaml") == Some(id)).then(|| folders.rsplit('/').next()).flatten()
    };
    builtin::texts().iter().find_map(|(path, _)| of(path)).unwrap_or("your own")
}
