//! Exit codes. Scripts rely on them (DESIGN section 2).

use std::process::ExitCode;

use clap::ValueEnum;

use crate::base::{Certainty, Severity, State};
use crate::diagnose::finding::Diagnosis;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Confirmed, active findings at or above it; for `rules test`: an example differs.
    Findings = 1,
    /// Bad usage or rules, nothing could be read, the output could not be written, or a problem with `--strict`.
    Failed = 2,
    /// Nothing in the input was recognised as licensing data.
    NotRecognised = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// From which severity on a finding makes the exit code 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// No finding.
    Never,
}

impl FailOn {
    fn lowest(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// What an exit code depends on besides the findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    /// Whether any input could be read.
    pub(crate) readable: bool,
    /// Whether anything was recognised.
    pub(crate) recognised: bool,
    /// Whether a problem with an input is a failure.
    pub(crate) strict: bool,
    /// `--fail-on`.
    pub(crate) fail_on: FailOn,
}

/// The exit code of a diagnosis. Only confirmed, active findings count.
pub(crate) fn of(diagnosis: &Diagnosis, ending: Ending) -> Exit {
    let findings = diagnosis.devices.iter().flat_map(|device| &device.findings);
    let counts = |severity| ending.fail_on.lowest().is_some_and(|lowest| severity >= lowest);
    let mut proved = findings.filter(|it| it.state == State::Active && it.certainty == Certainty::Confirmed);
    if !ending.readable || (ending.strict && !diagnosis.problems.is_empty()) {
        Exit::Failed
    } else if !ending.recognised {
        Exit::NotRecognised
    } else if proved.any(|it| counts(it.severity)) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
