use std::fmt::Write as _;
use std::fs;

use super::*;
use crate::diagnose::known;
use crate::facts::Record;

const WANTED: [&str; 1] = ["PKI-CRL_FETCH_FAIL"];

/// What is read of a file and of a stream with the same bytes, on so many threads.
fn readings(text: &[u8], jobs: usize) -> [Reading; 2] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.log");
    fs::write(&path, text).unwrap();
    let wanted = Wanted::new(WANTED);
    let access = Access::default();
    let context = Context::new(&wanted, &access, jobs);
    let read = |given: Given| {
        let mut all = Vec::new();
        read_all(&[given], &context, &|reading| reading, &mut |reading| all.push(reading));
        assert_eq!(all.len(), 1);
        all.remove(0)
    };
    [read(Given::File(path)), read(Given::Bytes("a.log".to_owned(), text.to_vec()))]
}

fn captures(reading: &Reading) -> impl Iterator<Item = &Capture> {
    reading.captures.iter().flat_map(Known::captures)
}

/// Line, text and number of repetitions of each record.
fn records(reading: &Reading) -> Vec<(u32, &str, u32)> {
    let all = captures(reading).flat_map(|it| &it.records);
    all.map(|it: &Record| (it.place.line, &*it.text, it.repeats)).collect()
}

/// A log of more than two blocks with a message every `every` lines.
fn log(every: usize) -> String {
    let mut text = String::new();
    for number in 0..40_000 {
        let stamp =
            format!("Jan 11 2022 {:02}:{:02}:{:02}", number / 3600 % 24, number / 60 % 60, number % 60);
        match number % every {
            0 => writeln!(
                text,
                "{stamp}: %PKI-3-CRL_FETCH_FAIL: CRL fetch {number} failed\n     Reason : none"
            ),
            1 => writeln!(text, "{stamp}: %SMART_LIC-3-COMM_FAILED: Communications failure {number}"),
            _ => writeln!(text, "{stamp}: %LINK-3-UPDOWN: Interface Gi1/0/1, changed state to up"),
        }
        .unwrap();
    }
    text
}

#[test]
fn a_long_log_reads_as_a_short_one_does() {
    let text = log(500);
    assert!(text.len() > 2 * SHORT);
    let wanted = Wanted::new(WANTED);
    let whole = whole("a.log", text.as_bytes(), false, &Context::new(&wanted, &Access::default(), 1));
    for jobs in [1, 3] {
        for reading in readings(text.as_bytes(), jobs) {
            assert_eq!(records(&reading), records(&whole));
            let newest =
                |it: &Reading| captures(it).next().unwrap().facts.time("clock.newest_message").cloned();
            assert_eq!(newest(&reading), newest(&whole));
            let summary = reading.summary.unwrap();
            assert_eq!((summary.bytes, summary.encoding), (text.len() as u64, "utf-8"));
        }
    }
}

#[test]
fn a_long_document_is_read_as_a_whole() {
    let filler = "filler\\n".repeat(2 * SHORT / 64);
    let entry = |host: &str| {
        format!(
            r#""{host}": {{"show license status": "Smart Licensing is ENABLED\n{filler}", "show clock": "10:00"}}"#
        )
    };
    let hosts = ["sw1", "sw2", "sw3", "sw4", "sw5", "sw6", "sw7"];
    for break_line in [" ", "\n"] {
        let text = format!("{{{}}}", hosts.map(entry).join(&format!(",{break_line}")));
        assert!(text.len() > SHORT, "{}", text.len());
        for reading in readings(text.as_bytes(), 2) {
            assert_eq!(reading.problems, []);
            let found: Vec<_> = captures(&reading).filter_map(|it| it.prompt.as_deref()).collect();
            assert_eq!(found, hosts);
        }
    }
}

#[test]
fn a_short_log_reads_the_same_whole_and_sifted() {
    let (wanted, access) = (Wanted::new(WANTED), Access::default());
    let context = Context::new(&wanted, &access, 1);
    let log: String = log(50).lines().skip(32_000).flat_map(|line| [line, "\n"]).collect();
    for (text, is_sifted) in [
        (log.clone().into_bytes(), true),
        (format!("{log}sw1#show clock\n10:00:00 UTC Tue Jan 11 2022\n").into_bytes(), false),
        ([log.as_bytes(), b"Jan 11 2022 11:06:40: %SMART_LIC-3-COMM_FAILED: M\xfcnchen\n"].concat(), true),
        ([b"\xef\xbb\xbf", log.as_bytes()].concat(), false),
        (log.bytes().take(20_000).collect(), false),
    ] {
        let [short, whole] = [short, whole].map(|read| read("a.log", &text, true, &context));
        assert_eq!(long::of_log("a.log", &text, true, &context).is_some(), is_sifted);
        assert_eq!(records(&short), records(&whole));
        assert!(!records(&short).is_empty());
        let shown = |it: &Reading| {
            let summary = it.summary.clone().unwrap();
            (summary.bytes, summary.encoding, summary.sections, it.problems.clone())
        };
        assert_eq!(shown(&short), shown(&whole));
        let now = |it: &Reading| {
            captures(it).map(|it| it.facts.time("clock.newest_message").cloned()).collect::<Vec<_>>()
        };
        assert_eq!(now(&short), now(&whole));
    }
}

#[test]
fn an_output_over_the_edge_of_a_block_is_whole() {
    let noise = "Jan 11 2022 00:00:00: %LINK-3-UPDOWN: Interface Gi1/0/1, changed state to up\n";
    let output = "sw1#show license summary\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n\
                  License Authorization:\n  Status: AUTHORIZED\nsw1#\n";
    // Every line of the output comes to stand at the edge of a block once.
    for line in 0..output.lines().count() {
        let before: usize = output.lines().take(line).map(|it| it.len() + 1).sum();
        let fill = SHORT - before;
        let mut text = noise.repeat(fill / noise.len());
        let rest = fill - text.len();
        text.push_str(&"x".repeat(rest.saturating_sub(1)));
        text.push('\n');
        text.push_str(output);
        text.push_str(&noise.repeat(SHORT / noise.len()));
        for reading in readings(text.as_bytes(), 2) {
            let capture = captures(&reading).next().unwrap();
            assert_eq!(capture.facts.text("license.registration.status"), Some("REGISTERED"), "{line}");
            assert_eq!(capture.facts.text("license.authorization.status"), Some("AUTHORIZED"), "{line}");
        }
    }
}

#[test]
fn the_sessions_of_a_long_terminal_log_stay_whole() {
    let fill = " description of nothing in particular\n".repeat(300);
    let session = |number: usize| {
        format!(
            "sw{number}#show clock\n10:00:00 UTC Tue Jan 11 2022\nsw{number}#show running-config\nversion 16.12\n\
             interface Vlan1\n{fill}end\n\nsw{number}#show license all\nSmart Licensing Status\n\
             ======================\n\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n"
        )
    };
    let text: String = (0..600).map(session).collect();
    assert!(text.len() > 6 << 20);
    for mut reading in readings(text.as_bytes(), 2) {
        assert_eq!(reading.captures.len(), 600);
        assert!(
            reading.captures.iter().filter(|it| it.captures().next().is_none()).count() > 300,
            "put aside"
        );
        let (last, _) = known::captures(vec![reading.captures.pop().unwrap()], &Spill::new());
        let last = &last[0];
        assert_eq!(last.prompt.as_deref(), Some("sw599"));
        let outputs: Vec<&str> = last.seen.iter().map(|it| it.command.as_str()).collect();
        assert_eq!(outputs, ["show clock", "show running-config", "show license all"]);
    }
}

#[test]
fn every_batch_of_a_table_knows_its_columns() {
    let mut text = "sep=,\nagent.name,host.name,time,message,note\n".to_owned();
    let note = "x".repeat(4 << 10);
    for number in 0..2_500 {
        let message = format!("%SMART_LIC-3-COMM_FAILED: Communications failure {number}");
        writeln!(text, "relay{},sw{},2022-01-11T10:00:00Z,\"{message}\",{note}", number % 3, number % 2)
            .unwrap();
    }
    for reading in readings(text.as_bytes(), 2) {
        let origins: Vec<_> = captures(&reading).map(|it| it.origin.as_deref()).collect();
        assert_eq!(origins, [Some("sw0"), Some("sw1")]);
        let mut records = records(&reading);
        records.sort_unstable();
        assert_eq!(records.len(), 2_500);
        assert!(records.iter().all(|(line, text, _)| text.ends_with(&format!(" {}", line - 3))));
    }
}

#[test]
fn a_message_goes_on_in_the_next_block() {
    let noise = "Jan 11 2022 00:00:00: %LINK-3-UPDOWN: Interface Gi1/0/1, changed state to up\n";
    let message = "Jan 11 2022 00:00:01: %PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint X failed\n";
    let mut text = noise.repeat((SHORT - message.len()) / noise.len() - 1);
    let rest = SHORT - message.len() - text.len();
    text.push_str(&"x".repeat(rest - 1));
    text.push('\n');
    text.push_str(message);
    text.push_str("     Reason : Enrollment URL not configured.\n");
    text.push_str(&noise.repeat(SHORT / noise.len()));
    for reading in readings(text.as_bytes(), 2) {
        let texts: Vec<&str> = records(&reading).into_iter().map(|(_, text, _)| text).collect();
        assert_eq!(texts, ["CRL fetch for trustpoint X failed Reason : Enrollment URL not configured."]);
    }
}

#[test]
fn equal_records_fold_and_are_counted() {
    let mut text = String::new();
    for second in 0..60_000 {
        let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
        writeln!(text, "Jan 11 2022 {hour:02}:{minute:02}:{second:02}: %SMART_LIC-3-COMM_FAILED: no answer")
            .unwrap();
    }
    for reading in readings(text.as_bytes(), 2) {
        let records = records(&reading);
        let told: u32 = records.iter().map(|(_, _, repeats)| repeats + 1).sum();
        assert_eq!((records.len(), told), (32, 60_000));
        assert_eq!((records[0].0, records[31].0), (1, 60_000));
    }
}

#[test]
fn the_newest_of_equal_records_stays_wherever_it_stands() {
    let minutes = |from: u32, to: u32| {
        (from..to).fold(String::new(), |mut text, minute| {
            let (hour, minute) = (minute / 60, minute % 60);
            writeln!(text, "Jan 11 2022 {hour:02}:{minute:02}:00: %SMART_LIC-3-COMM_FAILED: no answer")
                .unwrap();
            text
        })
    };
    // As `cat syslog syslog.1` puts them.
    let text = minutes(500, 1000) + &minutes(0, 500);
    for reading in readings(text.as_bytes(), 2) {
        let lines: Vec<u32> = records(&reading).iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines.len(), 34);
        assert!(lines.contains(&500) && lines.contains(&501), "the newest and the oldest: {lines:?}");
        assert_eq!(records(&reading).iter().map(|(_, _, repeats)| repeats + 1).sum::<u32>(), 1000);
    }
}

#[test]
fn a_line_without_end_is_cut_and_named() {
    let text =
        [&b"x".repeat(3 * SHORT)[..], b"\nJan 11 2022 00:00:01: %SMART_LIC-3-COMM_FAILED: no answer\n"]
            .concat();
    for reading in readings(&text, 2) {
        let problems: Vec<_> = reading.problems.iter().map(|it| (it.code.as_str(), it.line)).collect();
        assert_eq!(problems, [("input::truncated", Some(1))]);
        assert_eq!(records(&reading), [(2, "no answer", 0)]);
    }
}

#[test]
fn broken_bytes_spoil_their_line_alone() {
    let mut text = log(10_000).into_bytes();
    text.extend_from_slice(b"Jan 11 2022 23:00:01: %SMART_LIC-3-COMM_FAILED: Stra\xdfe\n");
    for reading in readings(&text, 2) {
        assert_eq!(records(&reading).last().unwrap().1, "Straße");
        assert_eq!(reading.summary.unwrap().encoding, "latin-1");
    }
}

#[test]
fn results_leave_in_the_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = Vec::new();
    for number in (0..600).rev() {
        let path = folder.path().join(format!("{number:03}.txt"));
        fs::write(&path, if number % 100 == 0 { log(1_000) } else { number.to_string() }).unwrap();
        given.push(Given::File(path));
    }
    let wanted = Wanted::new(WANTED);
    let access = Access::default();
    let context = Context::new(&wanted, &access, 4);
    let mut names = Vec::new();
    let name = |reading: Reading| reading.summary.map(|it| it.path).unwrap_or_default();
    read_all(&given, &context, &name, &mut |name| names.push(name));
    let mut expected: Vec<String> = given.iter().map(Given::name).collect();
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn a_stopped_run_gives_what_it_has_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = Vec::new();
    for number in 0..40 {
        let path = folder.path().join(format!("{number:02}.txt"));
        fs::write(&path, if number == 3 { log(500) } else { number.to_string() }).unwrap();
        given.push(Given::File(path));
    }
    let wanted = Wanted::new(WANTED);
    for (jobs, least) in [(1, 1), (2, 5)] {
        let access = Access::default();
        let context = Context::new(&wanted, &access, jobs);
        let (mut names, mut problems) = (Vec::new(), Vec::new());
        read_all(&given, &context, &|reading| reading, &mut |reading| {
            names.extend(reading.summary.map(|it| it.path));
            problems.extend(reading.problems.into_iter().filter(|it| it.code == "input::interrupted"));
            if names.len() == least {
                access.progress.end_early();
            }
        });
        assert!(names.len() >= least && names.is_sorted(), "{names:?}");
        // Where reading was quicker than the stop, nothing is missing.
        assert!(problems.len() == 1 || (names.len() == 40 && problems.is_empty()), "{names:?} {problems:?}");
    }
}

#[test]
fn a_run_that_is_stopped_before_it_starts_reads_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["a.log", "b.log"].map(|name| folder.path().join(name));
    for path in &names {
        fs::write(path, log(500)).unwrap();
    }
    let wanted = Wanted::new(WANTED);
    let access = Access::default();
    access.progress.end_early();
    let context = Context::new(&wanted, &access, 2);
    for given in [&names[..1], &names[..]] {
        let given: Vec<Given> = given.iter().cloned().map(Given::File).collect();
        let mut told = Vec::new();
        read_all(&given, &context, &|reading| reading, &mut |reading| {
            assert!(reading.summary.is_none());
            told.extend(reading.problems);
        });
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].code.as_str(), told[0].path.as_str()),
            ("input::interrupted", names[0].to_str().unwrap())
        );
        let what = if given.len() == 1 { "this input" } else { "2 of 2 inputs, of which this is the first" };
        assert_eq!(
            told[0].text,
            format!("the run was interrupted before the end of {what}: run it again for the rest")
        );
    }
}
