//! Which configuration files there are.

use std::path::{Path, PathBuf};

use crate::cli::args::RuleChoice;
use crate::cli::failure::Failure;
use crate::cli::terminal::Surroundings;

const PROJECT: &str = ".sldiag.yaml";

/// The files in force, the weakest first: the user's, then the project's or the one that is named in its place.
pub(super) fn files(choice: &RuleChoice, surroundings: &Surroundings) -> Result<Vec<PathBuf>, Failure> {
    if choice.no_config {
        return Ok(Vec::new());
    }
    let named = choice.config.clone().or_else(|| surroundings.variable("SLDIAG_CONFIG").map(PathBuf::from));
    if let Some(path) = named.as_ref().filter(|path| !path.is_file()) {
        let why =
            format!("there is no configuration file {}\n  name a file, or leave it out", path.display());
        return Err(Failure::Usage(why));
    }
    let project = named.or_else(|| upwards(&surroundings.folder));
    Ok(user(surroundings).into_iter().chain(project).collect())
}

/// The user's file, where there is one (XDG Base Directory Specification).
fn user(surroundings: &Surroundings) -> Option<PathBuf> {
    let base = surroundings.variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|it| it.is_absolute());
    let base = base.or_else(|| surroundings.variable("HOME").map(|home| Path::new(home).join(".config")))?;
    Some(base.join("sldiag").join("config.yaml")).filter(|path| path.is_file())
}

/// The nearest project file from a folder upwards, named as seen from there: `../.sldiag.yaml`.
fn upwards(folder: &Path) -> Option<PathBuf> {
    let mut way = PathBuf::new();
    for above in folder.ancestors() {
        if above.join(PROJECT).is_file() {
            return Some(way.join(PROJECT));
        }
        way.push("..");
    }
    None
}
