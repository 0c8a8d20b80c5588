//! Where a fact stands: an input, a 1-based line in it, and that line's text.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::glance;

/// One decoded input with the offsets of its original lines. Of a long input it holds the lines that are worth reading.
pub struct Source {
    /// The path as the user named it; `-` is standard input. Members of archives read `case.zip!sw1.txt`.
    pub path: Arc<str>,
    /// The decoded text. Lines end at LF, or at a lone CR in a text without LF.
    text: String,
    /// Byte offset in `text` at which each line starts.
    starts: Vec<usize>,
    /// The 1-based number of each line in the original, rising; empty where all lines are there.
    numbers: Vec<u32>,
    /// Whether the text ends early: the input was cut off or damaged.
    is_cut: bool,
    /// What the lines were taken out of, where they are not those of the input itself.
    document: Option<Box<Document>>,
}

/// A document, and where its pieces stand in it.
struct Document {
    source: Arc<Source>,
    pieces: Vec<Piece>,
}

/// Where a line that was taken out of a document stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// 1-based line of the original.
    pub line: u32,
    /// Whether it has that line for itself, so that evidence shows the whole of it; else its own text is shown, as of one of the
    /// many lines in a text of JSON.
    pub is_alone: bool,
}

impl Source {
    /// Indexes the lines of `text`.
    pub fn new(path: impl Into<Arc<str>>, text: String) -> Self {
        let end = if text.as_bytes().contains(&b'\n') { b'\n' } else { b'\r' };
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(end, text.as_bytes()).map(|at| at + 1));
        Self { path: path.into(), text, starts, numbers: Vec::new(), is_cut: false, document: None }
    }

    /// The same, known to end early: what its last output does not show is unknown.
    #[must_use]
    pub fn cut_off(self) -> Self {
        Self { is_cut: true, ..self }
    }

    /// Whether there was more of it.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Some lines of an input: each ends with LF in `text`, and `numbers` holds its 1-based number in the original, rising.
    pub fn of_lines(path: impl Into<Arc<str>>, text: String, numbers: Vec<u32>) -> Self {
        Self { numbers, ..Self::new(path, text) }
    }

    /// Lines that were taken out of a document, each ending with LF in `text`. They are counted on their own; `Place::original`
    /// tells where they stand in the document.
    pub fn of_document(source: Arc<Source>, text: String, pieces: Vec<Piece>) -> Self {
        let (path, is_cut) = (source.path.clone(), source.is_cut);
        Self { is_cut, document: Some(Box::new(Document { source, pieces })), ..Self::new(path, text) }
    }

    /// The original lines, without their line ends, in order, each with its 1-based number.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let count = if self.numbers.is_empty() { self.starts.len() } else { self.numbers.len() };
        (0..count).map(|index| (self.numbers.get(index).copied().unwrap_or(to_number(index)), self.at(index)))
    }

    /// How many lines are held.
    pub fn line_count(&self) -> usize {
        // What follows the last line end is a line only where there is something.
        self.starts.len() - usize::from(self.text.is_empty() || self.text.ends_with(['\n', '\r']))
    }

    /// Whether the text ends in this line, without a line end: the rest of it may be missing.
    pub fn ends_within(&self, line: u32) -> bool {
        let last = self.numbers.last().copied().unwrap_or(to_number(self.starts.len().saturating_sub(1)));
        !self.text.ends_with(['\n', '\r']) && last == line
    }

    /// The original line with this 1-based number, without its line end; empty when there is none.
    pub fn line(&self, number: u32) -> &str {
        if self.numbers.is_empty() {
            return self.at((number as usize).saturating_sub(1));
        }
        self.numbers.binary_search(&number).map_or("", |index| self.at(index))
    }

    /// The line at this 1-based position among those that are held, without its line end; empty when there is none.
    pub fn nth(&self, position: u32) -> &str {
        self.at((position as usize).saturating_sub(1))
    }

    /// The 1-based number in the original of the line at this position among those that are held.
    pub fn number(&self, position: u32) -> u32 {
        self.numbers.get((position as usize).saturating_sub(1)).copied().unwrap_or(position)
    }

    /// Whether it holds some lines of an input only.
    pub fn is_excerpt(&self) -> bool {
        !self.numbers.is_empty()
    }

    fn at(&self, index: usize) -> &str {
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next.saturating_sub(1));
        self.text.get(start..end).unwrap_or_default()
    }

    /// The whole decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a line by its 1-based number, with the line as evidence shows it. Of a line longer than any that a device
    /// prints, as of a document written on one line, it holds the beginning.
    pub fn place(&self, line: u32) -> Place {
        let piece = |of: &Document| of.pieces.get((line as usize).saturating_sub(1)).copied();
        match self.document.as_deref().and_then(|of| Some((of, piece(of)?))) {
            Some((of, Piece { line: original, is_alone })) => {
                let place = if is_alone { of.source.place(original) } else { self.place_here(line) };
                Place { line, original, ..place }
            }
            None => self.place_here(line),
        }
    }

    fn place_here(&self, line: u32) -> Place {
        let whole = glance::trim(self.line(line));
        let end = (0..=LONGEST_EVIDENCE.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at));
        let text = whole.get(..end.unwrap_or(0)).unwrap_or(whole);
        let text = if glance::any_byte(text.as_bytes(), |byte| u8::from(byte < b' ') | u8::from(byte >= 0x7f))
        {
            let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\t').collect();
            kept.trim().into()
        } else {
            text.into()
        };
        Place { path: self.path.clone(), line, original: line, text }
    }
}

fn to_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} lines)", self.path, self.starts.len())
    }
}

/// Bytes of a line that a place keeps: a fleet's outputs in one line of JSON have a place for each of their facts.
const LONGEST_EVIDENCE: usize = 4 << 10;

/// A line of an input. It keeps its text, so that an input can be dropped once it is read. Ordered by path, then line.
#[derive(Clone, Serialize, Deserialize)]
pub struct Place {
    /// The path of the input, as in `Source`. Not written out: all places of a capture have the same.
    #[serde(skip)]
    pub path: Arc<str>,
    /// 1-based line by which places are in order: of the input, or among the lines that were taken out of a document.
    pub line: u32,
    /// 1-based line of the original input, which reports show.
    pub original: u32,
    /// The original line: control bytes removed, outer blanks trimmed, nothing joined. Secrets are not masked yet.
    pub text: Arc<str>,
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
        self.path.cmp(&other.path).then(self.line.cmp(&other.line))
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn a_lone_cr_ends_a_line_only_where_there_is_no_lf() {
        let old_mac = Source::new("a", "one\rtwo".into());
        assert_eq!(old_mac.lines().collect::<Vec<_>>(), [(1, "one"), (2, "two")]);
        let mixed = Source::new("a", "one\rtwo\nthree".into());
        assert_eq!(mixed.line(1), "one\rtwo");
        assert_eq!(mixed.line(2), "three");
        assert_eq!(mixed.line(9), "");
    }

    #[test]
    fn lines_of_a_long_input_keep_their_numbers() {
        let source = Source::of_lines("a", "one\nnine\n".into(), vec![1, 9]);
        assert_eq!(source.lines().collect::<Vec<_>>(), [(1, "one"), (9, "nine")]);
        assert_eq!([source.line(9), source.line(2), &source.place(9).text], ["nine", "", "nine"]);
    }

    #[test]
    fn a_place_shows_no_control_bytes() {
        let source = Source::new("a", "first\n  \u{1b}[7mStatus: FAILED\u{8}\r\n".into());
        assert_eq!(&*source.place(2).text, "[7mStatus: FAILED");
    }
}
