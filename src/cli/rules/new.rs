//! `sldiag rules new`: a commented pair of files to start a rule from.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

const RULE: &str = include_str!("new.rule.yaml");
const EXAMPLES: &str = include_str!("new.examples.yaml");

/// Options of rules new.
#[derive(Debug, Args)]
#[command(after_help = "Example: sldiag rules new my-rules/call-home-blocked")]
pub(super) struct New {
    /// Id of the rule, such as call-home-blocked; the folder before it must exist
    #[arg(value_name = "NAME")]
    name: PathBuf,
}

/// Runs it. Nothing that exists is overwritten.
pub(super) fn run(args: &New, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let id = id(&args.name)?;
    if let Some(folder) = args.name.parent().filter(|it| !it.as_os_str().is_empty() && !it.is_dir()) {
        let folder = folder.display();
        let why = format!(
            "there is no folder {folder}\n  make it first (mkdir -p {folder}), or leave it out to write here"
        );
        return Err(Failure::Usage(why));
    }
    let rule = args.name.with_file_name(format!("{id}.yaml"));
    let examples = args.name.with_file_name(format!("{id}.test.yaml"));
    for path in [&rule, &examples] {
        if path.exists() {
            let why = format!("{} exists already\n  choose another name, or remove it", path.display());
            return Err(Failure::Usage(why));
        }
    }
    terminal.deliver(&RULE.replace("my-rule", &id), Some(&rule))?;
    terminal.deliver(&EXAMPLES.replace("my-rule", &id), Some(&examples))?;
    let (rule, examples) = (rule.display(), examples.display());
    terminal.print(&format!(
        "{rule}\n{examples}\n\nFill in what stands in CAPITALS, then: sldiag rules check {rule}; sldiag rules test {rule}\n"
    ))?;
    Ok(Exit::Clean)
}

/// The id in a name that may have a folder before it and an ending behind it.
fn id(name: &Path) -> Result<String, Failure> {
    let file = name.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let id = file.strip_suffix(".yaml").unwrap_or(&file);
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if id.starts_with(|c: char| c.is_ascii_lowercase()) && id.split('-').all(is_word) {
        return Ok(id.to_owned());
    }
    Err(Failure::Usage(format!(
        "`{file}` is not a rule id\n  write small letters, digits and single hyphens, such as `call-home-blocked`"
    )))
}
