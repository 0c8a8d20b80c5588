//! `show hosts`: how the device looks up names, and what it knows of them (DOMAIN 3.4, scenario 11).

use std::net::IpAddr;

use super::{Fields, Sink};
use crate::facts::Element;
use crate::text::{Line, Section};

/// The address that stands for all: no name server is configured, and requests go to the local network.
const BROADCAST: &str = "255.255.255.255";

/// Reads the output, in the words of old releases (`Name/address lookup uses …`) and of new ones (`NAME TTL CLASS TYPE`).
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line, sink);
    }
    walk.finish(sink);
}

#[derive(Default)]
struct Walk {
    vrf: String,
    servers: Vec<Element>,
    /// Line of `Name servers are …`, where it was met.
    at_servers: Option<u32>,
    entries: Vec<Element>,
    at_entries: Option<u32>,
}

impl Walk {
    fn line(&mut self, line: &Line<'_>, sink: &mut Sink<'_>) {
        let (text, number) = (line.trimmed(), line.number);
        let lower = text.to_ascii_lowercase();
        if let Some(vrf) = text.strip_prefix("Name lookup VRF:") {
            vrf.trim().clone_into(&mut self.vrf);
        } else if lower.starts_with("default domain is ") {
            let name = text.get("default domain is ".len()..).unwrap_or_default();
            if name != "not set" {
                sink.text("dns.domain", number, name);
            }
        } else if let Some(way) = lower.strip_prefix("name/address lookup ") {
            let way = way.strip_prefix("uses ").or_else(|| way.strip_prefix("is ")).unwrap_or(way);
            sink.text("dns.lookup", number, way);
        } else if lower.starts_with("name servers are") {
            self.at_servers = Some(number);
            self.add_servers(text.get("name servers are".len()..).unwrap_or_default(), number, sink);
        } else if lower.starts_with("host ") && lower.contains("address")
            || lower.starts_with("name ") && lower.contains("ttl")
        {
            self.at_entries = Some(number);
        } else if self.at_entries.is_some() {
            self.entries.extend(entry(text, &self.vrf, number, sink));
        }
    }

    fn add_servers(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        let addresses = text.split([',', ' ']).filter(|it| it.parse::<IpAddr>().is_ok() && *it != BROADCAST);
        for address in addresses {
            let mut fields = Fields::default();
            fields.text(sink, "address", number, address);
            fields.text(sink, "vrf", number, &self.vrf);
            self.servers.push(fields.element());
        }
    }

    fn finish(self, sink: &mut Sink<'_>) {
        if let Some(line) = self.at_servers {
            sink.list("dns.servers", line, self.servers);
        }
        if let Some(line) = self.at_entries {
            sink.list("dns.entries", line, self.entries);
        }
    }
}

/// `ssm.lab  None  (perm, OK)  0   IP   192.0.2.9` or `ssm.lab  10  IN  A  192.0.2.9`.
fn entry(text: &str, vrf: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.first()?;
    let addresses: Vec<&str> =
        words.iter().skip(1).copied().filter(|word| word.parse::<IpAddr>().is_ok()).collect();
    if addresses.is_empty() {
        return None;
    }
    let mut fields = Fields::default();
    fields.text(sink, "name", number, name);
    fields.text(sink, "address", number, &addresses.join(" "));
    fields.text(sink, "vrf", number, vrf);
    if let Some((_, rest)) = text.split_once('(') {
        fields.text(sink, "flags", number, rest.split(')').next().unwrap_or_default());
    }
    Some(fields.element())
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn names_of_old_and_new_releases() {
        for (text, wanted) in [
            (
                "Default Domain is lab.example\nName/address lookup uses domain service\nName servers are 192.0.2.53, 192.0.2.54\n\nCodes: UN - unknown, EX - expired\n\nHost                      Port  Flags      Age Type   Address(es)\nssm.lab                   None  (perm, OK)  0   IP     192.0.2.9 192.0.2.10\ntools.cisco.com           None  (temp, EX)  1   IP\n",
                "dns.domain = lab.example\ndns.entries = [address=192.0.2.9 192.0.2.10 flags=perm, OK name=ssm.lab]\ndns.lookup = domain service\ndns.servers = [address=192.0.2.53] [address=192.0.2.54]\n",
            ),
            (
                "Default domain is not set\nName/address lookup uses static mappings\nName servers are 255.255.255.255\n",
                "dns.lookup = static mappings\ndns.servers = \n",
            ),
            (
                "Name lookup VRF: Mgmt-vrf\nDefault domain is not set\nName servers are 2001:db8::53\nNAME  TTL  CLASS   TYPE      DATA/ADDRESS\n-----------------------------------------\n9.2.0.192.in-addr.arpa   10   IN   PTR   ssm.lab\nssm.lab                  10   IN   A     192.0.2.9\n",
                "dns.entries = [address=192.0.2.9 name=ssm.lab vrf=Mgmt-vrf]\ndns.servers = [address=2001:db8::53 vrf=Mgmt-vrf]\n",
            ),
            ("Name/address lookup is disabled\n", "dns.lookup = disabled\n"),
            ("", ""),
        ] {
            assert_eq!(facts(&read("show hosts", text, super::parse)), wanted, "{text}");
        }
    }
}
