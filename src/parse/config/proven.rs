//! What lines of a configuration prove. Only what a line says outright: the profile `CiscoTAC-1` reports licensing data without
//! saying so, and a missing line may be a default (DOMAIN 4.1), so profiles stay with `show call-home profile all`.

use super::{network, profiles};
use crate::base::Era;
use crate::facts::{Config, ConfigLine, Element, Value};
use crate::parse::version::era_of_configuration;
use crate::parse::{Fields, Sink, destination};
use crate::text::Line;

/// Reads the release where the head names it (IOS XR and ASA), and when the configuration was changed and saved.
pub(super) fn head(lines: &[Line<'_>], sink: &mut Sink<'_>) {
    for line in lines.iter().take(12) {
        let text = line.trimmed();
        date(text, line.number, sink);
        let found = [("!! IOS XR Configuration ", "IOS XR"), ("ASA Version ", "ASA")]
            .iter()
            .find_map(|(start, os)| Some((*os, text.strip_prefix(start)?.trim())));
        if let Some((os, version)) = found {
            let mut weak = sink.weak();
            weak.text("device.os", line.number, os);
            weak.text("device.version", line.number, version);
            weak.text("config.version", line.number, version);
            if os == "ASA" {
                sink.set_era(Era::Classic);
            }
        }
    }
}

/// `! Last configuration change at 13:06:00 UTC Mon Nov 4 2019 by admin` and `! NVRAM config last updated at …`. The second
/// stands there only if it was saved since it was loaded.
fn date(text: &str, number: u32, sink: &mut Sink<'_>) {
    let Some(comment) = text.strip_prefix("! ") else { return };
    for (start, key) in [
        ("Last configuration change at ", "config.last_changed"),
        ("NVRAM config last updated at ", "config.last_saved"),
    ] {
        if let Some(rest) = comment.strip_prefix(start) {
            sink.time(key, number, rest);
        }
    }
}

/// Writes the facts of every line.
pub(super) fn facts(config: &Config, sink: &mut Sink<'_>) {
    let mut hosts: Vec<Element> = Vec::new();
    let mut proxy = None;
    let by_call_home =
        config.lines.iter().find_map(|line| line.text.strip_prefix("license smart transport "));
    let by_call_home = by_call_home.map(|kind| kind == "callhome");
    for line in &config.lines {
        let (text, number) = (&*line.text, line.place.line);
        if let Some(rest) = text.strip_prefix("license smart ") {
            smart(rest, number, &mut proxy, sink);
            if by_call_home != Some(true) && rest.starts_with("url ") {
                destination::destination(&mut sink.weak(), number, smart_url(rest).unwrap_or_default());
            }
        } else if text == "call-home" {
            call_home(line, by_call_home != Some(false), sink);
        } else if text == "callhome" {
            callhome(line, &mut sink.weak());
        } else if let Some(host) = host(line, sink) {
            hosts.push(host);
        } else {
            top(text, number, sink);
        }
    }
    network::facts(config, sink);
    let first = hosts.first().and_then(|host| host.iter().map(|(_, it)| it.place.line).min());
    if let Some(first) = first {
        sink.list("hosts", first, hosts);
    }
}

fn top(text: &str, number: u32, sink: &mut Sink<'_>) {
    if let Some(name) = text.strip_prefix("hostname ") {
        let name = name.trim_matches('"');
        // A template names no device: `hostname {{ name }}`.
        if !name.contains(['{', '}', '<', '>', '$']) {
            sink.text("device.hostname", number, name);
        }
    } else if let Some((version, _)) = text.strip_prefix("version ").and_then(|it| it.split_once(" Bios:")) {
        // NX-OS: `version 9.3(5) Bios:version 05.42`.
        let mut weak = sink.weak();
        weak.text("device.os", number, "NX-OS");
        weak.text("device.version", number, version);
        weak.text("config.version", number, version);
    } else if let Some(version) = text.strip_prefix("version ") {
        sink.text("config.version", number, version);
        if let Some(era) = era_of_configuration(version) {
            sink.set_era(era);
        }
    } else if let Some((pid, serial)) = udi(text) {
        sink.weak().text("device.pid", number, pid);
        sink.weak().text("device.serial", number, serial);
    } else if let Some(level) = text.strip_prefix("license boot level ") {
        sink.text("license.boot_level", number, level);
    } else if text == "service call-home" || text == "no service call-home" {
        sink.weak().flag("call_home.enabled", number, text.starts_with("service"));
    }
}

/// `license udi pid C9300-24P sn FOC1`.
fn udi(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("license udi pid ")?.split_once(" sn ")
}

/// `ip host [vrf V] name address…`, on IOS XR `domain [vrf V] ipv4 host name address…`.
fn host(line: &ConfigLine, sink: &Sink<'_>) -> Option<Element> {
    if !line.text.starts_with("ip") && !line.text.starts_with("domain") {
        return None;
    }
    let mut words = line.text.split_whitespace().peekable();
    let (first, second) = (words.next()?, *words.peek()?);
    if !(first == "domain" || (first == "ip" && second == "host")) {
        return None;
    }
    let mut vrf = None;
    let mut plain = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "vrf" => vrf = words.next(),
            "host" | "ipv4" | "ipv6" => {}
            word => plain.push(word),
        }
    }
    let (name, addresses) = plain.split_first()?;
    if addresses.is_empty() || !line.text.contains(" host ") {
        return None;
    }
    let mut fields = Fields::default();
    fields.text(sink, "name", line.place.line, name);
    fields.text(sink, "address", line.place.line, &addresses.join(" "));
    fields.text(sink, "vrf", line.place.line, vrf.unwrap_or_default());
    Some(fields.element())
}

/// `license smart …` (DOMAIN 4.1). Its transport and URL tell no era: 16.12 and 17.3.1 know them, too. `cslu` does.
fn smart(rest: &str, number: u32, proxy: &mut Option<String>, sink: &mut Sink<'_>) {
    let mut sink = sink.weak();
    let mut words = rest.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("transport"), Some(kind), _) => transport(kind, number, &mut sink),
        (Some("url"), Some("cslu"), Some(url)) => {
            sink.era(Era::Policy, number);
            sink.text("license.transport.url", number, url);
        }
        (Some("url"), _, _) => {
            sink.text("license.transport.url", number, smart_url(rest).unwrap_or_default());
        }
        (Some("vrf"), Some(name), _) => sink.text("license.transport.vrf", number, name),
        (Some("proxy"), Some("address"), Some(address)) => {
            *proxy = Some(address.to_owned());
            sink.text("license.transport.proxy", number, address);
        }
        (Some("proxy"), Some("port"), Some(port)) => {
            if let Some(address) = proxy.take() {
                sink.text("license.transport.proxy", number, &format!("{address}:{port}"));
            }
        }
        (Some("reservation"), None, _) => sink.text("license.reservation.enabled", number, "ENABLED"),
        _ => {}
    }
}

/// The URL of `url …`, `url smart …`, `url cslu …` or `url default`; the one for utility billing is not that of the reports.
fn smart_url(rest: &str) -> Option<&str> {
    let mut words = rest.strip_prefix("url ")?.split_whitespace();
    match words.next()? {
        "default" => Some("https://smartreceiver.cisco.com/licservice/license"),
        "smart" | "cslu" => words.next(),
        "utility" => None,
        url => Some(url),
    }
}

/// The word of the configuration in the words of `show license status`.
fn transport(kind: &str, number: u32, sink: &mut Sink<'_>) {
    let shown = match kind {
        "callhome" => "Callhome",
        "smart" => "Smart",
        "cslu" => "cslu",
        "off" => "Transport Off",
        "automatic" => "Automatic",
        _ => return,
    };
    if kind == "cslu" {
        sink.era(Era::Policy, number);
    }
    sink.text("license.transport.type", number, shown);
}

fn call_home(block: &ConfigLine, is_transport: bool, sink: &mut Sink<'_>) {
    profiles::facts(block, sink);
    let mut sink = sink.weak();
    for line in &block.children {
        let (text, number) = (&*line.text, line.place.line);
        if let Some(name) = text.strip_prefix("vrf ") {
            sink.text("call_home.vrf", number, name);
        } else if let Some(name) = text.strip_prefix("source-interface ") {
            sink.text("call_home.source_interface", number, name);
        } else if let Some(proxy) = text.strip_prefix("http-proxy ") {
            sink.text("call_home.http_proxy", number, proxy);
        } else if text == "no http secure server-identity-check" {
            sink.flag("call_home.identity_check", number, false);
        } else if let Some(order) = text.strip_prefix("http resolve-hostname ") {
            sink.text("call_home.resolve_hostname", number, order);
        } else if text == "service active" {
            sink.flag("call_home.enabled", number, true);
        } else if text.starts_with("profile ") && is_transport {
            profile(line, block, &mut sink);
        }
    }
}

/// The block of NX-OS, where licensing goes by the profile `CiscoTAC-1` only (DOMAIN 4.3).
fn callhome(block: &ConfigLine, sink: &mut Sink<'_>) {
    for line in &block.children {
        let number = line.place.line;
        let words: Vec<&str> = line.text.split_whitespace().collect();
        match words.as_slice() {
            ["enable"] => sink.flag("call_home.enabled", number, true),
            ["destination-profile", "CiscoTAC-1", "index", _, "http", url] => {
                destination::destination(sink, number, url);
            }
            ["transport", "http", "use-vrf", vrf] => sink.text("call_home.vrf", number, vrf),
            _ => {}
        }
    }
}

/// The destination of a profile that carries licensing data. Beside a transport other than call-home it carries none.
fn profile(of: &ConfigLine, call_home: &ConfigLine, sink: &mut Sink<'_>) {
    let name = of.text.strip_prefix("profile ").unwrap_or_default().trim_matches(['"', '“', '”']);
    if says_licensing(of) {
        sink.text("call_home.licensing_profile", of.place.line, name);
        sink.add("call_home.licensing_profile_status", of.place.line, Value::Text("ACTIVE".to_owned()));
    } else if !carries_by_default(of, name) || call_home.children.iter().any(says_licensing) {
        return;
    }
    for line in &of.children {
        if let Some(url) = line.text.strip_prefix("destination address http ") {
            destination::destination(sink, line.place.line, url);
        }
    }
}

/// Whether a profile is active and says that it carries licensing data.
fn says_licensing(profile: &ConfigLine) -> bool {
    profile.text.starts_with("profile ")
        && has(profile, "active")
        && has(profile, "reporting smart-licensing-data")
}

/// Whether it does without a word: the profile that devices come with carries licensing data as long as it is not told otherwise,
/// and a configuration does not print that (DOMAIN 4.1). That of ASA is called `License`, and profiles are active there.
fn carries_by_default(profile: &ConfigLine, name: &str) -> bool {
    match name {
        "CiscoTAC-1" => has(profile, "active") && !has(profile, "no reporting smart-licensing-data"),
        "License" => !has(profile, "no active"),
        _ => false,
    }
}

fn has(profile: &ConfigLine, text: &str) -> bool {
    profile.children.iter().any(|line| &*line.text == text)
}
