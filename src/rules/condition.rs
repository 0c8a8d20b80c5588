//! Conditions as compiled: names resolved, spans of time in seconds, releases parsed, patterns ready to compile.
//!
//! What they mean is written at their written form in `schema`; `diagnose::judge` judges them.

use super::Pattern;
use super::schema::{Range, Scalar};
use crate::base::Era;
use crate::base::version::Releases;

/// A condition.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// At least so many hold.
    AtLeast(usize, Vec<Condition>),
    /// The era of the device is one of these.
    Era(Vec<Era>),
    /// A fact passes every test.
    Fact(FactTest),
    /// Elements of a list meet a condition.
    List(ListTest),
    /// Log records.
    Log(LogTest),
    /// Events of the licensing event log.
    Event(EventTest),
    /// A typed command.
    Typed(Pattern),
    /// A configuration line.
    Config(ConfigTest),
    /// Output of this command, by its full name.
    Seen(String),
}

impl Condition {
    /// The conditions that this one joins or negates, in the order in which they are judged. That of the elements of a list is
    /// none: it is judged of each element and not of the device.
    pub fn parts(&self) -> &[Condition] {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts,
            Self::Not(part) => std::slice::from_ref(part),
            Self::Era(_)
            | Self::Fact(_)
            | Self::List(_)
            | Self::Log(_)
            | Self::Event(_)
            | Self::Typed(_)
            | Self::Config(_)
            | Self::Seen(_) => &[],
        }
    }
}

/// A fact and what it must pass.
#[derive(Clone, Debug)]
pub struct FactTest {
    /// Dotted key, or the name of a field inside `where`.
    pub key: String,
    /// All must pass. Empty: the fact exists.
    pub tests: Vec<Test>,
    /// Whether it is false, not unknown, where the capture does not show the fact.
    pub shown: bool,
    /// The command to collect where the fact is not known.
    pub collect: Option<String>,
}

/// One test of a fact.
#[derive(Clone, Debug)]
pub enum Test {
    /// The value is one of these; text without regard to case, blanks, `_` and `-`.
    OneOf(Vec<Scalar>),
    /// The pattern is found in the value.
    Matches(Pattern),
    /// The fact is there, or not.
    Exists(bool),
    /// Number of elements.
    Length(Range),
    /// Smallest and largest number.
    Number(Option<i64>, Option<i64>),
    /// Another fact has the same value (`true`) or a different one (`false`).
    Same(String, bool),
    /// Before this instant.
    Before(Instant),
    /// After this instant.
    After(Instant),
    /// Less than these seconds away from now, before or after.
    Within(i64),
    /// Seconds from an instant to this one lie below and above.
    Gap {
        /// The earlier instant.
        from: Instant,
        /// Less than these seconds.
        less: Option<i64>,
        /// More than these seconds.
        more: Option<i64>,
    },
    /// A release in this set.
    Release(Releases),
}

/// A point in time that a fact is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instant {
    /// The time of the capture.
    Now,
    /// The time fact with this key.
    Fact(String),
}

/// A condition over the elements of a list.
#[derive(Clone, Debug)]
pub struct ListTest {
    /// Key of the list.
    pub list: String,
    /// How many must meet it.
    pub quantifier: Quantifier,
    /// What an element must meet.
    pub condition: Box<Condition>,
}

/// How many elements must meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All, and there is one.
    Every,
    /// Between these numbers, both included.
    Count(Range),
}

/// Log records.
#[derive(Clone, Debug)]
pub struct LogTest {
    /// `FACILITY-MNEMONIC`, without severity; any of them. One that ends in `*` stands for all that begin so.
    pub names: Vec<String>,
    /// But for these.
    pub except: Vec<String>,
    /// The largest severity digit.
    pub severity: Option<u8>,
    /// Found in the text.
    pub text: Option<Pattern>,
    /// At least so many; 1 where nothing is said.
    pub count: usize,
    /// Alone: the newest is less than these seconds before now. With a count: so many within this span.
    pub within: Option<i64>,
    /// Other records that each counted record must be near to.
    pub neighbours: Vec<Neighbour>,
    /// Whether it is false, not unknown, where there is none.
    pub shown: bool,
    /// The command that would show the message.
    pub collect: Option<String>,
}

impl LogTest {
    /// Whether it asks for more than messages of certain names.
    pub fn is_open(&self) -> bool {
        self.severity.is_some() || self.names.iter().any(|name| name.ends_with('*'))
    }

    /// Whether it leaves out messages of this name.
    pub fn leaves_out(&self, name: &str) -> bool {
        self.except.iter().any(|it| it.strip_suffix('*').map_or(it == name, |start| name.starts_with(start)))
    }
}

/// A record near another.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Which comes first.
    pub order: Order,
    /// The other record.
    pub log: LogTest,
    /// Not further away than these seconds.
    pub within: Option<i64>,
}

/// The order of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The record comes after the other one.
    After,
    /// The record comes before the other one.
    Before,
    /// Either.
    Near,
}

/// Events of the event log.
#[derive(Clone, Debug)]
pub struct EventTest {
    /// Any of these names.
    pub names: Vec<String>,
    /// Found in the `key="value"` part.
    pub text: Option<Pattern>,
}

/// A configuration line.
#[derive(Clone, Debug)]
pub struct ConfigTest {
    /// Found in the line without its indentation.
    pub line: Pattern,
    /// Found in a line that it stands under.
    pub under: Option<Pattern>,
    /// A default that is not printed: absence is unknown.
    pub hidden_default: bool,
    /// The command that would show it.
    pub collect: Option<String>,
}
