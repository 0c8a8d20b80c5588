//! The examples beside a rule, `name.test.yaml`: captures on which it must fire, stay silent, or not be able to tell.

use serde::{Deserialize, Serialize};

use super::schema::At;
use crate::base::{Certainty, Severity, State, StepState};

/// The examples of one rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Captures on which the rule makes a finding, confirmed where nothing else is said.
    #[serde(default)]
    pub fires: Vec<Firing>,
    /// Captures on which it makes none.
    #[serde(default)]
    pub silent: Vec<Silent>,
    /// Captures that do not tell: the rule is undecided, or its finding is possible.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
}

/// What a rule is run on: one text, or several by file name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A firing example. What is left out is not compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Firing {
    /// What the capture is.
    pub name: At<String>,
    /// The capture.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files.
    #[serde(default)]
    pub files: Vec<Files>,
    /// Every line of the evidence is needed: removing any one changes outcome or certainty.
    #[serde(default)]
    pub minimal: bool,
    /// `confirmed` where left out.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// `active` where left out.
    #[serde(default)]
    pub state: Option<State>,
    /// How bad.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The whole message.
    #[serde(default)]
    pub message: Option<String>,
    /// The evidence, each line as quoted, in order.
    #[serde(default)]
    pub evidence: Option<Vec<String>>,
    /// The state of each next step, in order.
    #[serde(default)]
    pub steps: Option<Vec<StepState>>,
    /// Commands that the finding asks for.
    #[serde(default)]
    pub collect: Option<Vec<String>>,
}

/// A silent example.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Silent {
    /// What the capture is.
    pub name: At<String>,
    /// The capture.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files.
    #[serde(default)]
    pub files: Vec<Files>,
    /// It resembles the problem closely: it holds a message or field that the rule looks at.
    #[serde(default)]
    pub near_miss: bool,
}

/// An example that the capture does not decide.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What the capture is.
    pub name: At<String>,
    /// The capture.
    #[serde(default)]
    pub input: String,
    /// In place of `input`: several files.
    #[serde(default)]
    pub files: Vec<Files>,
    /// Commands that the device is asked for, all of them among `collect_next` or the finding's `collect`.
    #[serde(default)]
    pub collect: Vec<String>,
}
