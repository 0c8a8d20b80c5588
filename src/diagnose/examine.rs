//! One rule on one device: not applicable, not matched, undecided, or a finding.

use std::sync::Arc;

use super::device::Device;
use super::finding::{Evidence, Finding};
use super::judge::Judge;
use super::steps;
use super::verdict::{Proof, Verdict, add_new};
use super::words::Words;
use crate::base::{Certainty, Place, Severity, State, Truth, mask};
use crate::rules::{Bindings, Condition, Rule};

/// What came of a rule.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It is about another era, platform or release.
    NotApplicable,
    /// It looked and found nothing.
    NotMatched,
    /// It cannot tell; these commands would settle it.
    Undecided(Arc<[String]>),
    /// It found something.
    Found(Box<Finding>),
}

/// Judges a rule on a device.
///
/// The newest readings decide. Where they do not fire but an older reading does, the problem was there and is over.
pub(super) fn examine(rule: &Rule, device: &Device) -> Outcome {
    let judge = Judge::of(rule, device);
    let Some(known) = context(rule, &judge) else { return Outcome::NotApplicable };
    let verdict = symptoms(rule, &judge, &known);
    let is_silenced = is(&judge, rule.unless.as_ref(), Truth::Yes, &verdict.bindings);
    let possible = verdict.truth == Truth::Unknown && verdict.symptom;
    if !is_silenced && (verdict.truth == Truth::Yes || possible) {
        return Outcome::Found(Box::new(finding(rule, &judge, verdict, None)));
    }
    if let Some(past) = earlier(rule, device) {
        return Outcome::Found(Box::new(past));
    }
    if verdict.truth == Truth::Unknown && !is_silenced && is_open(&verdict) {
        return Outcome::Undecided(verdict.collect.into());
    }
    Outcome::NotMatched
}

/// Whether a command would settle what is unknown. Where the outputs that tell the state were looked at and only a log might
/// say otherwise, the rule has looked: a healthy device is not half examined for want of a log.
fn is_open(verdict: &Verdict) -> bool {
    let only_logs = verdict.collect.iter().all(|command| LOGS.contains(&command.as_str()));
    !verdict.collect.is_empty() && (!verdict.looked || !only_logs)
}

const LOGS: &[&str] = &["show logging", "show license eventlog"];

/// What `applies` captured; `None` where it is false.
fn context(rule: &Rule, judge: &Judge<'_>) -> Option<Bindings> {
    let Some(applies) = &rule.applies else { return Some(Bindings::new()) };
    let verdict = judge.judge(applies, &Bindings::new());
    (verdict.truth != Truth::No).then_some(verdict.bindings)
}

/// The verdict on `when`, with the names that `applies` captured.
fn symptoms(rule: &Rule, judge: &Judge<'_>, known: &Bindings) -> Verdict {
    let mut verdict = judge.judge(&rule.when, known);
    verdict.bindings.add(known);
    verdict
}

fn is(judge: &Judge<'_>, condition: Option<&Condition>, truth: Truth, bindings: &Bindings) -> bool {
    condition.is_some_and(|it| judge.judge(it, bindings).truth == truth)
}

/// A finding of older readings.
fn earlier(rule: &Rule, device: &Device) -> Option<Finding> {
    device.earlier_sections(&rule.looks_at().blocks).into_iter().find_map(|until| {
        let judge = Judge::of(rule, device).up_to(until);
        let verdict = symptoms(rule, &judge, &context(rule, &judge)?);
        let fires =
            verdict.truth == Truth::Yes && !is(&judge, rule.unless.as_ref(), Truth::Yes, &verdict.bindings);
        fires.then(|| finding(rule, &judge, verdict, Some(State::Recovered)))
    })
}

fn finding(rule: &Rule, judge: &Judge<'_>, mut verdict: Verdict, state: Option<State>) -> Finding {
    let device = judge.device;
    let certainty = if verdict.truth == Truth::Yes { Certainty::Confirmed } else { Certainty::Possible };
    let state = state.unwrap_or_else(|| state_of(rule, judge, &verdict));
    let severity = severity_of(rule, judge, &mut verdict.bindings);
    let collect = collect(rule, judge, &verdict, certainty);
    let words =
        Words { device, until: judge.until, bindings: &verdict.bindings, span: verdict.span.as_ref() };
    let span = verdict.span.clone().unwrap_or_default();
    let stale = if state == State::Active { successes(rule, judge, &verdict.bindings) } else { Vec::new() };
    Finding {
        rule: rule.id.clone(),
        scenario: rule.scenario,
        title: rule.title.clone(),
        message: mask::mask(&as_sentence(words.fill(&rule.message))),
        severity,
        certainty,
        state,
        caused_by: Vec::new(),
        count: span.events.values().sum::<usize>().max(1),
        first_seen: span.first.as_ref().map(crate::base::Stamp::to_json_text),
        last_seen: span.last.as_ref().map(crate::base::Stamp::to_json_text),
        first: span.first,
        last: span.last,
        fingerprint: super::fingerprint(&rule.id, device),
        evidence: evidence(device, &verdict.proof),
        collect,
        explain: rule.explain.clone(),
        next_steps: steps::next_steps(rule, judge, &words, &stale),
        references: rule.references.clone(),
    }
}

/// A message that begins with a device without a name begins in lower case.
fn as_sentence(message: String) -> String {
    match message.strip_prefix("this device") {
        Some(rest) => format!("This device{rest}"),
        None => message,
    }
}

/// The successes on record of a problem that is active: they are older than it, so they show no step as done.
fn successes(rule: &Rule, judge: &Judge<'_>, bindings: &Bindings) -> Vec<Place> {
    let verdict = rule.recovered_by.as_ref().map(|it| judge.judge(it, bindings));
    let proof = verdict.filter(|it| it.truth == Truth::Yes).map(|it| it.proof);
    proof.unwrap_or_default().into_iter().map(|proof| proof.place).collect()
}

/// Recovered where something newer than the newest symptom says so.
fn state_of(rule: &Rule, judge: &Judge<'_>, verdict: &Verdict) -> State {
    let Some((recovered_by, newest)) = rule.recovered_by.as_ref().zip(verdict.newest(judge.device)) else {
        return State::Active;
    };
    match judge.after(newest).judge(recovered_by, &verdict.bindings).truth {
        Truth::Yes => State::Recovered,
        Truth::No | Truth::Unknown => State::Active,
    }
}

fn severity_of(rule: &Rule, judge: &Judge<'_>, bindings: &mut Bindings) -> Severity {
    for (condition, severity) in &rule.severity_cases {
        let verdict = judge.judge(condition, bindings);
        if verdict.truth == Truth::Yes {
            bindings.replace(verdict.bindings);
            return *severity;
        }
    }
    rule.severity
}

/// What would settle a possible finding. An output that is there in full said what it has to say, unless nothing else is left to ask.
fn collect(rule: &Rule, judge: &Judge<'_>, verdict: &Verdict, certainty: Certainty) -> Vec<String> {
    if certainty == Certainty::Confirmed {
        return Vec::new();
    }
    let asked = if rule.collect.is_empty() { lacking(rule, judge, verdict) } else { rule.collect.clone() };
    let is_new = |command: &&String| judge.device.capture.whole(command).is_none();
    let new: Vec<String> = asked.iter().filter(is_new).cloned().collect();
    if new.is_empty() { asked } else { new }
}

/// What the symptoms lack, then the counter-evidence that was not seen.
fn lacking(rule: &Rule, judge: &Judge<'_>, verdict: &Verdict) -> Vec<String> {
    let mut collect = verdict.collect.clone();
    if let Some(unless) = &rule.unless {
        add_new(&mut collect, &judge.judge(unless, &verdict.bindings).collect);
    }
    collect
}

/// The lines of a proof, each once, in the order of the capture.
pub(super) fn evidence(device: &Device, proof: &[Proof]) -> Vec<Evidence> {
    let mut proof: Vec<&Proof> = proof.iter().collect();
    proof.sort_by(|a, b| a.place.cmp(&b.place));
    proof.dedup_by(|a, b| a.place == b.place);
    proof.into_iter().map(|it| quote(device, it)).collect()
}

/// A line as evidence shows it.
pub(super) fn quote(device: &Device, proof: &Proof) -> Evidence {
    let section = device.capture.seen.get(proof.section).map(|seen| seen.command.clone()).unwrap_or_default();
    Evidence {
        path: proof.place.path.to_string(),
        line: proof.place.original,
        text: mask::mask(&proof.place.text),
        section,
    }
}
