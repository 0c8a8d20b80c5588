//! The running configuration: as a tree by indentation, and the facts that its lines prove.
//!
//! Defaults are not printed and a part is no whole, so a line that is missing here proves nothing unless the whole
//! configuration was seen (DOMAIN 4.1). What a `show` output says of the same fact counts more: these readings are weak.

mod lines;
mod network;
mod profiles;
mod proven;
mod tree;

use super::Sink;
use crate::base::Wholeness;
use crate::facts::Config;
use crate::text::{Line, Section};

/// Reads a configuration into `Capture::configs`, and what it proves into facts.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let kept = lines::significant(&section.lines);
    let whole = section.wholeness != Wholeness::Piped && is_whole(&section.lines, &kept);
    if !whole {
        sink.set_cut();
    }
    let config = Config {
        place: sink.place(section.heading),
        section: sink.section(),
        whole,
        with_defaults: shows_defaults(section, sink),
        lines: tree::tree(&kept, sink),
    };
    proven::head(&section.lines, sink);
    proven::facts(&config, sink);
    sink.capture().configs.push(config);
}

/// Whether a configuration has its head, or the `version` line that follows it, and its `end`. ASA prints `: end`.
fn is_whole(all: &[Line<'_>], kept: &[lines::Kept<'_>]) -> bool {
    let has_head = all.iter().take(12).any(|line| is_head(line.trimmed()))
        || kept.iter().take(12).any(|line| line.text.starts_with("version "));
    let last = all.iter().rev().map(Line::trimmed).find(|text| !text.is_empty() && *text != "!");
    has_head && last.is_some_and(|text| text.trim_start_matches(": ") == "end")
}

fn is_head(text: &str) -> bool {
    text.starts_with("Building configuration")
        || text.starts_with("Current configuration :")
        || text.starts_with("!! IOS XR Configuration")
        || text.starts_with("ASA Version ")
}

/// `show running-config all`, also abbreviated. The section's name does not keep the `all`.
fn shows_defaults(section: &Section<'_>, sink: &Sink<'_>) -> bool {
    let heading = sink.place(section.heading);
    let command = heading.text.split('|').next().unwrap_or_default().trim_end_matches(['-', ' ']);
    command.ends_with(" all")
        || section.lines.iter().take(12).any(|line| line.text.contains("with default configurations exposed"))
}

#[cfg(test)]
mod tests;
