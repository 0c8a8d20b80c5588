use std::sync::Arc;

use super::captures;
use crate::base::{Era, Source, Wholeness};
use crate::facts::{Capture, Value};
use crate::parse::Wanted;

fn of(text: &str) -> Vec<Capture> {
    captures(&Arc::new(Source::new("case.zip!a.txt", text.to_owned())), &Wanted::default())
}

/// A capture a line: `prompt/origin: sections; n records, n typed`.
fn drawn(text: &str) -> Vec<String> {
    let name = |name: &Option<String>| name.as_deref().unwrap_or("-").to_owned();
    let seen = |it: &Capture| it.seen.iter().map(|seen| seen.command.clone()).collect::<Vec<_>>().join(", ");
    of(text)
        .iter()
        .map(|it| {
            let (prompt, origin) = (name(&it.prompt), name(&it.origin));
            format!("{prompt}/{origin}: {}; {} records, {} typed", seen(it), it.records.len(), it.typed.len())
        })
        .collect()
}

const FAILED: &str =
    "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager (CSSM) : x";

#[test]
fn sections_go_to_the_device_at_the_prompt() {
    let session = format!(
        "sw1#show clock\n10:00:00.000 UTC Mon Jan 1 2024\nsw2#show version\nsw2 uptime is 1 day\nsw1#show logging\nSyslog logging: enabled\n*Jan  1 10:00:00.000: {FAILED}\nsw1#\n"
    );
    assert_eq!(
        drawn(&session),
        ["sw1/-: show clock, show logging; 1 records, 2 typed", "sw2/-: show version; 0 records, 1 typed"]
    );
}

#[test]
fn what_stands_before_any_prompt_belongs_to_the_only_device() {
    let head = format!("*Jan  1 10:00:00.000: {FAILED}\n");
    assert_eq!(
        drawn(&format!("{head}sw1#show clock\n10:00:00.000 UTC Mon Jan 1 2024\nsw1#\n")),
        ["sw1/-: syslog, show clock; 1 records, 1 typed"]
    );
    assert_eq!(
        drawn(&format!(
            "{head}sw1#show version\nsw1 uptime is 1 day\nsw2#show version\nsw2 uptime is 1 day\n"
        )),
        [
            "-/-: syslog; 1 records, 0 typed",
            "sw1/-: show version; 0 records, 1 typed",
            "sw2/-: show version; 0 records, 1 typed"
        ]
    );
}

/// A licensing output of the device with this serial number.
fn license(serial: &str) -> String {
    format!(
        "Smart Licensing Status\n======\n\nSmart Licensing is ENABLED\n\nProduct Information\n======\nUDI: PID:C9300-24T,SN:{serial}\n\n"
    )
}

#[test]
fn devices_of_one_name_are_told_apart_by_their_serial_numbers() {
    let (a, b) = (license("FCW1"), license("FCW2"));
    // Where the session ended between them, else where an output comes again, else at the serial number.
    for between in ["Switch>exit\nSwitch>show clock\n10:00:00.000 UTC Mon Jan 1 2024\n", ""] {
        let later = if between.is_empty() { "" } else { "show clock, " };
        assert_eq!(
            drawn(&format!("Switch>show license all\n{a}{between}Switch>show license all\n{b}Switch>")),
            [
                format!(
                    "Switch/-: show license all; 0 records, {} typed",
                    1 + usize::from(!later.is_empty())
                ),
                format!(
                    "Switch/-: {later}show license all; 0 records, {} typed",
                    1 + usize::from(!later.is_empty())
                ),
            ]
        );
    }
    let tech = |name: &str, license: &str| {
        format!(
            "----- show clock -----\n10:00:00.000 UTC Mon Jan 1 2024\n----- show version -----\n{name} uptime is 1 day\n----- show license all -----\n{license}----- show hosts -----\nDefault domain is not set\n"
        )
    };
    let one = "-/-: show clock, show version, show license all, show hosts; 0 records, 0 typed";
    assert_eq!(drawn(&format!("{}{}", tech("sw1", &a), tech("rtr2", &b))), [one, one]);
    assert_eq!(drawn(&format!("{}{}", tech("sw1", &a), tech("sw1", &a))).len(), 1);
    assert_eq!(drawn(&format!("{a}{b}")), ["-/-: show license all; 0 records, 0 typed"; 2]);
    // A stack whose active switch changed.
    let stack = |active: &str| {
        format!("{}HA UDI List:\n    Active:PID:A,SN:FCW1\n    Standby:PID:A,SN:FCW2\n", license(active))
    };
    assert_eq!(
        drawn(&format!("sw1#show license all\n{}sw1#show license all\n{}sw1#", stack("FCW1"), stack("FCW2")))
            .len(),
        1
    );
}

#[test]
fn a_dump_is_split_by_the_origins_in_its_headers() {
    let line = |host: &str, second: u32| {
        format!("Jan  1 10:00:{second:02} {host} 77: Jan  1 10:00:{second:02}.000 UTC: {FAILED}\n")
    };
    let dump = format!("{}{}{}", line("192.0.2.1", 1), line("192.0.2.2", 2), line("192.0.2.1", 3));
    assert_eq!(
        drawn(&dump),
        ["-/192.0.2.1: syslog; 2 records, 0 typed", "-/192.0.2.2: syslog; 1 records, 0 typed"]
    );
    let captures = of(&dump);
    let ends = captures.iter().map(|it| (it.seen[0].place.line, it.seen[0].last_line)).collect::<Vec<_>>();
    assert_eq!(ends, [(1, 3), (2, 2)]);
    assert_eq!(drawn(&line("192.0.2.1", 1)), ["-/192.0.2.1: syslog; 1 records, 0 typed"]);
    let loki = |host: &str| {
        format!("2024-01-01T10:00:00Z {{host=\"{host}\", job=\"syslog\"}} *Jan  1 10:00:00.000: {FAILED}\n")
    };
    assert_eq!(
        drawn(&format!("{}{}", loki("sw1"), loki("sw2"))),
        ["-/sw1: syslog; 1 records, 0 typed", "-/sw2: syslog; 1 records, 0 typed"]
    );
}

#[test]
fn a_new_name_is_no_new_device() {
    let session = "Switch(config)#hostname sw1\nsw1(config)#end\nsw1#show version\nsw1 uptime is 1 day\n";
    assert_eq!(drawn(session), ["sw1/-: show version; 0 records, 3 typed"]);
}

#[test]
fn a_spliced_message_is_a_record_and_no_part_of_the_output() {
    let session = format!(
        "sw1#show license status\nRegistration:\n  Status: REGISTERED\n*Jan  1 10:00:00.000: {FAILED}\n  Smart Account: Example\nsw1#\n"
    );
    let captures = of(&session);
    assert_eq!(captures[0].facts.text("license.registration.smart_account"), Some("Example"));
    assert_eq!((captures[0].records.len(), captures[0].unknown_lines), (1, 0));
    let record = &captures[0].records[0];
    assert_eq!((record.place.line, captures[0].seen[record.section].command.as_str()), (4, "syslog"));
}

#[test]
fn an_event_applet_is_configuration_and_no_message() {
    let session = "sw1#show running-config\nversion 17.9\nevent manager applet a\n event syslog pattern \"%SMART_LIC-3-COMM_FAILED: x\"\nend\nsw1#\n";
    let captures = of(session);
    assert_eq!((captures[0].records.len(), captures[0].configs[0].whole), (0, true));
    assert_eq!(captures[0].configs[0].lines[1].children.len(), 1);
}

#[test]
fn the_time_source_line_above_an_output_is_a_weak_reading_of_the_clock() {
    let captures = of(
        "No time source, *17:05:54.449 UTC Mon Jul 29 2024\n\nUtility:\n  Status: DISABLED\nTransport:\n  Type: Smart\n",
    );
    let reading = |key: &str| captures[0].facts.get(key).map(|it| (it.weak, it.place.line));
    assert_eq!(captures.len(), 1);
    assert_eq!(captures[0].facts.text("clock.source"), Some("none"));
    assert_eq!(reading("clock.time"), Some((true, 1)));
    assert_eq!(captures[0].facts.text("license.transport.type"), Some("Smart"));
}

#[test]
fn outputs_go_to_the_parser_of_their_content() {
    for (text, key) in [
        (
            "sw1#show license usage\nFeature                      Ins  Lic   Status Expiry Date Comments\n                                 Count\n----\nMPLS_PKG                      No    -   Unused             -\nsw1#",
            "platform_license.packages",
        ),
        ("sw1#show license usage\nExample (EX):\n  Count: 1\n  Status: AUTHORIZED\nsw1#", "license.usage"),
        ("sw1#show license\nIndex 1 Feature: a\n  License State: Active\nsw1#", "platform_license.features"),
        (
            "fw1# show tech-support license\nSmart Licensing Tech Support info\nRegistration:\n  Status: REGISTERED\nfw1#",
            "license.registration.status",
        ),
    ] {
        assert!(of(text)[0].facts.get(key).is_some(), "{text}");
    }
}

#[test]
fn headings_that_look_like_prompts_stay_in_their_output() {
    let session = "\
Switch#show license right-to-use
Slot#  License name   Type     Count   Period left
----------------------------------------------------------
1      ipservices     permanent   N/A   Lifetime
2      ipservices     permanent   N/A   Lifetime
1      apcount        adder       40    Lifetime

License Level on Reboot: ipservices

Switch#show license right-to-use summary
  License Name    Type     Count   Period left
----------------------------------------------
  ipservices   permanent   N/A   Lifetime
  apcount      adder       40    Lifetime
----------------------------------------------

License Level In Use: ipservices
License Level on Reboot: ipservices
Evaluation AP-Count: Disabled
Total AP Count Licenses: 40

Switch#sh switch
Switch/Stack Mac Address : 0057.d200.1a00 - Local Mac Address
Mac persistency wait time: Indefinite
                                             H/W   Current
Switch#   Role    Mac Address     Priority Version  State
------------------------------------------------------------
*1       Active   0057.d200.1a00     15     V01     Ready
 2       Standby  0057.d200.2b00     14     V01     Ready

Switch#
";
    let captures = of(session);
    let seen: Vec<_> = captures[0].seen.iter().map(|seen| (seen.command.as_str(), seen.era)).collect();
    let wanted = [
        ("show license right-to-use", Era::Rtu),
        ("show license right-to-use", Era::Rtu),
        ("show switch", Era::Unknown),
    ];
    assert_eq!((captures.len(), seen.as_slice()), (1, wanted.as_slice()));
    assert_eq!(captures[0].facts.text("license.era"), Some("rtu"));
    assert_eq!(captures[0].facts.text("platform_license.level_in_use"), Some("ipservices"));
    let lengths = ["platform_license.features", "stack.members"].map(|key| {
        let Some(Value::List(elements)) = captures[0].facts.get(key).map(|it| &it.value) else { return 0 };
        elements.len()
    });
    assert_eq!(lengths, [2, 2]);
}

/// The era of the device and of each section.
fn eras(text: &str) -> (String, Vec<Era>) {
    let captures = of(text);
    let Some(capture) = captures.first() else { return (String::new(), Vec::new()) };
    let era = capture.facts.text("license.era").unwrap_or_default().to_owned();
    (era, capture.seen.iter().map(|seen| seen.era).collect())
}

#[test]
fn eras_by_messages_and_typed_commands() {
    for (text, era) in [
        (
            "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart License Utility (CSLU) : x\n",
            "policy",
        ),
        (
            "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager or satellite : x\n",
            "classic",
        ),
        (
            "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager (CSSM) : Communications init failure\n",
            "",
        ),
        (
            "%SMART_LIC-6-REPORTING_REQUIRED: A Usage report acknowledgement will be required in 89 days.\n",
            "policy",
        ),
        ("%SMART_LIC-5-EVAL_START: Entering evaluation period\n", "classic"),
        ("%SMART_LIC-6-AGENT_READY: Smart Agent for Licensing is initialized\n", ""),
        ("sw1#license smart register idtoken x force\nsw1#\n", "classic"),
        ("sw1#lic smart trust idtoken x all\nsw1#\n", "policy"),
        ("sw1(config)#license smart transport cslu\nsw1(config)#\n", "policy"),
        ("sw1(config)#license smart transport smart\nsw1(config)#\n", ""),
    ] {
        assert_eq!(eras(text).0, era, "{text}");
    }
}

#[test]
fn fields_outweigh_old_messages_and_each_section_keeps_its_era() {
    let text = "sw1#show license status\nTrust Code Installed: <none>\nsw1#show logging\nLog Buffer (4096 bytes):\n*Jan  1 10:00:00.000: %SMART_LIC-5-EVAL_START: Entering evaluation period\nsw1#\n";
    assert_eq!(eras(text), ("policy".to_owned(), vec![Era::Policy, Era::Classic]));
}

#[test]
fn the_last_output_of_a_cut_input_is_cut() {
    let text =
        "sw1#show clock\n10:00:00.000 UTC Mon Jan 1 2024\nsw1#show license all\nTransport:\n  Type: x\n";
    let seen = |source: Source| {
        let captures = captures(&Arc::new(source), &Wanted::default());
        captures.iter().flat_map(|it| &it.seen).map(|it| it.wholeness).collect::<Vec<_>>()
    };
    let source = || Source::new("a.gz", text.to_owned());
    assert_eq!(seen(source()), [Wholeness::Whole, Wholeness::Whole]);
    assert_eq!(seen(source().cut_off()), [Wholeness::Whole, Wholeness::Cut]);
}

#[test]
fn a_device_of_another_maker_is_left_out() {
    let session = "\
leaf1#show license
License feature: IPSec
leaf1#show version
Arista DCS-7280SR-48C6-F
Software image version: 4.24.2F
leaf1#exit
sw1#show license summary
License Usage:
sw1#
";
    let names: Vec<_> = of(session).into_iter().filter_map(|capture| capture.prompt).collect();
    assert_eq!(names, ["sw1"]);
}
