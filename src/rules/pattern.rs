//! A regular expression that is compiled when it is first used, with slots for values captured before.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use regex::Regex;

/// Values by name: what the named groups of a rule's patterns captured.
pub type Bindings = BTreeMap<String, String>;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `{name}`: a value captured before, escaped.
    Slot(String),
}

/// A pattern of a condition. Clones share what was compiled.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    pieces: Vec<Piece>,
    /// The pattern of a text without slots, compiled once.
    regex: Arc<OnceLock<Option<Regex>>>,
}

impl Pattern {
    /// Takes a pattern as written. Nothing is compiled yet; `check` does.
    pub fn new(written: impl Into<String>) -> Self {
        let written = written.into();
        Self { pieces: pieces(&written), written, regex: Arc::default() }
    }

    /// As the author wrote it.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Names of the slots, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Names of the groups it captures. Empty for a pattern that does not compile.
    pub fn groups(&self) -> Vec<String> {
        let regex = Regex::new(&self.filled(&|_| Some(String::new())).unwrap_or_default());
        regex.map(|it| it.capture_names().flatten().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// Compiles it, for messages about bad patterns. Slots count as any text.
    pub fn check(&self) -> Result<(), regex::Error> {
        Regex::new(&self.filled(&|_| Some("x".to_owned())).unwrap_or_default()).map(|_| ())
    }

    /// Searches a text. `None`: no match. A match brings the values of its named groups.
    /// `Err` names a slot that nothing was captured for: then nothing can be said.
    pub fn search(&self, text: &str, bindings: &Bindings) -> Result<Option<Bindings>, String> {
        if self.slots().next().is_none() {
            let regex = self.regex.get_or_init(|| Regex::new(&self.written).ok());
            return Ok(regex.as_ref().and_then(|it| captured(it, text)));
        }
        if let Some(missing) = self.slots().find(|name| !bindings.contains_key(*name)) {
            return Err(missing.to_owned());
        }
        let filled = self.filled(&|name| bindings.get(name).cloned()).unwrap_or_default();
        Ok(Regex::new(&filled).ok().and_then(|it| captured(&it, text)))
    }

    fn filled(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let fill = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Slot(name) => value(name).map(|it| regex::escape(&it)),
        };
        self.pieces.iter().map(fill).collect()
    }
}

fn captured(regex: &Regex, text: &str) -> Option<Bindings> {
    let found = regex.captures(text)?;
    let named = regex.capture_names().flatten();
    Some(named.filter_map(|name| Some((name.to_owned(), found.name(name)?.as_str().to_owned()))).collect())
}

/// Splits at `{name}`. `{2,3}` is a repetition and `\p{Greek}` a class: they are no slots.
fn pieces(written: &str) -> Vec<Piece> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(pairs: &[(&str, &str)]) -> Bindings {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn slots_are_filled_and_escaped() {
        let pattern = Pattern::new(r"^ip host (vrf \S+ )?{host} (?<address>\d{1,3}\.\S+)");
        assert_eq!(pattern.slots().collect::<Vec<_>>(), ["host"]);
        let host = bound(&[("host", "tools.cisco.com")]);
        let found = pattern.search("ip host tools.cisco.com 10.1.1.1", &host).unwrap().unwrap();
        assert_eq!(found, bound(&[("address", "10.1.1.1")]));
        assert_eq!(pattern.search("ip host toolsXciscoXcom 10.1.1.1", &host), Ok(None));
        assert_eq!(pattern.search("ip host", &Bindings::new()), Err("host".to_owned()));
    }

    #[test]
    fn repetitions_and_classes_are_no_slots() {
        let pattern = Pattern::new(r"a{2}\x{41}(?<n>\d{1,3})");
        assert_eq!(pattern.slots().count(), 0);
        assert!(pattern.search("aaA17", &Bindings::new()).unwrap().is_some());
        assert_eq!(pattern.groups(), ["n"]);
        assert!(Pattern::new("(").check().is_err());
    }
}
