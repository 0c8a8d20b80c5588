//! `sldiag rules`: what authors of rules need. One file a subcommand.

mod check;
mod docs;
mod explain_match;
mod list;
mod mutate;
mod new;
mod schema;
mod test;
mod update;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::Shared;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;

/// What to do with rules.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// The rules in force, one line each, by scenario
    List(list::List),
    /// Check rules without running them; without PATH the built-in ones
    Check(Paths),
    /// Run the examples beside rules; without PATH the built-in ones
    Test(test::Test),
    /// Why a rule fires on a capture, or does not: each condition with yes, no or unknown, and its lines
    ExplainMatch(explain_match::ExplainMatch),
    /// The JSON Schema of rules, for editors
    Schema(schema::SchemaOf),
    /// The manual of all rules as Markdown, with the language reference
    Docs(docs::Docs),
    /// A commented pair of files to start a rule from
    New(new::New),
}

#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag rules check my-rules/")]
struct Paths {
    /// Rule files or directories
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub(super) fn run(args: &Rules, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    match &args.command {
        RulesCommand::List(args) => list::run(args, shared, terminal),
        RulesCommand::Check(args) => check::run(args, shared, terminal),
        RulesCommand::Test(args) => test::run(args, shared, terminal),
        RulesCommand::ExplainMatch(args) => explain_match::run(args, shared, terminal),
        RulesCommand::Schema(args) => schema::run(args, terminal),
        RulesCommand::Docs(args) => docs::run(args, shared, terminal),
        RulesCommand::New(args) => new::run(args, terminal),
    }
}
