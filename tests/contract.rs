//! The contract with scripts: exit codes, streams, the JSON document, and that nothing but the input and rules decides.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const FAILING: &str = "samples/scenario-7-crl-blocks-authorization.txt";
const HEALTHY: &str = "samples/healthy-classic.txt";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sldiag(args: &[&str]) -> Output {
    run(args, None)
}

fn run(args: &[&str], stdin: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    command.current_dir(root()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if stdin.is_some() { Stdio::piped() } else { Stdio::null() });
    command.env_remove("CLICOLOR_FORCE").env("LC_ALL", "C.UTF-8");
    let mut child = command.spawn().unwrap();
    if let (Some(bytes), Some(mut pipe)) = (stdin, child.stdin.take()) {
        pipe.write_all(bytes).unwrap();
    }
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stdout(output)))
}

fn temporary(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, bytes): &(&str, &[u8])| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let paths = files.iter().map(write).collect();
    (folder, paths)
}

#[test]
fn confirmed_active_findings_set_the_exit_code() {
    assert_eq!(code(&sldiag(&["analyze", FAILING])), 1);
    assert_eq!(code(&sldiag(&["analyze", HEALTHY])), 0);
    assert_eq!(code(&sldiag(&["analyze", "--fail-on", "never", FAILING])), 0);
}

#[test]
fn a_possible_finding_does_not_set_it() {
    let block = "sw1#show license status\nLicense Authorization:\n  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: PENDING on Aug 02 14:34:51 2018 UTC\n  Failure reason: Waiting for reply\nsw1#\n";
    let output = run(&["analyze", "-f", "json", "-"], Some(block.as_bytes()));
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let document = json(&output);
    let findings = document["devices"][0]["findings"].as_array().unwrap();
    let named: Vec<_> =
        findings.iter().map(|it| (it["rule"].as_str().unwrap(), it["certainty"].as_str().unwrap())).collect();
    assert_eq!(named, [("crl-blocks-authorization", "possible"), ("out-of-compliance", "possible")]);
    let collect: Vec<_> =
        document["devices"][0]["collect_next"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(collect.contains(&"show logging") && collect.contains(&"show running-config"), "{collect:?}");
}

const FAILED: &str = "Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal with the Cisco Smart Software Manager or satellite: Fail to send out Call Home HTTP message.\n";
const RENEWED: &str = "Aug  2 2018 15:02:11.480 UTC: %SMART_LIC-6-AUTH_RENEW_SUCCESS: Authorization renewal with the Cisco Smart Software Manager or satellite. State=authorized\n";

#[test]
fn a_failure_before_a_success_is_recovered() {
    let output = run(&["analyze", "-f", "json", "-"], Some(format!("{FAILED}{RENEWED}").as_bytes()));
    assert_eq!(json(&output)["devices"][0]["findings"][0]["state"], "recovered");
    assert_eq!(code(&output), 0);
}

#[test]
fn a_failure_after_a_success_is_active() {
    let failed = FAILED.replace("14:26", "16:26");
    let output = run(&["analyze", "-f", "json", "-"], Some(format!("{RENEWED}{failed}").as_bytes()));
    assert_eq!(json(&output)["devices"][0]["findings"][0]["state"], "active");
    assert_eq!(code(&output), 1);
}

#[test]
fn a_missing_file_is_named_and_the_others_are_reported() {
    let output = sldiag(&["analyze", "-f", "json", "no-such-file.txt", FAILING]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("no-such-file.txt"), "{}", stderr(&output));
    let document = json(&output);
    assert_eq!(document["problems"][0]["code"], "input::not_found");
    assert_eq!(document["devices"].as_array().unwrap().len(), 1);
    assert_eq!(code(&sldiag(&["analyze", "--strict", "--fail-on", "never", "no-such-file.txt", FAILING])), 2);
    let alone = sldiag(&["analyze", "-f", "json", "no-such-file.txt"]);
    assert_eq!(code(&alone), 2);
    assert_eq!(json(&alone)["devices"], Value::Array(Vec::new()));
}

#[test]
fn what_is_no_licensing_data_is_code_3_with_a_document() {
    let jpeg: Vec<u8> = [0xff, 0xd8, 0xff, 0xe0, 0, 16]
        .into_iter()
        .chain(*b"JFIF")
        .chain((0_u8..=255).cycle().take(4000))
        .collect();
    let (_folder, paths) = temporary(&[
        ("empty.txt", b""),
        ("photo.jpg", &jpeg),
        ("poem.txt", b"The rain in Spain\nstays mainly\n"),
    ]);
    for path in &paths {
        let output = sldiag(&["analyze", "-f", "json", path.to_str().unwrap()]);
        assert_eq!(code(&output), 3, "{}", path.display());
        assert_eq!(json(&output)["schema_version"], 1);
        let text = sldiag(&["analyze", path.to_str().unwrap()]);
        assert!(!text.stdout.is_empty() || !text.stderr.is_empty(), "{}: silent", path.display());
    }
}

#[test]
fn a_bad_rule_file_is_code_2_with_its_place() {
    let (_folder, paths) = temporary(&[("mine.yaml", b"id: mine\ntitel: x\n")]);
    let output = sldiag(&["analyze", "--rules", paths[0].to_str().unwrap(), FAILING]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
    assert!(
        stderr(&output).contains("mine.yaml:2:1") && stderr(&output).contains("title"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn bad_usage_is_code_2() {
    assert_eq!(code(&sldiag(&["analyze", "--no-such-flag"])), 2);
    assert_eq!(code(&sldiag(&["analyze", "--now", "yesterday", FAILING])), 2);
    for threads in ["257", "-1", "two"] {
        assert_eq!(code(&sldiag(&["analyze", &format!("--jobs={threads}"), FAILING])), 2, "{threads}");
    }
    assert_eq!(code(&sldiag(&["explain", "no-such-thing"])), 2);
}

#[test]
fn threads_and_the_order_of_arguments_change_no_byte() {
    let mut files: Vec<String> = std::fs::read_dir(root().join("samples"))
        .unwrap()
        .map(|entry| format!("samples/{}", entry.unwrap().file_name().into_string().unwrap()))
        .collect();
    files.sort();
    let of = |jobs: &str, files: &[String]| {
        let mut args = vec!["analyze", "-f", "json", "-j", jobs];
        args.extend(files.iter().map(String::as_str));
        stdout(&sldiag(&args))
    };
    let one = of("1", &files);
    files.reverse();
    assert_eq!(of("2", &files), one);
    assert_eq!(of("8", &files), one);
}

#[test]
fn the_library_gives_what_the_program_prints() {
    let bytes = std::fs::read(root().join(FAILING)).unwrap();
    let given = [sldiag::diagnose::Given::Bytes(FAILING.to_owned(), bytes)];
    let rules = sldiag::rules::RuleSet::builtin();
    let outcome = sldiag::diagnose::diagnose(&given, &rules, &sldiag::diagnose::Options::default());
    let printed = json(&sldiag(&["analyze", "-f", "json", FAILING]));
    assert_eq!(serde_json::to_value(&outcome.diagnosis).unwrap(), printed);
}

#[test]
fn secrets_and_control_bytes_reach_no_report() {
    let capture = "sw1#license smart register idtoken SECRETTOKEN123 force\nsw1#show license status\nRegistration:\n  Status: UNREGISTERED - REGISTRATION FAILED\n  Initial Registration: FAILED on Oct 22 14:25:31 2018 EST\n    Failure reason: Product Already \u{1b}[31mRegistered\u{7}\n";
    for format in ["text", "json"] {
        let output = run(&["analyze", "--color", "always", "-f", format, "-"], Some(capture.as_bytes()));
        let text = stdout(&output);
        assert!(text.contains("Product Already"), "{text}");
        assert!(
            !text.contains("SECRETTOKEN123") && !text.contains("\u{1b}[31mReg") && !text.contains('\u{7}'),
            "{text}"
        );
    }
}

#[test]
fn classic_advice_never_appears_for_a_policy_device() {
    let text = stdout(&sldiag(&["analyze", "samples/healthy-policy.txt"]));
    assert!(!text.contains("license smart register"), "{text}");
    let policy =
        format!("{}\n{FAILED}", std::fs::read_to_string(root().join("samples/healthy-policy.txt")).unwrap());
    let text = stdout(&run(&["analyze", "-"], Some(policy.as_bytes())));
    assert!(!text.contains("license smart register"), "{text}");
}

#[test]
fn a_device_of_unknown_era_is_judged() {
    let line = "%CALL_HOME-5-SL_MESSAGE_FAILED: Fail to send out Smart Licensing message to: https://tools.cisco.com/its/service/oddce/services/DDCEService (ERR 205 : Request Aborted)\n";
    let document = json(&run(&["analyze", "-f", "json", "-"], Some(line.as_bytes())));
    assert_eq!(document["devices"][0]["findings"][0]["scenario"], 5);
    assert_eq!(document["devices"][0]["findings"][0]["certainty"], "confirmed");
}

/// The finding that leads, as `rule certainty state count`.
fn lead(document: &Value) -> String {
    let finding = |key: &str| document.pointer(&format!("/devices/0/findings/0/{key}"));
    let word = |key: &str| finding(key).and_then(Value::as_str).unwrap_or("-");
    let count = finding("count").and_then(Value::as_u64).unwrap_or_default();
    format!("{} {} {} {count}", word("rule"), word("certainty"), word("state"))
}

/// The states of the steps of the finding that leads.
fn steps(document: &Value) -> Vec<&str> {
    let steps = document.pointer("/devices/0/findings/0/next_steps").and_then(Value::as_array);
    steps.into_iter().flatten().filter_map(|step| step.get("state")?.as_str()).collect()
}

fn judged(capture: &str) -> Value {
    json(&run(&["analyze", "-f", "json", "-"], Some(capture.as_bytes())))
}

#[test]
fn a_message_that_two_outputs_hold_is_one_event() {
    let log = format!("sw1#show logging\nLog Buffer (4096 bytes):\n\n{FAILED}");
    let document = judged(&format!("{log}{log}sw1#\n"));
    assert_eq!(lead(&document), "call-home-http-failed confirmed active 1");
    assert_eq!(document["devices"][0]["findings"][0]["evidence"].as_array().map(Vec::len), Some(2));
    // The agent's message meets two parts of scenario 8.
    let short = "Aug  2 14:34:51.101: %SMART_LIC-3-OUT_OF_COMPLIANCE: One or more entitlements are out of compliance.\n";
    let block = "License Authorization:\n  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: SUCCEEDED on Jul 26 09:24:09 2018 UTC\n";
    assert_eq!(lead(&judged(&format!("{block}\n{short}"))), "out-of-compliance confirmed active 1");
    let again = FAILED.replace("23.101", "24.101");
    assert_eq!(lead(&judged(&format!("{log}{again}sw1#\n"))), "call-home-http-failed confirmed active 2");
}

#[test]
fn a_success_before_the_failure_shows_no_step_as_done() {
    let show = "sw1#show license status\nLicense Authorization:\n  Status: AUTHORIZED on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: SUCCEEDED on Aug 02 13:02:11 2018 UTC\n";
    let document = judged(&format!("{show}sw1#show logging\nLog Buffer (4096 bytes):\n\n{FAILED}sw1#\n"));
    assert_eq!(lead(&document), "call-home-http-failed confirmed active 1");
    assert_eq!(steps(&document).last(), Some(&"unknown"));
    let renewed = show.replace("13:02:11", "15:02:11");
    let document = judged(&format!("{renewed}sw1#show logging\nLog Buffer (4096 bytes):\n\n{FAILED}sw1#\n"));
    assert_eq!(lead(&document), "call-home-http-failed confirmed recovered 1");
    assert_eq!(steps(&document).last(), Some(&"done"));
}

#[test]
fn an_event_of_the_agent_counts_wherever_it_was_printed() {
    let event = "SAEVT_DEREGISTER_STATUS msgStatus=\"LS_INVALID_DATA\" error=\"Missing Id cert serial number field; Missing signing cert serial number field; Signed data and certificate does not match\"";
    for capture in [
        format!("{event}\n"),
        format!("*Aug  2 14:26:23.118: {event}\n"),
        format!("sw1#show logging\nLog Buffer (4096 bytes):\n\n*Aug  2 14:26:23.118: {event}\nsw1#\n"),
        format!("sw1#show license eventlog\n**** Event Log ****\n\n{event}\nsw1#\n"),
        format!(
            "Registration:\n  Status: UNREGISTERED\n\nLicense Authorization:\n  Status: EVAL MODE\n\n{event}\n"
        ),
    ] {
        let output = run(&["analyze", "-f", "json", "-"], Some(capture.as_bytes()));
        assert_eq!(lead(&json(&output)), "onprem-certificate-expired confirmed active 1", "{capture}");
        assert_eq!(code(&output), 1, "{capture}");
    }
}

#[test]
fn a_message_keeps_its_second_line_where_an_output_holds_it() {
    let block = "License Authorization:\n  Status: AUTHORIZED on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: FAILED on Aug 02 14:26:23 2018 UTC\n    Failure reason: Fail to send out Call Home HTTP message.\n";
    let log = "%CALL_HOME-5-SL_MESSAGE_FAILED: Fail to send out Smart Licensing message to:\nhttps://ssm.example.net/Transportgateway/services/DeviceRequestHandler (ERR 205 : Request Aborted)\n";
    let document = judged(&format!("{block}\n{log}"));
    let finding = &document["devices"][0]["findings"][0];
    assert!(
        finding["message"].as_str().unwrap().contains("to https://ssm.example.net/Transportgateway"),
        "{finding}"
    );
    assert_eq!(finding["evidence"][1]["line"], 6);
}

#[test]
fn blank_lines_between_all_lines_change_nothing() {
    let crl = "Aug  2 14:34:51.101: %PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint SLA-TrustPoint failed\n     Reason : Failed to select socket. Timeout : 5 (Connection timed out)\n";
    let status = "License Authorization:\n  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: PENDING on Aug 02 14:34:51 2018 UTC\n  Failure reason: Waiting for reply\n";
    for capture in [format!("{status}\n{crl}"), format!("{status}\n{crl}{crl}"), crl.to_owned()] {
        let message = |text: &str| judged(text)["devices"][0]["findings"][0]["message"].clone();
        assert_eq!(message(&capture), message(&capture.replace('\n', "\n\n")), "{capture}");
        assert!(message(&capture).as_str().unwrap().contains("Failed to select socket"), "{capture}");
    }
}

/// Devices of several files, as `name|serial|files`.
fn grouped(files: &[(&str, &[u8])]) -> Vec<String> {
    let (folder, _) = temporary(files);
    let document = json(&sldiag(&["analyze", "-f", "json", folder.path().to_str().unwrap()]));
    let word = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
    let paths = |it: &Value| it.get("paths").and_then(Value::as_array).map_or(0, Vec::len);
    let devices = document.get("devices").and_then(Value::as_array).into_iter().flatten();
    devices.map(|it| format!("{}|{}|{}", word(it, "hostname"), word(it, "serial"), paths(it))).collect()
}

#[test]
fn the_log_of_a_device_joins_its_outputs() {
    let show: &[u8] = b"sw1#show license udi\nUDI: PID:C9300-48P,SN:FCW2145L0AB\n\nsw1#\n";
    let other: &[u8] = b"sw1#show license udi\nUDI: PID:C9300-48P,SN:FCW2145L0ZZ\n\nsw1#\n";
    let failed = |name: &str| format!("Aug  2 14:34:52 {name} 77: {FAILED}");
    let named = FAILED.replace("message.\n", "message for udi PID:C9300-48P,SN:FCW2145L0AB\n");
    for (files, expected) in [
        (vec![("a", show), ("b", failed("sw1").as_bytes())], vec!["sw1|FCW2145L0AB|2"]),
        (vec![("a", show), ("b", failed("sw1.example.com").as_bytes())], vec!["sw1|FCW2145L0AB|2"]),
        (vec![("a", show), ("b", failed("10.1.1.1").as_bytes())], vec!["10.1.1.1|-|1", "sw1|FCW2145L0AB|1"]),
        (vec![("a", show), ("b", named.as_bytes())], vec!["sw1|FCW2145L0AB|2"]),
        (vec![("b", named.as_bytes())], vec!["-|FCW2145L0AB|1"]),
        (vec![("a", show), ("b", other)], vec!["sw1|FCW2145L0AB|1", "sw1|FCW2145L0ZZ|1"]),
        (
            vec![("a", show), ("b", other), ("c", failed("sw1.example.com").as_bytes())],
            vec!["sw1|FCW2145L0AB|1", "sw1|FCW2145L0ZZ|1", "sw1.example.com|-|1"],
        ),
    ] {
        assert_eq!(grouped(&files), expected);
    }
}

#[test]
fn the_time_of_a_capture_is_a_fact_with_its_line() {
    let capture = "sw1#show clock\n14:22:07.331 UTC Thu Aug 2 2018\nsw1#show license udi\nUDI: PID:C9300-48P,SN:FCW2145L0AB\n\nsw1#\n";
    let now = |args: &[&str]| {
        json(&run(args, Some(capture.as_bytes())))["devices"][0]["facts"]["clock"]["now"].clone()
    };
    let fact = now(&["parse", "-"]);
    assert_eq!(fact["value"]["value"], "2018-08-02T14:22:07.331Z");
    assert_eq!(
        (&fact["source"]["value"], &fact["source"]["line"]),
        (&Value::from("show clock"), &Value::from(2))
    );
}

#[test]
fn a_note_stands_below_the_faults_that_are_possible() {
    let capture = "sw1#show license status\nLicense Authorization:\n  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC\n  Last Communication Attempt: PENDING on Aug 02 14:34:51 2018 UTC\n  Failure reason: Waiting for reply\nsw1#show running-config\nBuilding configuration...\n\nversion 16.9\ncrypto pki trustpoint SLA-TrustPoint\n revocation-check crl\nend\n\nsw1#\n";
    let text = stdout(&run(&["analyze", "-"], Some(capture.as_bytes())));
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(
        at("ERROR #7 crl-blocks-authorization, possible") < at("INFO sla-trustpoint-revocation-crl"),
        "{text}"
    );
}

#[test]
fn a_device_without_a_name_is_this_device() {
    let capture = "Registration:\n  Status: UNREGISTERED\n\nLicense Authorization:\n  Status: EVAL MODE\n";
    let message = judged(capture)["devices"][0]["findings"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("This device is not registered"), "{message}");
}
