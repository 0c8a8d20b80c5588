//! The manual: a Markdown page for each rule, an index, the language reference, the page of the examples file and the
//! table of facts.

mod examples;
mod facts;
mod page;
mod reference;

use crate::rules::{Rule, RuleSet};

/// A file of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Path below the folder of the manual, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Every file of the manual, in order of path.
pub fn pages(rules: &RuleSet) -> Vec<Page> {
    let page = |path: &str, text| Page { path: path.to_owned(), text };
    let mut pages = vec![
        page("examples.md", examples::text()),
        page("facts.md", facts::table()),
        page("index.md", index(rules)),
        page("language.md", reference::text()),
    ];
    pages.extend(
        rules.rules().iter().map(|rule| page(&format!("rules/{}.md", rule.id), page::text(rule, rules))),
    );
    pages
}

fn index(rules: &RuleSet) -> String {
    let mut sorted: Vec<&Rule> = rules.rules().iter().collect();
    sorted.sort_by_key(|rule| (rule.scenario.unwrap_or(u8::MAX), &*rule.id));
    let row = |rule: &&Rule| {
        let scenario = rule.scenario.map(|it| it.to_string()).unwrap_or_default();
        let (severity, era) = (rule.severity.name(), super::list::era_word(rule));
        format!(
            "| {scenario} | {severity} | {era} | [{id}](rules/{id}.md) | {} |\n",
            cell(&rule.title),
            id = rule.id
        )
    };
    let rows = sorted.iter().map(row).collect::<Vec<String>>().concat();
    format!(
        "# Rules\n\n{} rules. How a rule is written: [language](language.md); its examples: [examples](examples.md); what it can ask for: [facts](facts.md).\n\n\
         | Scenario | Severity | Era | Rule | |\n|---|---|---|---|---|\n{rows}",
        sorted.len()
    )
}

/// A text inside a cell of a table: a bar would end it, and a line end the table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_that_the_index_names() {
        let rules = RuleSet::builtin();
        let pages = pages(&rules);
        let of = |path: &str| pages.iter().find(|it| it.path == path).unwrap().text.as_str();
        for rule in rules.rules() {
            let link = format!("[{0}](rules/{0}.md)", rule.id);
            assert!(of("index.md").contains(&link), "{link}");
            assert!(of(&format!("rules/{}.md", rule.id)).starts_with(&format!("# {}\n", rule.id)));
        }
        assert_eq!(pages.len(), rules.rules().len() + 4);
    }

    #[test]
    fn a_page_tells_the_whole_rule() {
        let rules = RuleSet::builtin();
        let pages = pages(&rules);
        let page = pages.iter().find(|it| it.path == "rules/eval-mode.md").unwrap();
        for part in [
            "# eval-mode\n\nThe evaluation period is running\n\n",
            "Scenario 20, info (warning in some cases), classic\n",
            "## Found when\n\n- one of:\n  - ",
            "## Not when\n\n",
            "## Over when\n\n",
            "1. Find out why the device is not registered; a failed attempt shows its reason here. (read-only)\n\n   ```\n   show license status\n   ```\n",
            "## References\n\n- Troubleshoot Smart Licensing",
            "\n## The rule\n\n```yaml\nid: eval-mode\n",
        ] {
            assert!(page.text.contains(part), "{part}\n---\n{}", page.text);
        }
    }
}
