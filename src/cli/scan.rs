//! `sldiag scan`: one line a device, then the fleet.

use clap::Args;

use super::args::{Inputs, Output, RuleChoice, Shared, Shown};
use super::batch::{self, Batch};
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::report::scan;

/// Options of scan.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sldiag scan captures/ --fail-on warning
  sldiag scan logs.tar.gz --include '*.log' --since 2024-03-01 --device 'sw*'
  sldiag scan captures/ -f ndjson | jq -r 'select(.type == \"device\").hostname'
  sldiag scan captures/ -f csv -o findings.csv")]
pub(crate) struct Scan {
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
pub(super) fn run(args: &Scan, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let Scan { inputs, rules, shown, output } = args;
    batch::run(&Batch { inputs, rules, shown, output, shared }, terminal, scan::render)
}
