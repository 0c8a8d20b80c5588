//! The rules in force: the built-in ones, those of files, or both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::Rule;
use super::builtin;
use super::compile::{Check, Patterns, compile_with};
use super::digest;
use super::error::{RuleError, SourceFile};
use super::examples::Examples;
use super::fault::FaultKind;
use super::loading::Loading;
use super::relations::Loaded;
use super::schema;
use super::settings::Grade;
use super::unfinished;

/// Rules by id.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    sha256: String,
    /// The file of each rule that is not built in, by id, with its text.
    files: BTreeMap<String, SourceFile>,
}

/// The examples of one rule, with both files as they were read.
#[derive(Debug)]
pub struct RuleExamples {
    /// The rule's id.
    pub rule: String,
    /// The file they stand in.
    pub path: String,
    /// The text of that file; places of the examples are offsets into it.
    pub text: Arc<str>,
    /// The examples.
    pub examples: Examples,
    /// The file of the rule.
    pub rule_path: String,
    /// The text of the rule; places in `written` are offsets into it.
    pub rule_text: Arc<str>,
    /// The rule as written.
    pub written: schema::Rule,
}

impl RuleExamples {
    fn unfinished(&self) -> Vec<RuleError> {
        unfinished::unfinished(&SourceFile { path: self.path.clone(), text: self.text.clone() })
    }
}

/// What `rules check` and `rules test` work on.
#[derive(Debug)]
pub struct Checked {
    /// The rules in force: the built-in ones and those that were checked.
    pub rules: RuleSet,
    /// The examples of the rules that were checked, in order of their files.
    pub examples: Vec<RuleExamples>,
    /// What is sound but not likely meant, by path and place.
    pub warnings: Vec<RuleError>,
    /// Words of the template of `rules new` that nobody has filled in, by path and place. Such rules can be tested.
    pub unfinished: Vec<RuleError>,
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
        let own = Loading::of_paths(paths).finish(&entries)?.0;
        if !with_builtin && own.is_empty() {
            return Err(vec![no_rules()]);
        }
        let base = if with_builtin { entries } else { Vec::new() };
        Ok(Self::of(base, own))
    }

    /// All of them, by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        let at = self.rules.binary_search_by(|rule| (*rule.id).cmp(id)).ok()?;
        self.rules.get(at)
    }

    /// `FACILITY-MNEMONIC` of every log message that a rule asks for.
    pub fn log_names(&self) -> BTreeSet<&str> {
        self.rules.iter().flat_map(Rule::log_names).collect()
    }

    /// Gives rules another severity, or takes them out. Ids that no rule has are passed over. The digest changes too, because
    /// the same captures no longer give the same report.
    pub fn regrade<'g>(&mut self, grades: impl IntoIterator<Item = (&'g str, Grade)>) {
        let mut said = String::new();
        for (id, grade) in grades {
            let Ok(at) = self.rules.binary_search_by(|rule| (*rule.id).cmp(id)) else { continue };
            for part in [id, ": ", grade.name(), "\n"] {
                said.push_str(part);
            }
            match (grade.severity(), self.rules.get_mut(at)) {
                (Some(severity), Some(rule)) => {
                    rule.severity = severity;
                    rule.severity_cases.clear();
                }
                _ => drop(self.rules.remove(at)),
            }
        }
        if !said.is_empty() {
            self.sha256 = digest::of_set([(self.sha256.as_str(), &digest::of_text(&said))].into_iter());
        }
    }

    /// The files of rules that are not built in, in order.
    pub fn files(&self) -> BTreeSet<&str> {
        self.files.values().map(|file| file.path.as_str()).collect()
    }

    /// The file that a rule was read from; `None` for a built-in one.
    pub fn file(&self, id: &str) -> Option<&str> {
        self.files.get(id).map(|file| file.path.as_str())
    }

    /// The YAML of a rule in force, as it was written.
    pub fn text(&self, id: &str) -> Option<&str> {
        match self.files.get(id) {
            Some(file) => Some(&file.text),
            None if self.get(id).is_some() => builtin_text(&format!("{id}.yaml")).map(|(_, text)| text),
            None => None,
        }
    }

    /// SHA-256 over ids and texts, hexadecimal. It does not depend on where the files lie.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    fn of(builtin: Vec<builtin::Entry>, own: Vec<Loaded>) -> Self {
        let mut by_id: BTreeMap<String, (Rule, [u8; 32])> = BTreeMap::new();
        let mut patterns = Patterns::new();
        for (written, sha256) in builtin {
            // Built-in rules were checked when they were written; one that cannot be translated is a bug that a test shows.
            if let Ok(rule) = compile_with(&written, Check::Nothing, &mut patterns) {
                by_id.insert(rule.id.to_string(), (rule, sha256));
            }
        }
        let mut files = BTreeMap::new();
        for loaded in own {
            let sha256 = digest::of_text(&loaded.file.text);
            files.insert(loaded.rule.id.to_string(), loaded.file);
            by_id.insert(loaded.rule.id.to_string(), (loaded.rule, sha256));
        }
        let sha256 = digest::of_set(by_id.iter().map(|(id, (_, sha256))| (id.as_str(), sha256)));
        Self { rules: by_id.into_values().map(|(rule, _)| rule).collect(), sha256, files }
    }
}

/// Path and text of an embedded file by its name: a built-in rule is named as its file.
pub(super) fn builtin_text(name: &str) -> Option<(&'static str, &'static str)> {
    builtin::texts().iter().find(|(path, _)| path.rsplit('/').next() == Some(name)).copied()
}

fn no_rules() -> RuleError {
    let what = "there is no rule to judge by".to_owned();
    let advice = "name files or directories of rules with `--rules`, or leave the built-in rules in";
    RuleError::of_path("--no-builtin-rules", FaultKind::Empty { what, advice })
}

/// Checks rules with their examples: those of the paths, or without paths the built-in ones from their embedded texts.
/// `Err` holds every fault of every file, by path and place.
pub fn check(paths: &[PathBuf]) -> Result<Checked, Vec<RuleError>> {
    let (loading, entries) = if paths.is_empty() {
        (Loading::of_texts(builtin::texts()), Vec::new())
    } else {
        (Loading::of_paths(paths), builtin::entries())
    };
    let (own, examples) = loading.with_examples().finish(&entries)?;
    let warnings = own.iter().flat_map(Loaded::warnings).collect();
    let mut unfinished: Vec<RuleError> = own.iter().flat_map(|it| unfinished::unfinished(&it.file)).collect();
    unfinished.extend(examples.iter().flat_map(RuleExamples::unfinished));
    unfinished.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(Checked { rules: RuleSet::of(entries, own), examples, warnings, unfinished })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::rules::error::{Style, render};
    use crate::rules::yaml;

    fn rule(id: &str, title: &str) -> String {
        format!(
            "id: {id}\ntitle: {title}\nseverity: info\nwhen: {{ log: {{ mnemonic: A-{} }} }}\nmessage: m\nexplain: e\nnext_steps: []\n",
            id.to_uppercase()
        )
    }

    fn entry(id: &str, title: &str) -> builtin::Entry {
        let text = rule(id, title);
        let written: schema::Rule = yaml::read(text.as_bytes()).unwrap();
        (written, digest::of_text(&text))
    }

    fn write(directory: &Path, name: &str, text: &str) {
        fs::create_dir_all(directory.join(name).parent().unwrap()).unwrap();
        fs::write(directory.join(name), text).unwrap();
    }

    fn drawn(errors: &[RuleError]) -> String {
        render(errors, Style { unicode: false, colour: false, width: 100 })
    }

    #[test]
    fn the_builtin_rules_and_their_examples_are_sound() {
        match check(&[]) {
            Ok(checked) => {
                assert_eq!(checked.rules.rules().len(), builtin::entries().len());
                assert_eq!(checked.rules.sha256(), RuleSet::builtin().sha256());
                assert_eq!(
                    format!("{:?}", checked.rules.rules()),
                    format!("{:?}", RuleSet::builtin().rules())
                );
            }
            Err(errors) => panic!("{}", drawn(&errors)),
        }
    }

    #[test]
    fn own_rules_replace_builtin_ones_by_id() {
        let builtin = || vec![entry("b", "built in"), entry("a", "built in")];
        let own = |title| {
            let directory = tempfile::tempdir().unwrap();
            write(directory.path(), "b.yaml", &rule("b", title));
            Loading::of_paths(&[directory.path().to_path_buf()]).finish(&builtin()).unwrap().0
        };
        let set = RuleSet::of(builtin(), own("own"));
        let titles: Vec<_> = set.rules().iter().map(|it| (&*it.id, &*it.title)).collect();
        assert_eq!(titles, [("a", "built in"), ("b", "own")]);
        assert_eq!(&*set.get("b").unwrap().title, "own");
        assert!(set.get("c").is_none());
        assert_eq!(set.log_names().into_iter().collect::<Vec<_>>(), ["A-A", "A-B"]);
        assert_ne!(set.sha256(), RuleSet::of(builtin(), Vec::new()).sha256());
        assert_eq!(
            RuleSet::of(builtin(), own("built in")).sha256(),
            RuleSet::of(builtin(), Vec::new()).sha256()
        );
    }

    #[test]
    fn a_rule_is_graded_otherwise_or_taken_out() {
        let mut set = RuleSet::of(vec![entry("a", "t"), entry("b", "t")], Vec::new());
        let before = set.sha256().to_owned();
        set.regrade([("a", Grade::Off), ("b", Grade::Error), ("none", Grade::Off)]);
        let left: Vec<_> = set.rules().iter().map(|it| (&*it.id, it.severity)).collect();
        assert_eq!(left, [("b", crate::base::Severity::Error)]);
        assert_ne!(set.sha256(), before);
        let graded = set.sha256().to_owned();
        set.regrade([("none", Grade::Off)]);
        assert_eq!(set.sha256(), graded);
    }

    #[test]
    fn no_rules_at_all_is_an_error() {
        let errors = RuleSet::load(false, &[]).unwrap_err();
        assert_eq!(errors[0].to_string(), "--no-builtin-rules: there is no rule to judge by");
        assert!(RuleSet::load(true, &[]).is_ok());
    }

    #[test]
    fn a_checkout_with_crlf_has_the_same_rules() {
        let sha256 = |text: &str| {
            let directory = tempfile::tempdir().unwrap();
            write(directory.path(), "a.yaml", text);
            RuleSet::load(false, &[directory.path().to_path_buf()]).unwrap().sha256().to_owned()
        };
        let text = rule("a", "title");
        assert_eq!(sha256(&text), sha256(&text.replace('\n', "\r\n")));
        assert_eq!(sha256(&text).len(), 64);
        assert_ne!(sha256(&text), sha256(&text.replace("title: title", "title: other")));
    }

    #[test]
    fn directories_are_walked_and_files_read_once() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        write(root, "z/b.yml", &rule("b", "t"));
        write(root, "a.yaml", &rule("a", "t"));
        write(root, "a.test.yaml", "not: [yaml");
        write(root, ".git/c.yaml", "broken: [");
        write(root, "notes.txt", "nothing");
        let set = RuleSet::load(false, &[root.join("a.yaml"), root.to_path_buf(), root.join("z/../a.yaml")])
            .unwrap();
        assert_eq!(set.rules().iter().map(|it| &*it.id).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn every_error_of_every_file_comes_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        write(root, "a.yaml", &rule("A", "t").replace("A-A", "nothing"));
        write(root, "b.yaml", &rule("b", "t").replace("message", "mesage"));
        write(root, "c.yaml", &(rule("c", "t") + "causes: [b, d]\n"));
        let errors = RuleSet::load(true, &[root.join("none"), root.to_path_buf()]).unwrap_err();
        let seen: Vec<_> = errors
            .iter()
            .map(|it| (Path::new(it.path()).file_name().unwrap().to_str().unwrap(), it.line(), it.name()))
            .collect();
        assert_eq!(
            seen,
            [
                ("a.yaml", Some(1), "rule::bad_id"),
                ("a.yaml", Some(4), "rule::bad_mnemonic"),
                ("b.yaml", Some(5), "rule::unknown_key"),
                // `b` exists, if only as a file with a fault.
                ("c.yaml", Some(8), "rule::unknown_rule"),
                ("none", None, "rule::unreadable"),
            ]
        );
    }
}
