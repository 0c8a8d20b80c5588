//! The small scales that a finding is graded on. The names are those of the JSON contract.

use serde::{Deserialize, Serialize};

/// How bad a finding is. `Info` is a state worth a word that is no fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A state that deserves a word but is no fault.
    Info,
    /// Something that fails or will fail without stopping licensing now.
    Warning,
    /// Licensing does not work.
    Error,
}

/// Whether everything a rule asks for was seen, or some of it could not be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// A symptom was seen, the rest is not in the capture.
    Possible,
    /// All conditions were seen to hold.
    Confirmed,
}

/// Whether a finding still holds at the end of the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It did hold, and a later line shows that it no longer does.
    Recovered,
    /// It holds.
    Active,
}

/// What carrying out a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Shows something; changes nothing on the device.
    ReadOnly,
    /// Changes the configuration or the licensing state of the device.
    Config,
    /// Is done in CSSM, SSM On-Prem or another portal.
    Portal,
}

/// Whether a step is already carried out, as far as the capture tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// The capture shows that this is done.
    Done,
    /// The capture shows that this is not done.
    Open,
    /// The capture does not tell.
    Unknown,
}

/// The licensing generation of a device or section. Classic Smart Licensing ended with IOS XE 17.3.1, Smart Licensing
/// Using Policy began with 17.3.2 (guide, "What is Cisco Smart Licensing?"; DOMAIN 1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Era {
    /// Right-to-use and PAK licences, before Smart Licensing.
    Rtu,
    /// Registration, authorization, token.
    Classic,
    /// Policy, trust code, usage reports, acknowledgements.
    Policy,
    /// Nothing in the capture tells.
    #[default]
    Unknown,
}

/// How much of a command's output is there. Only a whole output proves that something is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wholeness {
    /// From its first to its last line, as far as can be told.
    Whole,
    /// Seen through a pipe such as `| include`.
    Piped,
    /// Cut off, or quit at `--More--`.
    Cut,
}

impl Era {
    /// The word used in JSON and in rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rtu => "rtu",
            Self::Classic => "classic",
            Self::Policy => "policy",
            Self::Unknown => "unknown",
        }
    }
}

impl Severity {
    /// The word used in JSON and in rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Certainty {
    /// The word used in JSON and in examples.
    pub fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Confirmed => "confirmed",
        }
    }
}

impl State {
    /// The word used in JSON and in examples.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recovered => "recovered",
            Self::Active => "active",
        }
    }
}

impl StepState {
    /// The word used in JSON and in examples.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}
