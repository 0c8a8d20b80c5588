//! A regular expression that is compiled when it is first used, with slots for values captured before.
//!
//! What devices print and rules look for is ASCII, so classes and case are those of ASCII: a `\s` or `(?i)` of Unicode costs
//! many times as much to compile, and compiling is most of what a short run does. Text beyond ASCII is matched as it stands.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

use super::answers::Answers;
use super::bindings::Bindings;
use super::expression::{Expression, Piece, pieces};

/// A pattern of a condition. Clones share what was compiled.
#[derive(Clone)]
pub struct Pattern {
    written: Expression,
    pieces: Vec<Piece>,
    /// The pattern of a text without slots, compiled once.
    regex: Arc<OnceLock<Option<Regex>>>,
    /// What it found in texts before.
    answers: Arc<Answers>,
    /// What finds each of its literals.
    finders: Arc<OnceLock<Vec<Finder<'static>>>>,
    /// The pattern as last filled in: every line of a configuration is searched with the same values.
    filled: Arc<Mutex<Option<(String, Regex)>>>,
}

impl Pattern {
    /// Takes a pattern as written. Nothing is compiled yet; `check` does.
    pub fn new(written: impl Into<Expression>) -> Self {
        let written = written.into();
        Self {
            pieces: pieces(&written),
            written,
            regex: Arc::default(),
            answers: Arc::default(),
            finders: Arc::default(),
            filled: Arc::default(),
        }
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

    /// Compiles it, for messages about bad patterns, and gives the names of the groups that it captures. Slots count as any text.
    pub fn check(&self) -> Result<Vec<String>, regex::Error> {
        let regex = compile(&self.filled(&|_| Some("x".to_owned())).unwrap_or_default())?;
        let groups = regex.capture_names().flatten().map(str::to_owned).collect();
        if self.slots().next().is_none() {
            self.regex.get_or_init(|| Some(regex));
        }
        Ok(groups)
    }

    /// Searches a text. `None`: no match. A match brings the values of its named groups.
    /// `Err` names a slot that nothing was captured for: then nothing can be said.
    pub fn search(&self, text: &str, bindings: &Bindings) -> Result<Option<Bindings>, String> {
        if let Some(missing) = self.slots().find(|name| !bindings.has(name)) {
            return Err(missing.to_owned());
        }
        if self.regex.get().is_none() && !self.is_possible(text) {
            return Ok(None);
        }
        if self.slots().next().is_none() {
            let regex = || self.regex.get_or_init(|| compile(&self.written).ok()).as_ref();
            return Ok(self.answers.of(text, || captured(regex()?, text)));
        }
        let filled = self.filled(&|name| bindings.get(name).map(str::to_owned)).unwrap_or_default();
        Ok(self.compiled(filled).and_then(|it| captured(&it, text)))
    }

    fn compiled(&self, filled: String) -> Option<Regex> {
        let Ok(mut last) = self.filled.lock() else { return compile(&filled).ok() };
        match &*last {
            Some((text, regex)) if *text == filled => Some(regex.clone()),
            _ => {
                let regex = compile(&filled).ok()?;
                *last = Some((filled, regex.clone()));
                Some(regex)
            }
        }
    }

    /// Whether a match is possible, told without compiling anything: the text holds one of the literals.
    pub fn is_possible(&self, text: &str) -> bool {
        if self.written.literals.is_empty() {
            return true;
        }
        let lower = text.to_ascii_lowercase();
        self.finders().iter().any(|it| it.find(lower.as_bytes()).is_some())
    }

    /// What finds its literals in a text in lower case; none where nothing is known.
    pub fn finders(&self) -> &[Finder<'static>] {
        let finder = |literal: &String| Finder::new(literal).into_owned();
        self.finders.get_or_init(|| self.written.literals.iter().map(finder).collect())
    }

    /// Literals in lower case of which every match holds one, in whatever case; empty where nothing is known.
    pub fn literals(&self) -> &[String] {
        &self.written.literals
    }

    fn filled(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let fill = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Slot(name) => value(name).map(|it| regex::escape(&it)),
        };
        self.pieces.iter().map(fill).collect()
    }
}

/// Whether it is compiled yet is nobody's business.
impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.written.text).finish()
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).build()
}

fn captured(regex: &Regex, text: &str) -> Option<Bindings> {
    let mut named = regex.capture_names().flatten().peekable();
    // Where nothing is captured it is enough to know that there is a match, which is told several times as fast.
    if named.peek().is_none() {
        return regex.is_match(text.as_bytes()).then(Bindings::new);
    }
    let found = regex.captures(text.as_bytes())?;
    let words = |name: &str| Some(String::from_utf8_lossy(found.name(name)?.as_bytes()));
    Some(named.filter_map(|name| Some((name, words(name)?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(pairs: &[(&str, &str)]) -> Bindings {
        pairs.iter().copied().collect()
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
        assert_eq!(pattern.check().unwrap(), ["n"]);
        assert!(Pattern::new("(").check().is_err());
    }
}
