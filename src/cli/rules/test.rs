//! `sldiag rules test`: runs the examples beside rules, or shows how well they guard the rules.

use std::path::PathBuf;

use clap::Args;

use super::{mutate, update};
use crate::cli::args::Shared;
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnose::trial::{self, Trial};
use crate::report::rules::trials::{self, Shown};
use crate::rules::set::Checked;

/// Options of rules test.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 all as written, 1 an example differs, 2 a rule is bad.

Example: sldiag rules test my-rules/ --filter clock")]
pub(super) struct Test {
    /// Rule files or directories
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only rules whose id, and examples whose name, holds these words
    #[arg(long, value_name = "WORDS")]
    filter: Option<String>,
    /// Rewrite message, evidence, steps and collect of firing examples that differ, in place
    #[arg(long, requires = "paths")]
    update: bool,
    /// Write what came of each example to a file, as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Drop or negate one condition at a time, and show which changes no example notices
    #[arg(long, conflicts_with_all = ["update", "junit"])]
    mutate: bool,
}

/// Runs it.
pub(super) fn run(args: &Test, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let style = terminal.surroundings.style(shared, None);
    let mut checked = engine::checked(&args.paths, &style)?;
    if args.mutate {
        return mutate::run(&checked, args.filter.as_deref(), &style, terminal);
    }
    let is_builtin = args.paths.is_empty();
    let mut tried = tried(&checked, args.filter.as_deref(), is_builtin);
    if args.update && update::run(&checked, &tried, terminal)? {
        checked = engine::checked(&args.paths, &style)?;
        tried = self::tried(&checked, args.filter.as_deref(), is_builtin);
    }
    if let Some(file) = &args.junit {
        terminal.deliver(&trials::junit(&tried), Some(file))?;
    }
    if tried.is_empty() {
        return Err(Failure::Usage(nothing(args.filter.as_deref())));
    }
    terminal.print(&trials::text(&tried, shared.verbose > 0))?;
    Ok(if tried.iter().all(|it| it.trial.outcome.is_good()) { Exit::Clean } else { Exit::Findings })
}

/// A filter that leaves nothing would be taken for a success.
fn nothing(filter: Option<&str>) -> String {
    let filter = filter.unwrap_or_default();
    format!(
        "no rule and no example is called `{filter}`\n  \
         --filter takes words of a rule's id or an example's name; `sldiag rules test -v` shows all names"
    )
}

fn tried(checked: &Checked, filter: Option<&str>, is_builtin: bool) -> Vec<Shown> {
    let holds = |text: &str| filter.is_none_or(|words| text.contains(words));
    let all = trial::all(&checked.examples, &checked.rules);
    let mut tried = Vec::new();
    for (file, trials) in checked.examples.iter().zip(all) {
        let wanted = trials.into_iter().filter(|it| holds(&it.rule) || holds(&it.example));
        tried.extend(wanted.map(|trial| {
            let before = file.text.bytes().take(trial.offset);
            let line = 1 + before.filter(|byte| *byte == b'\n').count();
            let reason = trial::why(&trial, &file.examples, &checked.rules);
            let command = explain_match(&trial, (!is_builtin).then_some(file.path.as_str()));
            Shown { path: file.path.clone(), line, trial, reason, command }
        }));
    }
    tried
}

/// The command that shows every condition of an example. The examples of built-in rules are no files.
fn explain_match(trial: &Trial, path: Option<&str>) -> String {
    let quoted = |word: &str| format!("'{}'", word.replace('\'', "'\\''"));
    let is_plain =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    let word = |word: &str| if is_plain(word) { word.to_owned() } else { quoted(word) };
    let file = path.map(|path| format!(" {}", word(path))).unwrap_or_default();
    format!("sldiag rules explain-match {}{file} --example {}", trial.rule, word(&trial.example))
}
