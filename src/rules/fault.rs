//! What can be wrong with a rule: one variant a kind, with its stable code, its sentence and its advice.
//!
//! The build script reads this file too, so it uses nothing of the crate.

use std::fmt;

/// A fault of a file, at a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong.
    pub(super) kind: FaultKind,
    /// Where; `None` where the file as a whole is meant.
    pub(super) span: Option<Span>,
}

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// Byte offset in the file.
    pub(super) offset: usize,
    /// Length in bytes; 0 where only the beginning is known, as for a block of YAML.
    pub(super) length: usize,
}

impl Fault {
    /// A fault of the file as a whole.
    pub(super) fn of_file(kind: FaultKind) -> Self {
        Self { kind, span: None }
    }

    /// A fault at a place.
    pub(super) fn at(offset: usize, length: usize, kind: FaultKind) -> Self {
        Self { kind, span: Some(Span { offset, length }) }
    }

    /// The 1-based line of `text` that it stands on; 1 for the file as a whole.
    pub(super) fn line(&self, text: &str) -> usize {
        let offset = self.span.map_or(0, |span| span.offset);
        1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }
}

/// More faults of one file than these help nobody, and to find and draw them takes long.
pub(super) const MOST_FAULTS: usize = 50;

/// What stands where a text is expected that begins with `{`, most often for want of quotes.
pub(super) const BRACES: &str = "a map in braces";

/// The same with `[`.
pub(super) const BRACKETS: &str = "a list in brackets";

/// Why a name in braces has no value where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unbound {
    /// No pattern captures it.
    Nowhere,
    /// A pattern captures it, but only behind this place.
    Later,
    /// It is captured only inside this, and not known outside.
    Inside(&'static str),
    /// It is a fact or a word of the finding: texts know these, patterns do not.
    NotCaptured,
}

/// Kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    BadYaml {
        why: String,
    },
    UnknownKey {
        key: String,
        known: Vec<String>,
    },
    MissingKey {
        key: String,
    },
    DuplicateKey {
        key: String,
    },
    WrongType {
        found: String,
        expected: String,
    },
    UnknownWord {
        word: String,
        known: Vec<String>,
    },
    Budget {
        what: String,
        most: String,
    },
    Empty {
        what: String,
        advice: &'static str,
    },
    Unreadable {
        why: String,
    },
    BadId {
        id: String,
    },
    BadScenario {
        number: i64,
    },
    UnknownFact {
        key: String,
        near: Option<String>,
    },
    UnknownField {
        field: String,
        list: String,
        known: Vec<String>,
    },
    WrongKind {
        key: String,
        kind: &'static str,
        test: &'static str,
        fitting: &'static str,
    },
    BadRegex {
        why: String,
    },
    BadMnemonic {
        written: String,
    },
    NoLiteral {
        condition: &'static str,
    },
    BadDuration {
        written: String,
    },
    BadRelease {
        written: String,
    },
    BadRange {
        why: String,
        advice: &'static str,
    },
    BadTemplate {
        why: String,
    },
    UnboundName {
        name: String,
        why: Unbound,
        near: Option<String>,
    },
    DuplicateId {
        id: String,
        other: String,
    },
    UnknownRule {
        id: String,
        near: Option<String>,
    },
    CauseCircle {
        path: Vec<String>,
    },
    NoExamples {
        missing: String,
        file: String,
    },
    BadExample {
        why: String,
    },
    /// Words of the template of `rules new`.
    Unfinished {
        words: &'static str,
    },
    /// Faults beyond those that are shown.
    MoreFaults {
        most: usize,
    },
    /// A warning.
    NeverFires {
        why: String,
    },
    /// A warning.
    Slow {
        why: &'static str,
    },
}

impl FaultKind {
    /// The stable code, `rule::what_is_wrong`.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::BadYaml { .. } => "rule::bad_yaml",
            Self::UnknownKey { .. } => "rule::unknown_key",
            Self::MissingKey { .. } => "rule::missing_key",
            Self::DuplicateKey { .. } => "rule::duplicate_key",
            Self::WrongType { .. } => "rule::wrong_type",
            Self::UnknownWord { .. } => "rule::unknown_word",
            Self::Budget { .. } | Self::MoreFaults { .. } => "rule::budget",
            Self::Empty { .. } => "rule::empty",
            Self::Unreadable { .. } => "rule::unreadable",
            Self::BadId { .. } => "rule::bad_id",
            Self::BadScenario { .. } => "rule::bad_scenario",
            Self::UnknownFact { .. } | Self::UnknownField { .. } => "rule::unknown_fact",
            Self::WrongKind { .. } => "rule::wrong_kind",
            Self::BadRegex { .. } => "rule::bad_regex",
            Self::BadMnemonic { .. } => "rule::bad_mnemonic",
            Self::NoLiteral { .. } => "rule::no_literal",
            Self::BadDuration { .. } => "rule::bad_duration",
            Self::BadRelease { .. } => "rule::bad_release",
            Self::BadRange { .. } => "rule::bad_range",
            Self::BadTemplate { .. } => "rule::bad_template",
            Self::UnboundName { .. } => "rule::unbound_name",
            Self::DuplicateId { .. } => "rule::duplicate_id",
            Self::UnknownRule { .. } => "rule::unknown_rule",
            Self::CauseCircle { .. } => "rule::cause_circle",
            Self::NoExamples { .. } => "rule::no_examples",
            Self::BadExample { .. } => "rule::bad_example",
            Self::Unfinished { .. } => "rule::unfinished",
            Self::NeverFires { .. } => "rule::never_fires",
            Self::Slow { .. } => "rule::slow",
        }
    }

    /// Whether the rule may be used all the same.
    pub(super) fn is_warning(&self) -> bool {
        matches!(self, Self::NeverFires { .. } | Self::Slow { .. })
    }

    /// A few words for the place itself.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::BadYaml { .. } | Self::Unreadable { .. } => "here",
            Self::UnknownKey { .. } => "unknown key",
            Self::MissingKey { .. } => "missing beside this",
            Self::DuplicateKey { .. } => "the second time",
            Self::WrongType { .. } => "wrong type",
            Self::UnknownWord { .. } => "not one of the words known here",
            Self::Budget { .. } => "the limit is reached here",
            Self::Empty { .. } => "nothing here",
            Self::BadId { .. } => "not kebab-case",
            Self::BadScenario { .. } => "no such scenario",
            Self::UnknownFact { .. } => "no such fact",
            Self::UnknownField { .. } => "no such field",
            Self::WrongKind { .. } => "does not fit the fact",
            Self::BadRegex { .. } => "does not compile",
            Self::BadMnemonic { .. } => "not FACILITY-MNEMONIC",
            Self::NoLiteral { .. } => "names nothing",
            Self::BadDuration { .. } => "not a span of time",
            Self::BadRelease { .. } => "not a set of releases",
            Self::BadRange { .. } => "this range",
            Self::BadTemplate { .. } => "not a template",
            Self::UnboundName { why: Unbound::Nowhere, .. } => "nothing gives this name a value",
            Self::UnboundName { .. } => "no value here",
            Self::DuplicateId { .. } => "used twice",
            Self::UnknownRule { .. } => "no such rule",
            Self::CauseCircle { .. } => "closes the circle",
            Self::NoExamples { .. } => "not shown to work",
            Self::BadExample { .. } => "this example",
            Self::Unfinished { .. } => "from the template",
            Self::NeverFires { .. } => "never confirmed",
            Self::MoreFaults { .. } => "and others",
            Self::Slow { .. } => "costly",
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadYaml { why } => write!(f, "this is not YAML as a rule needs it: {why}"),
            Self::UnknownKey { key, .. } => write!(f, "there is no key `{key}` here"),
            Self::MissingKey { key } => write!(f, "the key `{key}` is missing"),
            Self::DuplicateKey { key } => write!(f, "the key `{key}` stands here twice"),
            Self::WrongType { found, expected } => write!(f, "{found} stands where {expected} is expected"),
            Self::UnknownWord { word, .. } => write!(f, "`{word}` means nothing here"),
            Self::Budget { what, most } => write!(f, "{what}; at most {most} are read"),
            Self::Empty { what, .. } => write!(f, "{what}"),
            Self::Unreadable { why } => write!(f, "this file cannot be read: {why}"),
            Self::BadId { id } => write!(f, "`{id}` is not a rule id"),
            Self::BadScenario { number } => write!(f, "there is no scenario {number}"),
            Self::UnknownFact { key, .. } => write!(f, "there is no fact `{key}`"),
            Self::UnknownField { field, list, .. } => {
                write!(f, "elements of `{list}` have no field `{field}`")
            }
            Self::WrongKind { key, kind, test, .. } => {
                write!(f, "`{key}` is {kind}; {test} can never hold for it")
            }
            Self::BadRegex { why } => write!(f, "this regular expression does not compile: {why}"),
            Self::BadMnemonic { written } => write!(f, "`{written}` is not the name of a log message"),
            Self::NoLiteral { condition } => {
                write!(f, "this `{condition}` condition names nothing to look for")
            }
            Self::BadDuration { written } => write!(f, "`{written}` is not a span of time"),
            Self::BadRelease { written } => write!(f, "`{written}` is not a set of releases"),
            Self::BadRange { why, .. } => write!(f, "{why}"),
            Self::BadTemplate { why } => write!(f, "this text cannot be filled in: {why}"),
            Self::UnboundName { name, why, .. } => match why {
                Unbound::Nowhere => write!(f, "`{{{name}}}` is never given a value"),
                Unbound::Later => write!(f, "`{{{name}}}` is used before it is captured"),
                Unbound::Inside(place) => {
                    write!(f, "`{{{name}}}` has no value here: it is captured only inside {place}")
                }
                Unbound::NotCaptured => {
                    write!(f, "`{{{name}}}` cannot stand in a pattern: no condition captures it")
                }
            },
            Self::DuplicateId { id, other } => write!(f, "the id `{id}` is used by {other} as well"),
            Self::UnknownRule { id, .. } => write!(f, "there is no rule `{id}`"),
            Self::CauseCircle { path } => {
                write!(f, "these rules cause one another in a circle: {}", path.join(" -> "))
            }
            Self::NoExamples { missing, .. } => write!(f, "the examples of this rule lack {missing}"),
            Self::BadExample { why } => write!(f, "{why}"),
            Self::Unfinished { words } => write!(f, "`{words}` is not filled in"),
            Self::NeverFires { why } => write!(f, "this rule can never make a confirmed finding: {why}"),
            Self::MoreFaults { most } => {
                write!(f, "this file has more faults; only {most} of them are shown")
            }
            Self::Slow { why } => write!(f, "{why}"),
        }
    }
}
