use std::path::PathBuf;

use super::*;
use crate::rules::set;

const RULE: &str = "\
id: two-symptoms
title: Two symptoms
severity: info
applies: { era: classic }
when:
  all:
    - log: { mnemonic: SMART_LIC-COMM_FAILED }
    - log: { mnemonic: SMART_LIC-AUTH_RENEW_FAILED }
unless: { log: { mnemonic: SMART_LIC-COMM_RESTORED } }
message: m
explain: e
next_steps: []
";

const FAILED: &str = "Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-COMM_FAILED: Communications failure";
const RENEW: &str =
    "Aug  2 2018 14:26:24.101 UTC: %SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal failed";
const RESTORED: &str = "Aug  2 2018 14:26:25.101 UTC: %SMART_LIC-5-COMM_RESTORED: Communications restored";

fn report(examples: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("two-symptoms.yaml");
    std::fs::write(&path, RULE).unwrap();
    std::fs::write(folder.path().join("two-symptoms.test.yaml"), examples).unwrap();
    let checked = match set::check(&[path]) {
        Ok(checked) => checked,
        Err(errors) => panic!("{errors:?}"),
    };
    mutate(&[&checked.examples[0]], &checked.rules).remove(0)
}

fn survivors(report: &Report) -> Vec<String> {
    report.survivors.iter().map(|it| format!("{}:{} {:?}", it.part, it.line, it.change)).collect()
}

#[test]
fn what_no_example_needs_survives() {
    let report = report(&format!(
        "fires:\n  - {{ name: both, input: \"{FAILED}\\n{RENEW}\" }}\n\
         silent:\n  - {{ name: none, input: \"x\" }}\n  - {{ name: other, near_miss: true, input: \"{RESTORED}\" }}\n\
         unknown:\n  - {{ name: one, input: \"{FAILED}\" }}\n"
    ));
    assert_eq!(
        survivors(&report),
        [
            // No example is of another era.
            "applies:4 Dropped",
            // The restored line never stands beside both failures.
            "unless:9 Dropped",
            "unless:9 Negated",
        ]
    );
    assert_eq!(report.deciding, Share { caught: 6, tried: 9 });
    assert_eq!(report.steps, Share::default());
    assert_eq!(report.deciding.per_mille(), 666);
}

#[test]
fn examples_that_show_each_condition_catch_every_change() {
    let report = report(&format!(
        "fires:\n  - {{ name: both, input: \"{FAILED}\\n{RENEW}\" }}\n\
         silent:\n  - {{ name: over, near_miss: true, input: \"{FAILED}\\n{RENEW}\\n{RESTORED}\" }}\n  \
         - {{ name: policy, input: \"sw1#show license all\\nSmart Licensing Using Policy:\\n  Status: ENABLED\\nsw1#show logging\\n{FAILED}\\n{RENEW}\\nsw1#\" }}\n\
         unknown:\n  - {{ name: one, input: \"{FAILED}\" }}\n  - {{ name: other, input: \"{RENEW}\" }}\n"
    ));
    assert_eq!(survivors(&report), Vec::<String>::new());
    assert_eq!(report.deciding.per_mille(), 1000);
}
