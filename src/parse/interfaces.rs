//! `show ip interface brief`: which interfaces have an address and are up. The guide has the source interface checked with it.

use super::{Fields, Sink};
use crate::facts::Element;
use crate::text::Section;

/// Reads the table of IOS XE, IOS, ASA (`OK? Method Status Protocol`), IOS XR (`Status Protocol Vrf-Name`) and NX-OS
/// (`protocol-up/link-up/admin-up`, one table a VRF).
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut first = None;
    let mut table = Table::default();
    let mut found: Vec<Element> = Vec::new();
    for line in &section.lines {
        let text = line.trimmed();
        if text.starts_with("Interface ") && text.contains("IP") {
            first = first.or(Some(line.number));
            table.has_method = text.contains("Method");
            table.has_vrf = text.contains("Vrf");
        } else if let Some(vrf) = nx_os_vrf(text) {
            vrf.clone_into(&mut table.vrf);
        } else if first.is_some() {
            found.extend(table.row(text, line.number, sink));
        }
    }
    if let Some(number) = first {
        sink.list("ip_interfaces", number, found);
    }
}

/// The columns of the table being read.
#[derive(Default)]
struct Table {
    has_method: bool,
    has_vrf: bool,
    vrf: String,
}

/// `IP Interface Status for VRF "management"(2)`.
fn nx_os_vrf(text: &str) -> Option<&str> {
    text.strip_prefix("IP Interface Status for VRF \"")?.split('"').next()
}

impl Table {
    fn row(&self, text: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (name, rest) = words.split_first()?;
        let (address, rest) = rest.split_first()?;
        let mut rest = rest.get(if self.has_method { 2 } else { 0 }..)?;
        let mut vrf = self.vrf.as_str();
        if self.has_vrf {
            let (last, before) = rest.split_last()?;
            (vrf, rest) = (last, before);
        }
        let (status, protocol) = match rest {
            [states] => nx_os_states(states)?,
            [status @ .., protocol] => (status.join(" "), (*protocol).to_owned()),
            [] => return None,
        };
        let mut fields = Fields::default();
        for (key, value) in [
            ("name", *name),
            ("address", address),
            ("status", &status),
            ("protocol", &protocol),
            ("vrf", vrf),
        ] {
            if !value.eq_ignore_ascii_case("unassigned") {
                fields.text(sink, key, number, value);
            }
        }
        Some(fields.element())
    }
}

/// `protocol-up/link-up/admin-up` in the words of the others.
fn nx_os_states(states: &str) -> Option<(String, String)> {
    let mut parts = states.split('/');
    let protocol = parts.next()?.strip_prefix("protocol-")?;
    let link = parts.next()?.strip_prefix("link-")?;
    let status = if parts.next() == Some("admin-down") { "administratively down" } else { link };
    Some((status.to_owned(), protocol.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn tables_of_every_system() {
        for (text, wanted) in [
            (
                "Interface              IP-Address      OK? Method Status                Protocol\nVlan10                 192.0.2.1       YES NVRAM  up                    up\nGigabitEthernet0/0     unassigned      YES unset  administratively down down\n",
                "[address=192.0.2.1 name=Vlan10 protocol=up status=up] [name=GigabitEthernet0/0 protocol=down status=administratively down]",
            ),
            (
                "Interface                      IP-Address      Status          Protocol Vrf-Name\nMgmtEth0/RP0/CPU0/0            192.0.2.1       Up              Up       mgmt\nGi0/0/0/1                      unassigned      Shutdown        Down     default\n",
                "[address=192.0.2.1 name=MgmtEth0/RP0/CPU0/0 protocol=Up status=Up vrf=mgmt] [name=Gi0/0/0/1 protocol=Down status=Shutdown vrf=default]",
            ),
            (
                "IP Interface Status for VRF \"management\"(2)\nInterface            IP Address      Interface Status\nmgmt0                192.0.2.1       protocol-up/link-up/admin-up\nVlan5                192.0.2.2       protocol-down/link-down/admin-down\n",
                "[address=192.0.2.1 name=mgmt0 protocol=up status=up vrf=management] [address=192.0.2.2 name=Vlan5 protocol=down status=administratively down vrf=management]",
            ),
        ] {
            let wanted = format!("ip_interfaces = {wanted}\n");
            assert_eq!(facts(&read("show ip interface brief", text, super::parse)), wanted, "{text}");
        }
        assert_eq!(
            facts(&read("show ip interface brief", "Vlan10 192.0.2.1 YES NVRAM up up", super::parse)),
            ""
        );
    }
}
