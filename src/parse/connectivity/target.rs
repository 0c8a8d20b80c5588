//! Whom a check was for: the words behind `ping` and `telnet`, and the answers of a ping that asks for each of them.

use std::net::IpAddr;

use crate::facts::{Element, Value};
use crate::text::Section;

/// The port of `telnet HOST` without one.
const TELNET: i64 = 23;

/// Where a check went.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Target<'t> {
    /// Name or address, as typed.
    pub(super) host: &'t str,
    /// VRF, empty where none was given.
    pub(super) vrf: &'t str,
    /// TCP port, where the check opens a connection.
    pub(super) port: Option<i64>,
}

impl<'t> Target<'t> {
    /// `ping [vrf V] [ip] HOST …`, `ping HOST vrf V`, `ping [tcp] [INTERFACE] HOST [PORT]` of ASA.
    pub(super) fn of_ping(section: &'t Section<'_>) -> Option<Self> {
        let (words, vrf) = without_vrf(&section.arguments);
        let is_tcp = words.first() == Some(&"tcp");
        let mut plain = words.iter().copied().filter(|word| !PROTOCOLS.contains(word));
        let (first, second) = (plain.next(), plain.next());
        let Some(first) = first else { return asked(section) };
        // The name of an interface has no dot in it, what it is followed by is a host and no option.
        let named = second.filter(|second| !is_host(first) && is_host(second));
        let host = named.unwrap_or(first);
        let port = if named.is_some() { plain.next() } else { second }.and_then(|word| word.parse().ok());
        Some(Self { host, vrf, port: port.filter(|_| is_tcp) })
    }

    /// `telnet HOST [PORT] [/vrf V] [/source-interface I]`, `telnet [vrf V] HOST PORT` of IOS XR.
    pub(super) fn of_telnet(section: &'t Section<'_>) -> Option<Self> {
        let (words, vrf) = without_vrf(&section.arguments);
        let (host, rest) = words.split_first()?;
        let port = rest.first().map_or(Some(TELNET), |word| number(word).or(Some(TELNET)));
        Some(Self { host, vrf, port })
    }

    pub(super) fn is_address(&self) -> bool {
        self.host.parse::<IpAddr>().is_ok()
    }

    /// Whether an earlier check went to the same place.
    pub(super) fn is_same(&self, earlier: &Element) -> bool {
        let port = earlier.get("port").map(|it| &it.value);
        earlier.text("host") == Some(self.host)
            && earlier.text("vrf").unwrap_or_default() == self.vrf
            && port == self.port.map(Value::Number).as_ref()
    }
}

const PROTOCOLS: &[&str] = &["ip", "ipv4", "ipv6", "tcp", "icmp"];

fn is_host(word: &str) -> bool {
    word.contains(['.', ':'])
}

/// `443`, or the name IOS has for a port.
fn number(word: &str) -> Option<i64> {
    if word == "www" { Some(80) } else { word.parse().ok() }
}

/// The words without `vrf V`, `/vrf V`, and the VRF.
fn without_vrf(arguments: &str) -> (Vec<&str>, &str) {
    let (mut plain, mut vrf) = (Vec::new(), "");
    let mut words = arguments.split_whitespace();
    while let Some(word) = words.next() {
        if matches!(word, "vrf" | "/vrf") {
            vrf = words.next().unwrap_or_default();
        } else {
            plain.push(word);
        }
    }
    (plain, vrf)
}

/// `Target IP address: tools.cisco.com` of a ping without words.
fn asked<'t>(section: &'t Section<'_>) -> Option<Target<'t>> {
    let answer = |start: &str| section.lines.iter().find_map(|line| line.text.trim().strip_prefix(start));
    let host = answer("Target IP address:")?.trim();
    let vrf = answer("VRF name:").unwrap_or_default().trim();
    (!host.is_empty()).then_some(Target { host, vrf, port: None })
}

/// The address that a name stood for: `Sending 5, 100-byte ICMP Echos to 192.0.2.80, timeout is 2 seconds:`, `Trying
/// tools.cisco.com (192.0.2.80, 443)... Open`, `PING tools.cisco.com (192.0.2.80): 56 data bytes`.
pub(super) fn address(text: &str) -> Option<&str> {
    let rest = if text.starts_with("Sending ") {
        text.split_once(" to ")?.1
    } else if text.starts_with("Trying ") || text.starts_with("PING ") {
        text.split_once('(').map_or_else(|| text.split_once(' ').map_or("", |it| it.1), |it| it.1)
    } else {
        return None;
    };
    let word = rest.trim_start().split([',', ' ', ')']).next()?.trim_end_matches('.');
    word.parse::<IpAddr>().is_ok().then_some(word)
}
