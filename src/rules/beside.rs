//! The examples of one rule, read by themselves: those of a file, or those beside a rule that is in force.

use std::path::{Path, PathBuf};

use super::error::{RuleError, SourceFile};
use super::examples::Examples;
use super::fault::FaultKind;
use super::files;
use super::set::{RuleSet, builtin_text};
use super::yaml;

/// Reads an examples file. `Err`: it cannot be read or is no examples file.
pub fn of_file(path: &Path) -> Result<Examples, RuleError> {
    let bytes = files::read(path)?;
    read(files::shown(path), &bytes)
}

/// Reads the examples of a rule in force: beside its file, or embedded for a built-in one.
pub fn of_rule(id: &str, rules: &RuleSet) -> Result<Examples, RuleError> {
    if let Some(file) = rules.file(id) {
        let beside = files::examples_of(Path::new(file));
        return of_file(&beside.unwrap_or_else(|| PathBuf::from(files::examples_path(file))));
    }
    let name = format!("{id}.test.yaml");
    let missing = || {
        let why = "there is no such file or directory".to_owned();
        RuleError::of_path(&name, FaultKind::Unreadable { why })
    };
    let (path, text) = builtin_text(&name).ok_or_else(missing)?;
    read(path.to_owned(), text.as_bytes())
}

/// The rule file that an examples file stands beside; `None` where the name is not that of an examples file or there is no rule.
pub fn rule_of(examples: &Path) -> Option<PathBuf> {
    files::rule_of_examples(examples).filter(|path| path.is_file())
}

fn read(path: String, bytes: &[u8]) -> Result<Examples, RuleError> {
    let file = SourceFile { path, text: String::from_utf8_lossy(bytes).into() };
    yaml::read(bytes).map_err(|fault| RuleError::new(&file, fault))
}
