//! Widths and cleaning of text for a terminal. What a capture says never reaches the terminal as a control byte: an escape
//! code in a log could hide the lines that matter, or worse.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text without control characters and without marks that turn the writing direction round. Tabs become blanks.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_unsafe(*c)).collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The beginning of a text, at most `columns` wide, with `mark` at its end where something is left out.
pub(crate) fn clip(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = prefix(text, columns.saturating_sub(width(mark))).to_owned();
    kept.push_str(mark);
    kept
}

/// The end of a text, at most `columns` wide, with `mark` before it where something is left out: of a path the end counts.
pub(crate) fn clip_start(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let reversed: String = text.chars().rev().collect();
    let kept = prefix(&reversed, columns.saturating_sub(width(mark)));
    mark.chars().chain(kept.chars().rev()).collect()
}

/// The longest beginning that is at most `columns` wide.
fn prefix(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// Puts parts side by side, `separator` between them, into lines of at most `columns`; only a part that is longer than a
/// line is broken. A separator at a line's end loses its blanks.
pub(crate) fn pack(parts: &[String], separator: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && width(&line) + width(separator) + width(part) > columns {
            line.push_str(separator.trim_end());
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            lines.extend(wrap(part, columns));
            line = lines.pop().unwrap_or_default();
        } else {
            line.push_str(separator);
            line.push_str(part);
        }
    }
    lines.push(line);
    lines
}

/// Breaks a text at blanks into lines of at most `columns`. A word longer than a line is broken.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let mut rest = word;
        while width(rest) > columns {
            let head = prefix(rest, columns);
            lines.push(head.to_owned());
            rest = rest.strip_prefix(head).unwrap_or_default();
        }
        line.push_str(rest);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_bytes_and_direction_marks_go() {
        assert_eq!(clean("a\u{1b}[2J\u{9b}31mb\tc\u{202e}d\r\n\u{7}"), "a[2J31mb cd  ");
    }

    #[test]
    fn clipping_counts_columns() {
        assert_eq!(clip("short", 5, "…"), "short");
        assert_eq!(clip("longer", 5, "…"), "long…");
        assert_eq!(clip("longer", 5, "..."), "lo...");
        assert_eq!(clip("日本語", 5, "…"), "日本…");
        assert_eq!(clip_start("case.zip!logs/sw1.txt:17", 12, "…"), "…/sw1.txt:17");
        assert_eq!(clip("anything", 0, "…"), "…");
    }

    #[test]
    fn packing_breaks_between_parts() {
        let parts = ["show clock", "show ntp status", "show run"].map(str::to_owned);
        assert_eq!(pack(&parts, ", ", 27), ["show clock, show ntp status,", "show run"]);
        assert_eq!(pack(&parts, ", ", 12), ["show clock,", "show ntp", "status,", "show run"]);
    }

    #[test]
    fn wrapping_keeps_words_and_breaks_only_what_is_too_long() {
        assert_eq!(wrap("one two  three", 8), ["one two", "three"]);
        assert_eq!(wrap("a abcdefghijk b", 8), ["a", "abcdefgh", "ijk b"]);
        assert!(wrap("  ", 8).is_empty());
    }
}
