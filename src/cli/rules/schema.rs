//! `sldiag rules schema`: the JSON Schema of rules, for editors.

use clap::Args;

use crate::cli::args::Output;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::rules::{EXAMPLES_SCHEMA, RULE_SCHEMA};

/// Options of rules schema.
#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag rules schema -o rule.schema.json
A rule names it in its first line: # yaml-language-server: $schema=rule.schema.json")]
pub(super) struct SchemaOf {
    /// The schema of examples files, `*.test.yaml`
    #[arg(long)]
    examples: bool,
    #[command(flatten)]
    output: Output,
}

/// Runs it.
pub(super) fn run(args: &SchemaOf, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let schema = if args.examples { EXAMPLES_SCHEMA } else { RULE_SCHEMA };
    terminal.deliver(schema, args.output.output.as_deref())?;
    Ok(Exit::Clean)
}
