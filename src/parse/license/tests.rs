mod full;

use super::super::test_support::{facts, read};
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
fn an_excerpt_of_single_lines_is_read_without_its_headings() {
    let capture = of(
        "  Type: Smart\n  URL: https://smartreceiver.cisco.com/licservice/license\n  Reporting ACK required: yes (CISCO default)\n  \
         Last ACK received: Sep 01 23:15:21 2023 CET\n  Next ACK deadline: Nov 30 23:15:21 2023 CET\nTrust Code Installed: <none>\n",
    );
    assert_eq!(text(&capture, "license.transport.type"), "Smart");
    assert_eq!(text(&capture, "license.destination.host"), "smartreceiver.cisco.com");
    assert!(capture.facts.time("license.reporting.next_ack_deadline").is_some());
    assert_eq!(text(&capture, "license.era"), "policy");
    assert_eq!(text(&of("License type: Perpetual\nType: Evaluation\n"), "license.transport.type"), "-");
}

#[test]
fn the_active_member_of_a_reservation_is_the_device() {
    let capture = read(
        "show license reservation",
        "License reservation: ENABLED\n\nOverall status:\n  Active: PID:C1111-8P,SN:FGL2345A0BC\n      Reservation status: NOT \
         INSTALLED\n  Standby: PID:C1111-8P,SN:FGL2345A0BD\n",
        super::parse,
    );
    assert_eq!([text(&capture, "device.pid"), text(&capture, "device.serial")], ["C1111-8P", "FGL2345A0BC"]);
}

#[test]
fn the_active_member_with_a_trust_code_is_the_device() {
    for lines in [
        "Trust Code Installed:\n  Active: PID:8201-32FH,SN:FOC2540ABCD\n    INSTALLED on Mar 12 08:00:00 2024 UTC\n  Standby: \
         PID:8201-32FH,SN:FOC2540ABCE\n    INSTALLED on Mar 12 08:00:00 2024 UTC\n",
        "Trust Code installed: Mar 01 11:10:02 2024 UTC\n  Active: PID: 8201-32FH, SN: FOC2540ABCD\n    Mar 01 11:10:02 2024 UTC\n",
    ] {
        let capture = of(lines);
        let identity = [text(&capture, "device.pid"), text(&capture, "device.serial")];
        assert_eq!(identity, ["8201-32FH", "FOC2540ABCD"], "{lines}");
    }
}

#[test]
fn the_kind_of_a_licence_tells_the_era_in_the_words_of_the_policy_era_only() {
    for (line, era) in [
        ("License type: Perpetual", "policy"),
        ("License type: Subscription", "policy"),
        ("License type: PERPETUAL", "-"),
        ("License type: Permanent", "-"),
        ("License type: RTU", "-"),
    ] {
        assert_eq!(
            text(&of(&format!("Feature name: ap-count\n        {line}\n")), "license.era"),
            era,
            "{line}"
        );
    }
}

#[test]
fn every_spelling_of_a_status_line() {
    for (line, status) in [
        ("Registration:\n  Status: UNREGISTERED - REGISTRATION FAILED", "UNREGISTERED - REGISTRATION FAILED"),
        ("Registration: Status: UNREGISTERED - REGISTRATION FAILED", "UNREGISTERED - REGISTRATION FAILED"),
        ("Registration:Status: UNREGISTERED", "UNREGISTERED"),
        (
            "Registration:\n\nStatus: **UNREGISTERED - REGISTRATION FAILED**",
            "UNREGISTERED - REGISTRATION FAILED",
        ),
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
        assert_eq!(one.get("count").map(|it| &it.value), Some(&Value::Number(count)));
    }
}

#[test]
fn report_counts_in_both_forms() {
    let capture = of(
        "Usage Report Summary:\n====\nTotal: 86,  Purged: 5(5)\nTotal Acknowledged Received: 76,  Waiting for Ack: 0(10)\n",
    );
    let number = |key: &str| capture.facts.get(key).map(|it| it.value.clone());
    assert_eq!(number("license.rum.total"), Some(Value::Number(86)));
    assert_eq!(number("license.rum.purged"), Some(Value::Number(5)));
    assert_eq!(number("license.rum.acknowledged"), Some(Value::Number(76)));
    assert_eq!(number("license.rum.waiting"), Some(Value::Number(10)));
}

#[test]
fn product_analytics_say_why_their_channel_is_missing() {
    let capture = of(
        "Product Analytics Report Summary:\n=====\nData Channel: NOT AVAILABLE\n  Not Available Reason: Smart license channel not established\n\nOther Info\n==========\nOverall Trust: No ID\n",
    );
    assert_eq!(
        text(&capture, "license.analytics.unavailable_reason"),
        "Smart license channel not established"
    );
    assert_eq!(text(&capture, "license.trust.overall"), "No ID");
    let telemetry = of(
        "Device Telemetry Report Summary:\n  Not Available Reason: Smart license channel not established\n",
    );
    assert_eq!(text(&telemetry, "license.analytics.unavailable_reason"), "-");
}

#[test]
fn the_evaluation_period_beside_an_authorization_is_no_status() {
    let capture = of(
        "License Authorization:\n  Status: AUTHORIZED on Nov 9 10:00:00 2017 IST\nEvaluation Period:\n  Evaluation Mode: Not In Use\n  EVALUATION PERIOD EXPIRED on Nov 9 23:46:35 2017 IST\n",
    );
    assert_eq!(text(&capture, "license.authorization.status"), "AUTHORIZED");
    assert!(capture.facts.time("license.authorization.evaluation_expired").is_some());
}

#[test]
fn a_reason_in_an_excerpt_belongs_to_the_attempt_above_it() {
    for (excerpt, key) in [
        (
            "Initial Registration: FAILED on Oct 22 14:25:31 2018 EST\nFailure reason: x\n",
            "license.registration.failure_reason",
        ),
        (
            "Last Communication Attempt: FAILED on Oct 22 14:25:31 2018 EST\nFailure reason: x\n",
            "license.authorization.failure_reason",
        ),
    ] {
        assert_eq!(text(&of(excerpt), key), "x", "{excerpt}");
    }
    assert_eq!(facts(&of("Failure reason: x\n")), "", "whose reason it is cannot be told");
}

#[test]
fn udi_tables_of_old_images() {
    for (table, pid, serial) in [
        (
            "SlotID   PID  SN  UDI\n-----\n*\t EX-1006   FOC0000F001   EX-1006:FOC0000F001\n",
            "EX-1006",
            "FOC0000F001",
        ),
        (
            "Device#  PID  SN  UDI\n*0  EX-2911/K9  FOC0000F002  EX-2911/K9:FOC0000F002\n 1  EX-9  FOC9  EX-9:FOC9\n",
            "EX-2911/K9",
            "FOC0000F002",
        ),
        ("UDI: PID:EX-1,SN:FOC0000F003\n", "EX-1", "FOC0000F003"),
    ] {
        let wanted = format!("device.pid = {pid}\ndevice.serial = {serial}\n");
        assert_eq!(facts(&read("show license udi", table, super::parse)), wanted, "{table}");
    }
}

#[test]
fn reservation_is_that_of_the_active_device() {
    let text = "\
License reservation: ENABLED
Overall status:
  Active: PID:EX-9,SN:FOC1
      Reservation status: SPECIFIC INSTALLED on Oct 29 08:37:37 2018 UTC
      Last Confirmation code: 102fc949
  Standby: PID:EX-9,SN:FOC2
      Reservation status: NOT INSTALLED
      Last return code: CJNK-7
Specified license reservations:
  Example Base (EX-BASE):
    Total reserved count: 2
    Term information:
      Active: PID:EX-9,SN:FOC1
        License type: TERM
          Start Date: 2019-OCT-01 UTC
          End Date: 2020-OCT-01 UTC
          Term Count: 1
      Standby: PID:EX-9,SN:FOC2
        License type: PERPETUAL
";
    let wanted = "\
device.pid = EX-9
device.serial = FOC1
license.reservation.enabled = ENABLED
license.reservation.licenses = [count=2 end=2020-OCT-01 UTC entitlement_tag=EX-BASE name=Example Base type=TERM]
license.reservation.members = [confirmation_code=102fc949 pid=EX-9 role=Active serial=FOC1 status=SPECIFIC INSTALLED] [pid=EX-9 return_code=CJNK-7 role=Standby serial=FOC2 status=NOT INSTALLED]
license.reservation.status = SPECIFIC INSTALLED
";
    assert_eq!(facts(&read("show license reservation", text, super::parse)), wanted);
}

#[test]
fn authorization_codes_and_what_they_allow() {
    let text = "\
Overall status:
  Active: PID:EX-9,SN:FOC1
      Status: SMART AUTHORIZATION INSTALLED on Oct 29 17:45:28 2021 UTC
      Last Confirmation code: 6746c5b5
  Standby: PID:EX-9,SN:FOC2
      Status: NOT INSTALLED

Authorizations:
  Example Export License (EX_HSEC):
    Description: Example Export License
    Total available count: 2
    Enforcement type: EXPORT RESTRICTED
    Term information:
      Active: PID:EX-9,SN:FOC1
        Authorization type: SMART AUTHORIZATION INSTALLED
        License type: PERPETUAL
          Term Count: 1

Purchased Licenses:
  No Purchase Information Available
";
    let wanted = "\
device.pid = EX-9
device.serial = FOC1
license.authorizations = [confirmation_code=6746c5b5 pid=EX-9 role=Active serial=FOC1 status=SMART AUTHORIZATION INSTALLED] [pid=EX-9 role=Standby serial=FOC2 status=NOT INSTALLED]
license.authorized = [authorization=SMART AUTHORIZATION INSTALLED count=2 enforcement=EXPORT RESTRICTED entitlement_tag=EX_HSEC name=Example Export License type=PERPETUAL]
license.era = policy
";
    assert_eq!(facts(&read("show license authorization", text, super::parse)), wanted);
}

#[test]
fn no_licence_in_use_is_an_empty_list() {
    assert_eq!(facts(&of("License Usage\n====\nNo licenses in use\n")), "license.usage = \n");
}
