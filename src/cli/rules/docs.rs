//! `sldiag rules docs`: the manual of all rules as Markdown.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{RuleChoice, Shared};
use crate::cli::config::{Config, Options};
use crate::cli::engine;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::report::rules::docs::pages;
use crate::report::text::plural;

/// Options of rules docs.
#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag rules docs manual/
Writes index.md, language.md, examples.md, facts.md and a page for each rule under rules/.")]
pub(super) struct Docs {
    /// The folder; it is made where it does not exist, and files of the same names are replaced
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    rules: RuleChoice,
}

/// Runs it.
pub(super) fn run(args: &Docs, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let style = terminal.surroundings.style(shared, None);
    let config = Config::new(Options::of_rules(&args.rules), &terminal.surroundings, &style)?;
    let rules = engine::rules(&config, &style)?;
    let folder = args.folder.join("rules");
    std::fs::create_dir_all(&folder)
        .map_err(|source| Failure::Write { path: folder.display().to_string(), source })?;
    let pages = pages(&rules);
    for page in &pages {
        terminal.deliver(&page.text, Some(&args.folder.join(&page.path)))?;
    }
    terminal.print(&format!("{} written to {}\n", plural(pages.len(), "page"), args.folder.display()))?;
    Ok(Exit::Clean)
}
