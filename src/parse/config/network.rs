//! The way that licensing messages take: interfaces, the source of the HTTP client, name servers and time servers. A rule has to
//! hold one line against another here (the VRF of the source interface, the server of that VRF), which a search for single
//! lines cannot.

use crate::facts::{Config, ConfigLine, Element, Value};
use crate::parse::{Fields, Sink};

/// Writes the facts of a configuration.
pub(super) fn facts(config: &Config, sink: &mut Sink<'_>) {
    list("interfaces", config, sink, |line, sink| interface(line, config.whole, sink).into_iter().collect());
    list("dns.name_servers", config, sink, name_servers);
    list("ntp.servers", config, sink, time_servers);
    for line in &config.lines {
        if let Some(name) = source_interface(&line.text) {
            sink.weak().text("http_client.source_interface", line.place.line, name);
        }
    }
}

/// Writes what `read` finds in the top-level lines, unless it is nothing.
fn list(
    key: &str,
    config: &Config,
    sink: &mut Sink<'_>,
    read: impl Fn(&ConfigLine, &Sink<'_>) -> Vec<Element>,
) {
    let mut first = None;
    let mut all = Vec::new();
    for line in &config.lines {
        let found = read(line, sink);
        if !found.is_empty() {
            first = first.or(Some(line.place.line));
            all.extend(found);
        }
    }
    if let Some(line) = first {
        sink.list(key, line, all);
    }
}

/// Up is what is not printed, so only a block in a whole configuration says it.
fn interface(block: &ConfigLine, whole: bool, sink: &Sink<'_>) -> Option<Element> {
    let name = block.text.strip_prefix("interface ")?;
    let mut fields = Fields::default();
    fields.text_at(sink, "name", &block.place, name);
    let mut down = (whole && !block.children.is_empty()).then_some((false, &block.place));
    for line in &block.children {
        // Switches have thousands of lines under their interfaces, and nearly all begin with another word.
        if !["ip", "vrf", "shutdown", "no"].iter().any(|start| line.text.starts_with(start)) {
            continue;
        }
        let words: Vec<&str> = line.text.split_whitespace().collect();
        match words.as_slice() {
            ["vrf", "forwarding" | "member", vrf] | ["ip", "vrf", "forwarding", vrf] | ["vrf", vrf] => {
                fields.text(sink, "vrf", line.place.line, vrf);
            }
            ["ip" | "ipv4", "address", address, ..] if !fields.has("address") => {
                let address = address.split('/').next().unwrap_or_default();
                fields.text(sink, "address", line.place.line, address);
            }
            ["shutdown"] => down = Some((true, &line.place)),
            ["no", "shutdown"] => down = Some((false, &line.place)),
            _ => {}
        }
    }
    if let Some((is_down, place)) = down {
        fields.add_at(sink, "shutdown", place, Value::Bool(is_down));
    }
    Some(fields.element())
}

/// `ip http client source-interface Vlan10`, on IOS XR `http client source-interface ipv4 MgmtEth0/RP0/CPU0/0`.
fn source_interface(text: &str) -> Option<&str> {
    let text = text.strip_prefix("ip ").unwrap_or(text);
    let rest = text.strip_prefix("http client source-interface ")?.trim();
    let name = rest.strip_prefix("ipv4 ").or_else(|| rest.strip_prefix("ipv6 ")).unwrap_or(rest);
    Some(name.trim())
}

/// `ip name-server [vrf V] A…`, `ip name-server A… use-vrf V` of NX-OS, `domain [vrf V] name-server A` of IOS XR.
fn name_servers(line: &ConfigLine, sink: &Sink<'_>) -> Vec<Element> {
    let is_one = ["ip name-server ", "ipv6 name-server ", "domain name-server ", "domain vrf "]
        .iter()
        .any(|start| line.text.starts_with(start));
    if !is_one || !line.text.contains("name-server ") {
        return Vec::new();
    }
    let (words, vrf) = without_vrf(&line.text);
    let addresses = words.into_iter().skip_while(|word| *word != "name-server").skip(1);
    addresses.map(|address| server(address, vrf, line, sink).element()).collect()
}

/// `ntp server [vrf V] A [prefer] [source I]`, `ntp server A use-vrf V` of NX-OS, and the block `ntp` of IOS XR.
fn time_servers(line: &ConfigLine, sink: &Sink<'_>) -> Vec<Element> {
    if &*line.text == "ntp" {
        return line.children.iter().filter_map(|line| time_server(line, &line.text, sink)).collect();
    }
    let found = line.text.strip_prefix("ntp ").and_then(|rest| time_server(line, rest, sink));
    found.into_iter().collect()
}

fn time_server(line: &ConfigLine, text: &str, sink: &Sink<'_>) -> Option<Element> {
    let (words, vrf) = without_vrf(text);
    let mut words = words.into_iter();
    if !matches!(words.next()?, "server" | "peer") {
        return None;
    }
    let address = words.find(|word| !matches!(*word, "ip" | "ipv6"))?;
    let mut fields = server(address, vrf, line, sink);
    while let Some(word) = words.next() {
        match word {
            "prefer" => fields.add(sink, "prefer", line.place.line, Value::Bool(true)),
            "source" => fields.text(sink, "source", line.place.line, words.next().unwrap_or_default()),
            _ => {}
        }
    }
    Some(fields.element())
}

fn server(address: &str, vrf: &str, line: &ConfigLine, sink: &Sink<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.text(sink, "address", line.place.line, address);
    fields.text(sink, "vrf", line.place.line, vrf);
    fields
}

/// The words without the VRF, and the VRF.
fn without_vrf(text: &str) -> (Vec<&str>, &str) {
    let (mut plain, mut vrf) = (Vec::new(), "");
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if matches!(word, "vrf" | "use-vrf") {
            vrf = words.next().unwrap_or_default();
        } else {
            plain.push(word);
        }
    }
    (plain, vrf)
}
