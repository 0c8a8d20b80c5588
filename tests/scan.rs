//! `sldiag scan`: its texts in full, machine formats, filters, interrupts, and what goes to which stream.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const FAILED: &str = "%SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal with the Cisco Smart Software Manager or satellite: Fail to send out Call Home HTTP message.";
const RENEWED: &str = "%SMART_LIC-6-AUTH_RENEW_SUCCESS: Authorization renewal with the Cisco Smart Software Manager or satellite. State=authorized";
const SHORT: &str = "%SMART_LIC-3-OUT_OF_COMPLIANCE: One or more entitlements are out of compliance.";

fn log(name: &str, messages: &[(&str, &str)]) -> String {
    let lines: Vec<String> = messages.iter().map(|(stamp, message)| format!("{stamp}: {message}")).collect();
    format!("{name}#show logging\nLog Buffer (4096 bytes):\n\n{}\n{name}#\n", lines.join("\n"))
}

/// Two files of one device, one that recovered, a healthy one in an archive, an empty file.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("site1")).unwrap();
    write("site1/a.log", &log("sw1", &[("Aug  2 2018 14:26:23.101 UTC", FAILED)]));
    write("site1/b.log", &log("sw1", &[("Aug  4 2018 09:00:00.000 UTC", FAILED)]));
    let recovered = [("Aug  2 2018 14:26:23.101 UTC", FAILED), ("Aug  2 2018 15:02:11.480 UTC", RENEWED)];
    write("site2.log", &log("sw2", &recovered));
    write("site3.log", &log("sw3", &[("Sep  9 2018 01:02:03.000 EST", SHORT)]));
    write("empty.txt", "");
    let healthy = fs::read_to_string(root().join("samples/healthy-classic.txt")).unwrap();
    tar(&folder.path().join("case.tar"), &[("dir/ok.txt", &healthy), ("dir/notes.md", "Nothing here.\n")]);
    folder
}

fn tar(path: &Path, members: &[(&str, &str)]) {
    let mut builder = tar::Builder::new(fs::File::create(path).unwrap());
    for (name, text) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    builder.finish().unwrap();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    command.current_dir(folder).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("CLICOLOR_FORCE").env_remove("COLUMNS").env("LC_ALL", "C.UTF-8");
    command
}

fn scan(folder: &Path, args: &[&str]) -> Output {
    command(folder, &[&["scan"], args].concat()).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The devices of a JSON document, as `name rule state, rule state`.
fn found(output: &Output) -> Vec<String> {
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let devices = document.get("devices").and_then(Value::as_array).unwrap();
    devices.iter().map(device).collect()
}

fn device(device: &Value) -> String {
    let findings = device["findings"].as_array().unwrap();
    let words = |it: &Value| format!("{} {}", it["rule"].as_str().unwrap(), it["state"].as_str().unwrap());
    let findings: Vec<String> = findings.iter().map(words).collect();
    format!("{}: {}", device["hostname"].as_str().unwrap_or("-"), findings.join(", "))
}

const SW1: &str = "sw1: call-home-http-failed active";
const SW2: &str = "sw2: call-home-http-failed recovered";
const SW3: &str = "sw3: out-of-compliance active";
const OK: &str = "ams-agg-3: ";

#[test]
fn two_devices_of_one_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let status = |serial: &str, status: &str| {
        format!(
            "Switch>show license all\nSmart Licensing Status\n======\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n\n\
             License Authorization:\n  Status: {status}\n  Last Communication Attempt: SUCCEEDED\n\nProduct Information\n======\n\
             UDI: PID:C9300-24T,SN:{serial}\n\nSwitch>exit\n"
        )
    };
    let both = status("FCW0000AAAA", "OUT OF COMPLIANCE") + &status("FCW0000BBBB", "AUTHORIZED");
    std::fs::write(folder.path().join("putty.log"), both).unwrap();
    let output = scan(folder.path(), &["putty.log"]);
    let shown = text(&output.stdout);
    let rows: Vec<&str> = shown.lines().skip(1).take(2).collect();
    assert_eq!(code(&output), 1);
    assert!(rows[0].starts_with("Switch FCW0000AAAA  classic  error  #8 out-of-compliance"), "{shown}");
    assert!(rows[1].starts_with("Switch FCW0000BBBB  classic  ok     nothing found"), "{shown}");
}

#[test]
fn the_newest_message_of_a_rotated_log_decides() {
    let days = |days: std::ops::Range<u32>, message: &str| -> String {
        let line = |day| format!("Nov {day:2} 10:00:00 sw1 1: Nov {day:2} 10:00:00.100: {message}\n");
        days.map(line).collect::<Vec<_>>().concat()
    };
    let newer = days(10..20, FAILED) + &days(20..21, RENEWED) + &days(21..22, FAILED);
    let older = days(1..9, FAILED);
    for files in [&[("syslog", &newer), ("syslog.1", &older)][..], &[("all", &(newer.clone() + &older))]] {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let output = scan(folder.path(), &["-f", "json", "."]);
        assert_eq!(found(&output), [SW1]);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let finding = &document["devices"][0]["findings"][0];
        assert_eq!(
            (&finding["count"], &finding["first_seen"], &finding["last_seen"]),
            (&19.into(), &"Nov  1 10:00:00.100".into(), &"Nov 21 10:00:00.100".into())
        );
    }
}

#[test]
fn the_text_is_a_line_a_device_then_the_fleet() {
    let folder = archive();
    let output = scan(folder.path(), &["."]);
    assert_eq!(code(&output), 1);
    snapbox::assert_data_eq!(text(&output.stdout), snapbox::file!["scan/fleet.txt"].raw());
    assert_eq!(text(&output.stderr), "sldiag: ./empty.txt: is empty\n".replace("is empty", &empty(&output)));
}

/// What the report says of the empty file.
fn empty(output: &Output) -> String {
    let stderr = text(&output.stderr);
    stderr.trim_end().strip_prefix("sldiag: ./empty.txt: ").unwrap_or_else(|| panic!("{stderr}")).to_owned()
}

#[test]
fn ndjson_is_a_typed_line_for_each_thing_of_each_input() {
    let folder = archive();
    let output = scan(folder.path(), &["-f", "ndjson", "."]);
    assert_eq!(code(&output), 1);
    let line = |line: &str| -> Value { serde_json::from_str(line).unwrap() };
    let lines: Vec<Value> = text(&output.stdout).lines().map(line).collect();
    assert!(lines.iter().all(|it| it["schema_version"] == 1));
    let words = |it: &Value| match it["type"].as_str().unwrap() {
        "device" => format!("device {}", device(it)),
        kind => format!("{kind} {}", it["path"].as_str().unwrap_or("-")),
    };
    let expected = [
        "tool -",
        "input ./case.tar!dir/ok.txt",
        &format!("device {OK}"),
        "input ./case.tar!dir/notes.md",
        "input ./empty.txt",
        "problem ./empty.txt",
        "input ./site1/a.log",
        &format!("device {SW1}"),
        "input ./site1/b.log",
        &format!("device {SW1}"),
        "input ./site2.log",
        &format!("device {SW2}"),
        "input ./site3.log",
        &format!("device {SW3}"),
        "summary -",
    ];
    assert_eq!(lines.iter().map(words).collect::<Vec<_>>(), expected);
    let summary = lines.last().unwrap();
    assert_eq!(
        (&summary["inputs"], &summary["devices"], &summary["problems"]),
        (&7.into(), &5.into(), &1.into())
    );
    assert_eq!(summary["by_scenario"], serde_json::json!({"5": 2, "8": 1}));
}

#[test]
fn a_line_is_the_object_of_the_json_document() {
    let folder = archive();
    let args = |format| ["-f", format, "site3.log"];
    let document: Value = serde_json::from_slice(&scan(folder.path(), &args("json")).stdout).unwrap();
    let lines = text(&scan(folder.path(), &args("ndjson")).stdout);
    let line = |kind: &str| {
        let all = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut it = all.into_iter().find(|it| it["type"] == kind).unwrap();
        let fields = it.as_object_mut().unwrap();
        assert_eq!(
            (fields.remove("type"), fields.remove("schema_version")),
            (Some(kind.into()), Some(1.into()))
        );
        it
    };
    assert_eq!(line("tool"), document["tool"]);
    assert_eq!(line("input"), document["inputs"][0]);
    assert_eq!(line("device"), document["devices"][0]);
}

/// Its devices leave a few at a time, in the order in which the document has them.
#[test]
fn the_lines_of_a_dump_of_many_devices_are_those_of_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let name = |at: usize| if at.is_multiple_of(3) { format!("SW{at}") } else { format!("sw{at}") };
    let message = "%SMART_LIC-3-OUT_OF_COMPLIANCE: One or more entitlements are out of compliance";
    let line = |at: usize| format!("2022-01-11T09:00:00Z {} {at}: {message}\n", name(at * 37 % 199));
    fs::write(folder.path().join("dump.log"), (0..400).map(line).collect::<String>()).unwrap();
    let document: Value =
        serde_json::from_slice(&scan(folder.path(), &["-f", "json", "dump.log"]).stdout).unwrap();
    for jobs in ["1", "3"] {
        let lines = text(&scan(folder.path(), &["-f", "ndjson", "-j", jobs, "dump.log"]).stdout);
        let all = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut devices: Vec<Value> = all.filter(|it| it["type"] == "device").collect();
        for device in &mut devices {
            device.as_object_mut().unwrap().retain(|key, _| key != "type" && key != "schema_version");
        }
        assert_eq!((devices.len(), lines.lines().count()), (199, 202));
        assert!(Value::from(devices) == document["devices"], "on {jobs} threads");
    }
}

#[test]
fn machine_formats_are_whole_where_nothing_was_read() {
    let folder = archive();
    for (path, expected, problems) in [("none.txt", 2, 1), ("empty.txt", 3, 1)] {
        let output = scan(folder.path(), &["-f", "ndjson", path]);
        let last = text(&output.stdout).lines().last().unwrap().to_owned();
        let last: Value = serde_json::from_str(&last).unwrap();
        assert_eq!((code(&output), &last["type"]), (expected, &"summary".into()), "{path}");
        assert_eq!(last["problems"], problems, "{path}");
        let table = scan(folder.path(), &["-f", "csv", path]);
        assert_eq!((code(&table), text(&table.stdout).lines().count()), (expected, 1), "{path}");
    }
}

#[test]
fn csv_is_a_row_a_finding() {
    let folder = archive();
    let output = scan(folder.path(), &["-f", "csv", "."]);
    assert_eq!(code(&output), 1);
    let stdout = text(&output.stdout);
    let starts: Vec<String> =
        stdout.split("\r\n").map(|row| row.split(',').take(14).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        starts,
        [
            "hostname,serial,pid,os,version,era,rule,scenario,severity,certainty,state,count,first_seen,last_seen",
            "sw1,,,,,classic,call-home-http-failed,5,error,confirmed,active,2,2018-08-02T14:26:23.101Z,2018-08-04T09:00:00Z",
            "sw2,,,,,classic,call-home-http-failed,5,error,confirmed,recovered,1,2018-08-02T14:26:23.101Z,2018-08-02T14:26:23.101Z",
            "sw3,,,,,classic,out-of-compliance,8,error,confirmed,active,1,Sep  9 2018 01:02:03.000 EST,Sep  9 2018 01:02:03.000 EST",
            "",
        ]
    );
}

#[test]
fn what_a_device_calls_itself_runs_in_no_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("=cmd.log"), format!("{SHORT}\n")).unwrap();
    let stdout = text(&scan(folder.path(), &["-f", "csv", "=cmd.log"]).stdout);
    assert!(stdout.contains(",'=cmd.log,1,"), "{stdout}");
}

#[test]
fn names_of_inputs_are_filtered_members_too() {
    let folder = archive();
    let found = |args: &[&str]| found(&scan(folder.path(), &[&["-f", "json", "."], args].concat()));
    assert_eq!(found(&[]), [OK, SW1, SW2, SW3]);
    assert_eq!(found(&["--include", "*.log"]), [SW1, SW2, SW3]);
    assert_eq!(found(&["--include", "dir/*.txt"]), [OK]);
    assert_eq!(found(&["--include", "case.tar"]), [OK]);
    assert_eq!(found(&["--include", "site1", "--include", "site2.log"]), [SW1, SW2]);
    assert_eq!(found(&["--exclude", "site1"]), [OK, SW2, SW3]);
    assert_eq!(found(&["--exclude", "*.tar", "--exclude", "site?.log"]), [SW1]);
    assert_eq!(found(&["--exclude", "ok.txt"]), [SW1, SW2, SW3]);
    let output = scan(folder.path(), &["-f", "json", ".", "--include", "*.log"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["inputs"].as_array().unwrap().len(), 4, "what is passed over is no input");
    assert_eq!(document["problems"].as_array().unwrap().len(), 0);
}

#[test]
fn nothing_left_to_read_is_explained() {
    let folder = archive();
    let output = scan(folder.path(), &["site2.log", "--include", "*.txt"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        text(&output.stderr),
        "sldiag: nothing is left to read: 1 input or folder was passed over because of --include\n"
    );
    let output = scan(folder.path(), &[".", "--include", "[a"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        text(&output.stderr),
        "sldiag: error: `[a` is no pattern: unclosed character class; missing ']'\n  \
         write a name with *, ?, [abc] or {a,b} in it, in quotes: '*.log'\n"
    );
}

#[test]
fn devices_scenarios_and_times_are_filtered_and_the_exit_code_follows() {
    let folder = archive();
    let run = |args: &[&str]| {
        let output = scan(folder.path(), &[&["-f", "json", "."], args].concat());
        (code(&output), found(&output))
    };
    let all = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(run(&["--device", "SW[12]"]), (1, all(&[SW1, SW2])));
    assert_eq!(run(&["--device", "sw2"]), (0, all(&[SW2])));
    assert_eq!(run(&["--scenario", "8"]), (1, all(&[OK, "sw1: ", "sw2: ", SW3])));
    assert_eq!(run(&["--scenario", "3"]), (0, all(&[OK, "sw1: ", "sw2: ", "sw3: "])));
    // Failures of sw1 reach to August 4; the device's own clock counts where no zone is given.
    assert_eq!(run(&["--since", "2018-08-03"]), (1, all(&[OK, SW1, "sw2: ", SW3])));
    assert_eq!(run(&["--since", "2018-08-04T09:00:01Z"]), (1, all(&[OK, "sw1: ", "sw2: ", SW3])));
    assert_eq!(run(&["--until", "2018-08-02"]), (1, all(&[OK, SW1, SW2, "sw3: "])));
    assert_eq!(run(&["--since", "2018-09-09T01:02:04"]), (0, all(&[OK, "sw1: ", "sw2: ", "sw3: "])));
    // Where EST is, nobody knows: it may be later.
    assert_eq!(run(&["--since", "2018-09-09T01:02:04Z"]), (1, all(&[OK, "sw1: ", "sw2: ", SW3])));
    assert_eq!(code(&scan(folder.path(), &[".", "--since", "yesterday"])), 2);
    let output = scan(folder.path(), &[".", "--since", "2018-08-04", "--until", "2018-08-02"]);
    assert_eq!(code(&output), 2);
    let told = "sldiag: error: --since is later than --until\n  exchange the two times\n";
    assert_eq!(text(&output.stderr), told);
}

#[test]
fn severities_are_filtered_and_the_exit_code_does_not_follow() {
    let folder = tempfile::tempdir().unwrap();
    let block = "sw9#show license status\nRegistration:\n  Status: UNREGISTERED\n\nLicense Authorization:\n  Status: EVAL MODE\nsw9#\n";
    fs::write(folder.path().join("a.log"), block).unwrap();
    let args = ["-f", "json", "--fail-on", "info", "a.log"];
    assert_ne!(found(&scan(folder.path(), &args)), ["sw9: "]);
    for format in ["json", "ndjson"] {
        let output =
            scan(folder.path(), &["-f", format, "--fail-on", "info", "--min-severity", "error", "a.log"]);
        assert_eq!(code(&output), 1, "{format}");
        assert!(
            text(&output.stdout).contains("\"findings\":") && !text(&output.stdout).contains("\"rule\":")
        );
    }
}

#[test]
fn what_a_filter_leaves_out_is_not_called_healthy() {
    let folder = archive();
    let scanned = text(&scan(folder.path(), &["--scenario", "8", "site1"]).stdout);
    assert_eq!(
        scanned,
        "DEVICE  ERA      STATE      CAUSE\nsw1     classic  not shown  1 finding left out\n\n\
         2 inputs, 450 bytes; 1 device: 1 not shown; 0 problems\n"
    );
    let report = command(folder.path(), &["analyze", "--scenario", "8", "site1"]).output().unwrap();
    assert!(
        text(&report.stdout).contains("\nNothing found of what was asked for: 1 finding was left out.\n"),
        "{}",
        text(&report.stdout)
    );
    let scanned = text(&scan(folder.path(), &["--device", "sw7", "site1"]).stdout);
    assert!(scanned.starts_with("No device of this name: 1 device was left out by --device.\n"), "{scanned}");
}

#[test]
fn threads_change_no_byte() {
    let folder = archive();
    for format in ["text", "json", "ndjson", "csv"] {
        let of = |jobs| text(&scan(folder.path(), &["-f", format, "-j", jobs, "."]).stdout);
        let one = of("1");
        assert!(!one.is_empty());
        assert_eq!(of("2"), one, "{format}");
        assert_eq!(of("7"), one, "{format}");
    }
}

#[test]
fn a_result_in_a_file_is_that_of_standard_output() {
    let folder = archive();
    for format in ["ndjson", "csv"] {
        let printed = scan(folder.path(), &["-f", format, "site1"]);
        let output = scan(folder.path(), &["-f", format, "site1", "-o", "out.txt"]);
        assert_eq!((code(&output), output.stdout.len()), (1, 0));
        assert_eq!(fs::read(folder.path().join("out.txt")).unwrap(), printed.stdout);
    }
    let output = scan(folder.path(), &["-f", "ndjson", "site1", "-o", "no/such/file"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).starts_with("sldiag: error: cannot write no/such/file: "));
}

#[test]
fn a_report_is_no_capture_and_a_capture_is_never_written_over() {
    let folder = archive();
    let found_by = |args: &[&str]| found(&scan(folder.path(), &[&["-f", "json", "."], args].concat()));
    let before = found_by(&[]);
    for format in ["json", "ndjson", "csv"] {
        let name = format!("report.{format}");
        for _ in 0..2 {
            let output = scan(folder.path(), &["-f", format, "-o", &name, "."]);
            assert_eq!(code(&output), 1, "{}", text(&output.stderr));
        }
    }
    assert_eq!(code(&command(folder.path(), &["parse", "-o", "facts.json", "."]).output().unwrap()), 0);
    let output = scan(folder.path(), &["-f", "json", "."]);
    assert_eq!(found(&output), before);
    let said = text(&output.stderr);
    assert_eq!(said.matches("this is a report of sldiag, not a capture").count(), 4, "{said}");
    for (input, result) in [("site2.log", "site2.log"), (".", "site1/a.log"), (".", "./site1/../site2.log")] {
        let kept = fs::read(folder.path().join(result)).unwrap();
        let output = scan(folder.path(), &[input, "-o", result]);
        let said = text(&output.stderr);
        assert!(said.contains("is one of the inputs and would be written over"), "{said}");
        assert_eq!((code(&output), fs::read(folder.path().join(result)).unwrap()), (2, kept));
    }
}

#[test]
fn stats_name_stages_and_a_pipe_has_no_bar() {
    let folder = archive();
    for (format, stages) in [("json", "judge"), ("ndjson", "read, parse, judge and report")] {
        let stderr = text(&scan(folder.path(), &["-f", format, "--stats", "site1"]).stderr);
        let lines: Vec<&str> = stderr.lines().collect();
        assert_eq!(lines.len(), 4, "{stderr}");
        assert_eq!(lines[0], "sldiag: 2 inputs, 450 bytes, 10 lines, 10 of them parsed, 2 log records");
        assert!(lines[1].ends_with(" findings") && lines[2].contains(stages) && lines[2].ends_with(" GiB/s"));
        assert!(lines[3].contains("parsing ") && lines[3].contains("judging "), "{stderr}");
        assert!(!stderr.contains('\r') && !stderr.contains('\u{1b}'), "{stderr}");
    }
}

#[test]
fn strict_counts_problems_of_every_format() {
    let folder = archive();
    for format in ["text", "json", "ndjson", "csv"] {
        let of = |args: &[&str]| {
            code(&scan(folder.path(), &[&["-f", format, "--fail-on", "never", "."], args].concat()))
        };
        assert_eq!((of(&[]), of(&["--strict"])), (0, 2), "{format}");
        assert_eq!(of(&["--strict", "--exclude", "empty.txt"]), 0, "{format}");
    }
}

/// Many files, so that a run lasts.
#[cfg(unix)]
fn many() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let capture = fs::read_to_string(root().join("samples/scenario-7-crl-blocks-authorization.txt")).unwrap();
    for number in 0..3000 {
        fs::write(folder.path().join(format!("{number:04}.txt")), &capture).unwrap();
    }
    folder
}

#[cfg(unix)]
fn interrupt(child: &std::process::Child, signal: &str) {
    let done = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(done.is_ok_and(|it| it.success()), "kill is needed");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_what_is_done() {
    let folder = many();
    for signal in ["-INT", "-TERM"] {
        let mut child = command(folder.path(), &["scan", "-f", "ndjson", "."]).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut read = String::new();
        // The first device is out long before the last is read.
        while !read.contains("\"type\":\"device\"") {
            assert!(stdout.read_line(&mut read).unwrap() > 0);
        }
        interrupt(&child, signal);
        stdout.read_to_string(&mut read).unwrap();
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{stderr}");
        let lines: Vec<Value> = read.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let last = lines.last().unwrap();
        assert_eq!(last["type"], "summary");
        assert!(last["inputs"].as_u64().unwrap() < 3000, "{last}");
        let told = &lines[lines.len() - 2];
        assert_eq!((&told["type"], &told["code"]), (&"problem".into(), &"input::interrupted".into()));
        assert!(stderr.contains("the run was interrupted before the end of "), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_does_not_wait_for_a_pipe() {
    let folder = archive();
    let mut child =
        command(folder.path(), &["scan", "-f", "ndjson", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(log("sw1", &[("Aug  2 2018 14:26:23.101 UTC", FAILED)]).as_bytes()).unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut read = String::new();
    assert!(stdout.read_line(&mut read).unwrap() > 0);
    // `timeout` signals a program and its group; the second is no further interrupt.
    interrupt(&child, "-INT");
    interrupt(&child, "-INT");
    stdout.read_to_string(&mut read).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{read}");
    assert!(read.contains("input::interrupted") && read.ends_with("}\n"), "{read}");
    drop(stdin);
}

#[cfg(unix)]
#[test]
fn an_interrupted_document_is_whole() {
    let folder = many();
    let child = command(folder.path(), &["scan", "-f", "json", "-o", "out.json", "."]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    interrupt(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    let document: Value = serde_json::from_slice(&fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    let inputs = document["inputs"].as_array().unwrap().len();
    // A machine may be quicker than the signal.
    assert!(code(&output) == 130 || inputs == 3000, "{inputs} {}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_ends_at_once() {
    // A pipe that nobody writes to: the first interrupt waits for it.
    let mut command = command(root(), &["scan", "-"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(1));
    interrupt(&child, "-INT");
    std::thread::sleep(std::time::Duration::from_millis(200));
    interrupt(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = many();
    let mut child = command(folder.path(), &["scan", "-f", "ndjson", "."]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"type\":\"tool\","), "{first}");
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(1), ""));
}
