//! What a configuration file may say: which rules judge, how bad each is, and what counts. Only the shape is here; where files
//! are looked for and which of them wins is the business of the command line.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::RuleError;
use super::error::SourceFile;
use super::fault::{Fault, FaultKind};
use super::files;
use super::schema::At;
use super::yaml;
use crate::base::Severity;

/// A configuration file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Rule files and directories on top of the built-in rules; relative to the file that names them.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Whether the built-in rules judge. They do where nothing is said.
    #[serde(default)]
    pub builtin_rules: Option<bool>,
    /// By rule: another severity in every case, or `off`.
    #[serde(default)]
    pub severity: BTreeMap<String, At<Grade>>,
    /// From which severity on a finding makes the exit code 1.
    #[serde(default)]
    pub fail_on: Option<Threshold>,
    /// The lowest severity shown.
    #[serde(default)]
    pub min_severity: Option<Severity>,
}

/// The severity that a configuration gives a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// As an error.
    Error,
    /// As a warning.
    Warning,
    /// As a state worth a word.
    #[default]
    Info,
    /// The rule does not judge.
    Off,
}

/// From which severity on findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// No finding.
    Never,
}

impl Grade {
    /// The word in a configuration file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => Severity::Error.name(),
            Self::Warning => Severity::Warning.name(),
            Self::Info => Severity::Info.name(),
            Self::Off => "off",
        }
    }

    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// Reads a configuration file, with the limits and the labelled errors of rule files. An empty one says nothing.
pub fn read(path: &Path) -> Result<Settings, RuleError> {
    let bytes = files::read(path)?;
    match yaml::read(&bytes) {
        Err(Fault { kind: FaultKind::Empty { .. }, .. }) => Ok(Settings::default()),
        Err(fault) => Err(RuleError::new(&source(path, &bytes), fault)),
        Ok(settings) => Ok(settings),
    }
}

/// The error of a file that gives a severity to a rule that does not exist; `at` is that severity in the file.
pub fn unknown_rule<'k>(
    path: &Path,
    id: &str,
    at: &At<Grade>,
    known: impl IntoIterator<Item = &'k str>,
) -> RuleError {
    let near = super::advice::nearest(id, known).map(str::to_owned);
    let kind = FaultKind::UnknownRule { id: id.to_owned(), near };
    let bytes = files::read(path).unwrap_or_default();
    RuleError::new(&source(path, &bytes), Fault::at(at.offset, at.length, kind))
}

fn source(path: &Path, bytes: &[u8]) -> SourceFile {
    SourceFile { path: files::shown(path), text: String::from_utf8_lossy(bytes).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".sldiag.yaml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| format!("{}: {error}", error.name()))
    }

    #[test]
    fn everything_can_be_said_and_nothing_else() {
        let all = settings(
            "rules: [mine/]\nbuiltin_rules: false\nseverity: { a: off, b: error }\nfail_on: never\nmin_severity: warning\n",
        )
        .unwrap();
        assert_eq!((all.rules.as_slice(), all.builtin_rules), (&["mine/".to_owned()][..], Some(false)));
        let grades: Vec<_> = all.severity.iter().map(|(id, grade)| (id.as_str(), grade.value)).collect();
        assert_eq!(grades, [("a", Grade::Off), ("b", Grade::Error)]);
        assert_eq!((all.fail_on, all.min_severity), (Some(Threshold::Never), Some(Severity::Warning)));
        assert!(settings("# nothing\n").unwrap().rules.is_empty());
        for (text, error) in [
            ("rule: [x]\n", "rule::unknown_key: there is no key `rule` here"),
            ("severity: { a: bad }\n", "rule::unknown_word: `bad` means nothing here"),
            ("fail_on: [error]\n", "rule::wrong_type"),
        ] {
            let got = settings(text).unwrap_err();
            assert!(got.starts_with(error), "{text}: {got}");
        }
    }
}
