//! NDJSON, written as each input is done: nothing is kept, so that memory stays flat however many devices there are.

use super::batch::{self, Batch};
use super::config::Config;
use super::engine::Run;
use super::exit::{self, Ending, Exit};
use super::failure::Failure;
use super::stats::Stats;
use super::terminal::Terminal;
use crate::base::{Problem, Severity};
use crate::diagnose::select::{Selection, leave_out_below};
use crate::diagnose::{Examined, diagnose_each, tool};
use crate::report::ndjson::{self, Totals};
use crate::rules::RuleSet;

/// Problems that are also told on stderr. More would have to be kept.
const MOST_TOLD: usize = 1000;

/// A run that writes its lines as it goes.
pub(super) struct Stream<'s> {
    pub(super) batch: &'s Batch<'s>,
    pub(super) run: &'s Run,
    pub(super) config: &'s Config,
    pub(super) rules: &'s RuleSet,
    pub(super) selection: &'s Selection,
}

/// What is left of an input once it is judged: its lines, and what they add up to.
struct Part {
    lines: Result<String, serde_json::Error>,
    problems: Vec<Problem>,
    totals: Totals,
    findings: usize,
    recognised: bool,
    worst: Option<Severity>,
}

/// The same of all inputs so far.
#[derive(Default)]
struct Sum {
    totals: Totals,
    findings: usize,
    recognised: bool,
    worst: Option<Severity>,
}

impl Stream<'_> {
    /// Runs it.
    pub(super) fn write(&self, terminal: &mut Terminal<'_>, stats: &mut Stats) -> Result<Exit, Failure> {
        let Batch { inputs, shared, output, .. } = self.batch;
        let output = output.output.as_deref();
        // A bar among lines on the same terminal would be in their way.
        let is_alone = output.is_some() || !terminal.surroundings.stdout_is_terminal;
        let bar = is_alone.then(|| self.run.bar(inputs, shared, &terminal.surroundings)).flatten();
        let progress = self.run.progress();
        let mut told = self.run.problems.clone();
        let mut sum = Sum::default();
        sum.totals.problems = told.len();
        let mut sink = terminal.sink(output)?;
        let mut written = self.head(&told).and_then(|head| sink.write(&head));
        diagnose_each(
            &self.run.given,
            self.rules,
            &self.run.options,
            &|examined| self.part(examined),
            &mut |part| {
                sum.add(&part);
                told.extend(part.problems.into_iter().take(MOST_TOLD.saturating_sub(told.len())));
                if written.is_ok() && !sink.is_gone() {
                    written = part.lines.map_err(Failure::from).and_then(|lines| sink.write(&lines));
                }
                if written.is_err() || sink.is_gone() {
                    // Nobody takes the rest.
                    progress.end_early();
                }
            },
        );
        written?;
        sink.write(&ndjson::summary(&sum.totals)?)?;
        let is_gone = sink.is_gone();
        let is_interrupted = progress.is_stopped() && !is_gone;
        sink.finish()?;
        drop(bar);
        stats.end("read, parse, judge and report");
        if !is_gone {
            self.tell(terminal, &told, &sum, stats);
        }
        if is_interrupted {
            return Ok(Exit::Interrupted);
        }
        Ok(exit::of(Ending {
            readable: sum.totals.inputs > 0,
            recognised: sum.recognised,
            has_problems: sum.totals.problems > 0,
            worst: sum.worst,
            strict: inputs.strict,
            fail_on: self.config.fail_on.value,
        }))
    }

    /// The lines that come before all inputs.
    fn head(&self, problems: &[Problem]) -> Result<String, Failure> {
        let mut tool = tool(self.rules);
        tool.configuration = batch::configuration(self.config);
        Ok(ndjson::tool(&tool)? + &ndjson::problems(problems)?)
    }

    /// On the thread that read it: judged, cut down to what is asked for, and made into lines.
    fn part(&self, mut examined: Examined) -> Part {
        self.selection.apply(&mut examined.devices);
        let worst = exit::worst(&examined.devices);
        leave_out_below(self.config.min_severity.value, &mut examined.devices);
        Part {
            lines: ndjson::input(&examined),
            totals: Totals::of(&examined),
            findings: examined.devices.iter().map(|it| it.findings.len()).sum(),
            recognised: examined.recognised,
            worst,
            problems: examined.problems,
        }
    }

    fn tell(&self, terminal: &mut Terminal<'_>, problems: &[Problem], sum: &Sum, stats: &Stats) {
        if !self.batch.shared.quiet {
            batch::report_problems(terminal, problems);
            match sum.totals.problems.saturating_sub(problems.len()) {
                0 => {}
                more => terminal.note(&format!("{more} more are in the lines of type problem")),
            }
        }
        self.run.explain_silence(self.batch.inputs, terminal);
        if self.batch.inputs.stats {
            let Totals { bytes, summary, .. } = &sum.totals;
            terminal.note(&stats.words(self.run.progress(), *bytes, summary.devices, sum.findings));
        }
    }
}

impl Sum {
    fn add(&mut self, part: &Part) {
        self.totals.add(&part.totals);
        self.findings += part.findings;
        self.recognised |= part.recognised;
        self.worst = self.worst.max(part.worst);
    }
}
