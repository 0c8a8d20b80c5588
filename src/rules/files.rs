//! Finds rule files below paths: `*.yaml` and `*.yml`; the examples of `name.yaml` stand beside it in `name.test.yaml`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::RuleError;
use super::fault::FaultKind;
use super::yaml::MOST_BYTES;

const ENDINGS: &[&str] = &["yaml", "yml"];

/// A rule file with its examples file, where there is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) rule: PathBuf,
    pub(super) examples: Option<PathBuf>,
}

/// Every rule file below the paths, each once, in order of path.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<RuleError>) {
    let mut found = BTreeSet::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, &mut found, &mut errors);
            if found.len() == before && errors.is_empty() {
                errors.push(RuleError::of_path(shown(path), no_rules()));
            }
        } else {
            found.insert(rule_of_examples(path).unwrap_or_else(|| path.clone()));
        }
    }
    let with_examples = |rule: PathBuf| Found { examples: examples_of(&rule), rule };
    (once(found).into_iter().map(with_examples).collect(), errors)
}

fn walk(directory: &Path, found: &mut BTreeSet<PathBuf>, errors: &mut Vec<RuleError>) {
    let is_visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(directory).sort_by_file_name().into_iter().filter_entry(is_visible) {
        match entry {
            Ok(entry) if entry.path().is_file() && is_rule(entry.path()) => {
                found.insert(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map_or_else(|| shown(directory), shown);
                let why = error.io_error().map_or_else(|| error.to_string(), in_words);
                errors.push(RuleError::of_path(path, FaultKind::Unreadable { why }));
            }
        }
    }
}

/// The same file may be named twice, directly and by its directory.
fn once(found: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .filter(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())))
        .collect()
}

fn is_rule(path: &Path) -> bool {
    let is_yaml = path.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it == *ending));
    is_yaml && path.file_stem().is_none_or(|stem| !stem.to_string_lossy().ends_with(".test"))
}

/// The examples file beside a rule, where there is one.
pub(super) fn examples_of(rule: &Path) -> Option<PathBuf> {
    ENDINGS.iter().map(|ending| rule.with_extension(format!("test.{ending}"))).find(|it| it.is_file())
}

/// Where the examples of a rule stand or should stand.
pub(super) fn examples_path(rule: &str) -> String {
    let stem = ENDINGS.iter().find_map(|ending| rule.strip_suffix(&format!(".{ending}")));
    format!("{}.test.yaml", stem.unwrap_or(rule))
}

/// `name.test.yaml` means the rule beside it.
pub(super) fn rule_of_examples(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(&format!(".test.{ending}")))?;
    let rules = ENDINGS.iter().map(|ending| path.with_file_name(format!("{stem}.{ending}")));
    let first = path.with_file_name(format!("{stem}.yaml"));
    Some(rules.into_iter().find(|it| it.is_file()).unwrap_or(first))
}

/// The bytes of a file, one more than allowed where there are too many.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, RuleError> {
    let unreadable = |error: std::io::Error| {
        RuleError::of_path(shown(path), FaultKind::Unreadable { why: in_words(&error) })
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// The same words on every machine; the system's own follow its language.
fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    }
}

fn no_rules() -> FaultKind {
    FaultKind::Empty {
        what: "this directory holds no rule".to_owned(),
        advice: "rules are files named `*.yaml` or `*.yml`; `*.test.yaml` are examples",
    }
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
