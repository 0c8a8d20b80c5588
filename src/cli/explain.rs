//! `sldiag explain`: the page of a rule or scenario, or the list of all.

use clap::Args;

use super::args::{Output, RuleChoice, Shared};
use super::config::{Config, Options};
use super::engine;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::report::explain::find::{Found, find};
use crate::report::explain::{index, pages};

/// Options of explain.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples: sldiag explain 3; sldiag explain clock-offset; sldiag explain SMART_LIC-COMM_FAILED"
)]
pub(crate) struct Explain {
    /// A scenario number, rule id, syslog mnemonic or failure reason; without it, the list
    #[arg(value_name = "WHAT")]
    what: Vec<String>,
    #[command(flatten)]
    rules: RuleChoice,
    #[command(flatten)]
    output: Output,
}

/// Runs it. Several words are one failure reason, so that it need not be quoted.
pub(super) fn run(args: &Explain, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let output = args.output.output.as_deref();
    let style = terminal.surroundings.style(shared, output);
    let config = Config::new(Options::of_rules(&args.rules), &terminal.surroundings, &style)?;
    let rules = engine::rules(&config, &style)?;
    let rules: Vec<_> = rules.rules().iter().collect();
    let what = args.what.join(" ");
    let text = if what.is_empty() {
        index(&rules, &style)
    } else {
        match find(&what, &rules) {
            Found::Rules(found) => pages(&found, &style),
            Found::Near(near) => return Err(Failure::Usage(unknown(&what, &near))),
        }
    };
    terminal.deliver(&text, output)?;
    Ok(Exit::Clean)
}

fn unknown(what: &str, near: &[&str]) -> String {
    let hint = match near {
        [] => "`sldiag explain` lists all".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    format!("nothing is known about `{what}`\n  {hint}")
}
