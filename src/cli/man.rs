//! `sldiag man`: the manual pages, the program's first, then one a command.

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Cli;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;

/// Runs it.
pub(super) fn run(terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    let failure = |source| Failure::Write { path: "the manual page".to_owned(), source };
    Man::new(command.clone()).render(&mut pages).map_err(failure)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let page = sub.clone().display_name(format!("sldiag-{}", sub.get_name()));
        Man::new(page).render(&mut pages).map_err(failure)?;
    }
    terminal.print(&String::from_utf8_lossy(&pages))?;
    Ok(Exit::Clean)
}
