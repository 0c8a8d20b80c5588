//! The command line: the only place that prints. One file a subcommand; each has its arguments and one `run`.
//!
//! Results go to stdout, everything else to stderr. Nothing here decides about licensing.

mod analyze;
mod args;
mod bar;
mod batch;
mod completions;
mod config;
mod engine;
mod exit;
mod explain;
mod failure;
mod man;
mod parse;
mod rules;
mod scan;
mod signals;
mod stats;
mod stream;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use exit::Exit;
use failure::Failure;
use terminal::{Surroundings, Terminal};

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let mut terminal = Terminal { out: &mut out, err: &mut err, surroundings: Surroundings::of_process() };
    run(std::env::args_os(), &mut terminal).into()
}

/// Runs the program on these arguments, the first of which is its name.
fn run(arguments: impl Iterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, terminal),
    };
    match dispatch(&cli, terminal) {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.complain(&failure.to_string());
            Exit::Failed
        }
    }
}

/// Help and version are results; anything else that clap has to say is a complaint.
fn usage(error: &clap::Error, terminal: &mut Terminal<'_>) -> Exit {
    let text = error.render().to_string();
    if error.use_stderr() {
        terminal.complain(text.trim_end().trim_start_matches("error: "));
        return Exit::Failed;
    }
    match terminal.print(&text) {
        Ok(()) => Exit::Clean,
        Err(failure) => {
            terminal.complain(&failure.to_string());
            Exit::Failed
        }
    }
}

fn dispatch(cli: &Cli, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Analyze(args) => analyze::run(args, &cli.shared, terminal),
        Command::Scan(args) => scan::run(args, &cli.shared, terminal),
        Command::Parse(args) => parse::run(args, &cli.shared, terminal),
        Command::Explain(args) => explain::run(args, &cli.shared, terminal),
        Command::Rules(args) => rules::run(args, &cli.shared, terminal),
        Command::Config(args) => config::show::run(args, &cli.shared, terminal),
        Command::Completions(args) => completions::run(args, terminal),
        Command::Man => man::run(terminal),
    }
}

#[cfg(test)]
mod tests;
