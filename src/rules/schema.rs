//! A rule as its author writes it. The doc comments here are also the text of the language reference.
//!
//! Nothing is checked here but the shape; `compile` checks the meaning. Conditions are externally tagged (`log:`, `fact:`)
//! because only then do YAML positions survive and messages name the key that is wrong. The build script reads the same
//! file, so this module uses nothing but serde and the small scales of `base`.

use serde::{Deserialize, Serialize};

pub use super::expression::Expression;
pub use super::severity::{SeverityCase, SeverityChoice};
pub use super::written::{At, OneOrMore, Scalar};
use crate::base::{Effect, Era};

/// A diagnosis: when it holds, what it means, what to do. One rule a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name of the problem in kebab-case, unique over all rules, such as `clock-offset`.
    pub id: At<String>,
    /// Number of the scenario: 1 to 9 are the guide's, 10 to 45 sldiag's own. None for a problem outside every scenario.
    #[serde(default)]
    pub scenario: Option<At<i64>>,
    /// The problem in one line, without a full stop.
    pub title: At<String>,
    /// `error`, `warning`, `info`, or `{default: info, when: [{if: CONDITION, then: warning}]}`.
    pub severity: SeverityChoice,
    /// Context, never evidence: the rule is skipped only when this is false.
    #[serde(default)]
    pub applies: Option<Condition>,
    /// The symptoms. True makes a confirmed finding; unknown with at least one symptom seen makes a possible one.
    pub when: Condition,
    /// Counter-evidence: true silences the rule, unknown or false changes nothing.
    #[serde(default)]
    pub unless: Option<Condition>,
    /// What shows that the problem is over. Only what is newer than the newest symptom counts.
    #[serde(default)]
    pub recovered_by: Option<Condition>,
    /// Rules that this problem brings about; the report leads with the cause.
    #[serde(default)]
    pub causes: Vec<At<String>>,
    /// Rules that explain the same symptom. When one of them is confirmed, a merely possible finding of this rule is withdrawn.
    #[serde(default)]
    pub alternatives: Vec<At<String>>,
    /// What is wrong on this device, with `{captured}` values and `{fact.keys}`; a value not in evidence stays `<placeholder>`.
    pub message: At<String>,
    /// Why this happens, in a paragraph or two.
    pub explain: String,
    /// What to do, in order.
    pub next_steps: Vec<Step>,
    /// Commands that would settle a possible finding, in place of those worked out from the conditions.
    #[serde(default)]
    pub collect: Vec<String>,
    /// Where the knowledge comes from.
    #[serde(default)]
    pub references: Vec<Reference>,
}

/// A next step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do, in one sentence.
    #[serde(rename = "do")]
    pub text: At<String>,
    /// Exact commands, in order; templates as in `message`. A leading blank marks a sub-mode line.
    #[serde(default)]
    pub commands: Vec<At<String>>,
    /// `read-only`, `config` or `portal`.
    pub effect: Effect,
    /// Shown only where this is not false, such as commands of one platform.
    #[serde(default)]
    pub applies: Option<Condition>,
    /// True: done. False: open. Unknown: cannot tell.
    #[serde(default)]
    pub verify: Option<Condition>,
    /// Commands that would show whether it is done, in place of those worked out from `verify`.
    #[serde(default)]
    pub collect: Vec<String>,
}

/// A document or page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its name, with the section.
    pub title: String,
    /// Its address, where it has one.
    #[serde(default)]
    pub url: Option<String>,
}

/// A condition: true, false, or unknown where the capture does not tell.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these hold.
    All(At<Vec<Condition>>),
    /// One of these holds.
    Any(At<Vec<Condition>>),
    /// This does not hold. What is unknown stays unknown. What is captured inside is not known outside.
    Not(Box<Condition>),
    /// At least `count` of these hold.
    AtLeast(AtLeast),
    /// The licensing era of the device is one of these.
    Era(At<OneOrMore<Era>>),
    /// A fact has, or lacks, a value. The newest reading is judged, and named groups capture from it; of several keys that a `*`
    /// stands for, from the first in alphabetical order that passes.
    Fact(Box<FactCondition>),
    /// One element of a list meets `where`. Where several do, a named group has the values of all of them, each once, with
    /// commas between: `10.1.1.1, 10.1.1.2`.
    Some(ListCondition),
    /// Every element of a list meets `where`. An empty list does not. Named groups have the values of the first element.
    Every(ListCondition),
    /// The number of elements that meet `where` lies in a range. Named groups as for `some`.
    Count(ListCondition),
    /// A log message is in the capture. Not false without `shown`: a log without a message is no proof that it did not occur. Where several
    /// records match, named groups have the values of the last one, in a log the newest.
    Log(At<Box<LogCondition>>),
    /// An event of `show license eventlog`. Never false, and named groups as for `log`: the last event that matches.
    Event(At<EventCondition>),
    /// A command was entered in the session. Never false. Named groups capture from the last one that matches.
    Typed(TypedCondition),
    /// A line of the running configuration. Named groups capture from the first line that matches, in the newest configuration.
    Config(ConfigCondition),
    /// The output of a command is in the capture.
    Seen(SeenCondition),
}

/// `at_least: {count: 2, of: [...]}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// How many must hold.
    pub count: At<usize>,
    /// Out of these.
    pub of: Vec<Condition>,
}

/// A test of one fact. All parts given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactCondition {
    /// Dotted key, such as `license.registration.status`; inside `where` the key of the element, such as `status`. In
    /// `license.communication.*.failure_reason` the star stands for any one exchange.
    pub key: At<String>,
    /// The value is this. Text is compared without regard to case, blanks, `_` and `-`.
    #[serde(default)]
    pub equals: Option<At<Scalar>>,
    /// The value is one of these, compared as in `equals`.
    #[serde(default, rename = "in")]
    pub one_of: Vec<At<Scalar>>,
    /// A regular expression found in the value, case-sensitive unless it says `(?i)`. Named groups are captured.
    #[serde(default)]
    pub matches: Option<At<Expression>>,
    /// Whether the device shows the fact at all.
    #[serde(default)]
    pub exists: Option<bool>,
    /// Number of elements of a list.
    #[serde(default)]
    pub length: Option<Range>,
    /// Smallest number allowed.
    #[serde(default)]
    pub min: Option<At<i64>>,
    /// Largest number allowed.
    #[serde(default)]
    pub max: Option<At<i64>>,
    /// Another fact with the same value.
    #[serde(default)]
    pub same_as: Option<At<String>>,
    /// Another fact with a different value.
    #[serde(default)]
    pub differs_from: Option<At<String>>,
    /// A time earlier than `now` or another fact.
    #[serde(default)]
    pub before: Option<At<String>>,
    /// A time later than `now` or another fact.
    #[serde(default)]
    pub after: Option<At<String>>,
    /// A time less than this away from now, before or after: `30d`, `12h`, `20m`.
    #[serde(default)]
    pub within: Option<At<String>>,
    /// The time from another fact to this one.
    #[serde(default)]
    pub gap: Option<Gap>,
    /// An IOS XE release inside this set: `16.9.1 - 17.3.1, 17.6.1`.
    #[serde(default)]
    pub release: Option<At<String>>,
    /// With `true` the test is false, not unknown, where the capture does not show the fact: for what is said only where an output
    /// tells it, such as a step for one operating system.
    #[serde(default)]
    pub shown: bool,
    /// Command that would show the fact, in place of the one the fact table names.
    #[serde(default)]
    pub collect: Option<String>,
}

/// The time from one fact to the one tested.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Key of the earlier time, or `now`.
    pub from: At<String>,
    /// The time between is less than this.
    #[serde(default)]
    pub less: Option<At<String>>,
    /// The time between is more than this.
    #[serde(default)]
    pub more: Option<At<String>>,
}

/// Both ends included, either may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Smallest number allowed.
    #[serde(default)]
    pub min: Option<usize>,
    /// Largest number allowed.
    #[serde(default)]
    pub max: Option<usize>,
}

impl Range {
    /// Whether a number lies in it.
    pub fn contains(self, number: usize) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }
}

/// A test over the elements of a list fact.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListCondition {
    /// Key of the list, such as `call_home.profiles`.
    #[serde(rename = "in")]
    pub list: At<String>,
    /// What an element must meet; keys in it are those of the element.
    #[serde(rename = "where")]
    pub condition: Box<Condition>,
    /// Smallest count, for `count`.
    #[serde(default)]
    pub min: Option<usize>,
    /// Largest count, for `count`.
    #[serde(default)]
    pub max: Option<usize>,
}

/// A log message. All parts given must hold for the same record.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogCondition {
    /// Facility and mnemonic, with or without the severity digit, which is never compared: `SMART_LIC-COMM_FAILED`. `SMART_LIC-*` is
    /// all that the licensing agent logs.
    #[serde(default)]
    pub mnemonic: At<OneOrMore<At<String>>>,
    /// But for these, which may end in `*`, too.
    #[serde(default)]
    pub except: Vec<At<String>>,
    /// With this severity digit or a smaller one, 0 to 7: for messages of which nothing else is known. One without a digit counts.
    #[serde(default)]
    pub severity: Option<At<i64>>,
    /// A regular expression found in the text after the mnemonic, continuation lines included. Named groups are captured.
    #[serde(default)]
    pub text: Option<At<Expression>>,
    /// At least this many records.
    #[serde(default)]
    pub count: Option<At<usize>>,
    /// The newest record is less than this before now; with `count`, the records lie within this time.
    #[serde(default)]
    pub within: Option<At<String>>,
    /// The record comes after one of these.
    #[serde(default)]
    pub after: Option<Neighbour>,
    /// The record comes before one of these.
    #[serde(default)]
    pub before: Option<Neighbour>,
    /// The record is near one of these.
    #[serde(default)]
    pub near: Option<Neighbour>,
    /// With `true` it is false, not unknown, where the capture holds no such message: for what is said only where one tells it.
    #[serde(default)]
    pub shown: bool,
    /// Command that would show the message, in place of `show logging`.
    #[serde(default)]
    pub collect: Option<String>,
}

/// Another log record that the first is compared with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// The other record. What it captures is not known outside.
    pub log: At<Box<LogCondition>>,
    /// Not further away than this: `10m`.
    #[serde(default)]
    pub within: Option<At<String>>,
}

/// An event of the licensing event log.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EventCondition {
    /// Name, such as `SAEVT_DEREGISTER_STATUS`.
    #[serde(default)]
    pub name: At<OneOrMore<At<String>>>,
    /// A regular expression found in the `key="value"` part. Named groups are captured.
    #[serde(default)]
    pub text: Option<At<Expression>>,
}

/// A command that was entered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TypedCondition {
    /// A regular expression for the command as typed, without `do`.
    pub command: At<Expression>,
}

/// A line of the running configuration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfigCondition {
    /// A regular expression for the line, without its indentation. `{name}` stands for a value captured before, escaped.
    pub line: At<Expression>,
    /// A regular expression for a line that it stands under, at any depth.
    #[serde(default)]
    pub under: Option<At<Expression>>,
    /// The line is a default that `show running-config` does not print: without it the condition is unknown, not false.
    #[serde(default)]
    pub hidden_default: bool,
    /// Command that would show the line, in place of `show running-config`.
    #[serde(default)]
    pub collect: Option<String>,
}

/// The output of a command.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenCondition {
    /// The command in full, such as `show license status`.
    pub command: At<String>,
}
