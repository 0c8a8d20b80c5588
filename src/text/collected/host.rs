//! What a part of a document calls the device beside its outputs.

use super::tree::Node;
use crate::text::script;

/// Keys that name a device outright.
const NAMES: &[&str] = &[
    "host",
    "hostname",
    "host_name",
    "device",
    "device_name",
    "devicename",
    "inventory_hostname",
    "node",
    "switch",
    "router",
    "sysname",
    "target",
];

/// A key that may name one, or a task, or an interface: the value has to look like a device's.
const MAYBE: &[&str] = &["name"];

/// Keys of its address, and of its name where someone wrote that there.
const ADDRESSES: &[&str] =
    &["ip", "ip_address", "ipaddress", "address", "mgmt_ip", "management_ip", "device_ip", "host_ip"];

/// The device that a part names outright; `{"device": {"host": "sw1", …}}` describes it.
pub(super) fn told(node: &Node) -> Option<&str> {
    let named = |node| values(node, NAMES).filter_map(Node::word).find(|it| is_name(it));
    named(node).or_else(|| values(node, NAMES).find_map(|it| named(it).or_else(|| maybe(it))))
}

/// What may be the name or address of the device.
pub(super) fn maybe(node: &Node) -> Option<&str> {
    let named = values(node, MAYBE).filter_map(Node::word).find(|it| script::is_name(it));
    named.or_else(|| values(node, ADDRESSES).filter_map(Node::word).find(|it| script::is_word(it)))
}

/// Whether a key names a device outright.
pub(super) fn is_key(key: &str) -> bool {
    NAMES.iter().any(|it| key.eq_ignore_ascii_case(it))
}

/// The values of those of the keys that are there, in the order of the keys.
fn values<'n>(node: &'n Node, keys: &'static [&str]) -> impl Iterator<Item = &'n Node> {
    let entries = if let Node::Map(entries) = node { entries.as_slice() } else { &[] };
    keys.iter().flat_map(move |key| {
        entries.iter().filter(move |(it, _)| it.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    })
}

/// Whether a text can stand as the name of a device.
pub(super) fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= 64 && !text.contains(']')
}
