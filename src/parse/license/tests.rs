use super::super::test_support::read;
use crate::facts::{Capture, Value};

fn of(text: &str) -> Capture {
    read("show license all", text, super::parse)
}

fn text(capture: &Capture, key: &str) -> String {
    capture.facts.text(key).unwrap_or("-").to_owned()
}

#[test]
fn a_failure_reason_belongs_to_the_block_above_it() {
    let capture = of(
        "Registration:\nStatus: REGISTERED\nLast Renewal Attempt: FAILED on Dec 03 18:40:22 2018 UTC\nFailure reason: one\n\nLicense Authorization: \nStatus: AUTHORIZED on Dec 03 18:40:28 2018 UTC\nFailure reason: two\n",
    );
    assert_eq!(text(&capture, "license.registration.failure_reason"), "one");
    assert_eq!(text(&capture, "license.authorization.failure_reason"), "two");
    assert_eq!(text(&capture, "license.authorization.status"), "AUTHORIZED");
    assert_eq!(text(&capture, "license.registration.last_result"), "FAILED");
    assert_eq!(text(&capture, "license.era"), "classic");
}

#[test]
fn every_spelling_of_a_status_line() {
    for (line, status) in [
        ("Registration:\n  Status: UNREGISTERED - REGISTRATION FAILED", "UNREGISTERED - REGISTRATION FAILED"),
        ("Registration: Status: UNREGISTERED - REGISTRATION FAILED", "UNREGISTERED - REGISTRATION FAILED"),
        ("Registration:Status: UNREGISTERED", "UNREGISTERED"),
        (
            "Registration:\nStatus: REGISTERING - REGISTRATION IN PROGRESS",
            "REGISTERING - REGISTRATION IN PROGRESS",
        ),
        (
            "Registration:\n Status: REGISTERED - SPECIFIC LICENSE RESERVATION",
            "REGISTERED - SPECIFIC LICENSE RESERVATION",
        ),
    ] {
        assert_eq!(text(&of(line), "license.registration.status"), status, "{line}");
    }
    for (line, status) in [
        (
            "License Authorization:\n  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC",
            "OUT OF COMPLIANCE",
        ),
        ("License Authorization: \n  Status: EVAL MODE", "EVAL MODE"),
        ("License Authorization:\n  Status: No Licenses in Use", "No Licenses in Use"),
        ("License Authorization Status: AUTHORIZED as of Nov 9 23:46:35 2017 IST", "AUTHORIZED"),
        (
            "License Authorization:\n  EVALUATION PERIOD EXPIRED on Nov 9 23:46:35 2017 IST",
            "EVALUATION PERIOD EXPIRED",
        ),
    ] {
        assert_eq!(text(&of(line), "license.authorization.status"), status, "{line}");
    }
}

#[test]
fn usage_reporting_is_a_block_and_an_exchange() {
    let capture = of(
        "Usage Reporting:\n  Last ACK received: <none>\nCommunication Statistics:\nOverall State: <empty>\nUsage Reporting:\n  Attempts: Total=2, Success=0, Fail=2  Ongoing Failure: Overall=2 Communication=0\n  Last Response: NO REPLY on Aug 30 23:12:38 2023 PDT\n    Failure Reason: <none>\n",
    );
    let number = |key: &str| match capture.facts.get(key).map(|it| it.value.clone()) {
        Some(Value::Number(number)) => number,
        _ => -1,
    };
    assert_eq!(text(&capture, "license.reporting.last_ack_text"), "<none>");
    assert_eq!(number("license.communication.usage_reporting.fail"), 2);
    assert_eq!(number("license.communication.usage_reporting.ongoing_communication"), 0);
    assert_eq!(text(&capture, "license.communication.usage_reporting.last_response"), "NO REPLY");
    assert_eq!(text(&capture, "license.communication.usage_reporting.failure_reason"), "-");
    assert_eq!(text(&capture, "license.era"), "policy");
}

#[test]
fn licences_in_all_forms() {
    for (printed, name, tag, count, status) in [
        (
            "License Usage\n====\nnetwork-advantage (C9300-24 Network Advantage):\n  Count: 2\n  Status: IN USE",
            "network-advantage",
            "C9300-24 Network Advantage",
            2,
            "IN USE",
        ),
        (
            "License Usage\n====\n(ASAv-STD-100M):\n  Count: 1\n  Status: EVAL MODE",
            "ASAv-STD-100M",
            "ASAv-STD-100M",
            1,
            "EVAL MODE",
        ),
        (
            "License Usage:\nLicense   Entitlement Tag  Count Status\n----\nnetwork-advantage       (C9300-48 Network Advan...)       1 IN USE",
            "network-advantage",
            "C9300-48 Network Advan...",
            1,
            "IN USE",
        ),
        (
            "License Usage:\nLicense   Entitlement tag  Count Status\n----\n       (C9200L-NW-E-48)       1 EVAL MODE",
            "C9200L-NW-E-48",
            "C9200L-NW-E-48",
            1,
            "EVAL MODE",
        ),
        (
            "License Usage\n====\nHandle: 1\n  License: dna\n  Entitlement Tag: regid.x\n  Count: 3\n  Status: NOT IN USE(1)",
            "dna",
            "regid.x",
            3,
            "NOT IN USE",
        ),
    ] {
        let capture = of(printed);
        let Some(Value::List(all)) = capture.facts.get("license.usage").map(|it| &it.value) else {
            panic!("{printed}")
        };
        let one = all.first().unwrap();
        assert_eq!(
            (one.text("name"), one.text("entitlement_tag"), one.text("status")),
            (Some(name), Some(tag), Some(status))
        );
        assert_eq!(one.fields.get("count").map(|it| &it.value), Some(&Value::Number(count)));
    }
}

#[test]
fn report_counts_in_both_forms() {
    let capture = of(
        "Usage Report Summary:\n====\nTotal: 86,  Purged: 0(0)\nTotal Acknowledged Received: 76,  Waiting for Ack: 0(10)\n",
    );
    let number = |key: &str| capture.facts.get(key).map(|it| it.value.clone());
    assert_eq!(number("license.rum.total"), Some(Value::Number(86)));
    assert_eq!(number("license.rum.acknowledged"), Some(Value::Number(76)));
    assert_eq!(number("license.rum.waiting"), Some(Value::Number(10)));
}
