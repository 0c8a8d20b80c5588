//! `sldiag rules explain-match`: why a rule fires on a capture, or does not.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{Output, RuleChoice, Shared};
use crate::cli::config::{Config, Options};
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnose::Given;
use crate::diagnose::match_tree::matches;
use crate::report::explain::find::{Found, find};
use crate::report::explain::knowledge::Knowledge;
use crate::report::rules::matches;
use crate::rules::RuleSet;

/// Options of rules explain-match.
#[derive(Debug, Args)]
#[command(after_help = "Examples: sldiag rules explain-match clock-offset sw1.log
          sldiag rules explain-match my-rule sw1.log --rules my-rules/")]
pub(super) struct ExplainMatch {
    /// Id of the rule
    #[arg(value_name = "RULE")]
    rule: String,
    /// Files, directories, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    rules: RuleChoice,
    #[command(flatten)]
    output: Output,
}

/// Runs it.
pub(super) fn run(
    args: &ExplainMatch,
    shared: &Shared,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Failure> {
    let output = args.output.output.as_deref();
    let style = terminal.surroundings.style(shared, output);
    let config = Config::new(Options::of_rules(&args.rules), &terminal.surroundings, &style)?;
    let rules = engine::rules(&config, &style)?;
    let Some(rule) = rules.get(&args.rule) else { return Err(Failure::Usage(unknown(&args.rule, &rules))) };
    let (files, problems) = crate::input::walk(&args.files);
    let given: Vec<Given> = files.into_iter().map(Given::File).collect();
    let read = matches(&given, rule, &rules);
    for problem in problems.iter().chain(&read.problems) {
        terminal.note(&format!("{}: {} ({})", problem.path, problem.text, problem.code));
    }
    if !read.readable {
        return Ok(Exit::Failed);
    }
    terminal.deliver(&matches::text(rule, &read.matches, &style), output)?;
    Ok(Exit::Clean)
}

fn unknown(id: &str, rules: &RuleSet) -> String {
    let all: Vec<_> = rules.rules().iter().collect();
    let hint = match find(id, &all, &Knowledge::read()) {
        Found::Near(near) if !near.is_empty() => format!("did you mean {}?", near.join(", ")),
        _ => "`sldiag rules list` shows all ids; a rule of your own is read with --rules PATH".to_owned(),
    };
    format!("there is no rule `{id}`\n  {hint}")
}
