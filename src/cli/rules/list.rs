//! `sldiag rules list`: the rules in force.

use clap::{Args, ValueEnum};

use crate::cli::args::{Output, RuleChoice, Shared};
use crate::cli::config::{Config, Options};
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::report::rules::list;

/// Options of rules list.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: sldiag rules list -f json | jq -r '.rules[] | select(.era == [\"policy\"]).id'"
)]
pub(super) struct List {
    #[command(flatten)]
    rules: RuleChoice,
    /// Form of the list
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
    #[command(flatten)]
    output: Output,
}

/// Forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// A line a rule
    Text,
    /// One document
    Json,
}

/// Runs it.
pub(super) fn run(args: &List, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let output = args.output.output.as_deref();
    let style = terminal.surroundings.style(shared, output);
    let config = Config::new(Options::of_rules(&args.rules), &terminal.surroundings, &style)?;
    let rules = engine::rules(&config, &style)?;
    let document = match args.format {
        ListFormat::Text => list::text(&rules, &style),
        ListFormat::Json => list::json(&rules)?,
    };
    terminal.deliver(&document, output)?;
    Ok(Exit::Clean)
}
