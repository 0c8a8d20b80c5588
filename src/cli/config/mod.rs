//! What is in force and where it was said: command line, then environment, then the project's file, then the user's, then
//! defaults.
//!
//! The project's file, `.sldiag.yaml`, is looked for from the working directory upwards and never from an input's place: a file
//! inside a case must not switch rules off.

mod find;
pub(super) mod show;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::args::{MinSeverity, RuleChoice};
use super::engine;
use super::exit::FailOn;
use super::failure::Failure;
use super::terminal::Surroundings;
use crate::base::Severity;
use crate::report::Style;
use crate::rules::schema::At;
use crate::rules::settings::{self, Grade, Settings, Threshold};

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Nowhere: it is so where nothing is said.
    Default,
    /// In this file.
    File(PathBuf),
    /// By this environment variable.
    Environment(&'static str),
    /// By this option.
    Option(&'static str),
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) source: Source,
}

/// Everything that a file or variable may set, as it is in force.
#[derive(Clone, Debug)]
pub(super) struct Config {
    /// Rule files and directories, those of weaker sources first.
    pub(super) rules: Vec<Said<PathBuf>>,
    /// Whether the built-in rules judge.
    pub(super) builtin_rules: Said<bool>,
    /// Severities of rules by id.
    pub(super) severity: BTreeMap<String, Said<At<Grade>>>,
    /// From which severity on a finding makes the exit code 1.
    pub(super) fail_on: Said<FailOn>,
    /// The lowest severity shown.
    pub(super) min_severity: Said<Severity>,
    /// The files that were read, the weakest first.
    pub(super) files: Vec<PathBuf>,
}

/// What options of the command line say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options<'o> {
    pub(super) rules: &'o RuleChoice,
    pub(super) fail_on: Option<FailOn>,
    pub(super) min_severity: Option<MinSeverity>,
}

impl<'o> Options<'o> {
    /// Those of a command that only loads rules.
    pub(super) fn of_rules(rules: &'o RuleChoice) -> Self {
        Self { rules, fail_on: None, min_severity: None }
    }
}

impl Config {
    /// Puts together what is in force.
    pub(super) fn new(
        options: Options<'_>,
        surroundings: &Surroundings,
        style: &Style,
    ) -> Result<Self, Failure> {
        let mut config = Self::default();
        for file in find::files(options.rules, surroundings)? {
            let settings = settings::read(&file).map_err(|error| engine::bad(&[error], style))?;
            config.add_file(&file, settings);
            config.files.push(file);
        }
        config.add_environment(surroundings)?;
        config.add_options(options);
        Ok(config)
    }

    fn add_file(&mut self, file: &Path, settings: Settings) {
        let source = || Source::File(file.to_path_buf());
        let folder = file.parent().unwrap_or(Path::new(""));
        let paths = settings.rules.iter().map(|path| folder.join(path));
        self.rules.extend(paths.map(|value| Said { value, source: source() }));
        set(&mut self.builtin_rules, settings.builtin_rules, source());
        let grades = settings.severity.into_iter();
        self.severity.extend(grades.map(|(id, value)| (id, Said { value, source: source() })));
        set(&mut self.fail_on, settings.fail_on.map(fail_on), source());
        set(&mut self.min_severity, settings.min_severity, source());
    }

    fn add_environment(&mut self, surroundings: &Surroundings) -> Result<(), Failure> {
        if let Some(paths) = surroundings.variable("SLDIAG_RULES") {
            let source = || Source::Environment("SLDIAG_RULES");
            self.rules.extend(std::env::split_paths(paths).map(|value| Said { value, source: source() }));
        }
        let word = of_variable("SLDIAG_FAIL_ON", surroundings)?;
        set(&mut self.fail_on, word, Source::Environment("SLDIAG_FAIL_ON"));
        let word: Option<MinSeverity> = of_variable("SLDIAG_MIN_SEVERITY", surroundings)?;
        set(&mut self.min_severity, word.map(Severity::from), Source::Environment("SLDIAG_MIN_SEVERITY"));
        Ok(())
    }

    fn add_options(&mut self, options: Options<'_>) {
        let paths = options.rules.rules.iter().cloned();
        self.rules.extend(paths.map(|value| Said { value, source: Source::Option("--rules") }));
        let none = options.rules.no_builtin_rules.then_some(false);
        set(&mut self.builtin_rules, none, Source::Option("--no-builtin-rules"));
        set(&mut self.fail_on, options.fail_on, Source::Option("--fail-on"));
        let least = options.min_severity.map(Severity::from);
        set(&mut self.min_severity, least, Source::Option("--min-severity"));
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            builtin_rules: by_default(true),
            severity: BTreeMap::new(),
            fail_on: by_default(FailOn::Error),
            min_severity: by_default(Severity::Info),
            files: Vec::new(),
        }
    }
}

fn by_default<T>(value: T) -> Said<T> {
    Said { value, source: Source::Default }
}

fn set<T>(slot: &mut Said<T>, value: Option<T>, source: Source) {
    if let Some(value) = value {
        *slot = Said { value, source };
    }
}

fn fail_on(threshold: Threshold) -> FailOn {
    match threshold {
        Threshold::Error => FailOn::Error,
        Threshold::Warning => FailOn::Warning,
        Threshold::Info => FailOn::Info,
        Threshold::Never => FailOn::Never,
    }
}

/// The word of a variable; one that means nothing is bad usage, not a default.
fn of_variable<T: ValueEnum>(name: &'static str, surroundings: &Surroundings) -> Result<Option<T>, Failure> {
    let Some(word) = surroundings.variable(name) else { return Ok(None) };
    T::from_str(word, false).map(Some).map_err(|_| {
        let words: Vec<String> = T::value_variants()
            .iter()
            .filter_map(|it| it.to_possible_value().map(|it| it.get_name().to_owned()))
            .collect();
        Failure::Usage(format!("{name} is `{word}`\n  set it to one of {}", words.join(", ")))
    })
}
