//! What `analyze` and `scan` share: read, judge, leave out what is not wanted, write, and end with the right code.

use std::mem::ManuallyDrop;

use super::args::{Format, Inputs, Output, RuleChoice, Shared, Shown};
use super::config::{Config, Options};
use super::engine::{self, Run};
use super::exit::{self, Ending, Exit};
use super::failure::Failure;
use super::stats::Stats;
use super::stream::Stream;
use super::terminal::Terminal;
use crate::base::Problem;
use crate::base::pool::Pool;
use crate::diagnose::Outcome;
use crate::diagnose::finding::{Diagnosis, InputSummary};
use crate::diagnose::select::leave_out_below;
use crate::report::{Style, csv, json};

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
    let mut stats = Stats::start();
    let output = batch.output.output.as_deref();
    let style = terminal.surroundings.style(batch.shared, output);
    let paths = terminal.surroundings.paths(&batch.inputs.paths)?;
    let Shown { format, min_severity, fail_on, .. } = *batch.shown;
    let selection = batch.shown.selection()?;
    let options = Options { rules: batch.rules, fail_on, min_severity };
    let config = Config::new(options, &terminal.surroundings, &style)?;
    // The process ends with the run: taking rules apart piece by piece would be a tenth of a short one, and taking a fleet apart
    // a twentieth of a long one.
    let rules = ManuallyDrop::new(engine::rules(&config, &style)?);
    stats.end("rules");
    let run = Run::new(&paths, batch.inputs, output)?;
    stats.end("find");
    if format == Format::Ndjson {
        return Stream { batch, run: &run, config: &config, rules: &rules, selection: &selection }
            .write(terminal, &mut stats);
    }
    let bar = run.bar(batch.inputs, batch.shared, &terminal.surroundings);
    let mut judged = ManuallyDrop::new(run.judge(&rules, &mut stats));
    let Outcome { diagnosis, readable, recognised } = &mut *judged;
    diagnosis.tool.configuration = configuration(&config);
    diagnosis.select(&selection);
    let exit = exit::of(Ending {
        readable: *readable,
        recognised: *recognised,
        has_problems: !diagnosis.problems.is_empty(),
        worst: exit::worst(&diagnosis.devices),
        strict: batch.inputs.strict,
        fail_on: config.fail_on.value,
    });
    leave_out_below(config.min_severity.value, &mut diagnosis.devices);
    diagnosis.add_up();
    drop(bar);
    match format {
        Format::Text => terminal.deliver(&text(diagnosis, &style), output)?,
        Format::Json | Format::Ndjson => {
            let pool = Pool::new(if diagnosis.devices.len() > 1 { batch.inputs.jobs } else { 1 });
            terminal.sink(output)?.all(|to| json::write(diagnosis, &pool, to))?;
        }
        Format::Csv => terminal.deliver(&csv::render(diagnosis), output)?,
    }
    // A text report on the terminal has just said it.
    let is_said = format == Format::Text && output.is_none() && terminal.surroundings.stdout_is_terminal;
    if !batch.shared.quiet && !is_said {
        report_problems(terminal, &diagnosis.problems);
    }
    run.explain_silence(batch.inputs, terminal);
    if !batch.shared.quiet && format == Format::Text {
        report_configuration(terminal, diagnosis);
    }
    if batch.inputs.stats {
        stats.end("report");
        let findings = diagnosis.devices.iter().map(|device| device.findings.len()).sum();
        report_stats(terminal, &stats, &run, &diagnosis.inputs, (diagnosis.devices.len(), findings));
    }
    Ok(if run.progress().is_stopped() { Exit::Interrupted } else { exit })
}

/// The configuration files in force, the weakest first.
pub(super) fn configuration(config: &Config) -> Vec<String> {
    config.files.iter().map(|it| it.display().to_string()).collect()
}

/// What `--stats` asks for.
pub(super) fn report_stats(
    terminal: &mut Terminal<'_>,
    stats: &Stats,
    run: &Run,
    inputs: &[InputSummary],
    (devices, findings): (usize, usize),
) {
    let bytes = inputs.iter().map(|input| input.bytes).sum();
    terminal.note(&stats.words(run.progress(), bytes, devices, findings));
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
