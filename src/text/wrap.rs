//! Joins lines that a terminal broke at its width.

use super::Line;

/// Joins lines.
pub fn join<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    lines.to_vec()
}
