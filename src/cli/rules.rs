//! `sldiag rules`: list, check and test rules.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{RuleChoice, Shared};
use super::engine;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::diagnose::trial::{Outcome, Trial};
use crate::report::Style;
use crate::report::explain::index;
use crate::report::text::plural;
use crate::rules::RuleSet;

/// What to do with rules.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// The rules in force, one line each, by scenario
    List(RuleChoice),
    /// Check rules without running them; without PATH the built-in ones
    #[command(after_help = "Example: sldiag rules check my-rules/")]
    Check(Paths),
    /// Run the examples beside rules; without PATH the built-in ones
    #[command(after_help = "Exit codes: 0 all as written, 1 an example differs, 2 a rule is bad.")]
    Test(Paths),
}

#[derive(Debug, Args)]
struct Paths {
    /// Rule files or directories
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub(super) fn run(args: &Rules, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let style = terminal.surroundings.style(shared, None);
    match &args.command {
        RulesCommand::List(choice) => {
            terminal.print(&listed(&engine::rules(choice, &style)?, &style))?;
            Ok(Exit::Clean)
        }
        RulesCommand::Check(Paths { paths }) => {
            let checked = engine::check(paths, &style)?;
            terminal.print(&format!("{}, none is bad\n", plural(checked, "rule")))?;
            Ok(Exit::Clean)
        }
        RulesCommand::Test(Paths { paths }) => {
            let tried = engine::test(paths, &style)?;
            terminal.print(&trials(&tried, shared.verbose > 0))?;
            Ok(if tried.iter().all(|it| it.outcome.is_good()) { Exit::Clean } else { Exit::Findings })
        }
    }
}

fn listed(rules: &RuleSet, style: &Style) -> String {
    index(&rules.rules().iter().collect::<Vec<_>>(), style)
}

/// The examples that differ, or all of them, and the sum.
fn trials(tried: &[Trial], all: bool) -> String {
    let mut lines = Vec::new();
    for trial in tried.iter().filter(|it| all || !it.outcome.is_good()) {
        lines.push(format!("{:<9} {}: {}", trial.outcome.to_string(), trial.rule, trial.example));
        if let Outcome::Wrong(differences) = &trial.outcome {
            lines.extend(differences.iter().map(|difference| format!("          {difference}")));
        }
    }
    let sum = plural(tried.len(), "example");
    lines.push(match tried.iter().filter(|it| !it.outcome.is_good()).count() {
        0 => format!("{sum}, all as written"),
        1 => format!("{sum}, 1 differs"),
        bad => format!("{sum}, {bad} differ"),
    });
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(outcome: Outcome) -> Trial {
        Trial { rule: "clock-offset".into(), example: "a name".into(), outcome }
    }

    #[test]
    fn only_what_differs_is_shown() {
        let wrong = Outcome::Wrong(vec!["state: expected Active, got Recovered".to_owned()]);
        let all = [tried(Outcome::Fired), tried(wrong)];
        assert_eq!(
            trials(&all, false),
            "Wrong     clock-offset: a name\n          state: expected Active, got Recovered\n2 examples, 1 differs\n"
        );
        assert_eq!(trials(&all[..1], true), "Fired     clock-offset: a name\n1 example, all as written\n");
    }
}
