//! Pages and look-up on a hand-made rule.

use super::find::{Found, find};
use super::{index, pages};
use crate::base::{Effect, Severity};
use crate::report::Style;
use crate::rules::condition::{FactTest, LogTest, Test};
use crate::rules::schema::Reference;
use crate::rules::{Condition, Pattern, Rule, Step, Template};

fn clock_offset() -> Rule {
    let reason = FactTest {
        key: "license.registration.failure_reason".into(),
        tests: vec![Test::Matches(Pattern::new("(?i)device date .* offset"))],
        collect: None,
    };
    let log = LogTest {
        names: vec!["PKI-CERTIFICATE_INVALID_NOT_YET_VALID".into()],
        text: None,
        count: 1,
        within: None,
        neighbours: Vec::new(),
        collect: None,
    };
    Rule {
        id: "clock-offset".into(),
        scenario: Some(3),
        title: "The device clock is outside the tolerance of the licensing server".into(),
        severity: Severity::Error,
        severity_cases: Vec::new(),
        applies: Some(Condition::Era(vec![crate::base::Era::Classic])),
        when: Condition::Any(vec![Condition::Fact(reason), Condition::Log(log)]),
        unless: None,
        recovered_by: None,
        causes: vec!["out-of-compliance".into()],
        alternatives: Vec::new(),
        message: Template::parse("The clock said {date|epoch_ms}.").unwrap(),
        explain:
            "CSSM compares the time of a request with its own.\n\nA clock that is not set is off by years."
                .into(),
        next_steps: vec![Step {
            text: Template::parse("Set a time server").unwrap(),
            commands: vec![Template::parse("ntp server {ntp.reference}").unwrap()],
            effect: Effect::Config,
            applies: None,
            verify: None,
            collect: Vec::new(),
        }],
        collect: Vec::new(),
        references: vec![Reference { title: "Guide, scenario 3".into(), url: None }],
    }
}

#[test]
fn the_page_of_a_rule() {
    let rule = clock_offset();
    let text = pages(&[&rule], &Style::default());
    snapbox::assert_data_eq!(text, snapbox::file!["../text/snapshots/explain.txt"].raw());
}

#[test]
fn the_list() {
    let rule = clock_offset();
    let mut other = clock_offset();
    other.id = "unregistered".into();
    other.scenario = None;
    assert_eq!(
        index(&[&other, &rule], &Style { width: 60, ..Style::default() }),
        "#3  error   clock-offset: The device clock is outside the\n            \
         tolerance of the licensing server\n  - error   unregistered: The device clock is outside the\n            \
         tolerance of the licensing server\n"
    );
}

#[test]
fn a_word_finds_its_rules() {
    let rule = clock_offset();
    for word in [
        "3",
        "#3",
        "clock-offset",
        "Clock-Offset",
        "%PKI-3-CERTIFICATE_INVALID_NOT_YET_VALID:",
        "PKI-CERTIFICATE_INVALID_NOT_YET_VALID",
        "certificate_invalid_not_yet_valid",
        "The device date '1526135268653' is offset beyond the allowed tolerance limit.",
        "outside the tolerance",
    ] {
        match find(word, &[&rule]) {
            Found::Rules(rules) => assert_eq!(rules[0].id, "clock-offset", "{word}"),
            Found::Near(_) => panic!("{word} is not found"),
        }
    }
    for (word, near) in
        [("clock-ofset", vec!["clock-offset"]), ("clock", vec!["clock-offset"]), ("weather", vec![])]
    {
        let other = Rule { title: "Another".into(), ..clock_offset() };
        match find(word, &[&other]) {
            Found::Near(names) => assert_eq!(names, near, "{word}"),
            Found::Rules(_) => panic!("{word} is found"),
        }
    }
}
