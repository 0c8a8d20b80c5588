//! `sldiag rules explain-match`: why a rule fires on a capture, or does not.

use std::path::PathBuf;

use clap::Args;

use crate::base::Problem;
use crate::cli::args::{Output, RuleChoice, Shared};
use crate::cli::config::{Config, Options, Said, Source};
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnose::Given;
use crate::diagnose::match_tree::matches;
use crate::diagnose::trial;
use crate::report::Style;
use crate::report::explain::find::{Found, find};
use crate::report::explain::knowledge::Knowledge;
use crate::report::rules::matches;
use crate::rules::{RuleSet, beside};

/// Options of rules explain-match.
#[derive(Debug, Args)]
#[command(after_help = "Examples: sldiag rules explain-match clock-offset sw1.log
          sldiag rules explain-match my-rule sw1.log --rules my-rules/
          sldiag rules explain-match my-rule my-rules/my-rule.test.yaml --example 'a healthy device'
          sldiag rules explain-match clock-offset --example slow")]
pub(super) struct ExplainMatch {
    /// Id of the rule
    #[arg(value_name = "RULE")]
    rule: String,
    /// Files, directories, or - for standard input; with --example a NAME.test.yaml
    #[arg(value_name = "FILE", required_unless_present = "example")]
    files: Vec<PathBuf>,
    /// Take the capture of this example, by its name or words of it: from FILE, whose rule is read too, else from the examples beside the rule
    #[arg(long, value_name = "NAME")]
    example: Option<String>,
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
    let mut config = Config::new(Options::of_rules(&args.rules), &terminal.surroundings, &style)?;
    if args.example.is_some() {
        let beside = args.files.iter().filter_map(|file| beside::rule_of(file));
        config.rules.extend(beside.map(|value| Said { value, source: Source::Option("FILE") }));
    }
    let rules = engine::rules(&config, &style)?;
    let Some(rule) = rules.get(&args.rule) else { return Err(Failure::Usage(unknown(&args.rule, &rules))) };
    let (given, problems) = match &args.example {
        Some(name) => (of_example(name, args, &rules, &style)?, Vec::new()),
        None => of_files(&args.files),
    };
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

/// The files, and what cannot be entered.
fn of_files(paths: &[PathBuf]) -> (Vec<Given>, Vec<Problem>) {
    let (files, problems) = crate::input::walk(paths);
    (files.into_iter().map(Given::File).collect(), problems)
}

/// The captures of an example.
fn of_example(
    name: &str,
    args: &ExplainMatch,
    rules: &RuleSet,
    style: &Style,
) -> Result<Vec<Given>, Failure> {
    let examples = match args.files.as_slice() {
        [] => beside::of_rule(&args.rule, rules),
        [file] => beside::of_file(file),
        _ => {
            let why = "--example takes one FILE\n  name the NAME.test.yaml that the example stands in";
            return Err(Failure::Usage(why.to_owned()));
        }
    };
    let examples = examples.map_err(|error| engine::bad(&[error], style))?;
    trial::named(&examples, name).map_err(|names| {
        let lines: Vec<String> = names.iter().map(|it| format!("  {it}")).collect();
        Failure::Usage(format!("no single example is called `{name}`; choose one of\n{}", lines.join("\n")))
    })
}

fn unknown(id: &str, rules: &RuleSet) -> String {
    let all: Vec<_> = rules.rules().iter().collect();
    let hint = match find(id, &all, &Knowledge::read()) {
        Found::Near(near) if !near.is_empty() => format!("did you mean {}?", near.join(", ")),
        _ => "`sldiag rules list` shows all ids; a rule of your own is read with --rules PATH".to_owned(),
    };
    format!("there is no rule `{id}`\n  {hint}")
}
