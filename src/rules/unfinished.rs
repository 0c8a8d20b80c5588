//! Words of the templates of `rules new` that still stand in a rule or its examples. Such a rule can be tried, but is not done.

use super::error::{RuleError, SourceFile};
use super::fault::{Fault, FaultKind, MOST_FAULTS};

/// What stands in capitals in `cli/rules/new.*.yaml`; a test of `rules new` says when one is missing here.
const TEMPLATE: &[&str] = &[
    "TEXT OF THE MESSAGE",
    "THE PROBLEM IN ONE LINE, WITHOUT A FULL STOP",
    "WHAT IS WRONG ON THIS DEVICE",
    "WHAT THE CAPTURE IS",
    "WHAT TO DO, IN ONE SENTENCE",
    "WHERE THE KNOWLEDGE COMES FROM",
    "WHY THIS HAPPENS, IN A PARAGRAPH",
];

/// Every such place outside comments, in order; of very many the first.
pub(super) fn unfinished(file: &SourceFile) -> Vec<RuleError> {
    let mut offset = 0;
    let mut found = Vec::new();
    for line in file.text.split_inclusive('\n') {
        if !line.trim_start().starts_with('#') {
            found.extend(in_line(line).map(|(at, words)| {
                let kind = FaultKind::Unfinished { words };
                RuleError::new(file, Fault::at(offset + at, words.len(), kind))
            }));
        }
        offset += line.len();
        if found.len() >= MOST_FAULTS {
            break;
        }
    }
    found
}

fn in_line(line: &str) -> impl Iterator<Item = (usize, &'static str)> {
    TEMPLATE.iter().filter_map(|words| Some((line.find(words)?, *words)))
}
