//! `sldiag rules check`: every fault of every file.

use super::Paths;
use crate::cli::args::Shared;
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::report::text::plural;

/// Runs it.
pub(super) fn run(args: &Paths, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let style = terminal.surroundings.style(shared, None);
    let checked = engine::checked(&args.paths, &style)?;
    terminal.print(&format!("{}, none is bad\n", plural(checked.examples.len(), "rule")))?;
    Ok(Exit::Clean)
}
