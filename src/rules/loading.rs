//! Reads rule files and their examples, and collects what is wrong with all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::builtin;
use super::compile::{Check, compile};
use super::coverage;
use super::error::{RuleError, SourceFile};
use super::examples::Examples;
use super::fault::{Fault, FaultKind};
use super::files;
use super::relations::{self, Loaded};
use super::schema;
use super::set::RuleExamples;
use super::yaml;

/// A file that was read, or why it was not.
type Text = Result<(String, Vec<u8>), RuleError>;

/// Rules on their way in.
#[derive(Default)]
pub(super) struct Loading {
    loaded: Vec<Loaded>,
    /// The examples file of each rule in `loaded`, where there is one.
    beside: Vec<Option<Text>>,
    examples: Vec<RuleExamples>,
    /// Names of the files that are no rules.
    broken: Vec<String>,
    errors: Vec<RuleError>,
}

impl Loading {
    /// Reads the rules below paths.
    pub(super) fn of_paths(paths: &[PathBuf]) -> Self {
        let (found, errors) = files::find(paths);
        let mut this = Self { errors, ..Self::default() };
        let read = |file: files::Found| {
            let beside = file.examples.as_deref().map(text);
            (stem(&file.rule), loaded(text(&file.rule)), beside)
        };
        let read: Vec<_> = found.into_par_iter().map(read).collect();
        for (name, rule, beside) in read {
            this.add(name, rule, beside);
        }
        this
    }

    /// Reads the rules among embedded texts, by path.
    pub(super) fn of_texts(texts: &[(&str, &str)]) -> Self {
        let by_path: BTreeMap<&str, &str> = texts.iter().copied().collect();
        let mut this = Self::default();
        for (path, rule) in texts.iter().filter(|(path, _)| !path.ends_with(".test.yaml")) {
            let beside = files::examples_path(path);
            let beside = by_path.get(beside.as_str()).map(|text| Ok((beside, text.as_bytes().to_vec())));
            let rule = load((*path).to_owned(), rule.as_bytes());
            this.add(stem(Path::new(path)), rule, beside);
        }
        this
    }

    fn add(&mut self, name: String, rule: Result<Loaded, Vec<RuleError>>, beside: Option<Text>) {
        match rule {
            Ok(loaded) => {
                self.loaded.push(loaded);
                self.beside.push(beside);
            }
            Err(errors) => {
                self.broken.push(name);
                self.errors.extend(errors);
            }
        }
    }

    /// Reads the examples too, and says which rules lack some.
    pub(super) fn with_examples(mut self) -> Self {
        let beside = std::mem::take(&mut self.beside);
        let read = |(loaded, beside): (&Loaded, Option<Text>)| read_examples(loaded, beside);
        let read: Vec<_> = self.loaded.par_iter().zip(beside).map(read).collect();
        for examples in read {
            match examples {
                Ok(examples) => self.examples.push(examples),
                Err(errors) => self.errors.extend(errors),
            }
        }
        self
    }

    /// The rules and examples, or all errors in order of path and place.
    pub(super) fn finish(
        mut self,
        builtin: &[builtin::Entry],
    ) -> Result<(Vec<Loaded>, Vec<RuleExamples>), Vec<RuleError>> {
        self.errors.extend(relations::check(&self.loaded, builtin, &self.broken));
        if self.errors.is_empty() {
            return Ok((self.loaded, self.examples));
        }
        self.errors.sort_by(|a, b| a.order().cmp(&b.order()));
        Err(self.errors)
    }
}

fn text(path: &Path) -> Text {
    files::read(path).map(|bytes| (files::shown(path), bytes))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

fn loaded(rule: Text) -> Result<Loaded, Vec<RuleError>> {
    rule.map_err(|error| vec![error]).and_then(|(path, bytes)| load(path, &bytes))
}

fn load(path: String, bytes: &[u8]) -> Result<Loaded, Vec<RuleError>> {
    let file = source(path, bytes);
    let written: schema::Rule = yaml::read(bytes).map_err(|fault| vec![RuleError::new(&file, fault)])?;
    match compile(&written, Check::Everything) {
        Ok(rule) => Ok(Loaded { file, written, rule }),
        Err(faults) => Err(faults.into_iter().map(|fault| RuleError::new(&file, fault)).collect()),
    }
}

fn read_examples(loaded: &Loaded, beside: Option<Text>) -> Result<RuleExamples, Vec<RuleError>> {
    let (path, bytes) = match beside.transpose().map_err(|error| vec![error])? {
        Some(read) => read,
        None => (files::examples_path(&loaded.file.path), Vec::new()),
    };
    let file = source(path, &bytes);
    let examples = match yaml::read::<Examples>(&bytes) {
        Err(Fault { kind: FaultKind::Empty { .. }, .. }) => Examples::default(),
        read => read.map_err(|fault| vec![RuleError::new(&file, fault)])?,
    };
    let mut errors = coverage::malformed(&file, &examples);
    errors.extend(coverage::lacks(loaded, &examples, &file.path));
    if errors.is_empty() {
        return Ok(RuleExamples {
            rule: loaded.rule.id.to_string(),
            path: file.path,
            text: file.text,
            examples,
            rule_path: loaded.file.path.clone(),
            rule_text: loaded.file.text.clone(),
            written: loaded.written.clone(),
        });
    }
    Err(errors)
}

fn source(path: String, bytes: &[u8]) -> SourceFile {
    SourceFile { path, text: String::from_utf8_lossy(bytes).into() }
}
