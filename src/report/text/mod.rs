//! The text report, for an engineer at three in the morning: what is wrong, the lines that prove it, what to do.
//!
//! Pure: a diagnosis and a style give a string. No line of the frame is wider than the style says; quoted lines are clipped
//! to it, commands never are. Colour only repeats what the words say.

mod coverage;
mod device;
mod finding;
mod layout;
mod page;
mod step;
mod tac;

pub(crate) use finding::severity_word;
pub(crate) use layout::{clean, clip, clip_start, width};
pub(crate) use page::{Page, Tone};
pub(crate) use step::effect as step_effect;

use crate::base::{Problem, Severity, State};
use crate::diagnose::finding::{Device, Diagnosis, Finding};

/// How a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// ANSI colours.
    pub color: bool,
    /// Marks and dots beyond ASCII.
    pub unicode: bool,
    /// Columns of the frame; 40 at least, what the labels need.
    pub width: usize,
    /// Columns of a table, which has lines as long as its cells need.
    pub table: usize,
    /// Explanations, references, and the steps of consequences too.
    pub detail: bool,
}

impl Default for Style {
    /// ASCII without colour, 80 columns: what a file or a pipe takes.
    fn default() -> Self {
        Self { color: false, unicode: false, width: 80, table: 120, detail: false }
    }
}

/// The whole report, ending in a line end.
pub fn render(diagnosis: &Diagnosis, style: &Style) -> String {
    let mut page = Page::new(style);
    match diagnosis.devices.as_slice() {
        [] => nothing_read(&mut page, diagnosis),
        [device] => device::write(&mut page, diagnosis, device),
        devices => fleet(&mut page, diagnosis, devices),
    }
    problems(&mut page, &diagnosis.problems);
    page.finish()
}

fn nothing_read(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    let read = match diagnosis.inputs.len() {
        _ if diagnosis.left_out > 0 => {
            format!("No device of this name: {} left out by --device.", were(diagnosis.left_out, "device"))
        }
        0 => "No input could be read.".to_owned(),
        n => format!("Nothing in {} was recognised as licensing data.", plural(n, "input")),
    };
    page.paragraph(0, Tone::Strong, &read);
    let hint = "sldiag reads terminal logs, show license all, show tech-support license and syslog as text.";
    page.paragraph(0, Tone::Plain, hint);
}

/// Many devices: the sum first, then the sick ones in full, then the healthy ones in a line each.
fn fleet(page: &mut Page<'_>, diagnosis: &Diagnosis, devices: &[Device]) {
    let (sick, healthy): (Vec<_>, Vec<_>) = devices.iter().partition(|device| is_sick(device));
    let words = format!(
        "{}: {} with findings, {} without",
        plural(devices.len(), "device"),
        sick.len(),
        healthy.len()
    );
    page.paragraph(0, Tone::Strong, &words);
    for device in &sick {
        page.gap();
        device::write(page, diagnosis, device);
    }
    if !healthy.is_empty() {
        page.gap();
        let is_all = healthy.iter().all(|device| device.left_out == 0);
        let heading = if is_all { "No fault found" } else { "No fault found among what was asked for" };
        page.line(0, &[(Tone::Strong, heading)]);
        for device in &healthy {
            device::one_line(page, device);
        }
    }
}

/// What could not be read.
pub(crate) fn problems(page: &mut Page<'_>, problems: &[Problem]) {
    if problems.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Uneasy, "Not read, or not in full")]);
    for problem in problems {
        match problem.line {
            Some(line) => page.place(2, &problem.path, line, ""),
            None => page.paragraph(2, Tone::Strong, &problem.path),
        }
        page.paragraph(4, Tone::Plain, &format!("{} ({})", problem.text, problem.code));
    }
}

/// Whether a device has an active error or warning, proved or possible.
pub(crate) fn is_sick(device: &Device) -> bool {
    device.findings.iter().any(|it| it.state == State::Active && it.severity >= Severity::Warning)
}

/// What a device is called: its name, else its serial number, else the input.
pub(crate) fn name(device: &Device) -> &str {
    let named = device.hostname.as_deref().or(device.serial.as_deref());
    named.or(device.paths.first().map(String::as_str)).unwrap_or("unnamed device")
}

/// `#3 clock-offset`, or the rule alone outside every scenario.
pub(crate) fn label(scenario: Option<u8>, rule: &str) -> String {
    scenario.map_or_else(|| rule.to_owned(), |number| format!("#{number} {rule}"))
}

/// The label of a finding.
pub(crate) fn label_of(finding: &Finding) -> String {
    label(finding.scenario, &finding.rule)
}

/// `1 device`, `2 devices`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `1 device was`, `2 devices were`.
pub(crate) fn were(count: usize, noun: &str) -> String {
    format!("{} {}", plural(count, noun), if count == 1 { "was" } else { "were" })
}

#[cfg(test)]
mod tests;
