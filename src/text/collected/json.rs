//! JSON as a tree whose texts know their lines.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::tree::Node;
use crate::base::Source;

/// No document of a script is nested deeper.
const DEEPEST: usize = 24;

/// The documents of a text, one or one behind the other. `None` where it is not JSON to its end, or holds no text of several
/// lines: a log in JSON does not, and is read by its own parser.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), br"\n")?;
    let mut reader = Reader { text, at: 0, line: 1 };
    let documents = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    documents.map(|document| reader.node(document.ok()?, 0)).collect()
}

/// The first document of a text whose first line has this number in the original, and how many bytes it takes.
pub(super) fn first(text: &str, line: u32) -> Option<(Node, usize)> {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let document = documents.next()?.ok()?;
    let node = Reader { text, at: 0, line }.node(document, 0)?;
    Some((node, documents.byte_offset()))
}

/// Counts lines on the way: values come in the order of the text.
struct Reader<'t> {
    text: &'t str,
    /// Byte offset up to which lines were counted.
    at: usize,
    line: u32,
}

impl<'t> Reader<'t> {
    fn node(&mut self, raw: &'t RawValue, depth: usize) -> Option<Node> {
        let json = raw.get();
        if depth > DEEPEST {
            return Some(Node::Other);
        }
        Some(match json.as_bytes().first()? {
            b'{' => {
                let Entries(entries) = serde_json::from_str(json).ok()?;
                let node = |(key, value): (Cow<'t, str>, &'t RawValue)| {
                    Some((key.into_owned(), self.node(value, depth + 1)?))
                };
                Node::Map(entries.into_iter().map(node).collect::<Option<_>>()?)
            }
            b'[' => {
                let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
                Node::List(elements.into_iter().map(|it| self.node(it, depth + 1)).collect::<Option<_>>()?)
            }
            b'"' => Node::text(self.line_of(json), &serde_json::from_str::<String>(json).ok()?),
            _ => Node::Other,
        })
    }

    /// The 1-based line on which a part of the text begins.
    fn line_of(&mut self, part: &'t str) -> u32 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        let count = memchr::memchr_iter(b'\n', passed).count();
        self.line = self.line.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.at = offset.max(self.at);
        self.line
    }
}

/// The entries of an object in their order, values as written.
struct Entries<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'t> Deserialize<'t> for Entries<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'t> Visitor<'t> for InOrder {
            type Value = Entries<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
