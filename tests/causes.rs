//! Stories in `tests/causes/`: a capture with a root and what it brings about. The report leads with the root.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use sldiag::diagnose::finding::Finding;
use sldiag::diagnose::{Given, Options, diagnose};
use sldiag::rules::RuleSet;

/// `leads: RULE...` (the first leads, all are roots), `follows: RULE...`, a blank line, and the capture.
struct Story {
    leads: Vec<String>,
    follows: Vec<String>,
    capture: String,
}

fn story(path: &Path) -> Story {
    let text = std::fs::read_to_string(path).unwrap();
    let (head, capture) = text.split_once("\n\n").unwrap();
    let value = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    Story { leads: value("leads:"), follows: value("follows:"), capture: capture.to_owned() }
}

fn stories() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/causes");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn complaint(story: Story, rules: &RuleSet) -> Option<String> {
    let given = [Given::Bytes("story.txt".to_owned(), story.capture.into_bytes())];
    let diagnosis = diagnose(&given, rules, &Options::default()).diagnosis;
    let findings: Vec<&Finding> = diagnosis.devices.iter().flat_map(|device| &device.findings).collect();
    let found = |rule: &str| findings.iter().find(|it| *it.rule == *rule);
    if findings.first().map(|it| &*it.rule) != story.leads.first().map(String::as_str) {
        return Some(format!("leads with {:?}", findings.first().map(|it| &it.rule)));
    }
    let links = story.leads.iter().flat_map(|root| story.follows.iter().map(move |next| (root, next)));
    links.into_iter().find_map(|(root, next)| match (found(root), found(next)) {
        (Some(_), Some(it)) if comes_from(it, root, &findings) => None,
        (Some(_), Some(_)) => Some(format!("{next} does not come from {root}")),
        (None, _) => Some(format!("{root} is not found")),
        (_, None) => Some(format!("{next} is not found")),
    })
}

/// Whether a finding is caused by another, straight or through a third.
fn comes_from(finding: &Finding, root: &str, findings: &[&Finding]) -> bool {
    finding.caused_by.iter().any(|cause| {
        **cause == *root || findings.iter().any(|it| it.rule == *cause && comes_from(it, root, findings))
    })
}

#[test]
fn a_report_leads_with_the_root() {
    let rules = RuleSet::builtin();
    let mut bad = Vec::new();
    for path in stories() {
        if let Some(complaint) = complaint(story(&path), &rules) {
            bad.push(format!("{}: {complaint}", path.display()));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
