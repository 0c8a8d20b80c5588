//! What `analyze` and `scan` share: read, judge, leave out what is not wanted, write, and end with the right code.

use std::mem::ManuallyDrop;

use super::args::{Format, Inputs, Output, RuleChoice, Shared, Shown};
use super::config::{Config, Options};
use super::engine;
use super::exit::{self, Ending, Exit};
use super::failure::Failure;
use super::stats::Stats;
use super::terminal::Terminal;
use crate::base::State;
use crate::base::{Problem, Severity};
use crate::diagnose::finding::{Diagnosis, Summary};
use crate::report::{Style, json, ndjson};

/// All options of a batch.
pub(super) struct Batch<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) rules: &'a RuleChoice,
    pub(super) shown: &'a Shown,
    pub(super) output: &'a Output,
    pub(super) shared: &'a Shared,
}

/// Runs it; `text` makes the report for people.
pub(super) fn run(
    batch: &Batch<'_>,
    terminal: &mut Terminal<'_>,
    text: fn(&Diagnosis, &Style) -> String,
) -> Result<Exit, Failure> {
    let stats = Stats::start();
    let output = batch.output.output.as_deref();
    let style = terminal.surroundings.style(batch.shared, output);
    let paths = terminal.surroundings.paths(&batch.inputs.paths)?;
    let Shown { format, min_severity, fail_on } = *batch.shown;
    let options = Options { rules: batch.rules, fail_on, min_severity };
    let config = Config::new(options, &terminal.surroundings, &style)?;
    // The process ends with the run: taking rules apart piece by piece would be a tenth of a short one.
    let rules = ManuallyDrop::new(engine::rules(&config, &style)?);
    let mut judged = engine::judge(&paths, &rules, batch.inputs);
    judged.diagnosis.tool.configuration = config.files.iter().map(|it| it.display().to_string()).collect();
    let ending = Ending {
        readable: judged.readable,
        recognised: judged.recognised,
        strict: batch.inputs.strict,
        fail_on: config.fail_on.value,
    };
    let exit = exit::of(&judged.diagnosis, ending);
    leave_out_below(&mut judged.diagnosis, config.min_severity.value);
    let document = match format {
        Format::Text => text(&judged.diagnosis, &style),
        Format::Json => json::render(&judged.diagnosis)?,
        Format::Ndjson => ndjson::render(&judged.diagnosis)?,
    };
    terminal.deliver(&document, output)?;
    // A text report on the terminal has just said it.
    let is_said = format == Format::Text && output.is_none() && terminal.surroundings.stdout_is_terminal;
    if !batch.shared.quiet && !is_said {
        report_problems(terminal, &judged.diagnosis.problems);
    }
    if !batch.shared.quiet && format == Format::Text {
        report_configuration(terminal, &judged.diagnosis);
    }
    if batch.inputs.stats {
        terminal.note(&stats.words(&judged.diagnosis));
    }
    Ok(exit)
}

/// A file that changes which rules judge must not do so unseen; documents hold the same under `tool`.
fn report_configuration(terminal: &mut Terminal<'_>, diagnosis: &Diagnosis) {
    let tool = &diagnosis.tool;
    for (what, files) in [("configuration", &tool.configuration), ("rules", &tool.rules.files)] {
        if !files.is_empty() {
            terminal.note(&format!("{what} in force: {}", files.join(", ")));
        }
    }
}

/// Every input that could not be read in full, one line each.
pub(super) fn report_problems(terminal: &mut Terminal<'_>, problems: &[Problem]) {
    for problem in problems {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        terminal.note(&format!("{}{line}: {} ({})", problem.path, problem.text, problem.code));
    }
}

/// Leaves out findings below a severity, with what sums them up. The exit code was taken before.
fn leave_out_below(diagnosis: &mut Diagnosis, least: Severity) {
    if least == Severity::Info {
        return;
    }
    for device in &mut diagnosis.devices {
        device.findings.retain(|finding| finding.severity >= least);
    }
    let all = || diagnosis.devices.iter().flat_map(|device| &device.findings);
    let kept: Vec<&str> = all().map(|finding| finding.rule.as_str()).collect();
    diagnosis.fleet.retain(|entry| kept.contains(&entry.rule.as_str()));
    let mut summary = Summary { devices: diagnosis.devices.len(), ..Summary::default() };
    for finding in all().filter(|finding| finding.state == State::Active) {
        if let Some(number) = finding.scenario {
            *summary.by_scenario.entry(number.to_string()).or_default() += 1;
        }
        *summary.by_severity.entry(finding.severity.name()).or_default() += 1;
    }
    diagnosis.summary = summary;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Severity;
    use crate::diagnose::finding::{Device, Finding};

    fn finding(rule: &str, severity: Severity) -> Finding {
        Finding { severity, ..crate::report::sample::finding(rule, Some(7), severity, "x") }
    }

    #[test]
    fn what_is_below_goes_from_the_sums_too() {
        let findings = vec![finding("bad", Severity::Error), finding("note", Severity::Info)];
        let mut diagnosis = crate::report::sample::diagnosis(vec![Device {
            findings,
            ..crate::report::sample::device("sw1")
        }]);
        leave_out_below(&mut diagnosis, Severity::Warning);
        let rules: Vec<&str> = diagnosis.devices[0].findings.iter().map(|it| it.rule.as_str()).collect();
        assert_eq!(rules, ["bad"]);
        assert_eq!(diagnosis.summary.by_severity.get("error"), Some(&1));
        assert_eq!(diagnosis.summary.by_severity.get("info"), None);
        assert_eq!(diagnosis.summary.by_scenario.get("7"), Some(&1));
    }
}
