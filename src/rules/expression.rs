//! A regular expression as written, with what can be told of it before it is compiled.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::literals::literals;

/// A regular expression as its author wrote it.
#[derive(Clone, Debug, Default)]
pub struct Expression {
    /// The text, with `{name}` for values captured before.
    pub text: String,
    /// Of which every match holds one, in lower case; empty where nothing is known.
    pub literals: Vec<String>,
}

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// `{name}`: a value captured before, escaped.
    Slot(String),
}

impl Expression {
    /// Reads an expression; a slot stands for any text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let any = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Slot(_) => "(?:.*)".to_owned(),
        };
        let open: String = pieces(&text).into_iter().map(any).collect();
        Self { literals: literals(&open), text }
    }
}

impl From<&str> for Expression {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl std::ops::Deref for Expression {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

/// In YAML it is a text; in the table of built-in rules its literals stand beside it.
impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return String::deserialize(deserializer).map(Self::new);
        }
        let (text, literals) = Deserialize::deserialize(deserializer)?;
        Ok(Self { text, literals })
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.text.serialize(serializer);
        }
        (&self.text, &self.literals).serialize(serializer)
    }
}

/// Splits at `{name}`. `{2,3}` is a repetition and `\p{Greek}` a class: they are no slots.
pub(crate) fn pieces(written: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let slot = after.split_once('}').filter(|(name, _)| is_name(name) && !ends_in_class(before));
        if let Some((name, behind)) = slot {
            out.push(Piece::Text(std::mem::take(&mut text)));
            out.push(Piece::Slot(name.to_owned()));
            rest = behind;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    out.push(Piece::Text(text));
    out
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c))
}

fn ends_in_class(before: &str) -> bool {
    [r"\p", r"\P", r"\x", r"\u", r"\U"].iter().any(|class| before.ends_with(class))
}
