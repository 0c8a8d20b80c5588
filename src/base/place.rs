//! Where a fact stands: an input and a 1-based line in it. The text of the line is looked up when a report quotes it.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// One decoded input with the offsets of its original lines, shared by all places in it.
pub struct Source {
    /// The path as the user named it; `-` is standard input. Members of archives read `case.zip!sw1.txt`.
    pub path: String,
    /// The decoded text. Lines end at LF, or at a lone CR in a text without LF.
    text: String,
    /// Byte offset in `text` at which each line starts.
    starts: Vec<usize>,
}

impl Source {
    /// Indexes the lines of `text`.
    pub fn new(path: impl Into<String>, text: String) -> Self {
        let end = if memchr_lf(&text) { b'\n' } else { b'\r' };
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == end).map(|(at, _)| at + 1));
        Self { path: path.into(), text, starts }
    }

    /// The original lines, without their line ends, in order; the first is line 1.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let ends = self.starts.iter().skip(1).copied().chain(std::iter::once(self.text.len() + 1));
        self.starts.iter().zip(ends).filter_map(|(start, end)| self.text.get(*start..end.saturating_sub(1)))
    }

    /// The original line with this 1-based number, without its line end; empty when there is none.
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next.saturating_sub(1));
        self.text.get(start..end).unwrap_or_default()
    }

    /// The whole decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} lines)", self.path, self.starts.len())
    }
}

fn memchr_lf(text: &str) -> bool {
    text.as_bytes().contains(&b'\n')
}

/// A line of an input. Cheap to copy; ordered by path, then line.
#[derive(Clone)]
pub struct Place {
    /// The input.
    pub source: Arc<Source>,
    /// 1-based line of the original input.
    pub line: u32,
}

impl Place {
    /// The original line as evidence shows it: control bytes removed, outer blanks trimmed, nothing joined.
    pub fn text(&self) -> String {
        let line = self.source.line(self.line);
        let kept: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        kept.trim().to_owned()
    }

    /// The path of the input.
    pub fn path(&self) -> &str {
        &self.source.path
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.source.path.cmp(&other.source.path).then(self.line.cmp(&other.line))
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.path, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn a_lone_cr_ends_a_line_only_where_there_is_no_lf() {
        let old_mac = Source::new("a", "one\rtwo".into());
        assert_eq!(old_mac.lines().collect::<Vec<_>>(), ["one", "two"]);
        let mixed = Source::new("a", "one\rtwo\nthree".into());
        assert_eq!(mixed.line(1), "one\rtwo");
        assert_eq!(mixed.line(2), "three");
        assert_eq!(mixed.line(9), "");
    }
}
