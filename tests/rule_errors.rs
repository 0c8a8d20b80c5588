//! Full texts of what a rule's author reads: `NN-name.in` is a rule file, or a directory of them, and `NN-name.out` what is
//! drawn for it. Names with `examples`, `warning` or `unfinished` in them are run as `rules check`, the others as `--rules`.
//!
//! `SNAPSHOTS=overwrite cargo test --test rule_errors` rewrites the `.out` files; read them before committing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sldiag::rules::error::{RuleError, Style, render};
use sldiag::rules::{RuleSet, set};

const CASES: &str = "tests/rule_errors";
const STYLE: Style = Style { unicode: true, colour: false, width: 80 };

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(CASES).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut cases: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "in")).collect();
    cases.sort();
    cases
}

fn errors(case: &Path) -> Vec<RuleError> {
    let paths = [case.to_path_buf()];
    if case.to_string_lossy().contains("warning") {
        return set::check(&paths).map_or_else(|errors| errors, |checked| checked.warnings);
    }
    if case.to_string_lossy().contains("unfinished") {
        return set::check(&paths).map_or_else(|errors| errors, |checked| checked.unfinished);
    }
    if case.to_string_lossy().contains("examples") {
        return set::check(&paths).err().unwrap_or_default();
    }
    RuleSet::load(true, &paths).err().unwrap_or_default()
}

#[test]
fn every_text_is_as_written() {
    let mut wrong = Vec::new();
    for case in cases() {
        let drawn = render(&errors(&case), STYLE);
        let expected = case.with_extension("out");
        if std::env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
            fs::write(&expected, &drawn).unwrap();
        }
        let written = fs::read_to_string(&expected).unwrap_or_default();
        if drawn != written || drawn.is_empty() {
            wrong.push(format!("{}\n--- is\n{drawn}--- should be\n{written}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let source = fs::read_to_string("src/rules/fault.rs").unwrap();
    let codes: BTreeSet<&str> = source.split('"').filter(|it| it.starts_with("rule::")).collect();
    let shown: BTreeSet<&str> =
        cases().iter().flat_map(|case| errors(case)).map(|error| error.name()).collect();
    assert!(codes.len() > 20);
    assert_eq!(codes, shown);
}

#[test]
fn an_unreadable_path_is_an_error_beside_the_others() {
    let missing = PathBuf::from("tests/rule_errors/none.yaml");
    let bad = PathBuf::from("tests/rule_errors/01-unknown-key.in");
    let errors = RuleSet::load(true, &[missing, bad]).unwrap_err();
    assert_eq!(
        errors.iter().map(RuleError::name).collect::<Vec<_>>(),
        ["rule::unknown_key", "rule::unreadable"]
    );
    assert_eq!(
        render(&errors[1..], Style { unicode: false, ..STYLE }),
        "rule::unreadable\n\n  x tests/rule_errors/none.yaml: this file cannot be read: there is no such\n  | file or directory\n  help: check that the path exists, that you may read it and that it is UTF-8\n        text; `--rules` takes files and directories\n"
    );
}

/// A file of 100 MB is not read: one byte more than the limit tells enough. A hole in a file takes no room on the disk.
#[test]
fn a_file_of_100_megabytes_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.yaml");
    fs::File::create(&path).unwrap().set_len(100_000_000).unwrap();
    let errors = RuleSet::load(true, &[path]).unwrap_err();
    let texts: Vec<String> = errors.iter().map(|it| format!("{}: {}", it.name(), it.hint())).collect();
    assert_eq!(texts, ["rule::budget: a rule file holds one rule; cut it, or split it into several files"]);
    assert!(
        errors[0]
            .to_string()
            .ends_with("this file has more than 1 MiB; at most 1048576 bytes (1 MiB) are read"),
        "{}",
        errors[0]
    );
}

/// Files that would take the program's time, memory or life: each is refused at once, and the limit is named.
#[test]
fn hostile_files_are_refused_by_a_named_limit() {
    let rule = |when: &str, more: &str| {
        format!(
            "id: a\ntitle: t\nseverity: info\nwhen: {when}\nmessage: m\nexplain: e\nnext_steps: []\n{more}"
        )
    };
    let log = |text: &str| format!("{{ log: {{ mnemonic: A-B, text: '{text}' }} }}");
    let bomb = (1..10)
        .map(|at| format!("    - any: &a{at} [{}]\n", vec![format!("{{ any: *a{} }}", at - 1); 9].join(", ")))
        .collect::<Vec<_>>()
        .concat();
    let bomb = format!("\n  all:\n    - any: &a0 [{}]\n{bomb}", ["{ seen: { command: a } }"; 9].join(", "));
    let folder = tempfile::tempdir().unwrap();
    for (name, text, limit) in [
        ("a string of 9 MB", rule("{}", &"x".repeat(9_000_000)), "1 MiB"),
        (
            "a million keys",
            (0..1_000_000).map(|at| format!("k{at}: 1\n")).collect::<Vec<_>>().concat(),
            "1 MiB",
        ),
        ("brackets", "[".repeat(100_000), "48 levels"),
        ("braces", "{".repeat(100_000), "48 levels"),
        ("conditions", rule(&"{ not: ".repeat(50_000), ""), "48 levels"),
        ("a bomb of anchors", rule(&bomb, ""), "20000 parts"),
        (
            "many parts on one line",
            rule(&log("x"), &format!("collect: [{}]\n", "x,".repeat(100_000))),
            "50000",
        ),
        ("a long pattern", rule(&log(&"a|".repeat(400_000)), ""), "16 KiB"),
        ("many names in one pattern", rule(&log(&"{a}".repeat(5_000)), ""), "only 50"),
        ("many unknown causes", rule(&log("x"), &format!("causes: [{}]\n", "b,".repeat(20_000))), "only 50"),
    ] {
        let path = folder.path().join("a.yaml");
        fs::write(&path, text).unwrap();
        let drawn = render(&RuleSet::load(true, &[path]).unwrap_err(), STYLE);
        assert!(
            drawn.contains(limit) && drawn.len() < 50_000,
            "{name}: {}",
            drawn.chars().take(2000).collect::<String>()
        );
    }
}

#[test]
fn colours_only_where_asked_for() {
    let errors = errors(Path::new("tests/rule_errors/01-unknown-key.in"));
    assert!(!render(&errors, STYLE).contains('\u{1b}'));
    assert!(render(&errors, Style { colour: true, ..STYLE }).contains('\u{1b}'));
    assert!(render(&errors, Style { unicode: false, ..STYLE }).is_ascii());
}
