//! Every built-in rule on its own examples, and properties that hold for all of them.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use sldiag::base::{Certainty, Severity, State};
use sldiag::diagnose::finding::{Evidence, Finding};
use sldiag::diagnose::trial::{self, Outcome};
use sldiag::rules::examples::{Examples, Files, Firing};
use sldiag::rules::{RuleSet, set};

fn rules() -> RuleSet {
    RuleSet::builtin()
}

fn examples() -> Vec<(String, Examples)> {
    let checked = set::check(&[])
        .unwrap_or_else(|errors| panic!("{} errors, see the test of rule files", errors.len()));
    checked.examples.into_iter().map(|it| (it.rule, it.examples)).collect()
}

#[test]
fn every_example_comes_out_as_written() {
    let rules = rules();
    let mut bad = Vec::new();
    let mut count = 0;
    for (rule, examples) in examples() {
        for trial in trial::trials(&rule, &examples, &rules) {
            count += 1;
            if let Outcome::Wrong(differences) = &trial.outcome {
                let differences: Vec<String> = differences.iter().map(ToString::to_string).collect();
                bad.push(format!("{rule}: {}: Wrong\n  {}", trial.example, differences.join("\n  ")));
            } else if !trial.outcome.is_good() {
                bad.push(format!("{rule}: {}: {}", trial.example, trial.outcome));
            }
        }
    }
    assert!(bad.is_empty(), "{} of {count} examples:\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn every_rule_and_its_examples_pass_the_check() {
    if let Err(errors) = set::check(&[]) {
        panic!(
            "{}",
            errors.iter().map(|error| format!("{}: {error}", error.path())).collect::<Vec<_>>().join("\n")
        );
    }
}

/// Deleting all evidence lines of a finding removes it; in a `minimal` example deleting any single one changes the outcome.
#[test]
fn a_finding_rests_on_its_evidence() {
    let rules = rules();
    let mut bad = Vec::new();
    for (rule, examples) in examples() {
        for example in &examples.fires {
            let devices = trial::run(&example.input, &example.files, &rules);
            let (_, finding) =
                trial::found(&rule, &devices).unwrap_or_else(|| panic!("{rule}: {}", *example.name));
            let all: Vec<&Evidence> = finding.evidence.iter().collect();
            if outcome(&rule, example, &all, &rules).is_some() {
                bad.push(format!("{rule}: {}: stands without its evidence", *example.name));
            }
            for line in finding.evidence.iter().filter(|_| example.minimal) {
                if outcome(&rule, example, &[line], &rules) == Some(mark(finding)) {
                    bad.push(format!("{rule}: {}: line {} is not needed", *example.name, line.line));
                }
            }
        }
        if !examples.fires.iter().any(|it| it.minimal) {
            bad.push(format!("{rule} has no minimal example"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Outcome and certainty of a finding.
type Mark = (Certainty, State, Severity);

fn mark(finding: &Finding) -> Mark {
    (finding.certainty, finding.state, finding.severity)
}

fn outcome(rule: &str, example: &Firing, lines: &[&Evidence], rules: &RuleSet) -> Option<Mark> {
    let name =
        |path: &str| lines.iter().filter(|it| it.path == path).map(|it| it.line as usize).collect::<Vec<_>>();
    let input = without(&example.input, &name("capture.txt"));
    let files: Vec<Files> = example
        .files
        .iter()
        .map(|file| Files { name: file.name.clone(), text: without(&file.text, &name(&file.name)) })
        .collect();
    let devices = trial::run(&input, &files, rules);
    trial::found(rule, &devices).map(|(_, finding)| mark(finding))
}

fn without(text: &str, lines: &[usize]) -> String {
    let kept = text.split_inclusive('\n').enumerate().filter(|(at, _)| !lines.contains(&(at + 1)));
    kept.map(|(_, line)| line).collect()
}

/// CRLF line ends do not change what an example gives.
#[test]
fn line_ends_change_nothing() {
    let rules = rules();
    for (rule, examples) in examples() {
        for example in examples.fires.iter().filter(|it| it.files.is_empty()) {
            let plain = quoted(&rule, &example.input, &rules);
            let crlf = example.input.replace('\n', "\r\n");
            assert_eq!(quoted(&rule, &crlf, &rules), plain, "{rule}: {}: CRLF", *example.name);
        }
    }
}

fn quoted(rule: &str, input: &str, rules: &RuleSet) -> Option<(Mark, Vec<Evidence>)> {
    let devices = trial::run(input, &[], rules);
    trial::found(rule, &devices).map(|(_, finding)| (mark(finding), finding.evidence.clone()))
}
