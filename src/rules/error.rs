//! A fault with its file, ready to be shown: code, sentence, labelled place, advice.

use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
    ThemeCharacters, ThemeStyles,
};

use super::advice;
use super::fault::{Fault, FaultKind, Span};

/// The lines around a fault, in bytes: beyond this the place is given in words.
const LONGEST_LINES: usize = 4096;

/// A message or hint, in characters.
const LONGEST_MESSAGE: usize = 1000;

/// A file of rules or examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceFile {
    /// As the user named it, or its path below the crate for a built-in one.
    pub(super) path: String,
    /// Its text.
    pub(super) text: Arc<str>,
}

/// Something wrong with a rule file.
#[derive(Clone, Debug)]
pub struct RuleError {
    path: String,
    line: Option<usize>,
    fault: Box<Fault>,
    /// The text, where the fault has a place in it.
    source: Option<Box<NamedSource<Arc<str>>>>,
}

impl RuleError {
    /// A fault in a file.
    pub(super) fn new(file: &SourceFile, mut fault: Fault) -> Self {
        fault.span = fault.span.map(|span| visible(span, &file.text)).map(|span| {
            let FaultKind::UnboundName { name, .. } = &fault.kind else { return span };
            name_in(name, span, &file.text).unwrap_or(span)
        });
        let line = fault.span.map(|_| fault.line(&file.text));
        let drawn = fault.span.filter(|span| can_be_drawn(*span, &file.text));
        let source = drawn.map(|_| Box::new(NamedSource::new(&file.path, file.text.clone())));
        Self { path: file.path.clone(), line, fault: Box::new(fault), source }
    }

    /// A fault of a path that has no text.
    pub(super) fn of_path(path: impl Into<String>, kind: FaultKind) -> Self {
        Self { path: path.into(), line: None, fault: Box::new(Fault::of_file(kind)), source: None }
    }

    /// The file or directory.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The 1-based line, where the fault has a place in the file.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The stable code, such as `rule::unknown_key`.
    pub fn name(&self) -> &'static str {
        self.fault.kind.code()
    }

    /// By path, then place.
    pub(super) fn order(&self) -> (&str, Option<Span>) {
        (&self.path, self.fault.span)
    }

    /// What to do.
    pub fn hint(&self) -> String {
        clipped(advice::of(&self.fault.kind))
    }
}

/// Of a block only the beginning is known; its first word is what can be pointed at.
fn visible(span: Span, text: &str) -> Span {
    if span.length > 0 {
        return span;
    }
    let start = span.offset.min(text.trim_end().len().saturating_sub(1));
    let start = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let rest = text.get(start..).unwrap_or_default();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let word = rest.find(|c: char| c.is_whitespace() || ":,]}".contains(c)).unwrap_or(rest.len());
    Span { offset: start, length: word.max(first) }
}

/// The place of `{name}` in a longer text.
fn name_in(name: &str, span: Span, text: &str) -> Option<Span> {
    let from = text.get(span.offset..)?;
    let at = from
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|at| from.get(..*at).is_some_and(|it| it.ends_with('{')))?;
    let behind = from.get(at + name.len()..)?;
    let length = behind.find('}')? + name.len() + 2;
    (behind.starts_with(['}', '|', ' '])).then_some(Span { offset: span.offset + at - 1, length })
}

/// The lines that are shown with a place can be read; beyond 65,535 columns the drawing would stop the program.
fn can_be_drawn(span: Span, text: &str) -> bool {
    let end = span.offset + span.length;
    let (Some(before), Some(behind)) = (text.get(..span.offset), text.get(end..)) else { return false };
    let before = before.rsplit('\n').take(2).map(str::len).sum::<usize>();
    let behind = behind.split('\n').take(2).map(str::len).sum::<usize>();
    before + span.length + behind <= LONGEST_LINES
}

/// A text of the author's in a message, which may be long.
fn clipped(text: String) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = clipped(self.fault.kind.to_string());
        match (&self.source, self.line) {
            (Some(_), _) => f.write_str(&what),
            (None, Some(line)) => write!(f, "{}:{line}: {what}", self.path),
            (None, None) => write!(f, "{}: {what}", self.path),
        }
    }
}

impl std::error::Error for RuleError {}

impl Diagnostic for RuleError {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.fault.kind.code()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        self.fault.kind.is_warning().then_some(miette::Severity::Warning)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.hint()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_deref().map(|it| it as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let Span { offset, length } = self.fault.span?;
        let label = LabeledSpan::new(Some(self.fault.kind.label().to_owned()), offset, length);
        Some(Box::new(std::iter::once(label)))
    }
}

/// How errors are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Box drawing characters, else ASCII.
    pub unicode: bool,
    /// ANSI colours.
    pub colour: bool,
    /// Columns.
    pub width: usize,
}

/// Draws errors one below the other, a blank line between them.
pub fn render(errors: &[RuleError], style: Style) -> String {
    let handler = handler(style);
    let mut out = String::new();
    for error in errors {
        let mut drawn = String::new();
        // Writing to a String does not fail; if the drawing does, the sentence is still there.
        if handler.render_report(&mut drawn, error).is_err() {
            drawn = format!("{}: {error}\n", error.fault.kind.code());
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let lines = drawn.trim_matches('\n').lines().map(str::trim_end);
        for line in lines {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn handler(style: Style) -> GraphicalReportHandler {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let theme = GraphicalTheme { characters, styles };
    GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false)
}
