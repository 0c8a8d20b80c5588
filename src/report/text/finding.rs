//! One finding: how bad and how sure, what is wrong, the lines that prove it, what to do.

use super::page::{Page, Tone};
use super::{label_of, plural, step};
use crate::base::{Certainty, Severity, State};
use crate::diagnose::finding::{Device, Evidence, Finding};

/// Lines quoted of a finding in full; the JSON report has all.
const QUOTED: usize = 5;

/// An active finding. A consequence of another finding, and one not `in_full`, is shown without its steps.
pub(super) fn write(page: &mut Page<'_>, device: &Device, finding: &Finding, in_full: bool) {
    head(page, finding);
    page.paragraph(0, Tone::Strong, &finding.title);
    page.paragraph(2, Tone::Plain, &finding.message);
    let (causes, maybe) = causes_of(device, finding);
    if !causes.is_empty() {
        let follows = format!("Follows from {}: solve that first.", causes.join(" and "));
        page.paragraph(2, Tone::Strong, &follows);
    }
    if !maybe.is_empty() {
        page.paragraph(
            2,
            Tone::Plain,
            &format!("May follow from {}, which is only possible.", maybe.join(" and ")),
        );
    }
    if page.is_detailed() {
        page.prose(2, &finding.explain);
    }
    evidence(page, finding, if in_full { QUOTED } else { 1 });
    settled_by(page, finding);
    if (in_full && causes.is_empty()) || page.is_detailed() {
        step::list(page, &finding.next_steps);
    } else if !finding.next_steps.is_empty() {
        let steps = plural(finding.next_steps.len(), "next step");
        page.paragraph(2, Tone::Faint, &format!("{steps}, if it stays: sldiag explain {}", finding.rule));
    }
    if page.is_detailed() {
        references(page, finding);
    }
}

/// A finding that is over, in short.
pub(super) fn recovered(page: &mut Page<'_>, finding: &Finding) {
    let text = format!("{}: {}", label_of(finding), finding.title);
    page.hanging(2, (Tone::Good, finding.severity.name()), Tone::Plain, &text);
    if finding.count > 1 || finding.last_seen.is_some() {
        page.paragraph(4, Tone::Faint, &seen(finding));
    }
    // Of one that was seen at a time, a message that tells it, and not the setting that it is read with: `Type: Smart`.
    let told = finding.evidence.iter().find(|it| finding.last_seen.is_some() && mnemonic(&it.text).is_some());
    if let Some(first) = told.or(finding.evidence.first()) {
        page.place(4, &first.path, first.line, "");
        page.quote(4, &first.text);
    }
}

fn head(page: &mut Page<'_>, finding: &Finding) {
    let word = severity_word(finding.severity);
    let certainty = match finding.certainty {
        Certainty::Confirmed => "confirmed",
        Certainty::Possible => "possible",
    };
    let state = match finding.state {
        State::Active => "active",
        State::Recovered => "recovered",
    };
    page.hanging(
        0,
        (Tone::of(finding.severity), word),
        Tone::Plain,
        &format!("{}, {certainty}, {state}", label_of(finding)),
    );
}

/// The severity as the head of a finding shows it.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

/// Labels of the active findings of this device that bring it about: those at least as certain as it, and the others.
fn causes_of(device: &Device, finding: &Finding) -> (Vec<String>, Vec<String>) {
    let active = device.findings.iter().filter(|other| other.state == State::Active);
    let causes = active.filter(|other| finding.caused_by.contains(&other.rule));
    let (sure, maybe): (Vec<_>, Vec<_>) = causes.partition(|cause| cause.certainty >= finding.certainty);
    let labels = |findings: Vec<&Finding>| findings.into_iter().map(label_of).collect();
    (labels(sure), labels(maybe))
}

/// Quoted lines; lines that say the same fold into the first of them with their number.
fn evidence(page: &mut Page<'_>, finding: &Finding, most: usize) {
    page.line(2, &[(Tone::Strong, "Evidence")]);
    let mut folded: Vec<(&Evidence, usize)> = Vec::new();
    for line in &finding.evidence {
        match folded.iter_mut().find(|(first, _)| says_the_same(first, line)) {
            Some((_, count)) => *count += 1,
            None => folded.push((line, 1)),
        }
    }
    for (line, count) in folded.iter().take(most) {
        let times = if *count > 1 { format!("first of {count}, ") } else { String::new() };
        page.place(4, &line.path, line.line, &format!("{times}in {}", line.section));
        page.quote(4, &line.text);
    }
    if finding.count > 1 {
        page.paragraph(4, Tone::Faint, &seen(finding));
    }
    if folded.len() > most {
        let rest = plural(folded.len() - most, "more line");
        page.paragraph(4, Tone::Faint, &format!("{rest} in -f json"));
    }
}

/// Equal lines of an input, or log records of one message: only their times and ports differ.
fn says_the_same(one: &Evidence, other: &Evidence) -> bool {
    let same_message = mnemonic(&one.text).is_some_and(|name| mnemonic(&other.text) == Some(name));
    one.path == other.path && one.section == other.section && (one.text == other.text || same_message)
}

/// `%FACILITY-SEVERITY-MNEMONIC` of a log line.
fn mnemonic(text: &str) -> Option<&str> {
    let (_, after) = text.split_once('%')?;
    let (name, _) = after.split_once(':')?;
    let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ' ');
    name.chars().all(named).then(|| name.trim_end())
}

/// `seen 48 times, first …, last …`.
fn seen(finding: &Finding) -> String {
    let times = match finding.count {
        0 | 1 => "seen once".to_owned(),
        count => format!("seen {count} times"),
    };
    match (&finding.first_seen, &finding.last_seen) {
        (Some(first), Some(last)) if first != last => format!("{times}, first {first}, last {last}"),
        (Some(only), _) | (None, Some(only)) => format!("{times}, at {only}"),
        (None, None) => times,
    }
}

fn settled_by(page: &mut Page<'_>, finding: &Finding) {
    if finding.certainty == Certainty::Confirmed || finding.collect.is_empty() {
        return;
    }
    page.line(2, &[(Tone::Strong, "Would be settled by")]);
    for command in &finding.collect {
        page.command(4, command);
    }
}

fn references(page: &mut Page<'_>, finding: &Finding) {
    if finding.references.is_empty() {
        return;
    }
    page.line(2, &[(Tone::Strong, "References")]);
    for reference in finding.references.iter() {
        page.paragraph(4, Tone::Plain, &reference.title);
        if let Some(url) = &reference.url {
            page.command(4, url);
        }
    }
}
