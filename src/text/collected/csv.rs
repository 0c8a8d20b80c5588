//! CSV with an output in a cell, over several lines, as a tree whose texts know their lines.

use super::tree::{self, Node};
use super::{command_of, host};
use crate::base::Source;

/// The rows of a text as maps from the names in its first line. `None` where those do not name outputs: a log in CSV is read row by
/// row.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let heading = source.text().lines().next()?;
    let separator = [b',', b';', b'\t'].into_iter().find(|it| names_outputs(heading, *it))?;
    let mut rows =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(source.text().as_bytes());
    let names = rows.headers().ok()?.clone();
    rows.records().map(|row| Some(map(&names, &row.ok()?))).collect()
}

fn names_outputs(heading: &str, separator: u8) -> bool {
    let names = || heading.split(char::from(separator)).map(|it| it.trim().trim_matches('"'));
    let is_asked = |name: &str| command_of(name).is_some();
    (names().any(tree::is_command_key) && names().any(tree::is_output_key))
        // One column a command.
        || (names().any(host::is_key) && names().any(is_asked))
}

fn map(names: &csv::StringRecord, row: &csv::StringRecord) -> Node {
    let mut line = row.position().map_or(1, |it| u32::try_from(it.line()).unwrap_or(u32::MAX));
    let entry = |(name, cell): (&str, &str)| {
        let first = line;
        let breaks = memchr::memchr_iter(b'\n', cell.as_bytes()).count();
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        (name.trim().to_owned(), Node::block(first, cell))
    };
    Node::Map(names.iter().zip(row).map(entry).collect())
}
