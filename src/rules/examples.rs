//! The examples beside a rule, `name.test.yaml`: captures on which it must fire, stay silent, or not be able to tell.

use serde::{Deserialize, Serialize};

use super::schema::At;
use crate::base::{Certainty, Severity, State, StepState};

/// The examples of one rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Captures on which the rule makes a finding: a confirmed and active one, where the example says nothing else. At least one.
    #[serde(default)]
    pub fires: Vec<Firing>,
    /// Captures on which it makes none. At least two, one of them a near miss.
    #[serde(default)]
    pub silent: Vec<Silent>,
    /// Captures that do not tell: the rule is undecided, or its finding is merely possible. At least one where the rule uses `not`
    /// or `unless`.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
}

/// What a rule is run on: one text, or several by file name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Name of the file, as evidence shows it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A firing example. What is left out is not compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Firing {
    /// What the capture is, in a few words. `--filter` and `--example` find it by them.
    pub name: At<String>,
    /// The capture, as a block of text (`|`). Its file is called `capture.txt`.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files, such as a log and a `show` output of the same device.
    #[serde(default)]
    pub files: Vec<Files>,
    /// The example is minimal: every line of its evidence is needed, and without any one of them the finding is gone, less
    /// certain, of another state or severity. For reviewers; each built-in rule has one, which its tests hold to that.
    #[serde(default)]
    pub minimal: bool,
    /// `confirmed` or `possible`; `confirmed` where left out.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// `active` or `recovered`; `active` where left out.
    #[serde(default)]
    pub state: Option<State>,
    /// `error`, `warning` or `info`.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The whole message, filled in. `sldiag rules test --update` writes it where the key is there, as it does `evidence`, `steps` and
    /// `collect`.
    #[serde(default)]
    pub message: Option<String>,
    /// The lines of the evidence as they are quoted, in order.
    #[serde(default)]
    pub evidence: Option<Vec<String>>,
    /// The state of each next step, in order: `done`, `open` or `unknown`.
    #[serde(default)]
    pub steps: Option<Vec<StepState>>,
    /// All commands that a possible finding asks for, in order.
    #[serde(default)]
    pub collect: Option<Vec<String>>,
}

/// A silent example.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Silent {
    /// What the capture is, in a few words. `--filter` and `--example` find it by them.
    pub name: At<String>,
    /// The capture, as a block of text (`|`). Its file is called `capture.txt`.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files, such as a log and a `show` output of the same device.
    #[serde(default)]
    pub files: Vec<Files>,
    /// The example is a near miss: it holds a message or field that the rule looks at, but not the problem.
    #[serde(default)]
    pub near_miss: bool,
}

/// An example that the capture does not decide.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What the capture is, in a few words. `--filter` and `--example` find it by them.
    pub name: At<String>,
    /// The capture, as a block of text (`|`). Its file is called `capture.txt`.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files, such as a log and a `show` output of the same device.
    #[serde(default)]
    pub files: Vec<Files>,
    /// Commands that must be among those asked for: those of the possible finding, else those after `collect next:` in the report.
    #[serde(default)]
    pub collect: Vec<String>,
}
