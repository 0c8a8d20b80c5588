//! `sldiag parse`: the facts that were read, as JSON.

use clap::{Args, ValueEnum};

use super::args::{Inputs, Output, Shared};
use super::batch::{self, report_problems};
use super::engine::Run;
use super::exit::{self, Ending, Exit};
use super::failure::Failure;
use super::stats::Stats;
use super::terminal::Terminal;
use crate::diagnose::DeviceFacts;
use crate::report::facts::{self, FactsOf};
use crate::rules::RuleSet;

/// Options of parse.
#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag parse sw1.log | jq '.devices[].facts.license.registration'")]
pub(crate) struct Parse {
    #[command(flatten)]
    inputs: Inputs,
    /// Form of the facts
    #[arg(short, long, value_enum, default_value_t = FactsFormat::Json)]
    format: FactsFormat,
    #[command(flatten)]
    output: Output,
}

/// Forms of the facts: there is one, and scripts may name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FactsFormat {
    /// One document
    Json,
}

/// Runs it. Findings do not count for its exit code.
pub(super) fn run(args: &Parse, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let mut stats = Stats::start();
    let output = args.output.output.as_deref();
    let paths = terminal.surroundings.paths(&args.inputs.paths)?;
    // The rules say which log messages are kept; no rule changes a fact.
    let rules = RuleSet::builtin();
    let run = Run::new(&paths, &args.inputs, output)?;
    stats.end("find");
    let bar = run.bar(&args.inputs, shared, &terminal.surroundings);
    let read = run.read(&rules, &mut stats);
    drop(bar);
    let of: Vec<FactsOf<'_>> = read.devices.iter().map(facts_of).collect();
    let document = match args.format {
        FactsFormat::Json => facts::render(&of)?,
    };
    terminal.deliver(&document, output)?;
    if !shared.quiet {
        report_problems(terminal, &read.problems);
    }
    run.explain_silence(&args.inputs, terminal);
    if args.inputs.stats {
        stats.end("report");
        batch::report_stats(terminal, &stats, &run, &read.inputs, (read.devices.len(), 0));
    }
    if run.progress().is_stopped() {
        return Ok(Exit::Interrupted);
    }
    Ok(exit::of(Ending {
        readable: !read.inputs.is_empty(),
        recognised: read.recognised,
        has_problems: !read.problems.is_empty(),
        strict: args.inputs.strict,
        ..Ending::default()
    }))
}

fn facts_of(device: &DeviceFacts) -> FactsOf<'_> {
    FactsOf {
        hostname: device.hostname.as_deref(),
        facts: &device.capture.facts,
        configs: &device.capture.configs,
    }
}
