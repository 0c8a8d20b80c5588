//! Joins lines that a terminal broke at its width.
