//! The rules in force: the built-in ones, those of files, or both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Rule;
use super::builtin;
use super::compile::{Check, compile};
use super::coverage;
use super::digest;
use super::error::{RuleError, SourceFile};
use super::examples::Examples;
use super::fault::{Fault, FaultKind};
use super::files::{self, Found};
use super::relations::{self, Loaded};
use super::schema;
use super::yaml;

/// Rules by id.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    sha256: String,
}

/// The examples of one rule.
#[derive(Debug)]
pub struct RuleExamples {
    /// The rule's id.
    pub rule: String,
    /// The file they stand in.
    pub path: String,
    /// The examples.
    pub examples: Examples,
}

/// What `rules check` and `rules test` work on.
#[derive(Debug)]
pub struct Checked {
    /// The rules in force: the built-in ones and those that were checked.
    pub rules: RuleSet,
    /// The examples of the rules that were checked, by rule id.
    pub examples: Vec<RuleExamples>,
}

impl RuleSet {
    /// The built-in rules. Nothing is parsed and no pattern compiled.
    pub fn builtin() -> Self {
        Self::of(builtin::entries(), Vec::new())
    }

    /// Reads rules from files and directories, on top of the built-in ones or alone. A rule with the id of a built-in
    /// one replaces it. `Err` holds every fault of every file, by path and place.
    pub fn load(with_builtin: bool, paths: &[PathBuf]) -> Result<Self, Vec<RuleError>> {
        let entries = builtin::entries();
        let (found, errors) = files::find(paths);
        let (own, errors) = load_all(&found, errors);
        finish(&own, &entries, errors)?;
        let base = if with_builtin { entries } else { Vec::new() };
        Ok(Self::of(base, own))
    }

    /// By id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        let at = self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
        self.rules.get(at)
    }

    /// `FACILITY-MNEMONIC` of every log message that a rule asks for.
    pub fn log_names(&self) -> BTreeSet<&str> {
        self.rules.iter().flat_map(Rule::log_names).collect()
    }

    /// SHA-256 over ids and texts, hexadecimal. It does not depend on where the files lie.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    fn of(builtin: Vec<builtin::Entry>, own: Vec<Loaded>) -> Self {
        let mut by_id: BTreeMap<String, (Rule, [u8; 32])> = BTreeMap::new();
        for (written, sha256) in builtin {
            // Built-in rules were checked when they were written; what cannot be translated would be a bug that a test shows.
            if let Ok(rule) = compile(&written, Check::Nothing) {
                by_id.insert(rule.id.clone(), (rule, sha256));
            }
        }
        for loaded in own {
            let sha256 = digest::of_text(&loaded.file.text);
            by_id.insert(loaded.rule.id.clone(), (loaded.rule, sha256));
        }
        let sha256 = digest::of_set(by_id.iter().map(|(id, (_, sha256))| (id.as_str(), sha256)));
        Self { rules: by_id.into_values().map(|(rule, _)| rule).collect(), sha256 }
    }
}

/// Checks rules with their examples: those of the paths, or without paths the built-in ones from their embedded texts.
pub fn check(paths: &[PathBuf]) -> Result<Checked, Vec<RuleError>> {
    if paths.is_empty() {
        return check_builtin();
    }
    let (found, errors) = files::find(paths);
    let (own, mut errors) = load_all(&found, errors);
    let mut examples = Vec::new();
    for loaded in &own {
        let beside = found.iter().find(|it| files::shown(&it.rule) == loaded.file.path);
        let text = match beside.and_then(|it| it.examples.as_ref()) {
            None => None,
            Some(path) => match files::read(path) {
                Ok(bytes) => Some((files::shown(path), bytes)),
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            },
        };
        add_examples(loaded, text, &mut examples, &mut errors);
    }
    let entries = builtin::entries();
    finish(&own, &entries, errors)?;
    Ok(Checked { rules: RuleSet::of(entries, own), examples })
}

fn check_builtin() -> Result<Checked, Vec<RuleError>> {
    let texts: BTreeMap<&str, &str> = builtin::texts().iter().copied().collect();
    let mut own = Vec::new();
    let mut errors = Vec::new();
    let mut examples = Vec::new();
    for (path, text) in texts.iter().filter(|(path, _)| !is_examples(path)) {
        match load_one((*path).to_owned(), text.as_bytes()) {
            Ok(loaded) => {
                let beside = examples_path(path);
                let text = texts.get(beside.as_str()).map(|text| (beside, text.as_bytes().to_vec()));
                add_examples(&loaded, text, &mut examples, &mut errors);
                own.push(loaded);
            }
            Err(more) => errors.extend(more),
        }
    }
    finish(&own, &[], errors)?;
    Ok(Checked { rules: RuleSet::of(Vec::new(), own), examples })
}

fn is_examples(path: &str) -> bool {
    path.ends_with(".test.yaml") || path.ends_with(".test.yml")
}

fn examples_path(rule: &str) -> String {
    let stem = rule.strip_suffix(".yaml").or_else(|| rule.strip_suffix(".yml")).unwrap_or(rule);
    format!("{stem}.test.yaml")
}

/// Adds what rules say of one another; all errors come out in order of path and place.
fn finish(
    own: &[Loaded],
    builtin: &[builtin::Entry],
    mut errors: Vec<RuleError>,
) -> Result<(), Vec<RuleError>> {
    let written: Vec<schema::Rule> = builtin.iter().map(|(rule, _)| rule.clone()).collect();
    errors.extend(relations::check(own, &written));
    if errors.is_empty() {
        return Ok(());
    }
    errors.sort_by(|a, b| a.order().cmp(&b.order()));
    Err(errors)
}

fn load_all(found: &[Found], mut errors: Vec<RuleError>) -> (Vec<Loaded>, Vec<RuleError>) {
    let mut own = Vec::new();
    for file in found {
        let bytes = files::read(&file.rule).map_err(|error| vec![error]);
        match bytes.and_then(|bytes| load_one(files::shown(&file.rule), &bytes)) {
            Ok(loaded) => own.push(loaded),
            Err(more) => errors.extend(more),
        }
    }
    (own, errors)
}

fn load_one(path: String, bytes: &[u8]) -> Result<Loaded, Vec<RuleError>> {
    let file = source(path, bytes);
    let written: schema::Rule = yaml::read(bytes).map_err(|fault| vec![RuleError::new(&file, fault)])?;
    match compile(&written, Check::Everything) {
        Ok(rule) => Ok(Loaded { file, written, rule }),
        Err(faults) => Err(faults.into_iter().map(|fault| RuleError::new(&file, fault)).collect()),
    }
}

fn source(path: String, bytes: &[u8]) -> SourceFile {
    SourceFile { path, text: String::from_utf8_lossy(bytes).into() }
}

fn add_examples(
    loaded: &Loaded,
    text: Option<(String, Vec<u8>)>,
    all: &mut Vec<RuleExamples>,
    errors: &mut Vec<RuleError>,
) {
    let Some((path, bytes)) = text else {
        errors.extend(coverage::lacks(loaded, &Examples::default(), &examples_path(&loaded.file.path)));
        return;
    };
    let file = source(path, &bytes);
    match yaml::read::<Examples>(&bytes) {
        Ok(examples) => {
            errors.extend(coverage::malformed(&file, &examples));
            errors.extend(coverage::lacks(loaded, &examples, &file.path));
            all.push(RuleExamples { rule: loaded.rule.id.clone(), path: file.path, examples });
        }
        Err(Fault { kind: FaultKind::Empty { .. }, .. }) => {
            errors.extend(coverage::lacks(loaded, &Examples::default(), &file.path));
        }
        Err(fault) => errors.push(RuleError::new(&file, fault)),
    }
}
