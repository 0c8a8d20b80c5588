//! Exit codes. Scripts rely on them (DESIGN section 2).

use std::process::ExitCode;

use clap::ValueEnum;

use crate::base::{Certainty, Severity};
use crate::diagnose::finding::Device;

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
    /// The run was interrupted; what was done till then is out.
    Interrupted = 130,
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

/// What an exit code depends on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ending {
    /// Whether any input could be read.
    pub(crate) readable: bool,
    /// Whether anything was recognised.
    pub(crate) recognised: bool,
    /// Whether there were problems with inputs.
    pub(crate) has_problems: bool,
    /// The worst of the confirmed, active findings.
    pub(crate) worst: Option<Severity>,
    /// Whether a problem with an input is a failure.
    pub(crate) strict: bool,
    /// `--fail-on`.
    pub(crate) fail_on: FailOn,
}

/// The worst of the findings that count: the confirmed, active ones.
pub(crate) fn worst(devices: &[Device]) -> Option<Severity> {
    let findings = devices.iter().flat_map(Device::active);
    findings.filter(|it| it.certainty == Certainty::Confirmed).map(|it| it.severity).max()
}

/// The exit code.
pub(crate) fn of(ending: Ending) -> Exit {
    let counts = |severity| ending.fail_on.lowest().is_some_and(|lowest| severity >= lowest);
    if !ending.readable || (ending.strict && ending.has_problems) {
        Exit::Failed
    } else if !ending.recognised {
        Exit::NotRecognised
    } else if ending.worst.is_some_and(counts) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
