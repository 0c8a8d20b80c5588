//! `sldiag rules …` as a user runs it, in an empty folder.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit code, standard output and standard error of a run in a folder.
fn sldiag(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    command.current_dir(folder).args(args).env("LC_ALL", "C.UTF-8").env_remove("CLICOLOR_FORCE");
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The places of the templates that an author fills in.
const CAPITALS: &[&str] = &[
    "TEXT OF THE MESSAGE",
    "WHAT IS WRONG ON THIS DEVICE",
    "WHAT THE CAPTURE IS",
    "THE PROBLEM IN ONE LINE, WITHOUT A FULL STOP",
    "WHY THIS HAPPENS, IN A PARAGRAPH",
    "WHAT TO DO, IN ONE SENTENCE",
    "WHERE THE KNOWLEDGE COMES FROM",
];

/// What an author does with a new pair: fill in the capitals, let the texts be filled in, and it is sound.
#[test]
fn a_new_rule_passes_once_it_is_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = sldiag(folder.path(), &["rules", "new", "server-busy"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("server-busy.yaml\nserver-busy.test.yaml\n"), "{out}");
    let files = ["server-busy.yaml", "server-busy.test.yaml"].map(|name| folder.path().join(name));
    for words in CAPITALS {
        let (code, out, err) = sldiag(folder.path(), &["rules", "check", "server-busy.yaml"]);
        assert_eq!((code, out.as_str()), (2, ""), "{words}");
        assert!(err.contains(&format!("`{words}` is not filled in")), "{words}:\n{err}");
        for path in &files {
            let text = fs::read_to_string(path).unwrap();
            fs::write(
                path,
                text.replace(words, if words.starts_with("TEXT") { "server busy" } else { "waits" }),
            )
            .unwrap();
        }
    }
    for line in files
        .iter()
        .flat_map(|path| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
    {
        let is_capital = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
        let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let shouts = words.windows(3).any(|three| three.iter().all(is_capital));
        assert!(
            !shouts || line.trim_start().starts_with('#'),
            "`rules check` does not know this template: {line}"
        );
    }
    let (code, out, err) = sldiag(folder.path(), &["rules", "check", "server-busy.yaml"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "1 rule, none is bad\n", ""));
    let (code, out, _) = sldiag(folder.path(), &["rules", "test", "server-busy.yaml", "--update"]);
    assert_eq!((code, out.as_str()), (0, "4 examples of 1 rule, all as written\n"));
    let examples = fs::read_to_string(folder.path().join("server-busy.test.yaml")).unwrap();
    assert!(examples.contains("    message: 'sw1 waits. The status is UNREGISTERED.'\n"), "{examples}");
    assert!(
        examples.contains("    steps: [open]\n") && examples.contains("# Every line of its"),
        "{examples}"
    );
}

#[test]
fn a_new_rule_overwrites_nothing_and_has_a_good_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.test.yaml"), "mine").unwrap();
    let (code, _, err) = sldiag(folder.path(), &["rules", "new", "mine"]);
    assert_eq!((code, err.contains("mine.test.yaml exists already")), (2, true), "{err}");
    assert!(!folder.path().join("mine.yaml").exists());
    let (code, _, err) = sldiag(folder.path(), &["rules", "new", "My_Rule"]);
    assert_eq!((code, err.contains("`My_Rule` is not a rule id")), (2, true), "{err}");
    let (code, _, err) = sldiag(folder.path(), &["rules", "new", "nodir/mine"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "sldiag: error: there is no folder nodir\n  make it first (mkdir -p nodir), or leave it out to write here\n"
    );
}

#[test]
fn the_schema_is_printed_as_it_ships() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (args, file) in [
        (&["rules", "schema"][..], "schema/rule.schema.json"),
        (&["rules", "schema", "--examples"], "schema/rule-examples.schema.json"),
    ] {
        let (code, out, err) = sldiag(root, args);
        assert_eq!((code, err.as_str()), (0, ""));
        assert_eq!(out, fs::read_to_string(root.join(file)).unwrap());
    }
}

const RULE: &str = "\
id: mine
title: Mine
severity: info
when: { log: { mnemonic: SMART_LIC-COMM_FAILED } }
message: '{device} says {log.count}.'
explain: e
next_steps: []
";
const LINE: &str = "Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-COMM_FAILED: Communications failure";

fn pair(message: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.yaml"), RULE).unwrap();
    let examples = format!(
        "fires:\n  - name: one  # kept\n    message: {message}\n    input: |\n      {LINE}\n\
         silent:\n  - name: two\n    near_miss: true\n    input: x\n  - name: three\n    input: y\n"
    );
    fs::write(folder.path().join("mine.test.yaml"), examples).unwrap();
    folder
}

#[test]
fn differences_are_shown_counted_and_written_to_junit() {
    let folder = pair("old");
    let (code, out, err) = sldiag(folder.path(), &["rules", "test", ".", "--junit", "junit.xml"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(
        out,
        "Wrong     mine: one\n          ./mine.test.yaml:2\n          message:\n            - old\n            + This device says 1.\n3 examples of 1 rule, 1 differs\n"
    );
    let junit = fs::read_to_string(folder.path().join("junit.xml")).unwrap();
    assert!(junit.contains("<testsuite name=\"mine\" tests=\"3\" failures=\"1\">"), "{junit}");
    let (code, out, _) = sldiag(folder.path(), &["rules", "test", ".", "--filter", "two"]);
    assert_eq!((code, out.as_str()), (0, "1 example of 1 rule, all as written\n"));
    let (code, _, err) = sldiag(folder.path(), &["rules", "test", ".", "--filter", "four"]);
    assert_eq!(code, 2);
    assert!(err.contains("no rule and no example is called `four`"), "{err}");
}

#[test]
fn update_rewrites_texts_and_keeps_the_rest() {
    let folder = pair("old");
    let path = folder.path().join("mine.test.yaml");
    let before = fs::read_to_string(&path).unwrap();
    let (code, out, err) = sldiag(folder.path(), &["rules", "test", "mine.yaml", "--update"]);
    assert_eq!((code, out.as_str()), (0, "3 examples of 1 rule, all as written\n"));
    assert_eq!(err, "sldiag: mine.test.yaml: 1 value rewritten\n");
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, before.replace("message: old", "message: 'This device says 1.'"));
    let (code, _, err) = sldiag(folder.path(), &["rules", "test", "--update"]);
    assert_eq!(code, 2, "the built-in rules are not rewritten");
    assert!(err.contains("PATH"), "{err}");
}

#[test]
fn explain_match_shows_each_condition_with_its_lines() {
    let folder = pair("old");
    fs::write(folder.path().join("sw1.log"), format!("{LINE}\n")).unwrap();
    let args = ["rules", "explain-match", "mine", "sw1.log", "--rules", "mine.yaml"];
    let (code, out, err) = sldiag(folder.path(), &args);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "sw1.log: mine fires: confirmed, active\n\nwhen\n  yes     the log holds SMART_LIC-COMM_FAILED\n          sw1.log:1\n          │ Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-COMM_FAILED: Communicati…\n"
    );
    let (code, _, err) =
        sldiag(folder.path(), &["rules", "explain-match", "mine", "none.log", "--rules", "mine.yaml"]);
    assert_eq!((code, err.contains("none.log")), (2, true), "{err}");
}

#[test]
fn the_list_is_a_document_too() {
    let folder = pair("old");
    let (code, out, _) =
        sldiag(folder.path(), &["rules", "list", "-f", "json", "--rules", "mine.yaml", "--no-builtin-rules"]);
    assert_eq!(code, 0);
    let document: serde_json::Value =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
    assert_eq!(
        document["rules"],
        serde_json::json!([{
            "id": "mine", "scenario": null, "severity": "info", "severities": ["info"], "era": [],
            "title": "Mine", "causes": [], "alternatives": [], "log_messages": ["SMART_LIC-COMM_FAILED"],
            "source": "mine.yaml",
        }])
    );
}

/// The examples of the language reference are rules with examples like any other.
#[test]
fn the_examples_of_the_reference_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (code, out, err) = sldiag(root, &["rules", "test", "docs/language"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.ends_with(" of 21 rules, all as written\n"), "{out}");
}

#[test]
fn the_manual_is_written_below_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = sldiag(folder.path(), &["rules", "docs", "manual"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.ends_with(" pages written to manual\n"), "{out}");
    for (file, part) in [
        ("index.md", "[clock-offset](rules/clock-offset.md)"),
        ("language.md", "### `at_least`"),
        ("examples.md", "| `near_miss` |"),
        ("facts.md", "| `license.registration.status` | text |"),
        ("rules/clock-offset.md", "## Found when"),
    ] {
        let text = fs::read_to_string(folder.path().join("manual").join(file)).unwrap();
        assert!(text.contains(part), "{file}");
    }
    let (code, _, err) = sldiag(folder.path(), &["rules", "docs", "manual/index.md"]);
    assert_eq!((code, err.contains("cannot write")), (2, true), "{err}");
}

/// A rule with two conditions, its examples wrong on purpose.
fn wrong_pair() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let when = "when:\n  all:\n    - log: { mnemonic: SMART_LIC-COMM_FAILED }\n    - fact: { key: license.registration.status, equals: UNREGISTERED }\n";
    let rule = RULE.replace("when: { log: { mnemonic: SMART_LIC-COMM_FAILED } }\n", when);
    fs::write(folder.path().join("mine.yaml"), rule).unwrap();
    let status = |word: &str| {
        format!("      sw1#show license status\n      Registration:\n        Status: {word}\n      sw1#\n")
    };
    let examples = format!(
        "fires:\n  - name: registered\n    input: |\n      {LINE}\n{}  - name: no device\n    input: x\n\
         silent:\n  - name: the log alone\n    near_miss: true\n    input: |\n      {LINE}\n  - name: it's both\n    input: |\n      {LINE}\n{}",
        status("REGISTERED"),
        status("UNREGISTERED"),
    );
    fs::write(folder.path().join("mine.test.yaml"), examples).unwrap();
    folder
}

#[test]
fn a_wrong_outcome_comes_with_what_decided_it() {
    let folder = wrong_pair();
    let (code, out, err) = sldiag(folder.path(), &["rules", "test", "mine.yaml"]);
    assert_eq!((code, err.as_str()), (1, ""));
    let expected = r"Missing   mine: registered
          mine.test.yaml:2
          the rule stays silent
          when, no: Registration status, without ` on <date>` (license.registration.status) is UNREGISTERED
            capture.txt:4 Status: REGISTERED
          every condition: sldiag rules explain-match mine mine.test.yaml --example registered
Missing   mine: no device
          mine.test.yaml:9
          no device is recognised in this capture
          every condition: sldiag rules explain-match mine mine.test.yaml --example 'no device'
Noisy     mine: the log alone
          mine.test.yaml:12
          the rule fires: possible, active
          when, yes: the log holds SMART_LIC-COMM_FAILED
            capture.txt:1 Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-COMM_FAILED: Communications failure
          when, unknown: Registration status, without ` on <date>` (license.registration.status) is UNREGISTERED
          every condition: sldiag rules explain-match mine mine.test.yaml --example 'the log alone'
Noisy     mine: it's both
          mine.test.yaml:16
          the rule fires: confirmed, active
          when, yes: the log holds SMART_LIC-COMM_FAILED
            capture.txt:1 Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-COMM_FAILED: Communications failure
          when, yes: Registration status, without ` on <date>` (license.registration.status) is UNREGISTERED
            capture.txt:4 Status: UNREGISTERED
          every condition: sldiag rules explain-match mine mine.test.yaml --example 'it'\''s both'
4 examples of 1 rule, 4 differ
";
    assert_eq!(out, expected);
}

/// The capture of an example is judged in place of a file; the rule is read from beside the examples.
#[test]
fn explain_match_takes_an_example() {
    let folder = wrong_pair();
    let of = |args: &[&str]| {
        let all: Vec<&str> = ["rules", "explain-match"].iter().chain(args).copied().collect();
        sldiag(folder.path(), &all)
    };
    let (code, out, err) = of(&["mine", "mine.test.yaml", "--example", "it's both"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("sw1: mine fires: confirmed, active\n\nwhen\n  yes     all of:\n"), "{out}");
    let beside = of(&["mine", "--rules", "mine.yaml", "--example", "both"]);
    assert_eq!(beside, (code, out, err));
    let (code, _, err) = of(&["mine", "mine.test.yaml", "--example", "the"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (code, _, err) = of(&["mine", "mine.test.yaml", "--example", "none"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "sldiag: error: no single example is called `none`; choose one of\n  registered\n  no device\n  the log alone\n  it's both\n"
    );
    let (code, _, err) = of(&["mine", "mine.yaml", "--example", "none", "--rules", "mine.yaml"]);
    assert_eq!((code, err.contains("there is no key `id` here")), (2, true), "{err}");
    let (code, out, err) = of(&["clock-offset", "--example", ""]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("no single example is called ``; choose one of\n"), "{err}");
    let (code, _, err) = of(&["mine", "--rules", "mine.yaml"]);
    assert_eq!((code, err.contains("<FILE>")), (2, true), "{err}");
}
