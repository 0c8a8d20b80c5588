//! Original lines to clean lines.

use super::Line;
use crate::base::Source;

/// Cleans every line of an input.
pub fn clean(source: &Source) -> Vec<Line<'_>> {
    source.lines().zip(1..).map(|(text, number)| Line::new(number, text)).collect()
}

/// Whether a line is nothing but a pager prompt.
pub fn is_pager(text: &str) -> bool {
    text.trim() == "--More--"
}
