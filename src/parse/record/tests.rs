use super::*;

fn source(text: &str) -> Source {
    Source::new("test", text.to_owned())
}

fn found(text: &str, setting: Setting) -> (Vec<Record>, Vec<String>) {
    let source = source(text);
    let lines: Vec<Line<'_>> = source.lines().map(|(number, text)| Line::new(number, text)).collect();
    let wanted = Wanted::new(["PKI-CRL_FETCH_FAIL", "PKI-CERTIFICATE_INVALID_EXPIRED", "SYS-RESTART"]);
    let found = records(&lines, setting, 7, &source, &wanted);
    let rest = found.rest.iter().map(|line| format!("{}:{}", line.number, line.text)).collect();
    (found.records, rest)
}

/// `stamp text @zone`, origin and text of the only record of a line.
fn spell(line: &str) -> String {
    let (records, _) = found(line, Setting::Log);
    let [record] = records.as_slice() else { return format!("{} records", records.len()) };
    let stamp = record.stamp.as_ref().map_or("-".to_owned(), |stamp| {
        let year = if stamp.year_known { stamp.civil.year().to_string() } else { "?".to_owned() };
        format!("{year} {}", stamp.text)
    });
    format!("{} | {} | {} | {}", record.name(), stamp, record.origin.as_deref().unwrap_or("-"), record.text)
}

/// Each header (header, year and stamp, origin) before each way of writing the name.
fn check(headers: &[(&str, &str, &str)]) {
    for (header, stamp, origin) in headers {
        for name in [
            "%SMART_LIC-3-COMM_FAILED: ",
            "%LICENSE-SMART_LIC-3-COMM_FAILED : ",
            "%LICMGR-3-LOG_SMART_LIC_COMM_FAILED:",
        ] {
            let expected = format!("SMART_LIC-COMM_FAILED | {stamp} | {origin} | No answer");
            assert_eq!(spell(&format!("{header}{name}No answer")), expected, "{header}{name}");
        }
    }
}

#[test]
fn headers_of_buffer_and_console() {
    check(&[
        ("", "-", "-"),
        ("*Mar  1 00:00:00.000: ", "? Mar  1 00:00:00.000", "-"),
        (".Mar 24 20:17:03.508: ", "? Mar 24 20:17:03.508", "-"),
        ("Dec  4 11:01:38.694 EST: ", "? Dec  4 11:01:38.694 EST", "-"),
        ("000051: Dec  2 12:09:25.719: ", "? Dec  2 12:09:25.719", "-"),
        ("022546: .Mar  4 11:45:20.123 CDT: ", "? Mar  4 11:45:20.123 CDT", "-"),
        ("Jan  6 2022 22:11:43.398 UTC: ", "2022 Jan  6 2022 22:11:43.398 UTC", "-"),
        ("2y10w: ", "-", "-"),
        ("1w2d: ", "-", "-"),
        ("00:01:01: ", "-", "-"),
        ("7:04: ", "-", "-"),
        ("Apr 29 01:58:46.411 PM: ", "? Apr 29 01:58:46.411 PM", "-"),
        ("05/24/2023 18:42:22 ", "2023 05/24/2023 18:42:22", "-"),
    ]);
}

#[test]
fn headers_from_a_syslog_server() {
    check(&[
        ("<190>2361044: sw01: Jan  6 2022 22:11:43.398 UTC: ", "2022 Jan  6 2022 22:11:43.398 UTC", "sw01"),
        ("<187>1 2024-02-08T04:00:48Z sw1 - - - [m x=\"1\"] ", "2024 2024-02-08T04:00:48Z", "sw1"),
        (
            "1 2024-02-08T04:00:48Z sw1 cisco 7 - [m x=\"1\"][n y=\"\"] 1234: Feb  8 2024 04:00:47 UTC: ",
            "2024 Feb  8 2024 04:00:47 UTC",
            "sw1",
        ),
        ("2024-02-08T04:00:48,123Z sw1 ", "2024 2024-02-08T04:00:48,123Z", "sw1"),
        ("Feb  8 04:00:48 sw1 1234: R0/0: ", "? Feb  8 04:00:48", "sw1"),
        ("Feb  8 04:00:48 sw1 Switch 2 R0/0: ", "? Feb  8 04:00:48", "sw1"),
        ("Feb  8 04:00:48 sw1 [", "? Feb  8 04:00:48", "sw1"),
        (
            "<190>3132811: sw01: 3132807: Jul 14 2023 08:23:43.398 UTC: ",
            "2023 Jul 14 2023 08:23:43.398 UTC",
            "sw01",
        ),
        (
            "<190>Jul 13 08:23:43 192.168.100.2 sw01: 3132779: Jul 14 2023 08:23:43.398 UTC: ",
            "2023 Jul 14 2023 08:23:43.398 UTC",
            "sw01",
        ),
        (
            "Feb  8 04:00:48 192.168.100.2 585917: Feb  8 04:00:47.272: ",
            "? Feb  8 04:00:47.272",
            "192.168.100.2",
        ),
        ("Sep  1 10:25:29 10.10.10.1 ", "? Sep  1 10:25:29", "10.10.10.1"),
        ("<189>387448: host-01: May 6 16:13:09.123 UTC+07:30: ", "? May 6 16:13:09.123 UTC+07:30", "host-01"),
        (
            "<189>2024-10-11T10:15:31.208321-05:00 TestDevice ",
            "2024 2024-10-11T10:15:31.208321-05:00",
            "TestDevice",
        ),
        (
            "2024-10-11T10:15:31-05:00 192.0.2.7 123: sw01: Oct 11 15:15:30.120 UTC: ",
            "2024 Oct 11 15:15:30.120 UTC",
            "sw01",
        ),
        (
            "2025-01-01T00:00:05Z 192.0.2.7 123: Dec 31 23:59:59.120: ",
            "2024 Dec 31 23:59:59.120",
            "192.0.2.7",
        ),
        (
            "<190>Original Address=192.168.0.1 1 2025-06-23T16:13:32.168Z syslog-host-1 Kiwi_SyslogNet_Server 3356 \
             MSGOUT TEST-HOST-1: *Jun 23 15:52:38.534: ",
            "2025 Jun 23 15:52:38.534",
            "TEST-HOST-1",
        ),
        (
            "<190>Original Address=192.168.0.1 1 2025-06-23T16:13:32.168Z syslog-host-1 Kiwi_SyslogNet_Server 3356 \
             MSGOUT *Jun 23 15:52:38.534: ",
            "2025 Jun 23 15:52:38.534",
            "192.168.0.1",
        ),
        ("<190>1 2025-06-23T16:13:32.168Z sw01 - - - - ", "2025 2025-06-23T16:13:32.168Z", "sw01"),
        (
            "2024-10-11 10:15:31\tLocal7.Error\t192.0.2.1\t99: *Oct 11 10:15:30: ",
            "2024 Oct 11 10:15:30",
            "192.0.2.1",
        ),
        ("<190>: Jul 14 2023 08:23:43.398 UTC: ", "2023 Jul 14 2023 08:23:43.398 UTC", "-"),
        (
            "<190>3132783: 2a02:cf40::: 3132779: Jul 14 2023 08:23:43.398 UTC: ",
            "2023 Jul 14 2023 08:23:43.398 UTC",
            "2a02:cf40::",
        ),
        ("2024-01-02 03:04:05,192.168.1.1,local7,error,", "2024 2024-01-02 03:04:05", "192.168.1.1"),
        ("{\"host\":\"sw1\",\"message\":\"<189>45: Aug  2 14:26:23.118: ", "? Aug  2 14:26:23.118", "sw1"),
        (
            "{\"host\":\"10.1.1.1\",\"message\":\"<189>45: sw1: Aug  2 14:26:23.118: ",
            "? Aug  2 14:26:23.118",
            "sw1",
        ),
        ("\"2024-01-02\",\"sw1\",\"Aug  2 14:26:23.118: ", "? Aug  2 14:26:23.118", "sw1"),
        ("30: foo: 6340004: *Mar  4 11:45:20: ", "? Mar  4 11:45:20", "foo"),
        ("foo: *Apr 29 13:58:46.411: ", "? Apr 29 13:58:46.411", "foo"),
        ("foo: 00:01:01: ", "-", "foo"),
    ]);
}

#[test]
fn headers_of_other_systems() {
    check(&[
        ("RP/0/RP0/CPU0:Aug 20 18:41:28.381 UTC: smartlicserver[266]: ", "? Aug 20 18:41:28.381 UTC", "-"),
        (
            "<190>Oct 7 07:19:44 rtr-mgmt RP/0/RP0/CPU0:Oct 7 07:19:43.630 UTC: smartlicserver[310]: ",
            "? Oct 7 07:19:43.630 UTC",
            "rtr-mgmt",
        ),
        (
            "<149>2647599: vmx01 RP/0/RSP1/CPU0:Mar 28 15:08:30.941 UTC: bgp[1051]: ",
            "? Mar 28 15:08:30.941 UTC",
            "vmx01",
        ),
        ("<190>40: xrv RP/0/RP0/CPU0:Oct  4 22:52:47.441 : cfgmgr[67310]: ", "? Oct  4 22:52:47.441", "xrv"),
        ("<46>: 2024 Aug 27 21:40:50 PDT: ", "2024 2024 Aug 27 21:40:50 PDT", "-"),
        ("<190>sw01.pdx01: 2017 Jul 28 14:42:46 UTC: ", "2017 2017 Jul 28 14:42:46 UTC", "sw01.pdx01"),
        ("2019 May 22 16:20:45 ha01-n7010-01 ", "2019 2019 May 22 16:20:45", "ha01-n7010-01"),
        ("2019 May 22 16:20:45 core ", "2019 2019 May 22 16:20:45", "core"),
        ("2021 Mar 26 21:59:21 switch %$ VDC-1 %$ ", "2021 2021 Mar 26 21:59:21", "switch"),
        ("2021 Jan 29 06:40:54  %$ VDC-1 %$ %USER-2-SYSTEM_MSG: ", "2021 2021 Jan 29 06:40:54", "-"),
        ("Aug 15 2019 13:44:38: %ASA-3-444303: ", "2019 Aug 15 2019 13:44:38", "-"),
        ("Mar 09 2017 10:25:04 MDF-ASA5515X : %ASA-3-444303: ", "2017 Mar 09 2017 10:25:04", "MDF-ASA5515X"),
        ("HQ-ASA5585 : %ASA-3-444303: ", "-", "HQ-ASA5585"),
        ("<132>wlc1: *spamApTask1: May 26 18:52:01.958: ", "? May 26 18:52:01.958", "wlc1"),
    ]);
}

#[test]
fn headers_glued_to_what_was_on_the_line_before() {
    check(&[
        ("Proceed with reload?  [confirm]", "-", "-"),
        ("Proceed with reload? [confirm]*Mar  1 00:00:01.000: ", "? Mar  1 00:00:01.000", "-"),
        ("Switch#*Mar  1 00:00:01.000: ", "? Mar  1 00:00:01.000", "-"),
        ("Switch#\t*Mar  1 00:00:01.000: ", "? Mar  1 00:00:01.000", "-"),
        ("Password: ", "-", "-"),
        ("Password: *Mar  1 00:00:01.000: ", "? Mar  1 00:00:01.000", "-"),
        (
            "  Enter root-system username: RP/0/RP0/CPU0:Aug 20 18:41:28.381 UTC: smartlicserver[266]: ",
            "? Aug 20 18:41:28.381 UTC",
            "-",
        ),
        ("an example of it: ", "-", "-"),
    ]);
}

#[test]
fn messages_without_percent_sign() {
    assert_eq!(
        spell(
            "RP/0/RP0/CPU0:Sep 25 23:25:34.886 UTC: smartlicserver[186]: SMART_LIC-6-AGENT_READY:Agent ready"
        ),
        "SMART_LIC-AGENT_READY | ? Sep 25 23:25:34.886 UTC | - | Agent ready"
    );
}

#[test]
fn no_record_for_mentions_repetitions_and_others() {
    for line in [
        "*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface down",
        "<190>Feb  8 04:00:48 192.0.2.1 last message repeated 66 times",
        " event syslog pattern %SMART_LIC-3-COMM_FAILED",
        "*Mar  1 00:00:00.000: %SMART_LIC-W-COMM_FAILED: x",
        "7:04: -3-COMM_FAILED: x",
    ] {
        assert_eq!(spell(line), "0 records", "{line}");
    }
}

#[test]
fn what_a_relay_leaves_out_is_counted() {
    let message = "%SMART_LIC-3-COMM_FAILED: No answer";
    let log = format!(
        "Feb  8 04:00:40 sw1 45: *Feb  8 04:00:39: {message}\n\
         Feb  8 04:00:48 sw1 last message repeated 66 times\n\
         Feb  8 04:00:50 sw1 last message repeated 3 times\n\
         Feb  8 04:00:58 sw1 message repeated 5 times: [ 46: *Feb  8 04:00:57: {message}]\n\
         Feb  8 04:00:58 sw1 47: *Feb  8 04:00:57: %LINK-3-UPDOWN: Interface down\n\
         Feb  8 04:00:59 sw1 last message repeated 7 times\n\
         Feb  8 04:01:00 sw2 45: *Feb  8 04:00:59: {message}\n\
         Feb  8 04:01:01 sw9 last message repeated 33 times\n\
         Feb  8 04:00:40 sw1 45: *Feb  8 04:00:39: {message}\n"
    );
    let (records, _) = found(&log, Setting::Log);
    let told: Vec<_> = records.iter().map(|it| (&*it.text, it.origin.as_deref(), it.repeats)).collect();
    assert_eq!(
        told,
        [
            ("No answer", Some("sw1"), 69),
            ("No answer", Some("sw1"), 4),
            ("No answer", Some("sw2"), 0),
            ("No answer", Some("sw1"), 0)
        ]
    );
}

#[test]
fn json_with_one_field_a_line_names_the_device_beside_the_message() {
    let hit = |host: &str| {
        format!(
            "    {{\n      \"_index\": \"syslog\",\n      \"_source\": {{\n        \"event\": {{\n          \"original\": \
             \"%SMART_LIC-3-COMM_FAILED: No answer\"\n        }},\n        \"host\": {{ \"name\": \"{host}\" }}\n      }}\n    }}"
        )
    };
    let text = format!("{{\n  \"hits\": [\n{},\n{}\n  ]\n}}\n", hit("sw1"), hit("sw2"));
    let (records, _) = found(&text, Setting::Log);
    let told: Vec<_> = records.iter().map(|it| (it.place.line, it.origin.as_deref())).collect();
    assert_eq!(told, [(7, Some("sw1")), (16, Some("sw2"))], "{text}");
    let lost = "\"message\": \"%SMART_LIC-3-COMM_FAILED: No answer\",\n}\n{\n\"host\": \"sw1\"\n}\n";
    assert_eq!(found(lost, Setting::Log).0.first().and_then(|it| it.origin.clone()), None);
}

const CRL: &str = "Mar  1 10:00:00: %PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint SLA-TrustPoint failed";

#[test]
fn continuation_lines_are_joined_and_end_at_the_next_message() {
    let log = format!(
        "{CRL}\n      Reason : Enrollment URL not configured.\n\
         Mar  1 10:00:01: %PKI-3-CERTIFICATE_INVALID_EXPIRED: Certificate chain validation has failed.\n\
         The certificate (SN: 01) has expired.\n\
         Validity period ended on 2021-01-01T00:00:00Z\n\
         Mar  1 10:00:02: %LINK-3-UPDOWN: Interface down\n\
         of nothing\n\
         Mar  1 10:00:03: %SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco\n\
         Smart Software Manager (CSSM) : Unable to resolve server hostname/domain name\n\
         \n\
         Mar  1 10:00:04: %SMART_LIC-6-AGENT_READY: Ready\n\
         Building configuration\n\
         Mar  1 10:00:05: %SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart License Utility (CSLU) : \
         Unable to resolve server hostname/domain name\n\
         Press RETURN to get started\n"
    );
    let (records, rest) = found(&log, Setting::Log);
    let spelled: Vec<_> = records.iter().map(|it| format!("{} {}", it.place.line, it.text)).collect();
    assert_eq!(
        spelled,
        [
            "1 CRL fetch for trustpoint SLA-TrustPoint failed Reason : Enrollment URL not configured.",
            "3 Certificate chain validation has failed. The certificate (SN: 01) has expired. Validity period ended on \
             2021-01-01T00:00:00Z",
            "8 Communications failure with the Cisco Smart Software Manager (CSSM) : Unable to resolve server \
             hostname/domain name",
            "11 Ready",
            "13 Communications failure with the Cisco Smart License Utility (CSLU) : Unable to resolve server \
             hostname/domain name",
        ]
    );
    assert_eq!(rest, Vec::<String>::new());
    assert!(records.iter().all(|it| it.section == 7));
}

#[test]
fn spliced_messages_are_taken_out_of_an_output() {
    let output = format!(
        "Registration:\n\
         *Mar  1 10:00:00: %LINK-3-UPDOWN: Interface down\n\
         {CRL}\n      Reason : Enrollment URL not configured.\n\
         Jun  5 05:11:04.626 EST: Rollback:Acquired Configuration lock.\n  \
           Status: REGISTERED*Mar  1 10:00:00: %SMART_LIC-5-COMM_RESTORED: Restored\n    \
             Failure reason: none"
    );
    let (records, rest) = found(&output, Setting::Output);
    assert_eq!(rest, ["1:Registration:", "6:  Status: REGISTERED", "7:    Failure reason: none"]);
    let names: Vec<_> = records.iter().map(|it| (it.name(), it.place.line)).collect();
    assert_eq!(names, [("PKI-CRL_FETCH_FAIL".to_owned(), 3), ("SMART_LIC-COMM_RESTORED".to_owned(), 6)]);
    assert!(records.first().is_some_and(|it| it.text.ends_with("Reason : Enrollment URL not configured.")));
}

#[test]
fn what_a_user_types_after_a_glued_message_is_none_of_it() {
    let log = "  Enter root-system username: RP/0/RP0/CPU0:Aug 20 18:41:28.381 UTC: smartlicserver[266]: \
               %LICENSE-SMART_LIC-3-COMM_FAILED : Communications init failure\n   ro\n";
    let (records, _) = found(log, Setting::Log);
    assert_eq!(records.first().map(|it| &*it.text), Some("Communications init failure"));
}

#[test]
fn the_newest_time_is_that_of_any_message_with_a_set_clock() {
    let text = "*Mar  1 2030 00:00:00: %SYS-5-RESTART: x\n\
                Jan  6 2022 22:11:43.398 UTC: %LINK-3-UPDOWN: x\n\
                Jan  6 2022 22:11:44.398 UTC: %LINK-3-UPDOWN: x\n\
                Jan  6 22:11:59: %LINK-3-UPDOWN: x\n\
                no message\n";
    let source = source(text);
    let lines: Vec<Line<'_>> = source.lines().map(|(number, text)| Line::new(number, text)).collect();
    let found = records(&lines, Setting::Log, 0, &source, &Wanted::default());
    let newest = found.newest.map(|(stamp, line)| (stamp.text, line));
    assert_eq!(newest, Some(("Jan  6 2022 22:11:44.398 UTC".to_owned(), 3)));
    assert!(found.records.is_empty());
}

proptest::proptest! {
    #[test]
    fn nothing_panics(text in "(\\PC{0,20}(%|<190>|: |Mar  1 00:00:00|SMART_LIC-3-|\n){0,3}){0,6}") {
        let _ = found(&text, Setting::Log);
        let _ = found(&text, Setting::Output);
    }

    #[test]
    fn nothing_panics_around_a_message(before in "\\PC{0,80}", after in "\\PC{0,80}") {
        let (_, rest) = found(&format!("{before}%SMART_LIC-3-COMM_FAILED: {after}"), Setting::Output);
        proptest::prop_assert!(rest.len() <= 1);
    }
}

#[test]
fn a_line_that_comes_again_is_read_as_the_first_time() {
    let text = "Jan 11 2022 00:00:01 UTC: %PKI-3-CRL_FETCH_FAIL: CRL fetch failed\n     Reason : none\n\
                prompt %SMART_LIC-3-COMM_FAILED: no answer\nJan 11 2022 00:00:02: %SYS-5-CONFIG_I: x\n\
                <189>12: sw1: Jan 11 2022 00:00:03: %SMART_LIC-3-COMM_FAILED: no answer\n\
                Jan 11 2022 00:00:01 UTC: %PKI-3-CRL_FETCH_FAIL: CRL fetch failed\n";
    let (once, _) = found(text, Setting::Log);
    let (twice, _) = found(&text.repeat(2), Setting::Log);
    assert_eq!((once.len(), twice.len()), (4, 8));
    let (first, again) = twice.split_at(4);
    let said = |records: &[Record]| -> Vec<_> {
        let of = |it: &Record| (it.name(), it.text.clone(), it.stamp.clone(), it.origin.clone(), it.severity);
        records.iter().map(of).collect()
    };
    assert_eq!((said(first), said(again)), (said(&once), said(&once)));
    let lines = |records: &[Record]| records.iter().map(|it| it.place.line).collect::<Vec<_>>();
    assert_eq!((lines(first), lines(again)), (vec![1, 3, 5, 6], vec![7, 9, 11, 12]));
    assert_eq!(&*again[0].text, "CRL fetch failed Reason : none");
    assert_eq!(&*again[3].text, "CRL fetch failed");
}
