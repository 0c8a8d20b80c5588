use std::fs;

use super::*;
use crate::cli::terminal::Surroundings;

const STYLE: Style = Style { color: false, unicode: false, width: 80, table: 120, detail: false };

/// A folder `project/inner` to work in and a home; each has the configuration that is given.
fn place(user: &str, project: &str, variables: &[(&'static str, &str)]) -> (tempfile::TempDir, Surroundings) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("project/inner");
    let home = root.path().join("home");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(home.join(".config/sldiag")).unwrap();
    if !user.is_empty() {
        fs::write(home.join(".config/sldiag/config.yaml"), user).unwrap();
    }
    if !project.is_empty() {
        fs::write(root.path().join("project/.sldiag.yaml"), project).unwrap();
    }
    let mut all: BTreeMap<&'static str, String> =
        variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    all.insert("HOME", home.display().to_string());
    (root, Surroundings { variables: all, folder, ..Surroundings::default() })
}

#[test]
fn the_project_is_found_upwards_and_named_as_seen_from_here() {
    let (root, surroundings) = place("fail_on: info\n", "fail_on: never\n", &[]);
    let files = find::files(&RuleChoice::default(), &surroundings).unwrap();
    let user = root.path().join("home/.config/sldiag/config.yaml");
    assert_eq!(files, [user, PathBuf::from("../.sldiag.yaml")]);
    let none = RuleChoice { no_config: true, ..RuleChoice::default() };
    assert_eq!(find::files(&none, &surroundings).unwrap(), Vec::<PathBuf>::new());
    let named = RuleChoice { config: Some("none.yaml".into()), ..RuleChoice::default() };
    let failure = find::files(&named, &surroundings).unwrap_err();
    assert!(failure.to_string().starts_with("there is no configuration file none.yaml"), "{failure}");
}

/// Each source in turn is stronger than those before it.
#[test]
fn options_before_environment_before_project_before_user_before_default() {
    let user = "fail_on: info\nmin_severity: warning\nseverity: { a: off, b: off }\n";
    let project = "fail_on: warning\nseverity: { b: error }\n";
    for (user, project, variables, option, fail_on) in [
        ("", "", &[][..], None, FailOn::Error),
        (user, "", &[], None, FailOn::Info),
        (user, project, &[], None, FailOn::Warning),
        (user, project, &[("SLDIAG_FAIL_ON", "never")], None, FailOn::Never),
        (user, project, &[("SLDIAG_FAIL_ON", "never")], Some(FailOn::Error), FailOn::Error),
    ] {
        let (root, mut surroundings) = place(user, project, variables);
        let named = (!project.is_empty()).then(|| root.path().join("project/.sldiag.yaml"));
        surroundings.folder = PathBuf::from("/");
        let rules = RuleChoice { config: named, ..RuleChoice::default() };
        let options = Options { rules: &rules, fail_on: option, min_severity: None };
        let config = Config::new(options, &surroundings, &STYLE).unwrap();
        assert_eq!(config.fail_on.value, fail_on, "{variables:?} {option:?}");
        if !project.is_empty() {
            let grade = |id: &str| config.severity.get(id).map(|it| it.value.value);
            assert_eq!((grade("a"), grade("b")), (Some(Grade::Off), Some(Grade::Error)));
            assert_eq!(config.min_severity.value, Severity::Warning);
        }
    }
}

#[test]
fn rule_paths_add_up_and_are_relative_to_their_file() {
    let (root, surroundings) = place("", "rules: [mine]\n", &[("SLDIAG_RULES", "/a")]);
    let file = root.path().join("project/.sldiag.yaml");
    let rules = RuleChoice { config: Some(file), rules: vec!["b".into()], ..RuleChoice::default() };
    let config = Config::new(Options::of_rules(&rules), &surroundings, &STYLE).unwrap();
    let paths: Vec<PathBuf> = config.rules.into_iter().map(|it| it.value).collect();
    assert_eq!(paths, [root.path().join("project/mine"), "/a".into(), "b".into()]);
}

#[test]
fn a_variable_that_means_nothing_is_bad_usage() {
    let (_root, surroundings) = place("", "", &[("SLDIAG_FAIL_ON", "often")]);
    let failure = Config::new(Options::of_rules(&RuleChoice::default()), &surroundings, &STYLE).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "SLDIAG_FAIL_ON is `often`\n  set it to one of error, warning, info, never"
    );
}
