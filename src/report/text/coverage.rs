//! What was looked at. "Nothing found" means little without it.

use super::page::{Page, Tone};
use crate::diagnose::finding::{Device, Diagnosis};

/// So many undecided rules are named; a log alone leaves most rules undecided, and a page of names helps nobody.
const MOST_NAMES: usize = 6;

/// Outputs seen, rules that looked and that could not decide, and what to collect next.
pub(super) fn write(page: &mut Page<'_>, diagnosis: &Diagnosis, device: &Device) {
    page.gap();
    page.line(0, &[(Tone::Strong, "Coverage")]);
    let seen = sections(diagnosis, device);
    let seen = if seen.is_empty() { vec!["no output of a known command"] } else { seen };
    page.items(2, "seen:", &seen);
    page.hanging(2, (Tone::Faint, "rules:"), Tone::Plain, &counts(device));
    let undecided = &device.coverage.undecided;
    if undecided.len() > MOST_NAMES && !page.is_detailed() {
        let (named, rest) = undecided.split_at_checked(MOST_NAMES).unwrap_or((undecided, &[]));
        let more = format!("and {} more (all with -v)", rest.len());
        let names: Vec<&str> = named.iter().map(|it| &**it).chain([more.as_str()]).collect();
        page.items(2, "could not decide:", &names);
    } else if !undecided.is_empty() {
        page.items(2, "could not decide:", undecided);
    }
    if !device.collect_next.is_empty() {
        page.items(2, "collect next:", &device.collect_next);
    }
}

/// Commands whose output was recognised in the inputs of a device, each once, in order.
pub(super) fn sections<'d>(diagnosis: &'d Diagnosis, device: &Device) -> Vec<&'d str> {
    let mut seen = Vec::new();
    let inputs = diagnosis.inputs.iter().filter(|input| device.paths.contains(&input.path));
    for section in inputs.flat_map(|input| &input.sections) {
        if !seen.contains(&section.as_str()) {
            seen.push(section);
        }
    }
    seen
}

fn counts(device: &Device) -> String {
    let coverage = &device.coverage;
    let (matched, undecided) = (coverage.matched.len(), coverage.undecided.len());
    let looked = matched + coverage.not_matched;
    format!(
        "{looked} looked, {matched} matched, {} did not; {} do not apply, {undecided} could not decide",
        coverage.not_matched, coverage.not_applicable,
    )
}
