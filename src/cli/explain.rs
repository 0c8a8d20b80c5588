//! `sldiag explain`: what a scenario, rule, log message or failure reason means, or the list of all.

use clap::Args;

use super::args::{Output, RuleChoice, Shared};
use super::config::{Config, Options};
use super::engine;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::base::mask::mask;
use crate::report::explain::find::{Found, find};
use crate::report::explain::knowledge::Knowledge;
use crate::report::explain::{contents, topic};

/// Options of explain.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples: sldiag explain 3; sldiag explain clock-offset; sldiag explain COMM_FAILED; sldiag explain \"Waiting for reply\""
)]
pub(crate) struct Explain {
    /// A scenario number, rule, page, syslog mnemonic, failure reason or log line; without it, the list
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
    let knowledge = Knowledge::read();
    let what = args.what.join(" ");
    let text = if what.is_empty() {
        contents(&rules, &knowledge, &style)
    } else {
        match find(&what, &rules, &knowledge) {
            Found::Known(found) => topic(&found, &rules, &knowledge, &style),
            Found::Near(near) => return Err(Failure::Usage(unknown(&what, &near))),
        }
    };
    terminal.deliver(&text, output)?;
    Ok(Exit::Clean)
}

/// A pasted line may hold a token or a password: it is not said back.
fn unknown(what: &str, near: &[String]) -> String {
    let hint = match near {
        [] => "`sldiag explain` lists all".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    format!("nothing is known about `{}`\n  {hint}", mask(what))
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn an_unknown_word_is_said_back_without_its_secrets() {
        assert_eq!(unknown("frob", &[]), "nothing is known about `frob`\n  `sldiag explain` lists all");
        let near = ["conversion".to_owned(), "time".to_owned()];
        assert_eq!(unknown("x", &near), "nothing is known about `x`\n  did you mean conversion, time?");
        let typed = unknown("license smart register idtoken ZmM4ZGUx force", &[]);
        assert!(!typed.contains("ZmM4ZGUx") && typed.contains("license smart register idtoken"), "{typed}");
    }
}
