//! What came of the examples beside rules: lines for people, JUnit for build servers.

use crate::diagnose::trial::{Outcome, Trial};
use crate::report::text::plural;

/// An example with the place that it stands at.
#[derive(Clone, Debug)]
pub struct Shown {
    /// File of the examples.
    pub path: String,
    /// 1-based line of its name.
    pub line: usize,
    /// What came of it.
    pub trial: Trial,
}

/// The examples that differ, or all of them, and the sum.
pub fn text(tried: &[Shown], all: bool) -> String {
    let mut lines = Vec::new();
    for Shown { path, line, trial } in tried.iter().filter(|it| all || !it.trial.outcome.is_good()) {
        let outcome = trial.outcome.to_string();
        lines.push(format!("{outcome:<9} {}: {}", trial.rule, trial.example));
        if trial.outcome.is_good() {
            continue;
        }
        lines.push(format!("          {path}:{line}"));
        lines.extend(reasons(&trial.outcome).lines().map(|reason| format!("          {reason}")));
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
fn reasons(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Fired | Outcome::Silent | Outcome::Undecided => String::new(),
        Outcome::Missing => {
            "the rule says nothing about this capture; `sldiag rules explain-match` shows why".to_owned()
        }
        Outcome::Noisy => {
            "the rule makes a finding that the example does not allow; `sldiag rules explain-match` shows why"
                .to_owned()
        }
        Outcome::Wrong(differences) => {
            let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
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

fn case(Shown { path, line, trial }: &Shown) -> String {
    let head = format!(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{line}\"",
        escaped(&trial.rule),
        escaped(&trial.example),
        escaped(path)
    );
    if trial.outcome.is_good() {
        return format!("{head}/>\n");
    }
    let (outcome, reasons) = (&trial.outcome, escaped(&reasons(&trial.outcome)));
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
        Shown { path: "rules/a.test.yaml".into(), line: 3, trial }
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
      <failure message="Missing">the rule says nothing about this capture; `sldiag rules explain-match` shows why</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }
}
