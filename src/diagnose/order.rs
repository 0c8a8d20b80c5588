//! Cause before consequence, now before then: which findings explain others, and in what order they are told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::finding::{Evidence, Finding};
use crate::base::{Certainty, Severity, State};
use crate::rules::RuleSet;

/// Withdraws what a confirmed alternative explains better, notes causes, and orders.
pub(super) fn order(findings: Vec<Finding>, rules: &RuleSet) -> Vec<Finding> {
    let mut findings = withdraw(findings, rules);
    note_causes(&mut findings, rules);
    sort(findings)
}

/// A possible finding goes where a rule that explains the same symptom is confirmed.
fn withdraw(findings: Vec<Finding>, rules: &RuleSet) -> Vec<Finding> {
    let is_sure = |it: &&Finding| it.certainty == Certainty::Confirmed;
    let sure: BTreeMap<Arc<str>, &Finding> =
        findings.iter().filter(is_sure).map(|it| (it.rule.clone(), it)).collect();
    let is_explained = |it: &Finding| {
        // What is over explains only what is over, too, and what it tells itself.
        let explains = |other: &String| {
            sure.get(other.as_str()).is_some_and(|other| {
                other.state == State::Active || other.state == it.state || tells_all_of(other, it)
            })
        };
        it.certainty == Certainty::Possible
            && rules.get(&it.rule).is_some_and(|rule| rule.alternatives.iter().any(explains))
    };
    let keep: Vec<bool> = findings.iter().map(|it| !is_explained(it)).collect();
    findings.into_iter().zip(keep).filter_map(|(it, keep)| keep.then_some(it)).collect()
}

/// Whether every line that proves `that` proves `this`.
fn tells_all_of(this: &Finding, that: &Finding) -> bool {
    let is_of_this =
        |line: &Evidence| this.evidence.iter().any(|it| (&it.path, it.line) == (&line.path, line.line));
    that.evidence.iter().all(is_of_this)
}

fn note_causes(findings: &mut [Finding], rules: &RuleSet) {
    let active: BTreeMap<Arc<str>, Severity> = findings
        .iter()
        .filter(|it| it.state == State::Active)
        .map(|it| (it.rule.clone(), it.severity))
        .collect();
    let mut caused_by: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for (cause, severity) in &active {
        for consequence in reached(cause, *severity, &active, rules) {
            caused_by.entry(consequence).or_default().push(cause.clone());
        }
    }
    for finding in findings.iter_mut().filter(|it| it.state == State::Active) {
        finding.caused_by = caused_by.remove(&finding.rule).unwrap_or_default();
    }
}

/// The nearest findings that a cause brings about, through problems that were not found. A note is no cause of what is that far away.
fn reached(
    cause: &str,
    severity: Severity,
    active: &BTreeMap<Arc<str>, Severity>,
    rules: &RuleSet,
) -> BTreeSet<Arc<str>> {
    let mut found = BTreeSet::new();
    let mut visited = BTreeSet::from([cause.to_owned()]);
    let mut open = vec![cause.to_owned()];
    while let Some(id) = open.pop() {
        for next in rules.get(&id).map(|rule| rule.causes.as_slice()).unwrap_or_default() {
            if !visited.insert(next.clone()) {
                continue;
            }
            if let Some((next, _)) = active.get_key_value(next.as_str()) {
                found.insert(next.clone());
            } else if severity > Severity::Info {
                open.push(next.clone());
            }
        }
    }
    found
}

/// Active before recovered; a cause before its consequence if it is at least as certain; then certainty, the severity of what it
/// brings about, its own, id.
fn sort(mut findings: Vec<Finding>) -> Vec<Finding> {
    let worst = worst_by_cause(&findings);
    findings.sort_by(|a, b| key(a, &worst).cmp(&key(b, &worst)));
    let mut sorted: Vec<Finding> = Vec::with_capacity(findings.len());
    while !findings.is_empty() {
        let ready = findings.iter().position(|it| !waits(it, &findings)).unwrap_or(0);
        sorted.push(findings.remove(ready));
    }
    sorted
}

/// How bad the worst is that each cause brings about, directly or through others: a warning behind an error counts as one.
fn worst_by_cause(findings: &[Finding]) -> BTreeMap<Arc<str>, Severity> {
    let mut worst: BTreeMap<Arc<str>, Severity> = BTreeMap::new();
    let mut changes = true;
    while changes {
        changes = false;
        for finding in findings {
            let severity =
                worst.get(&finding.rule).copied().unwrap_or(finding.severity).max(finding.severity);
            for cause in &finding.caused_by {
                if worst.get(cause).is_none_or(|known| *known < severity) {
                    worst.insert(cause.clone(), severity);
                    changes = true;
                }
            }
        }
    }
    worst
}

type Key<'f> = (Reverse<State>, Reverse<Certainty>, Reverse<Severity>, Reverse<Severity>, &'f str);

fn key<'f>(finding: &'f Finding, worst: &BTreeMap<Arc<str>, Severity>) -> Key<'f> {
    let worst = worst.get(&finding.rule).copied().unwrap_or(finding.severity).max(finding.severity);
    (
        Reverse(finding.state),
        Reverse(finding.certainty),
        Reverse(worst),
        Reverse(finding.severity),
        &finding.rule,
    )
}

fn waits(finding: &Finding, left: &[Finding]) -> bool {
    left.iter().any(|cause| finding.caused_by.contains(&cause.rule) && cause.certainty >= finding.certainty)
}
