//! `sldiag completions`: a script for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::args::Cli;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;

/// Options of completions.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: sldiag completions bash > ~/.local/share/bash-completion/completions/sldiag"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Runs it.
pub(super) fn run(args: &Completions, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sldiag", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
