//! What the commands ask of the library: load rules, judge inputs, check rules. Turns its errors into failures.

use std::path::{Path, PathBuf};

use super::args::{Inputs, Shared};
use super::bar::Bar;
use super::config::{Config, Said, Source};
use super::failure::Failure;
use super::signals;
use super::stats::Stats;
use super::terminal::{Surroundings, Terminal};
use crate::base::{Problem, Progress};
use crate::diagnose::{Given, Options, Outcome, Read, diagnose};
use crate::input::{self, Access};
use crate::report::Style;
use crate::rules::schema::At;
use crate::rules::set::{self, Checked};
use crate::rules::settings::{self, Grade};
use crate::rules::{RuleError, RuleSet, error};

/// Loads the rules that are in force.
pub(super) fn rules(config: &Config, style: &Style) -> Result<RuleSet, Failure> {
    let paths: Vec<PathBuf> = config.rules.iter().map(|it| it.value.clone()).collect();
    let builtin = config.builtin_rules.value;
    let mut rules = if paths.is_empty() && builtin {
        RuleSet::builtin()
    } else {
        RuleSet::load(builtin, &paths).map_err(|errors| bad(&errors, style))?
    };
    let unknown: Vec<RuleError> = config.severity.iter().filter_map(|it| unknown(it, &rules)).collect();
    if !unknown.is_empty() {
        return Err(bad(&unknown, style));
    }
    rules.regrade(config.severity.iter().map(|(id, grade)| (id.as_str(), grade.value.value)));
    Ok(rules)
}

/// A severity for a rule that does not exist: a slip of the pen must not leave a rule in force unseen. That built-in rules are
/// left out for once is no such slip.
fn unknown((id, said): (&String, &Said<At<Grade>>), rules: &RuleSet) -> Option<RuleError> {
    let Source::File(path) = &said.source else { return None };
    if rules.get(id).is_some() {
        return None;
    }
    let builtin = RuleSet::builtin();
    if builtin.get(id).is_some() {
        return None;
    }
    let known = rules.rules().iter().chain(builtin.rules()).map(|rule| &*rule.id);
    Some(settings::unknown_rule(path, id, &said.value, known))
}

/// A run over inputs, before the first is read.
pub(super) struct Run {
    pub(super) given: Vec<Given>,
    pub(super) options: Options,
    /// What could not be entered on the way to the inputs.
    pub(super) problems: Vec<Problem>,
}

impl Run {
    /// Finds the inputs; the result goes to `output`. From here on an interrupt ends the run with what it has.
    pub(super) fn new(paths: &[PathBuf], inputs: &Inputs, output: Option<&Path>) -> Result<Self, Failure> {
        let access =
            Access { limits: inputs.archives.limits(), filter: inputs.filter()?, ..Access::default() };
        signals::watch(&access.progress.stop);
        let (mut files, problems) = input::walk_for(paths, &access);
        if let Some(output) = output {
            leave_out(output, &mut files)?;
        }
        let given: Vec<Given> = files.into_iter().map(Given::File).collect();
        let options = Options { now: inputs.now.as_deref().cloned(), jobs: inputs.jobs, access };
        Ok(Self { given, options, problems })
    }

    /// Reads and judges all inputs.
    pub(super) fn judge(&self, rules: &RuleSet, stats: &mut Stats) -> Outcome {
        let mut outcome = diagnose(&self.given, rules, &self.options);
        outcome.diagnosis.problems.extend_from_slice(&self.problems);
        outcome.diagnosis.problems.sort();
        stats.end("read, parse and judge");
        outcome
    }

    /// Reads all inputs, and judges nothing.
    pub(super) fn read(&self, rules: &RuleSet, stats: &mut Stats) -> Read {
        let mut read = Read::of(&self.given, rules, &self.options);
        read.problems.extend_from_slice(&self.problems);
        read.problems.sort();
        stats.end("read and parse");
        read
    }

    /// Shows how far the run is, where someone can see it and has not asked for silence.
    pub(super) fn bar(&self, inputs: &Inputs, shared: &Shared, surroundings: &Surroundings) -> Option<Bar> {
        let is_shown = surroundings.takes_a_bar() && !inputs.no_progress && !shared.quiet;
        is_shown.then(|| Bar::start(&self.given, &self.options.access.progress))
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.options.access.progress
    }

    /// Where names of inputs left nothing to read, it is said why.
    pub(super) fn explain_silence(&self, inputs: &Inputs, terminal: &mut Terminal<'_>) {
        let progress = self.progress();
        if progress.inputs.get() == 0 && progress.passed_over.get() > 0 {
            let passed_over = match progress.passed_over.get() {
                1 => "1 input or folder was".to_owned(),
                many => format!("{many} inputs or folders were"),
            };
            let options = match (inputs.include.is_empty(), inputs.exclude.is_empty()) {
                (false, false) => "--include and --exclude",
                (false, true) => "--include",
                (true, _) => "--exclude",
            };
            terminal
                .note(&format!("nothing is left to read: {passed_over} passed over because of {options}"));
        }
    }
}

/// Leaves out the report that is written anew; a capture is never written over.
fn leave_out(output: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let Some(real) = output.canonicalize().ok().filter(|it| it.is_file()) else { return Ok(()) };
    let is_output = |file: &PathBuf| {
        let may_be = file.file_name() == output.file_name() || file.is_symlink();
        may_be && file.canonicalize().is_ok_and(|it| it == real)
    };
    let Some(at) = files.iter().position(is_output) else { return Ok(()) };
    if !input::may_be_replaced(&real) {
        let name = output.display();
        let text =
            format!("`{name}` is one of the inputs and would be written over: give --output another name");
        return Err(Failure::Usage(text));
    }
    files.remove(at);
    Ok(())
}

/// Checks rules with their examples: those of the paths, else the built-in ones.
pub(super) fn checked(paths: &[PathBuf], style: &Style) -> Result<Checked, Failure> {
    set::check(paths).map_err(|errors| bad(&errors, style))
}

pub(super) fn bad(errors: &[RuleError], style: &Style) -> Failure {
    Failure::Rules(drawn(errors, style))
}

/// Errors or warnings with their places.
pub(super) fn drawn(errors: &[RuleError], style: &Style) -> String {
    let style = error::Style { colour: style.color, unicode: style.unicode, width: style.width };
    error::render(errors, style)
}
