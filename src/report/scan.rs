//! `sldiag scan`: one line a device, then the fleet: which cause on which devices, worst first, with its commands.

use crate::base::{Certainty, Severity, State};
use crate::diagnose::finding::{Device, Diagnosis, Finding, FleetEntry};
use crate::report::Style;
use crate::report::text::{Page, Tone, clean, clip, clip_start, label, label_of, name, plural, width};

/// Columns of a device's name; longer ones are clipped.
const WIDEST_NAME: usize = 32;
/// Columns of the severity word: `warning?`.
const SEVERITY: usize = 8;

/// The batch view, ending in a line end.
pub fn render(diagnosis: &Diagnosis, style: &Style) -> String {
    let mut page = Page::new(style);
    if diagnosis.devices.is_empty() {
        page.paragraph(0, Tone::Strong, "Nothing was recognised as licensing data.");
        return page.finish();
    }
    let names = diagnosis.devices.iter().map(|device| width(&clean(name(device))));
    let columns = names.max().unwrap_or(0).clamp(6, WIDEST_NAME);
    let heading = format!("{:columns$}  {:SEVERITY$}  {}", "DEVICE", "WORST", "CAUSE");
    page.line(0, &[(Tone::Strong, &heading)]);
    for device in &diagnosis.devices {
        device_line(&mut page, device, columns);
    }
    fleet(&mut page, diagnosis);
    page.finish()
}

fn device_line(page: &mut Page<'_>, device: &Device, columns: usize) {
    let shown = shown_name(page, device, columns);
    let padding = " ".repeat(columns.saturating_sub(width(&shown)) + 2);
    let (tone, severity, cause) = verdict(device);
    let cause = clip(&clean(&cause), page.room(columns + SEVERITY + 4), page.more());
    let severity = format!("{severity:SEVERITY$}  ");
    page.line(0, &[(Tone::Plain, &shown), (Tone::Plain, &padding), (tone, &severity), (Tone::Plain, &cause)]);
}

/// Of an input that stands for a device the end tells more than the beginning.
fn shown_name(page: &Page<'_>, device: &Device, columns: usize) -> String {
    let name = clean(name(device));
    if device.hostname.is_none() && device.serial.is_none() {
        return clip_start(&name, columns, page.more());
    }
    clip(&name, columns, page.more())
}

/// The worst severity (`?` where nothing of it is proved), and the leading rule with the number of other active findings.
fn verdict(device: &Device) -> (Tone, String, String) {
    let active: Vec<&Finding> = device.findings.iter().filter(|it| it.state == State::Active).collect();
    let Some(worst) = worst(&active) else {
        let recovered = device.findings.len();
        let undecided = device.coverage.undecided.len();
        let mut words = vec!["nothing found".to_owned()];
        words.extend((recovered > 0).then(|| format!("{recovered} recovered")));
        words.extend((undecided > 0).then(|| format!("{} undecided", plural(undecided, "rule"))));
        // Where no rule could decide, "ok" would be a guess.
        let (tone, word) = match device.coverage.not_matched {
            0 if undecided > 0 => (Tone::Uneasy, "unclear"),
            _ => (Tone::Good, "ok"),
        };
        return (tone, word.to_owned(), words.join(", "));
    };
    // Findings come with the cause first: it leads even where its consequence is worse.
    let leading = active.iter().find(|it| it.severity >= Severity::Warning).unwrap_or(&worst);
    let others = active.len() - 1;
    let more = if others > 0 { format!(" (+{others})") } else { String::new() };
    let doubt = if worst.certainty == Certainty::Possible { "?" } else { "" };
    let severity = format!("{}{doubt}", worst.severity.name());
    (Tone::of(worst.severity), severity, format!("{}{more}", label_of(leading)))
}

fn worst<'f>(active: &[&'f Finding]) -> Option<&'f Finding> {
    active.iter().copied().max_by_key(|it| (it.severity, it.certainty))
}

fn fleet(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    if diagnosis.fleet.is_empty() {
        return;
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "Causes, worst first")]);
    for entry in &diagnosis.fleet {
        cause(page, diagnosis, entry);
    }
}

fn cause(page: &mut Page<'_>, diagnosis: &Diagnosis, entry: &FleetEntry) {
    let of_rule = diagnosis.devices.iter().flat_map(|device| &device.findings);
    let severity = of_rule.filter(|it| it.rule == entry.rule).map(|it| it.severity).max();
    let severity = severity.unwrap_or(Severity::Info);
    let text = format!(
        "{} on {}: {}",
        label(entry.scenario, &entry.rule),
        plural(entry.devices.len(), "device"),
        entry.devices.join(", ")
    );
    page.hanging(0, (Tone::of(severity), severity.name()), Tone::Plain, &text);
    match (&entry.first_seen, &entry.last_seen) {
        (Some(first), Some(last)) => page.paragraph(4, Tone::Faint, &format!("first {first}, last {last}")),
        (Some(only), None) | (None, Some(only)) => page.paragraph(4, Tone::Faint, &format!("at {only}")),
        (None, None) => {}
    }
    for command in &entry.commands {
        page.command(4, command);
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::report::{Style, sample};

    #[test]
    fn devices_then_causes() {
        let text = render(&sample::fleet(), &Style::default());
        snapbox::assert_data_eq!(text, snapbox::file!["text/snapshots/scan.txt"].raw());
    }

    #[test]
    fn nothing_read_is_said() {
        let text = render(&sample::nothing_read(), &Style::default());
        assert_eq!(text, "Nothing was recognised as licensing data.\n");
    }
}
