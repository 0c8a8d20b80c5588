//! From the text of a file to a value as written, or to one fault with its place.
//!
//! The build script reads this file too. YAML can be made to explode (aliases of aliases), so everything is limited.

use serde::de::DeserializeOwned;
use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location};

use super::fault::{BRACES, BRACKETS, Fault, FaultKind};

/// The largest rule file that is read, in bytes: 1 MiB. The largest built-in one is a few kilobytes.
pub(super) const MOST_BYTES: usize = 1024 * 1024;
const TEXT: &str = "a text";
const MOST_DEPTH: usize = 48;
const MOST_EVENTS: usize = 50_000;
const MOST_ALIASES: usize = 1000;
const MOST_REPLAYED: usize = 20_000;

/// Reads one value, such as `schema::Rule` or `examples::Examples`, from the bytes of a file.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    if bytes.len() > MOST_BYTES {
        let what = "this file has more than 1 MiB".to_owned();
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
    let (offset, length) = error.location().map_or((0, 0), |location| place(location, text));
    let kind = kind(innermost(error));
    let (offset, length) = sharper(&kind, offset, text).unwrap_or((offset, length));
    Fault::at(offset, length, unquoted(kind, offset, text))
}

/// `message: {device} is down`: a text that begins with a bracket and has no quotes.
fn unquoted(kind: FaultKind, offset: usize, text: &str) -> FaultKind {
    let begins = |bracket| text.get(offset..).is_some_and(|rest| rest.starts_with(bracket));
    match kind {
        FaultKind::WrongType { expected, .. } if expected == TEXT && begins('{') => {
            FaultKind::WrongType { found: BRACES.to_owned(), expected }
        }
        FaultKind::WrongType { expected, .. } if expected == TEXT && begins('[') => {
            FaultKind::WrongType { found: BRACKETS.to_owned(), expected }
        }
        kind => kind,
    }
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
    if let (Some(offset), Some(length)) = (span.byte_offset(), span.byte_len()) {
        return (small(offset), small(length));
    }
    let lines = text.split_inclusive('\n').take(small(location.line()).saturating_sub(1));
    (lines.map(str::len).sum::<usize>() + small(location.column()).saturating_sub(1), 0)
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
        Error::SerdeUnknownVariant { variant, expected, .. }
            if ["~", "null", ""].contains(&variant.as_str()) =>
        {
            let what = if expected.contains(&"at_least") { "a condition" } else { "a word" };
            FaultKind::WrongType { found: "nothing".to_owned(), expected: what.to_owned() }
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
            FaultKind::WrongType { found: found(unexpected), expected: in_words(expected) }
        }
        Error::Unexpected { expected, .. } => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: in_words(expected) }
        }
        Error::InvalidScalar { ty, .. } => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: in_words(ty) }
        }
        Error::InvalidBooleanStrict { .. } => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: "`true` or `false`".to_owned() }
        }
        Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. } => {
            FaultKind::WrongType { found: "a list".to_owned(), expected: "a condition".to_owned() }
        }
        Error::ExpectedMappingEndAfterEnumVariantValue { .. } => FaultKind::WrongType {
            found: "a second key".to_owned(),
            expected: "a single condition".to_owned(),
        },
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
        other if other.to_string().contains("externally tagged enum") => {
            FaultKind::WrongType { found: "this value".to_owned(), expected: "a condition".to_owned() }
        }
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

fn found(unexpected: &str) -> String {
    let words = match unexpected {
        "map" => "a map",
        "sequence" => "a list",
        "unit value" | "null" => "nothing",
        it => it,
    };
    words.to_owned()
}

/// The parser's and serde's words in those of this language.
fn in_words(expected: &str) -> String {
    let words = match expected {
        "sequence start" | "seq" | "a sequence" => "a list",
        "mapping start" | "map" => "a map of keys and values",
        "string scalar" | "string" | "a string" => TEXT,
        "boolean" | "a boolean" => "`true` or `false`",
        "null" => "nothing",
        it if it.starts_with("enum ") || it.contains("variant of enum") => "a condition",
        it if ["usize", "u64", "u32", "u16", "i64"].contains(&it) => "a whole number",
        it if it.starts_with("struct ") => "a map of keys and values",
        it => it,
    };
    words.to_owned()
}

fn owned(words: &[&'static str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::schema;

    fn fault_of(text: &[u8]) -> Fault {
        read::<schema::Rule>(text).unwrap_err()
    }

    #[test]
    fn limits_are_named() {
        let large = vec![b'#'; MOST_BYTES + 1];
        assert_eq!(
            fault_of(&large).kind.to_string(),
            "this file has more than 1 MiB; at most 1048576 bytes (1 MiB) are read"
        );
        let long = format!("id: a\nreferences:\n{}", "  - title: x\n".repeat(15_000));
        assert_eq!(
            fault_of(long.as_bytes()).kind.to_string(),
            "there are too many parts; at most 50000 are read"
        );
        let aliases = format!("id: &a x\ncauses: [{}]\n", vec!["*a"; 2000].join(","));
        assert_eq!(
            fault_of(aliases.as_bytes()).kind.to_string(),
            "there are too many aliases (`*name`); at most 1000 are read"
        );
        let block: String = (1..60).map(|depth| " ".repeat(depth) + "not:\n").collect();
        assert_eq!(
            fault_of(format!("when:\n{block}").as_bytes()).kind.to_string(),
            "this is nested too deeply; at most 48 levels are read"
        );
    }

    #[test]
    fn places_are_bytes_whatever_stands_before() {
        let text = "\u{feff}id: é\ntitle: größer # 日本語\r\nmesage: x\n";
        let span = fault_of(text.as_bytes()).span.unwrap();
        assert_eq!(text.get(span.offset..span.offset + span.length), Some("mesage"));
    }

    #[test]
    fn words_of_a_device_are_no_truth_values() {
        let read = |text: &str| read::<schema::Scalar>(text.as_bytes()).unwrap();
        assert_eq!(read("no"), schema::Scalar::Text("no".into()));
        assert_eq!(read("ON"), schema::Scalar::Text("ON".into()));
        assert_eq!(read("true"), schema::Scalar::Bool(true));
        assert_eq!(read("-3"), schema::Scalar::Number(-3));
        assert_eq!(read("\"17\""), schema::Scalar::Text("17".into()));
    }
}
