//! Command lines: abbreviations to full names.
