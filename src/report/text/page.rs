//! A page under construction: indented, wrapped, coloured lines. The only place that knows of columns, marks and colours.

use std::fmt::Write;

use anstyle::{AnsiColor, Effects};

use super::Style;
use super::layout::{clean, clip, clip_start, pack, width, wrap};
use crate::base::{Severity, StepState};

/// How a piece of text is shown where colour is allowed. The words always say the same as the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it is.
    Plain,
    /// Headings and titles.
    Strong,
    /// What may be skipped over.
    Faint,
    /// An error.
    Bad,
    /// A warning.
    Uneasy,
    /// Done, healthy.
    Good,
    /// Commands to copy.
    Command,
}

impl Tone {
    /// The tone of a severity.
    pub(crate) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Bad,
            Severity::Warning => Self::Uneasy,
            Severity::Info => Self::Strong,
        }
    }

    fn style(self) -> anstyle::Style {
        let color = |color: AnsiColor| anstyle::Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => anstyle::Style::new(),
            Self::Strong => anstyle::Style::new().effects(Effects::BOLD),
            Self::Faint => anstyle::Style::new().effects(Effects::DIMMED),
            Self::Bad => color(AnsiColor::Red).effects(Effects::BOLD),
            Self::Uneasy => color(AnsiColor::Yellow).effects(Effects::BOLD),
            Self::Good => color(AnsiColor::Green),
            Self::Command => color(AnsiColor::Cyan),
        }
    }
}

/// Lines being written.
pub(crate) struct Page<'s> {
    style: &'s Style,
    text: String,
}

impl<'s> Page<'s> {
    /// An empty page.
    pub(crate) fn new(style: &'s Style) -> Self {
        Self { style, text: String::new() }
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Whether more is shown than the usual.
    pub(crate) fn is_detailed(&self) -> bool {
        self.style.detail
    }

    /// The columns left behind an indentation.
    pub(crate) fn room(&self, indent: usize) -> usize {
        self.style.width.saturating_sub(indent).max(20)
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// One line of pieces as they are; the caller sees to the width.
    pub(crate) fn line(&mut self, indent: usize, pieces: &[(Tone, &str)]) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        for (tone, text) in pieces {
            let text = clean(text);
            let text = if self.style.unicode { text } else { to_ascii(&text) };
            self.paint(*tone, &text);
        }
        self.text.push('\n');
    }

    fn paint(&mut self, tone: Tone, text: &str) {
        if !self.style.color || tone == Tone::Plain || text.trim().is_empty() {
            self.text.push_str(text);
            return;
        }
        let style = tone.style();
        // Writing to a String does not fail.
        let _ = write!(self.text, "{style}{text}{style:#}");
    }

    /// A text wrapped behind a label: `label text…`, its further lines under the text.
    pub(crate) fn hanging(&mut self, indent: usize, label: (Tone, &str), tone: Tone, text: &str) {
        let label_width = if label.1.is_empty() { 0 } else { width(label.1) + 1 };
        let inner = indent + label_width;
        let lines = wrap(&clean(text), self.room(inner));
        if lines.is_empty() {
            self.line(indent, &[label]);
        }
        for (number, line) in lines.iter().enumerate() {
            match (number, label_width) {
                (0, 1..) => self.line(indent, &[label, (Tone::Plain, " "), (tone, line)]),
                _ => self.line(inner, &[(tone, line)]),
            }
        }
    }

    /// A text wrapped.
    pub(crate) fn paragraph(&mut self, indent: usize, tone: Tone, text: &str) {
        self.hanging(indent, (Tone::Plain, ""), tone, text);
    }

    /// A text of several paragraphs, parted by empty lines.
    pub(crate) fn prose(&mut self, indent: usize, text: &str) {
        for (number, paragraph) in text.replace("\r\n", "\n").split("\n\n").enumerate() {
            if number > 0 {
                self.gap();
            }
            self.paragraph(indent, Tone::Plain, paragraph);
        }
    }

    /// Words parted by a dot, broken between words; further lines are indented by two more.
    pub(crate) fn joined(&mut self, indent: usize, tone: Tone, parts: &[String]) {
        let dot = if self.style.unicode { " · " } else { " - " };
        let parts: Vec<String> = parts.iter().map(|part| clean(part)).collect();
        for (number, line) in pack(&parts, dot, self.room(indent + 4)).iter().enumerate() {
            let indent = if number == 0 { indent } else { indent + 2 };
            self.line(indent, &[(tone, line.trim_end_matches(dot.trim_end()))]);
        }
    }

    /// A list behind a label, broken between its items only: they are commands and names.
    pub(crate) fn items<S: AsRef<str>>(&mut self, indent: usize, label: &str, items: &[S]) {
        let inner = indent + width(label) + 1;
        let items: Vec<String> = items.iter().map(|item| clean(item.as_ref())).collect();
        for (number, line) in pack(&items, ", ", self.room(inner + 1)).iter().enumerate() {
            match number {
                0 => self.line(indent, &[(Tone::Faint, label), (Tone::Plain, " "), (Tone::Plain, line)]),
                _ => self.line(inner, &[(Tone::Plain, line)]),
            }
        }
    }

    /// A line of an input: clipped to the width, never wrapped.
    pub(crate) fn quote(&mut self, indent: usize, text: &str) {
        let bar = if self.style.unicode { "│ " } else { "| " };
        let text = clip(clean(text).trim(), self.room(indent + 2), self.more());
        self.line(indent, &[(Tone::Faint, bar), (Tone::Plain, &text)]);
    }

    /// `path:line`, clipped at its start where it is long, and words behind it where they fit.
    pub(crate) fn place(&mut self, indent: usize, path: &str, line: u32, behind: &str) {
        let place = clip_start(&format!("{}:{line}", clean(path)), self.room(indent), self.more());
        let behind =
            clip(&clean(behind), self.room(indent + width(&place) + 1).min(self.style.width), self.more());
        let fits = indent + width(&place) + 1 + width(&behind) <= self.style.width;
        let behind = if behind.is_empty() || !fits { String::new() } else { format!(" {behind}") };
        self.line(indent, &[(Tone::Strong, &place), (Tone::Faint, &behind)]);
    }

    /// A command, never clipped or wrapped, so that it can be copied as it stands.
    pub(crate) fn command(&mut self, indent: usize, command: &str) {
        self.line(indent, &[(Tone::Command, command.trim_end())]);
    }

    /// What stands for something left out.
    pub(crate) fn more(&self) -> &'static str {
        if self.style.unicode { "…" } else { "..." }
    }

    /// The mark of a step's state.
    pub(crate) fn mark(&self, state: StepState) -> (Tone, &'static str) {
        match (state, self.style.unicode) {
            (StepState::Done, true) => (Tone::Good, "✔"),
            (StepState::Done, false) => (Tone::Good, "[x]"),
            (StepState::Open, true) => (Tone::Bad, "✘"),
            (StepState::Open, false) => (Tone::Bad, "[ ]"),
            (StepState::Unknown, true) => (Tone::Uneasy, "?"),
            (StepState::Unknown, false) => (Tone::Uneasy, "[?]"),
        }
    }
}

/// What a terminal without Unicode can show; never wider than before.
fn to_ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' => '-',
        '\u{a0}' => ' ',
        c if c.is_ascii() => c,
        _ => '?',
    };
    text.chars().map(plain).collect()
}
