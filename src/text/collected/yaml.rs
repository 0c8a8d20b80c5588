//! YAML as a tree whose texts know their lines.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::tree::Node;
use crate::base::Source;

/// The documents of a text. `None` where it is not YAML to its end, or holds no text of several lines.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find_iter(text.as_bytes(), ": |").find(|at| begins_block(text, *at))?;
    let mut documents = read(text)?;
    for document in &mut documents {
        number(document, 1, source);
    }
    Some(documents)
}

/// The one document that is a part of a text; its first line has this number. `None` where it is none, or holds nothing.
pub(super) fn part(text: &str, first: u32, source: &Source) -> Option<Node> {
    let mut document = read(text)?.pop()?;
    number(&mut document, first, source);
    Some(document)
}

fn read(text: &str) -> Option<Vec<Node>> {
    let mut options = serde_yaml::Options::default();
    options.budget = Some(serde_yaml::Budget::default());
    let documents: Vec<Written> = serde_yaml::from_multiple_with_options(text, options).ok()?;
    Some(documents.into_iter().map(|Written(document)| document).collect())
}

/// Whether the bar behind a key at this offset ends its line, as it does before a text of several lines: `show clock: |-`.
fn begins_block(text: &str, at: usize) -> bool {
    let behind = text.get(at..).and_then(|it| it.strip_prefix(": |")).unwrap_or_default();
    behind.trim_start_matches(['-', '+']).trim_start_matches('\r').starts_with('\n')
}

/// Gives the lines of a block their own numbers; those of a text in quotes share that of its first line. The numbers so far count from
/// the `first` line on.
fn number(node: &mut Node, first: u32, source: &Source) {
    match node {
        Node::Map(entries) => entries.iter_mut().for_each(|(_, value)| number(value, first, source)),
        Node::List(elements) => elements.iter_mut().for_each(|it| number(it, first, source)),
        Node::Text(lines) => {
            let before = first.saturating_sub(1);
            for (line, _) in lines.iter_mut() {
                *line = line.saturating_add(before);
            }
            let own = |first: u32, index: u32| first.saturating_add(index);
            let is_block = lines.iter().zip(0..).all(|((first, text), index)| {
                text.is_empty() || source.nth(own(*first, index)).trim_end().ends_with(text.as_str())
            });
            if is_block {
                lines.iter_mut().zip(0..).for_each(|((line, _), index)| *line = own(*line, index));
            }
        }
        Node::Other => {}
    }
}

/// A value as written.
struct Written(Node);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value: Value(node), defined, .. } = Spanned::<Value>::deserialize(deserializer)?;
        let line = u32::try_from(defined.line()).unwrap_or(u32::MAX);
        Ok(Self(match node {
            Raw::Text(text) => Node::text(line, &text),
            Raw::Node(node) => node,
        }))
    }
}

struct Value(Raw);

enum Raw {
    Text(String),
    Node(Node),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Self)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Node(Node::Other))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Node(Node::Other))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Node(Node::Other))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Node(Node::Other))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Node(Node::Other))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut elements = Vec::new();
        while let Some(Written(element)) = list.next_element()? {
            elements.push(element);
        }
        Ok(Raw::Node(Node::List(elements)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, Written(value))) = map.next_entry::<String, Written>()? {
            entries.push((key, value));
        }
        Ok(Raw::Node(Node::Map(entries)))
    }
}
