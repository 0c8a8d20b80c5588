//! The call-home profiles as configured. That two are active and report licensing data is a count, which no single line tells.

use crate::facts::{ConfigLine, Element, Value};
use crate::parse::{Fields, Sink};

/// Writes the list of profiles. A line that is not printed may be a default (DOMAIN 4.1), so only printed ones are fields.
pub(super) fn facts(block: &ConfigLine, sink: &mut Sink<'_>) {
    let blocks = block.children.iter().filter(|line| line.text.starts_with("profile "));
    let profiles: Vec<Element> = blocks.clone().map(|line| profile(line, sink)).collect();
    if let Some(first) = blocks.clone().next() {
        sink.list("call_home.configured_profiles", first.place.line, profiles);
    }
}

fn profile(block: &ConfigLine, sink: &Sink<'_>) -> Element {
    let mut fields = Fields::default();
    let name = block.text.strip_prefix("profile ").unwrap_or_default();
    fields.text(sink, "name", block.place.line, name.trim_matches(['"', '“', '”']));
    let mut urls: Vec<&str> = Vec::new();
    let mut at = 0;
    for line in &block.children {
        let number = line.place.line;
        let (text, is_on) = line.text.strip_prefix("no ").map_or((&*line.text, true), |rest| (rest, false));
        if text == "active" {
            fields.add(sink, "active", number, Value::Bool(is_on));
        } else if text == "reporting smart-licensing-data" || text == "reporting all" {
            fields.add(sink, "reports_licensing", number, Value::Bool(is_on));
        } else if let Some(method) = text.strip_prefix("destination transport-method ").filter(|_| is_on) {
            fields.text(sink, "transport", number, method);
        } else if let Some(url) = text.strip_prefix("destination address http ").filter(|_| is_on) {
            if urls.is_empty() {
                at = number;
            }
            urls.push(url.trim());
        }
    }
    fields.text(sink, "http_address", at, &urls.join(", "));
    fields.element()
}
