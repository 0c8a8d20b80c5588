//! The only file that calls the YAML crate: from the text of a file to a value as written, or to one fault with its place.
//!
//! The build script reads this file too. YAML can be made to explode (aliases of aliases), so everything is limited.

use serde::de::DeserializeOwned;
use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location};

use super::fault::{Fault, FaultKind};

/// The largest rule file that is read, in bytes: 1 MiB. The largest built-in one is a few kilobytes.
pub(super) const MOST_BYTES: usize = 1024 * 1024;
const MOST_DEPTH: usize = 64;
const MOST_EVENTS: usize = 200_000;
const MOST_ALIASES: usize = 1000;
const MOST_REPLAYED: usize = 100_000;

/// Reads one value, such as `schema::Rule` or `examples::Examples`, from the bytes of a file.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    if bytes.len() > MOST_BYTES {
        let what = format!("this file has {} bytes", bytes.len());
        return Err(Fault::of_file(FaultKind::Budget { what, most: format!("{MOST_BYTES} bytes (1 MiB)") }));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error))?;
    if is_blank(text) {
        return Err(Fault::of_file(FaultKind::Empty {
            what: "this file holds nothing but blanks and comments".to_owned(),
            advice: "write a rule into it (`sldiag rules new` makes a first draft), or remove it",
        }));
    }
    serde_yaml::from_str_with_options(text, options()).map_err(|error| fault(&error, text))
}

fn options() -> serde_yaml::Options {
    let mut options = serde_yaml::Options::default();
    let mut budget = serde_yaml::Budget::default();
    budget.max_depth = MOST_DEPTH;
    budget.flow_nesting_limit = MOST_DEPTH;
    budget.max_events = MOST_EVENTS;
    budget.max_aliases = MOST_ALIASES;
    options.budget = Some(budget);
    options.alias_limits.max_total_replayed_events = MOST_REPLAYED;
    // `equals: no` and `on` are words of a device, not truth values (YAML 1.2).
    options.strict_booleans = true;
    options
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> Fault {
    let before = bytes.iter().take(error.valid_up_to());
    let line = 1 + before.filter(|byte| **byte == b'\n').count();
    Fault::of_file(FaultKind::Unreadable { why: format!("a byte on line {line} is not UTF-8") })
}

fn is_blank(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

fn fault(error: &Error, text: &str) -> Fault {
    let error = innermost(error);
    let (offset, length) = error.location().map_or((0, 0), |location| place(location, text));
    let kind = kind(error);
    let (offset, length) = sharper(&kind, offset, text).unwrap_or((offset, length));
    Fault::at(offset, length, kind)
}

fn innermost(error: &Error) -> &Error {
    match error.without_snippet() {
        Error::AliasError { error, .. } => innermost(error),
        other => other,
    }
}

/// Byte offset and length; worked out from line and column where the parser gives no bytes.
fn place(location: Location, text: &str) -> (usize, usize) {
    let span = location.span();
    let small = |number: u64| usize::try_from(number).unwrap_or_default();
    match (span.byte_offset(), span.byte_len()) {
        (Some(offset), Some(length)) => (small(offset), small(length)),
        _ => {
            let lines = text.split_inclusive('\n').take(small(location.line()).saturating_sub(1));
            (lines.map(str::len).sum::<usize>() + small(location.column()).saturating_sub(1), 0)
        }
    }
}

/// Where a value is read by a visitor of its own, as a severity is, the parser names the place of its key: the word that is
/// wrong follows on the same line.
fn sharper(kind: &FaultKind, offset: usize, text: &str) -> Option<(usize, usize)> {
    let FaultKind::UnknownWord { word, .. } = kind else { return None };
    let line = text.get(offset..)?.lines().next()?;
    Some((offset + line.find(word.as_str())?, word.len()))
}

fn kind(error: &Error) -> FaultKind {
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            FaultKind::UnknownKey { key: field.clone(), known: owned(expected) }
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            FaultKind::UnknownWord { word: variant.clone(), known: owned(expected) }
        }
        Error::SerdeMissingField { field, .. } => FaultKind::MissingKey { key: (*field).to_owned() },
        Error::DuplicateMappingKey { key, .. } => {
            FaultKind::DuplicateKey { key: key.clone().unwrap_or_default() }
        }
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            FaultKind::WrongType { found: unexpected.clone(), expected: expected.clone() }
        }
        Error::Unexpected { expected, .. } => {
            FaultKind::WrongType { found: "something else".to_owned(), expected: (*expected).to_owned() }
        }
        Error::InvalidScalar { ty, .. } => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: (*ty).to_owned() }
        }
        Error::InvalidBooleanStrict { .. } => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: "`true` or `false`".to_owned() }
        }
        Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. } => {
            FaultKind::WrongType { found: "a list".to_owned(), expected: "a condition".to_owned() }
        }
        Error::MultipleDocuments { .. } => FaultKind::BadYaml { why: "a second document begins".to_owned() },
        Error::Budget { breach, .. } => budget(breach),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. } => FaultKind::Budget {
            what: "the aliases (`*name`) of this file unfold to too much".to_owned(),
            most: format!("{MOST_REPLAYED} parts"),
        },
        // `[[[[...` and `{{{{...` stop the parser before the budget counts them.
        other if other.to_string().contains("recursion limit") => too_deep(),
        other => FaultKind::BadYaml { why: reason(&other.to_string()) },
    }
}

fn budget(breach: &BudgetBreach) -> FaultKind {
    let (what, most) = match breach {
        BudgetBreach::Depth { .. } => {
            ("this is nested too deeply".to_owned(), format!("{MOST_DEPTH} levels"))
        }
        BudgetBreach::Aliases { .. } | BudgetBreach::AliasAnchorRatio { .. } => {
            ("there are too many aliases (`*name`)".to_owned(), format!("{MOST_ALIASES}"))
        }
        _ => ("there are too many parts".to_owned(), format!("{MOST_EVENTS}")),
    };
    FaultKind::Budget { what, most }
}

fn too_deep() -> FaultKind {
    FaultKind::Budget { what: "this is nested too deeply".to_owned(), most: format!("{MOST_DEPTH} levels") }
}

/// The first line without the place, which the label shows.
fn reason(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    line.split_once(" at line ").map_or(line, |(before, _)| before).to_owned()
}

fn owned(words: &[&'static str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}
