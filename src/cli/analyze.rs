//! `sldiag analyze`: the full report of each device.

use clap::Args;

use super::args::{Inputs, Output, RuleChoice, Shared, Shown};
use super::batch::{self, Batch};
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::report::text;

/// Options of analyze.
#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag analyze sw1.log sw2.log")]
pub(crate) struct Analyze {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rules: RuleChoice,
    #[command(flatten)]
    shown: Shown,
    #[command(flatten)]
    output: Output,
}

/// Runs it.
pub(super) fn run(args: &Analyze, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let Analyze { inputs, rules, shown, output } = args;
    batch::run(&Batch { inputs, rules, shown, output, shared }, terminal, text::render)
}
