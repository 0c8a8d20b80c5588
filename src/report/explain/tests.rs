//! Pages and look-up on a hand-made rule.

use super::find::{Found, Topic, find};
use super::knowledge::Knowledge;
use super::{contents, index, topic};
use crate::base::{Effect, Severity};
use crate::report::Style;
use crate::rules::condition::{FactTest, LogTest, Test};
use crate::rules::schema::Reference;
use crate::rules::{Condition, Pattern, Rule, Step, Template};

fn clock_offset() -> Rule {
    let reason = FactTest {
        key: "license.registration.failure_reason".into(),
        tests: vec![Test::Matches(Pattern::new("(?i)device date .* offset"))],
        shown: false,
        collect: None,
    };
    let log = LogTest {
        names: vec!["PKI-CERTIFICATE_INVALID_NOT_YET_VALID".into()],
        text: None,
        count: 1,
        within: None,
        neighbours: Vec::new(),
        except: Vec::new(),
        severity: None,
        shown: false,
        collect: None,
    };
    Rule {
        looks_at: std::sync::OnceLock::new(),
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
        message: Template::new("The clock said {date|epoch_ms}."),
        explain:
            "CSSM compares the time of a request with its own.\n\nA clock that is not set is off by years."
                .into(),
        next_steps: vec![Step {
            text: Template::new("Set a time server"),
            commands: vec![Template::new("ntp server {ntp.reference}")],
            effect: Effect::Config,
            applies: None,
            verify: None,
            collect: Vec::new(),
        }],
        collect: Vec::new(),
        references: [Reference { title: "Guide, scenario 3".into(), url: None }].into(),
    }
}

#[test]
fn the_page_of_a_rule() {
    let rule = clock_offset();
    let found = Topic { rules: vec![&rule], ..Topic::default() };
    let text = topic(&found, &[&rule], &Knowledge::read(), &Style::default());
    snapbox::assert_data_eq!(text, snapbox::file!["../text/snapshots/explain.txt"].raw());
}

/// The steps of a page in a line each, those of its rules as given.
fn steps_of_page(lists: [&[&str]; 3]) -> Vec<String> {
    let rules = ["one", "two", "three"].into_iter().zip(lists).map(|(id, steps)| {
        let mut rule = clock_offset();
        rule.id = id.into();
        let step = rule.next_steps.remove(0);
        rule.next_steps =
            steps.iter().map(|text| Step { text: Template::new(*text), ..step.clone() }).collect();
        rule
    });
    let rules: Vec<Rule> = rules.collect();
    let rules: Vec<&Rule> = rules.iter().collect();
    let knowledge = Knowledge::read();
    let Found::Known(found) = find("3", &rules, &knowledge) else { panic!("not found") };
    let text = topic(&found, &rules, &knowledge, &Style { width: 120, ..Style::default() });
    let is_step = |line: &&str| line.ends_with(" [changes config]");
    text.lines().filter(is_step).map(|line| line.trim().replace(" [changes config]", "")).collect()
}

/// In the order of each rule, with a word of whose they are; apart where there is nothing in common or no order of all.
#[test]
fn steps_of_all_rules_of_a_scenario_are_said_once() {
    assert_eq!(steps_of_page([&["a", "b"]; 3]), ["1. a", "2. b"]);
    assert_eq!(
        steps_of_page([&["x", "a", "b"], &["y", "a", "z", "b"], &["x", "a", "b", "w"]]),
        [
            "1. Not for two: x",
            "2. Only for two: y",
            "3. a",
            "4. Only for two: z",
            "5. b",
            "6. Only for three: w"
        ]
    );
    assert_eq!(steps_of_page([&["a"], &["a"], &["b"]]), ["1. a", "1. a", "1. b"]);
    assert_eq!(
        steps_of_page([&["a", "b"], &["b", "a"], &["a", "b"]]),
        ["1. a", "2. b", "1. b", "2. a", "1. a", "2. b"]
    );
}

/// A failure reason: what it means, then its scenario with the rule's words, then what else it may be.
#[test]
fn the_page_of_a_reason() {
    let rule = clock_offset();
    let knowledge = Knowledge::read();
    let Found::Known(found) = find("Timestamp mismatch", &[&rule], &knowledge) else { panic!("not found") };
    let text = topic(&found, &[&rule], &knowledge, &Style::default());
    snapbox::assert_data_eq!(text, snapbox::file!["../text/snapshots/explain_reason.txt"].raw());
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
fn the_list_by_family() {
    let mut own = clock_offset();
    own.id = "of-our-house".into();
    let text = contents(&[&clock_offset(), &own], &Knowledge::read(), &Style::default());
    let headings: Vec<&str> =
        text.lines().filter(|line| !line.starts_with([' ', '#']) && !line.is_empty()).take(4).collect();
    assert_eq!(headings, ["Rules: guide", "Rules: your own", "Scenarios without a rule", "Background"]);
    assert!(text.contains("\n  #45 A command of the other era was used\n"));
    assert!(!text.contains("\n  #3 "), "a scenario with a rule is listed by it");
}

/// What a word leads to: rows of entries, pages, and rules in full.
#[test]
fn a_word_finds_what_it_means() {
    let rule = clock_offset();
    let knowledge = Knowledge::read();
    for (word, entries, pages, rules) in [
        ("3", &[][..], &["scenario-03"][..], &[][..]),
        ("#4", &[], &["scenario-04"], &[]),
        ("clock-offset", &[], &[], &["clock-offset"]),
        ("Clock-Offset", &[], &[], &["clock-offset"]),
        ("Conversion", &[], &["conversion"], &[]),
        ("%SMART_LIC-CONFIG_NOT_SAVED:", &["SMART_LIC-CONFIG_NOT_SAVED"], &["scenario-23"], &[]),
        ("config_not_saved", &["SMART_LIC-CONFIG_NOT_SAVED"], &["scenario-23"], &[]),
        ("COMM_FAILED", &["SMART_LIC-COMM_FAILED"], &[], &[]),
        (
            "%LICENSE-SMART_LIC-5-COMM_RESTORED : Communications restored",
            &["SMART_LIC-COMM_RESTORED"],
            &[],
            &[],
        ),
        ("Waiting for reply", &["C13"], &["scenario-07"], &[]),
        ("    Failure reason: Waiting for\n reply", &["C13"], &["scenario-07"], &[]),
        ("Product Already Registered.", &["C1"], &["scenario-01"], &[]),
        ("could not be processed", &["C4"], &["scenario-02"], &[]),
        (
            "{\"timestamp\":[\"The device date '1' is offset beyond the allowed tolerance limit.\"]}",
            &["C5"],
            &["scenario-03"],
            &[],
        ),
        (
            "Nov 19 14:55:34.069: %SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart License \
             Utility (CSLU) : Unable to resolve server hostname/domain name",
            &["P1", "SMART_LIC-COMM_FAILED"],
            &["scenario-33"],
            &[],
        ),
        (
            "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager (CSSM) : \
             Unable to resolve server hostname/domain name",
            &["C17", "SMART_LIC-COMM_FAILED"],
            &["scenario-11"],
            &[],
        ),
        (
            "%SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal with the Cisco Smart Software Manager (CSSM) : \
             Data and signature do not match for udi PID:C9000,SN:X",
            &["C14", "SMART_LIC-AUTH_RENEW_FAILED"],
            &["scenario-09"],
            &[],
        ),
        ("OK_POLL on Aug 30 23:12:38 2023 PDT", &["S2"], &["scenario-42"], &[]),
        ("  Status: EVAL MODE", &["S21"], &["scenario-20"], &[]),
        ("Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC", &["S19"], &["scenario-08"], &[]),
        ("UNREGISTERED - REGISTRATION FAILED", &["S14"], &[], &[]),
        (
            "All entitlements and licenses in use on this device are authorized",
            &["SMART_LIC-IN_COMPLIANCE"],
            &[],
            &[],
        ),
        ("CSCvr41393", &[], &["scenario-06"], &[]),
        ("fn72323", &[], &["scenario-12"], &[]),
        ("license smart register", &[], &[], &[]),
        ("outside the tolerance", &[], &["scenario-03"], &[]),
    ] {
        let Found::Known(found) = find(word, &[&rule], &knowledge) else { panic!("{word} is not found") };
        let names: Vec<&str> =
            found.entries.iter().filter_map(|it| it.names.first()).map(String::as_str).collect();
        assert_eq!(names, entries, "{word}");
        assert_eq!(found.pages.iter().map(|it| &*it.id).collect::<Vec<_>>(), pages, "{word}");
        assert_eq!(found.rules.iter().map(|it| &*it.id).collect::<Vec<_>>(), rules, "{word}");
    }
}

#[test]
fn an_unknown_word_brings_near_names() {
    let rule = clock_offset();
    let knowledge = Knowledge::read();
    for (word, near) in [
        ("clock-ofset", &["clock-offset"][..]),
        ("comm_faild", &["SMART_LIC-COMM_FAILED"]),
        ("%SMART_LIC-3-COMM_RESTORD:", &["SMART_LIC-COMM_RESTORED"]),
        ("conversoin", &["conversion"]),
        ("frobnicate", &[]),
        ("46", &[]),
        ("", &[]),
    ] {
        match find(word, &[&rule], &knowledge) {
            Found::Near(names) => assert_eq!(names, near, "{word}"),
            Found::Known(found) => panic!("{word} is {found:?}"),
        }
    }
}
