//! What came of the examples beside rules: lines for people, JUnit for build servers.

use crate::base::Truth;
use crate::diagnose::finding::Evidence;
use crate::diagnose::match_tree::Ending;
use crate::diagnose::reason::Reason;
use crate::diagnose::trial::{Outcome, Trial};
use crate::report::text::plural;
use crate::report::words::describe;

/// An example with the place that it stands at.
#[derive(Clone, Debug)]
pub struct Shown {
    /// File of the examples.
    pub path: String,
    /// 1-based line of its name.
    pub line: usize,
    /// What came of it.
    pub trial: Trial,
    /// Why, where the rule should have fired or should not.
    pub reason: Option<Reason>,
    /// The command that shows every condition.
    pub command: String,
}

/// Conditions and lines beyond these do not help to see why.
const MOST: usize = 3;

/// The examples that differ, or all of them, and the sum.
pub fn text(tried: &[Shown], all: bool) -> String {
    let mut lines = Vec::new();
    for shown in tried.iter().filter(|it| all || !it.trial.outcome.is_good()) {
        let Shown { path, line, trial, .. } = shown;
        let outcome = trial.outcome.to_string();
        lines.push(format!("{outcome:<9} {}: {}", trial.rule, trial.example));
        if trial.outcome.is_good() {
            continue;
        }
        lines.push(format!("          {path}:{line}"));
        lines.extend(reasons(shown).lines().map(|reason| format!("          {reason}")));
    }
    lines.push(sum(tried));
    lines.push(String::new());
    lines.join("\n")
}

/// The summary line.
fn sum(tried: &[Shown]) -> String {
    let rules: std::collections::BTreeSet<&str> = tried.iter().map(|it| it.trial.rule.as_str()).collect();
    let sum = format!("{} of {}", plural(tried.len(), "example"), plural(rules.len(), "rule"));
    match tried.iter().filter(|it| !it.trial.outcome.is_good()).count() {
        0 => format!("{sum}, all as written"),
        1 => format!("{sum}, 1 differs"),
        bad => format!("{sum}, {bad} differ"),
    }
}

/// What is wrong and where to look.
fn reasons(shown: &Shown) -> String {
    match &shown.trial.outcome {
        Outcome::Fired | Outcome::Silent | Outcome::Undecided => String::new(),
        Outcome::Missing | Outcome::Noisy => {
            let mut lines = Vec::new();
            match &shown.reason {
                Some(reason) => why(reason, &shown.trial.outcome, &mut lines),
                None => lines.push("no device is recognised in this capture".to_owned()),
            }
            lines.push(format!("every condition: {}", shown.command));
            lines.join("\n")
        }
        Outcome::Wrong(differences) => {
            let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
    }
}

/// What came of the rule, the conditions that decided, and a line for each.
fn why(reason: &Reason, outcome: &Outcome, lines: &mut Vec<String>) {
    let (_, ending) = super::matches::ending(reason.ending);
    let withdrawn = matches!((reason.ending, outcome), (Ending::Found(..), Outcome::Missing));
    let more = if withdrawn { "; withdrawn, because one of its `alternatives` is confirmed" } else { "" };
    lines.push(format!("the rule {ending}{more}"));
    let quote = |line: &Evidence| format!("  {}:{} {}", line.path, line.line, line.text);
    for it in reason.decisive.iter().take(MOST) {
        let truth = match it.truth {
            Truth::Yes => "yes",
            Truth::No => "no",
            Truth::Unknown => "unknown",
        };
        let words: Vec<String> = describe(&it.condition).into_iter().map(|it| it.text).collect();
        lines.push(format!("{}, {truth}: {}", it.part, words.join(" ")));
        lines.extend(it.line.as_ref().map(quote));
    }
    if reason.decisive.is_empty() {
        lines.extend(reason.evidence.iter().take(MOST).map(quote));
    }
    if let Some(more) = reason.decisive.len().checked_sub(MOST).filter(|it| *it > 0) {
        lines.push(format!("and {}", plural(more, "more condition")));
    }
}

/// The same as JUnit's XML: one suite a rule, one case an example.
pub fn junit(tried: &[Shown]) -> String {
    let bad = |it: &&Shown| !it.trial.outcome.is_good();
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sldiag rules test\" tests=\"{}\" failures=\"{}\">\n",
        tried.len(),
        tried.iter().filter(bad).count()
    );
    let suites = tried
        .chunk_by(|left, right| left.trial.rule == right.trial.rule)
        .map(|suite| {
            let rule = suite.first().map(|it| escaped(&it.trial.rule)).unwrap_or_default();
            let (tests, failures) = (suite.len(), suite.iter().filter(bad).count());
            let cases = suite.iter().map(case).collect::<Vec<String>>().concat();
            format!(
                "  <testsuite name=\"{rule}\" tests=\"{tests}\" failures=\"{failures}\">\n{cases}  </testsuite>\n"
            )
        })
        .collect::<Vec<String>>()
        .concat();
    format!("{head}{suites}</testsuites>\n")
}

fn case(shown: &Shown) -> String {
    let Shown { path, line, trial, .. } = shown;
    let head = format!(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{line}\"",
        escaped(&trial.rule),
        escaped(&trial.example),
        escaped(path)
    );
    if trial.outcome.is_good() {
        return format!("{head}/>\n");
    }
    let (outcome, reasons) = (&trial.outcome, escaped(&reasons(shown)));
    format!("{head}>\n      <failure message=\"{outcome}\">{reasons}</failure>\n    </testcase>\n")
}

/// What XML 1.0 can hold: its five marks escaped, control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::trial::{Difference, Field};

    fn shown(rule: &str, outcome: Outcome) -> Shown {
        let trial = Trial { rule: rule.into(), example: "a <name>".into(), offset: 0, outcome };
        let command = format!("sldiag rules explain-match {rule} --example 'a <name>'");
        Shown { path: "rules/a.test.yaml".into(), line: 3, trial, reason: None, command }
    }

    fn wrong() -> Outcome {
        let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        let (expected, got) = (list(&["open", "done"]), list(&["open", "unknown"]));
        Outcome::Wrong(vec![Difference { field: Field::Steps, expected, got }])
    }

    #[test]
    fn only_what_differs_is_shown() {
        let all = [shown("clock-offset", Outcome::Fired), shown("clock-offset", wrong())];
        assert_eq!(
            text(&all, false),
            "Wrong     clock-offset: a <name>\n          rules/a.test.yaml:3\n          steps:\n              open\n            - done\n            + unknown\n2 examples of 1 rule, 1 differs\n"
        );
        assert_eq!(
            text(&all[..1], true),
            "Fired     clock-offset: a <name>\n1 example of 1 rule, all as written\n"
        );
    }

    #[test]
    fn junit_has_a_suite_for_each_rule() {
        let all = [shown("a", Outcome::Silent), shown("a", wrong()), shown("b", Outcome::Missing)];
        assert_eq!(
            junit(&all),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sldiag rules test" tests="3" failures="2">
  <testsuite name="a" tests="2" failures="1">
    <testcase classname="a" name="a &lt;name&gt;" file="rules/a.test.yaml" line="3"/>
    <testcase classname="a" name="a &lt;name&gt;" file="rules/a.test.yaml" line="3">
      <failure message="Wrong">steps:
    open
  - done
  + unknown</failure>
    </testcase>
  </testsuite>
  <testsuite name="b" tests="1" failures="1">
    <testcase classname="b" name="a &lt;name&gt;" file="rules/a.test.yaml" line="3">
      <failure message="Missing">no device is recognised in this capture
every condition: sldiag rules explain-match b --example &apos;a &lt;name&gt;&apos;</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }
}
