//! The one table from a command to the parser of its output.

use crate::parse::{
    Sink, call_home, clock, config, connectivity, cpu, eventlog, history, hosts, http_client, interfaces,
    license, logging, ntp, pki, platform, redundancy, rum, ucm, version,
};
use crate::text::Section;

type Parser = fn(&Section<'_>, &mut Sink<'_>);

const PARSERS: &[(&str, Parser)] = &[
    ("show license all", license::parse),
    ("show license status", license::parse),
    ("show license summary", license::parse),
    ("show license usage", usage),
    ("show license udi", license::parse),
    ("show license tech support", license::parse),
    ("show license authorization", license::parse),
    ("show license reservation", license::parse),
    ("show license", features),
    ("show license history message", history::parse),
    ("show license platform summary", platform::flexible),
    ("show license eventlog", eventlog::parse),
    // IOS XE announces each output in the bundle by a banner of its own; ASA prints the agent's text right here (DOMAIN 8).
    ("show tech-support license", license::parse),
    ("show version", version::parse),
    ("show call-home", call_home::parse),
    ("show call-home profile all", call_home::parse),
    ("show call-home smart-licensing", call_home::parse),
    ("show running-config", config::parse),
    ("show clock", clock::parse),
    ("show ntp status", ntp::parse),
    ("show ntp associations", ntp::parse),
    ("show logging", logging::parse),
    ("show crypto pki trustpoints", pki::trustpoints),
    ("show crypto pki trustpool", pki::trustpool),
    ("show crypto pki certificates", pki::certificates),
    ("show license rum id", rum::parse),
    ("show license right-to-use", platform::rights),
    ("show license platform detail", platform::flexible),
    ("show call-home statistics", call_home::statistics),
    ("show call-home smart-licensing statistics", call_home::statistics),
    ("show hosts", hosts::parse),
    ("show ip http client", http_client::parse),
    ("show ip interface brief", interfaces::parse),
    ("show switch", redundancy::switch),
    ("show redundancy", redundancy::redundancy),
    ("show processes cpu", cpu::parse),
    ("show status", ucm::status),
    ("ping", connectivity::ping),
    ("telnet", connectivity::telnet),
];

/// Reads a section with the parser of its command; a command without one is only noted as seen.
pub(super) fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    if let Some((_, parser)) = PARSERS.iter().find(|(command, _)| *command == section.command) {
        parser(section, sink);
    }
}

/// `show license usage` is the agent's on most systems, and the table of PAK licences on Nexus.
fn usage(section: &Section<'_>, sink: &mut Sink<'_>) {
    if platform::is_pak_table(section) {
        platform::packages(section, sink);
    } else {
        license::parse(section, sink);
    }
}

/// `show license` lists right-to-use features, or is what the agent shows of itself.
fn features(section: &Section<'_>, sink: &mut Sink<'_>) {
    if platform::is_feature_list(section) {
        platform::features(section, sink);
    } else {
        license::parse(section, sink);
    }
}

#[cfg(test)]
mod tests;
