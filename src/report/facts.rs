//! The document of `sldiag parse`: every fact that was read, nested by its dotted key, each with its file and line.
//!
//! A fact is `{"value", "path", "line", "earlier"}`: the newest reading that is judged, and the older ones, newest first.
//! Elements of a list are objects of such facts without `earlier`. Where a key is a fact and also begins other keys
//! (`config`, the tree of the running configuration, beside `config.version`), the object of the fact holds the further keys
//! beside `value`: only under `clock.now` is a segment named `value`, and `clock.now` itself is no fact, which a test checks.

use serde_json::{Map, Value as Json, json};

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

/// The document, ending in a line end.
pub fn render(devices: &[FactsOf<'_>]) -> Result<String, serde_json::Error> {
    let devices: Vec<Json> = devices.iter().map(device).collect();
    let mut text = serde_json::to_string_pretty(&json!({ "schema_version": 1, "devices": devices }))?;
    text.push('\n');
    Ok(text)
}

fn device(of: &FactsOf<'_>) -> Json {
    let mut facts = Map::new();
    for (key, readings) in of.facts.iter() {
        if let Some(judged) = of.facts.get(key) {
            let segments: Vec<&str> = key.split('.').collect();
            put(&mut facts, &segments, fact(judged, readings));
        }
    }
    if let Some(config) = config(of.configs) {
        put(&mut facts, &["config"], config);
    }
    json!({ "hostname": of.hostname, "facts": facts })
}

/// Merges a fact into the tree, whichever comes first of a fact and the keys that it begins.
fn put(tree: &mut Map<String, Json>, segments: &[&str], fact: Map<String, Json>) {
    let Some((first, rest)) = segments.split_first() else {
        tree.extend(fact);
        return;
    };
    let below = tree.entry((*first).to_owned()).or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(below) = below {
        put(below, rest, fact);
    }
}

fn fact(judged: &Reading, all: &[Reading]) -> Map<String, Json> {
    let mut object = reading(judged);
    let earlier = all.iter().rev().filter(|other| !std::ptr::eq(*other, judged));
    object.insert("earlier".to_owned(), earlier.map(|it| Json::Object(reading(it))).collect());
    object
}

fn reading(of: &Reading) -> Map<String, Json> {
    let mut object = Map::new();
    object.insert("value".to_owned(), value(&of.value));
    object.insert("path".to_owned(), json!(&*of.place.path));
    object.insert("line".to_owned(), json!(of.place.line));
    object
}

fn value(of: &Value) -> Json {
    match of {
        Value::Text(text) => json!(mask(text)),
        Value::Number(number) => json!(number),
        Value::Bool(truth) => json!(truth),
        Value::Time(stamp) => json!(stamp.to_json_text()),
        Value::List(elements) => elements.iter().map(element).collect(),
    }
}

fn element(of: &Element) -> Json {
    of.fields.iter().map(|(name, it)| (name.clone(), Json::Object(reading(it)))).collect()
}

/// The running configuration as a fact: its value is the tree of its lines, `whole` says whether all of it was seen.
fn config(configs: &[Config]) -> Option<Map<String, Json>> {
    let judged = configs.iter().rev().find(|config| config.whole).or(configs.last())?;
    let mut object = config_reading(judged);
    let earlier = configs.iter().rev().filter(|other| !std::ptr::eq(*other, judged));
    object.insert("earlier".to_owned(), earlier.map(|it| Json::Object(config_reading(it))).collect());
    Some(object)
}

fn config_reading(config: &Config) -> Map<String, Json> {
    let mut object = Map::new();
    object.insert("value".to_owned(), config.lines.iter().map(config_line).collect());
    object.insert("path".to_owned(), json!(&*config.place.path));
    object.insert("line".to_owned(), json!(config.place.line));
    object.insert("whole".to_owned(), json!(config.whole));
    object
}

fn config_line(line: &ConfigLine) -> Json {
    let children: Vec<Json> = line.children.iter().map(config_line).collect();
    json!({ "text": mask(&line.text), "line": line.place.line, "children": children })
}

#[cfg(test)]
mod tests;
