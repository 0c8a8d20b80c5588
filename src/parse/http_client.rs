//! `show ip http client all`: the client that sends the messages of licensing. No public text of a whole output could be read, so
//! its lines are accepted with either sign between name and value, and in any order.

use super::Sink;
use super::sink::is_nothing;
use crate::text::Section;

/// Beginnings of names, in lower case and without a leading `HTTP client`, and their facts.
const FIELDS: &[(&str, &str)] = &[
    ("source interface", "http_client.source_interface"),
    ("source-interface", "http_client.source_interface"),
    ("proxy", "http_client.proxy"),
    ("connection establishment timeout", "http_client.connect_timeout"),
    ("connection idle timeout", "http_client.idle_timeout"),
    ("maximum number of connection establishment retries", "http_client.retries"),
    ("http secure client capability", "http_client.secure"),
    ("secure client capability", "http_client.secure"),
];

/// Reads the settings; connections, cache and history are left alone.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    for line in &section.lines {
        let Some((name, value)) = line.trimmed().split_once(['=', ':']) else { continue };
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("http client ").unwrap_or(&name);
        let Some((_, key)) = FIELDS.iter().find(|(start, _)| name.starts_with(start)) else { continue };
        let value = value.trim();
        let is_unset =
            is_nothing(value) || value.to_ascii_lowercase().starts_with("not ") && !key.ends_with("secure");
        if !is_unset {
            sink.text(key, line.number, value.strip_suffix("(default)").unwrap_or(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn settings() {
        let text = "\
HTTP client status: Enabled
HTTP client application session modules:
 Session module Name: HTTP CFS
HTTP client current connections:
Persistent connection = enabled (default)
Connection establishment timeout = 10s (default)
Connection idle timeout = 30s (default)
Maximum number of connection establishment retries = 1 (default)
HTTP secure client capability: Not present
HTTP client source interface = Vlan10
Proxy server : not configured
";
        let wanted = "\
http_client.connect_timeout = 10s
http_client.idle_timeout = 30s
http_client.retries = 1
http_client.secure = Not present
http_client.source_interface = Vlan10
";
        assert_eq!(facts(&read("show ip http client", text, super::parse)), wanted);
    }
}
