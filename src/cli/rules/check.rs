//! `sldiag rules check`: every fault of every file, and what is sound but not likely meant.

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
    if !checked.unfinished.is_empty() {
        return Err(engine::bad(&checked.unfinished, &style));
    }
    let sum = format!("{}, none is bad", plural(checked.examples.len(), "rule"));
    if checked.warnings.is_empty() {
        terminal.print(&format!("{sum}\n"))?;
        return Ok(Exit::Clean);
    }
    let warnings = engine::drawn(&checked.warnings, &style);
    terminal.print(&format!("{warnings}\n{sum}, {}\n", plural(checked.warnings.len(), "warning")))?;
    Ok(Exit::Clean)
}
