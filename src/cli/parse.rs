//! `sldiag parse`: the facts that were read, as JSON.

use clap::{Args, ValueEnum};

use super::args::{Inputs, Output, Shared};
use super::batch::report_problems;
use super::engine;
use super::exit::{self, Ending, Exit, FailOn};
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
    let stats = Stats::start();
    let output = args.output.output.as_deref();
    let paths = terminal.surroundings.paths(&args.inputs.paths)?;
    // The rules say which log messages are kept; no rule changes a fact.
    let rules = RuleSet::builtin();
    let judged = engine::judge(&paths, &rules, &args.inputs);
    let of: Vec<FactsOf<'_>> = judged.devices.iter().map(facts_of).collect();
    let document = match args.format {
        FactsFormat::Json => facts::render(&of)?,
    };
    terminal.deliver(&document, output)?;
    if !shared.quiet {
        report_problems(terminal, &judged.diagnosis.problems);
    }
    if args.inputs.stats {
        terminal.note(&stats.words(&judged.diagnosis));
    }
    let ending = Ending {
        readable: judged.readable,
        recognised: judged.recognised,
        strict: args.inputs.strict,
        fail_on: FailOn::Never,
    };
    Ok(exit::of(&judged.diagnosis, ending))
}

fn facts_of(device: &DeviceFacts) -> FactsOf<'_> {
    FactsOf {
        hostname: device.hostname.as_deref(),
        facts: &device.capture.facts,
        configs: &device.capture.configs,
    }
}
