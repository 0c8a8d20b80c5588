//! Configuration files as a user meets them: found from the working directory upwards, never beside an input, always told.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const CAPTURE: &str = include_str!("../samples/scenario-7-crl-blocks-authorization.txt");
const RULE: &str = "crl-blocks-authorization";

/// A folder `work/inner` and a folder `case` with a capture.
fn place() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("work/inner")).unwrap();
    fs::create_dir_all(root.path().join("case")).unwrap();
    fs::write(root.path().join("case/sw1.txt"), CAPTURE).unwrap();
    root
}

/// Exit code, standard output and standard error of a run in `work/inner`.
fn sldiag(root: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    command.current_dir(root.join("work/inner")).args(args);
    command.env_clear().env("LC_ALL", "C.UTF-8").env("HOME", root.join("home"));
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn severity(document: &Value) -> Option<String> {
    let findings = document.pointer("/devices/0/findings").unwrap().as_array().unwrap();
    let found = findings.iter().find(|it| it["rule"] == RULE)?;
    Some(found["severity"].as_str().unwrap().to_owned())
}

const ANALYZE: &[&str] = &["analyze", "-f", "json", "../../case/sw1.txt"];

#[test]
fn a_project_file_grades_rules_and_is_listed() {
    let root = place();
    assert_eq!(severity(&json(&sldiag(root.path(), ANALYZE).1)).as_deref(), Some("error"));
    let file = root.path().join("work/.sldiag.yaml");
    for (grade, expected) in [("info", Some("info")), ("off", None)] {
        fs::write(&file, format!("severity: {{ {RULE}: {grade} }}\n")).unwrap();
        let (_, out, _) = sldiag(root.path(), ANALYZE);
        let document = json(&out);
        assert_eq!(severity(&document).as_deref(), expected);
        assert_eq!(document["tool"]["configuration"], serde_json::json!(["../.sldiag.yaml"]));
        let without: Vec<&str> = ANALYZE.iter().copied().chain(["--no-config"]).collect();
        let document = json(&sldiag(root.path(), &without).1);
        assert_eq!(severity(&document).as_deref(), Some("error"));
        assert_eq!(document["tool"]["configuration"], serde_json::json!([]));
    }
    let (_, _, err) = sldiag(root.path(), &["analyze", "../../case/sw1.txt"]);
    assert_eq!(err, "sldiag: configuration in force: ../.sldiag.yaml\n");
}

/// A file inside a case must not switch rules off.
#[test]
fn a_file_beside_the_input_says_nothing() {
    let root = place();
    fs::write(root.path().join("case/.sldiag.yaml"), format!("severity: {{ {RULE}: off }}\n")).unwrap();
    for path in ["../../case/sw1.txt", "../../case"] {
        let document = json(&sldiag(root.path(), &["analyze", "-f", "json", path]).1);
        assert_eq!(severity(&document).as_deref(), Some("error"), "{path}");
    }
}

#[test]
fn a_bad_file_is_code_2_with_its_place_and_a_near_name() {
    let root = place();
    let file = root.path().join("work/inner/.sldiag.yaml");
    for (text, place, hint) in [
        ("# mine\nseverty: {}\n", ".sldiag.yaml:2:1", "did you mean `severity`?"),
        (
            "severity:\n  crl-blocks-autorization: off\n",
            ".sldiag.yaml:2:28",
            "did you mean\n        `crl-blocks-authorization`?",
        ),
        ("rules: [none.yaml]\n", "none.yaml: this file cannot be read", "check that the path exists"),
    ] {
        fs::write(&file, text).unwrap();
        let (code, out, err) = sldiag(root.path(), ANALYZE);
        assert_eq!((code, out.as_str()), (2, ""), "{text}");
        assert!(
            err.contains(place) && err.replace("\n        ", " ").contains(&hint.replace("\n        ", " ")),
            "{err}"
        );
    }
}

#[test]
fn config_shows_each_value_with_its_source() {
    let root = place();
    let user = root.path().join("home/.config/sldiag/config.yaml");
    fs::create_dir_all(user.parent().unwrap()).unwrap();
    fs::write(&user, "fail_on: info\nmin_severity: warning\n").unwrap();
    fs::write(
        root.path().join("work/.sldiag.yaml"),
        format!("fail_on: never\nrules: [mine.yaml]\nseverity: {{ {RULE}: warning }}\n"),
    )
    .unwrap();
    fs::write(root.path().join("work/mine.yaml"), mine()).unwrap();
    let (code, out, err) = sldiag(root.path(), &["config", "--fail-on", "error"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let expected: PathBuf = user;
    assert_eq!(
        out,
        format!(
            "fail_on                            error         --fail-on\n\
             min_severity                       warning       {}\n\
             builtin_rules                      true          default\n\
             rules                              ../mine.yaml  ../.sldiag.yaml\n\
             severity.crl-blocks-authorization  warning       ../.sldiag.yaml\n",
            expected.display()
        )
    );
    let document = json(&sldiag(root.path(), ANALYZE).1);
    assert_eq!(document["tool"]["rules"]["files"], serde_json::json!(["../mine.yaml"]));
    let (_, out, _) = sldiag(root.path(), &["config", "-f", "json"]);
    assert_eq!(json(&out)["settings"][0]["value"], "never");
}

fn mine() -> &'static str {
    "id: mine\ntitle: Mine\nseverity: info\nwhen: { log: { mnemonic: A-B } }\nmessage: m\nexplain: e\nnext_steps: []\n"
}
