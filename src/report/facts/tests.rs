//! The document of `sldiag parse` from hand-made facts.

use std::sync::Arc;

use super::{FactsOf, render};
use crate::base::{Clock, Source, Stamp, Zone};
use crate::facts::{Config, ConfigLine, Element, Facts, Reading, Value, key};

fn source() -> Arc<Source> {
    Arc::new(Source::new("a.txt", "one\ntwo\nthree\nfour\n".into()))
}

fn reading(line: u32, section: usize, value: Value) -> Reading {
    Reading { value, place: source().place(line), section, weak: false }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn config_line(words: &str, line: u32, children: Vec<ConfigLine>) -> ConfigLine {
    ConfigLine { text: words.into(), place: source().place(line), children }
}

#[test]
fn facts_nest_by_key_and_keep_their_lines() {
    let mut facts = Facts::default();
    facts.add("license.registration.status", reading(1, 0, text("UNREGISTERED")));
    facts.add("license.registration.status", reading(3, 1, text("REGISTERED")));
    let deadline = Stamp {
        civil: "2024-03-01T10:00:00".parse().unwrap(),
        year_known: true,
        is_counted: false,
        zone: Zone::Offset(0),
        clock: Clock::Trusted,
        text: "Mar 01 10:00:00 2024 UTC".into(),
    };
    facts.add("license.authorization.deadline", reading(2, 0, Value::Time(deadline)));
    let mut usage = Element::default();
    usage.insert("count", reading(4, 1, Value::Number(2)));
    facts.add("license.usage", reading(4, 1, Value::List(vec![usage])));
    facts.add("license.usage.total", reading(4, 1, Value::Number(2)));
    facts.add("config.version", reading(1, 0, text("16.12")));
    let configs = [Config {
        place: source().place(1),
        section: 0,
        whole: true,
        with_defaults: false,
        lines: vec![config_line("line vty 0 4", 2, vec![config_line("password 7 0822455D", 3, vec![])])],
    }];
    let document = render(&[FactsOf { hostname: Some("sw1"), facts: &facts, configs: &configs }]).unwrap();
    snapbox::assert_data_eq!(document, snapbox::file!["../text/snapshots/facts.json"].raw());
}

#[test]
fn a_device_without_a_name_or_facts_is_listed() {
    let facts = Facts::default();
    let document = render(&[FactsOf { hostname: None, facts: &facts, configs: &[] }]).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(
        document,
        serde_json::json!({"schema_version": 1, "devices": [{"hostname": null, "facts": {}}]})
    );
}

/// The claim of the module's first lines.
#[test]
fn no_further_key_of_a_fact_is_named_like_a_part_of_a_fact() {
    let names: Vec<&str> = key::KEYS.iter().map(|key| key.name).collect();
    for name in &names {
        let Some((parent, last)) = name.rsplit_once('.') else { continue };
        if ["value", "path", "line", "earlier", "whole"].contains(&last) {
            assert!(!names.contains(&parent) && parent != "config", "{name}");
        }
    }
}
