//! One device: who it is, the verdict, the findings with the cause first, what was looked at, and the way to TAC.

use super::page::{Page, Tone};
use super::{coverage, finding, label_of, name, plural, tac, were};
use crate::base::{Certainty, Era, Severity, State};
use crate::diagnose::finding::{Device, Diagnosis, Finding};

/// The device in full.
pub(super) fn write(page: &mut Page<'_>, diagnosis: &Diagnosis, device: &Device) {
    head(page, device);
    page.paragraph(0, Tone::Strong, &verdict(device));
    findings(page, device);
    coverage::write(page, diagnosis, device);
    tac::write(page, device);
}

/// A device without a fault: who it is, and what the word "healthy" rests on.
pub(super) fn one_line(page: &mut Page<'_>, device: &Device) {
    let mut parts = vec![name(device).to_owned()];
    parts.extend(device.pid.clone());
    let looked = device.coverage.matched.len() + device.coverage.not_matched;
    parts.push(format!("{} looked", plural(looked, "rule")));
    let undecided = device.coverage.undecided.len();
    if undecided > 0 {
        parts.push(format!("{undecided} could not decide"));
    }
    if device.left_out > 0 {
        parts.push(format!("{} left out", plural(device.left_out, "finding")));
    }
    parts.extend(device.findings.iter().map(|finding| match finding.state {
        State::Recovered => format!("recovered: {}", label_of(finding)),
        State::Active => format!("{}: {}", finding.severity.name(), label_of(finding)),
    }));
    page.joined(2, Tone::Plain, &parts);
}

fn head(page: &mut Page<'_>, device: &Device) {
    let mut parts = vec![name(device).to_owned()];
    parts.extend(device.pid.clone());
    parts.extend(device.serial.clone().filter(|serial| serial != name(device)));
    parts.extend(software(device));
    parts.push(era(device));
    page.joined(0, Tone::Strong, &parts);
    let captured = match &device.now {
        Some(now) => format!("captured {} ({})", now.value, now.source),
        None => "time of capture not known".to_owned(),
    };
    let mut when = vec![captured];
    when.extend(device.paths.iter().filter(|path| *path != name(device)).cloned());
    page.joined(0, Tone::Faint, &when);
}

/// `IOS XE 16.12.3a`, as far as it is known.
pub(super) fn software(device: &Device) -> Option<String> {
    match (&device.os, &device.version) {
        (Some(os), Some(version)) => Some(format!("{os} {version}")),
        (os, version) => os.clone().or_else(|| version.clone()),
    }
}

/// The licensing generation in words; with more than one in the capture, in order.
pub(super) fn era(device: &Device) -> String {
    let words = |era: Era| match era {
        Era::Rtu => "right-to-use licences",
        Era::Classic => "classic Smart Licensing",
        Era::Policy => "Smart Licensing Using Policy",
        Era::Unknown => "licensing era not known",
    };
    let earlier: Vec<&str> =
        device.eras.iter().filter(|era| **era != device.era).map(|era| words(*era)).collect();
    if earlier.is_empty() {
        return words(device.era).to_owned();
    }
    format!("{} (earlier {})", words(device.era), earlier.join(", "))
}

/// One sentence: how many of what, and where to start.
fn verdict(device: &Device) -> String {
    let active = |certainty, severity| {
        let of =
            |it: &&Finding| it.state == State::Active && it.certainty == certainty && severity == it.severity;
        device.findings.iter().filter(of).count()
    };
    let mut counts = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let noun = if severity == Severity::Info { "note" } else { severity.name() };
        for (certainty, adjective) in [(Certainty::Confirmed, ""), (Certainty::Possible, "possible ")] {
            match active(certainty, severity) {
                0 => {}
                n => counts.push(plural(n, &format!("{adjective}{noun}"))),
            }
        }
    }
    let recovered = device.findings.iter().filter(|it| it.state == State::Recovered).count();
    if recovered > 0 {
        counts.push(format!("{recovered} recovered"));
    }
    let start =
        device.findings.iter().find(|it| it.state == State::Active && it.severity >= Severity::Warning);
    match (counts.is_empty(), start) {
        (true, _) => nothing_found(device),
        (false, Some(first)) => format!("{}. Start with {}.", counts.join(", "), label_of(first)),
        (false, None) => format!("No fault is active: {}.", counts.join(", ")),
    }
}

fn nothing_found(device: &Device) -> String {
    if device.left_out > 0 {
        return format!(
            "Nothing found of what was asked for: {} left out.",
            were(device.left_out, "finding")
        );
    }
    let looked = plural(device.coverage.not_matched, "rule");
    match device.coverage.undecided.len() {
        0 => format!("Nothing found: {looked} looked and none matched."),
        n => format!(
            "Nothing found, but not everything was seen: {looked} did not match, {n} could not decide."
        ),
    }
}

fn findings(page: &mut Page<'_>, device: &Device) {
    let (active, recovered): (Vec<_>, Vec<_>) =
        device.findings.iter().partition(|finding| finding.state == State::Active);
    let (confirmed, possible): (Vec<_>, Vec<_>) =
        active.into_iter().partition(|finding| finding.certainty == Certainty::Confirmed);
    // Where something is proved, notes and what is merely possible must not push it off the screen.
    let is_proved = confirmed.iter().any(|finding| finding.severity >= Severity::Warning);
    // A note is certain before a fault that is merely possible, and still not where to start.
    let notes_last = !is_proved && possible.iter().any(|finding| finding.severity >= Severity::Warning);
    let (before, after) = if notes_last { (vec![], confirmed) } else { (confirmed, vec![]) };
    for finding in &before {
        page.gap();
        finding::write(page, device, finding, !is_proved || finding.severity >= Severity::Warning);
    }
    if !possible.is_empty() {
        page.gap();
        page.line(0, &[(Tone::Strong, "Possible, not proved by this capture")]);
    }
    for (number, finding) in possible.iter().enumerate() {
        if number > 0 {
            page.gap();
        }
        finding::write(page, device, finding, !is_proved);
    }
    for finding in &after {
        page.gap();
        finding::write(page, device, finding, false);
    }
    if !recovered.is_empty() {
        page.gap();
        page.line(0, &[(Tone::Strong, "Recovered")]);
    }
    for finding in &recovered {
        finding::recovered(page, finding);
    }
}
