//! The document of `sldiag parse`: every fact that was read, nested by its dotted key, each with its file and line.
//!
//! A fact is `{"value", "path", "line", "earlier"}`: the newest reading that is judged, and the older ones, newest first.
//! Elements of a list are objects of such facts without `earlier`. Where a key is a fact and also begins other keys
//! (`config`, the tree of the running configuration, beside `config.version`), the object of the fact holds the further keys
//! beside `value`: only under `clock.now` is a segment named `value`, and `clock.now` itself is no fact, which a test checks.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::base::mask::mask;
use crate::facts::{Config, ConfigLine, Element, Facts, Reading, Value};

/// What was read about one device.
#[derive(Clone, Copy)]
pub struct FactsOf<'a> {
    /// Its name.
    pub hostname: Option<&'a str>,
    /// Facts by key.
    pub facts: &'a Facts,
    /// Running configurations, oldest first; the newest whole one counts, else the newest part.
    pub configs: &'a [Config],
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    devices: Vec<DeviceFacts<'a>>,
}

#[derive(Serialize)]
struct DeviceFacts<'a> {
    hostname: Option<&'a str>,
    facts: Node,
}

/// A segment of keys: a fact, the beginning of further keys, or both.
#[derive(Default, Serialize)]
struct Node {
    #[serde(flatten)]
    fact: Option<Fact>,
    #[serde(flatten)]
    below: BTreeMap<String, Node>,
}

#[derive(Serialize)]
struct Fact {
    #[serde(flatten)]
    judged: Shown,
    earlier: Vec<Shown>,
}

/// One reading.
#[derive(Serialize)]
struct Shown {
    value: Said,
    path: String,
    line: u32,
    /// Of a configuration: whether all of it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<bool>,
}

/// What a reading says.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Plain(Json),
    List(Vec<BTreeMap<String, Shown>>),
    Config(Vec<ShownLine>),
}

/// A line of a configuration with what is indented under it.
#[derive(Serialize)]
struct ShownLine {
    text: String,
    line: u32,
    children: Vec<ShownLine>,
}

/// The document, ending in a line end.
pub fn render(devices: &[FactsOf<'_>]) -> Result<String, serde_json::Error> {
    let devices = devices.iter().map(|of| DeviceFacts { hostname: of.hostname, facts: facts(of) }).collect();
    let mut text = serde_json::to_string_pretty(&Document { schema_version: 1, devices })?;
    text.push('\n');
    Ok(text)
}

fn facts(of: &FactsOf<'_>) -> Node {
    let mut root = Node::default();
    for (key, readings) in of.facts.iter() {
        root.at(key).fact = of.facts.get(key).map(|judged| fact(judged, readings, shown));
    }
    let configs = of.configs;
    if let Some(judged) = configs.iter().rev().find(|config| config.whole).or(configs.last()) {
        root.at("config").fact = Some(fact(judged, configs, shown_config));
    }
    root
}

impl Node {
    /// The node of a dotted key, made where there is none.
    fn at(&mut self, key: &str) -> &mut Self {
        key.split('.').fold(self, |node, segment| node.below.entry(segment.to_owned()).or_default())
    }
}

/// The reading that is judged, and the others, newest first.
fn fact<T>(judged: &T, all: &[T], shown: fn(&T) -> Shown) -> Fact {
    let earlier = all.iter().rev().filter(|other| !std::ptr::eq(*other, judged));
    Fact { judged: shown(judged), earlier: earlier.map(shown).collect() }
}

fn shown(reading: &Reading) -> Shown {
    let place = &reading.place;
    Shown { value: said(&reading.value), path: place.path.to_string(), line: place.original, whole: None }
}

fn said(value: &Value) -> Said {
    Said::Plain(match value {
        Value::Text(text) => json!(mask(text)),
        Value::Number(number) => json!(number),
        Value::Bool(truth) => json!(truth),
        Value::Time(stamp) => json!(stamp.to_json_text()),
        Value::List(elements) => return Said::List(elements.iter().map(element).collect()),
    })
}

fn element(of: &Element) -> BTreeMap<String, Shown> {
    of.iter().map(|(name, reading)| (name.to_owned(), shown(reading))).collect()
}

/// A running configuration as a fact: its value is the tree of its lines.
fn shown_config(config: &Config) -> Shown {
    let place = &config.place;
    let lines = config.lines.iter().map(config_line).collect();
    Shown {
        value: Said::Config(lines),
        path: place.path.to_string(),
        line: place.original,
        whole: Some(config.whole),
    }
}

fn config_line(line: &ConfigLine) -> ShownLine {
    let children = line.children.iter().map(config_line).collect();
    ShownLine { text: mask(&line.text), line: line.place.original, children }
}

#[cfg(test)]
mod tests;
