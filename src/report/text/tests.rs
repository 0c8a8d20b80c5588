//! The text report in full, from hand-made diagnoses.

use super::{Style, render, width};
use crate::base::{Effect, StepState};
use crate::diagnose::finding::Diagnosis;
use crate::report::sample;

const UNICODE: Style = Style { color: false, unicode: true, width: 80, table: 120, detail: false };
const ASCII: Style = Style { color: false, unicode: false, width: 80, table: 120, detail: false };

macro_rules! snapshot {
    ($diagnosis:expr, $style:expr, $file:literal) => {
        snapbox::assert_data_eq!(render(&$diagnosis, &$style), snapbox::file![$file].raw())
    };
}

#[test]
fn a_cause_its_consequence_and_what_else_it_could_be() {
    snapshot!(sample::clock_offset(), UNICODE, "snapshots/clock_offset.txt");
}

#[test]
fn the_same_without_unicode() {
    snapshot!(sample::clock_offset(), ASCII, "snapshots/clock_offset_ascii.txt");
}

#[test]
fn the_same_on_a_narrow_terminal() {
    snapshot!(sample::clock_offset(), Style { width: 44, ..UNICODE }, "snapshots/clock_offset_narrow.txt");
}

#[test]
fn the_same_in_detail() {
    snapshot!(sample::clock_offset(), Style { detail: true, ..UNICODE }, "snapshots/clock_offset_detail.txt");
}

#[test]
fn nothing_found_is_said_with_what_it_rests_on() {
    snapshot!(sample::healthy(), UNICODE, "snapshots/healthy.txt");
}

#[test]
fn many_devices_the_sick_ones_first() {
    snapshot!(sample::fleet(), UNICODE, "snapshots/fleet.txt");
}

#[test]
fn nothing_read() {
    snapshot!(sample::nothing_read(), UNICODE, "snapshots/nothing_read.txt");
}

#[test]
fn colour_repeats_what_the_words_say() {
    let plain = render(&sample::fleet(), &UNICODE);
    let coloured = render(&sample::fleet(), &Style { color: true, ..UNICODE });
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(without_colour(&coloured), plain);
}

fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    out + rest
}

/// Commands may be wider, nothing else is, whatever the names, paths and texts of the capture are.
#[test]
fn the_frame_keeps_its_width() {
    let mut diagnosis = sample::fleet();
    stretch(&mut diagnosis);
    for columns in [80, 60, 40] {
        for unicode in [true, false] {
            let text = render(&diagnosis, &Style { width: columns, unicode, ..ASCII });
            for line in text.lines().filter(|line| !is_command(line)) {
                assert!(width(line) <= columns, "{} columns: {line}", width(line));
            }
        }
    }
}

fn stretch(diagnosis: &mut Diagnosis) {
    let long = "x日".repeat(70);
    for device in &mut diagnosis.devices {
        device.hostname = Some(format!("{}-{long}", device.hostname.clone().unwrap()));
        for finding in &mut device.findings {
            finding.title = format!("{}{long}", finding.title).into();
            for line in &mut finding.evidence {
                line.path = format!("{long}.txt");
                line.text.push_str(&long);
                line.section.push_str(&long);
            }
        }
    }
}

fn is_command(line: &str) -> bool {
    let starts =
        ["show ", "set ", "debug ", "undebug ", "license ", "ntp ", "configure ", "ip ", "terminal "];
    starts.iter().any(|start| line.trim_start().starts_with(start))
}

#[test]
fn commands_are_never_clipped_or_wrapped() {
    let mut diagnosis = sample::clock_offset();
    let command = format!("license smart register idtoken {}", "x".repeat(200));
    diagnosis.devices[0].findings[0].next_steps =
        vec![sample::step("Register", &[&command, " sub-mode line"], Effect::Config, StepState::Open)];
    let text = render(&diagnosis, &UNICODE);
    assert!(text.contains(&format!("         {command}\n          sub-mode line\n")));
}

#[test]
fn no_control_byte_of_an_input_reaches_the_terminal() {
    let mut diagnosis = sample::fleet();
    let hostile = "a\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}1m\u{202e}b\rc\u{8}\nd";
    diagnosis.devices[0].hostname = Some(hostile.into());
    diagnosis.devices[0].paths = vec![hostile.into()];
    diagnosis.problems[0].path = hostile.into();
    let finding = &mut diagnosis.devices[0].findings[0];
    finding.title = hostile.into();
    finding.message = hostile.into();
    finding.evidence[0].text = hostile.into();
    finding.evidence[0].path = hostile.into();
    finding.next_steps[0].commands = vec![hostile.into()];
    finding.next_steps[0].text = hostile.into();
    for text in [render(&diagnosis, &UNICODE), crate::report::scan::render(&diagnosis, &UNICODE)] {
        let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(bad, None, "{text:?}");
    }
}

#[test]
fn records_of_one_message_fold() {
    let mut diagnosis = sample::clock_offset();
    let record = |line, time: &str, port: u32| {
        let text = format!(
            "Nov 10 {time} UTC: %PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint A failed, port {port}"
        );
        sample::evidence(line, &text, "show logging")
    };
    let finding = &mut diagnosis.devices[0].findings[0];
    finding.evidence = vec![record(5, "03:42:53", 1), record(6, "04:42:53", 2), record(9, "05:42:53", 3)];
    let text = render(&diagnosis, &UNICODE);
    assert!(text.contains("    sw1.txt:5 first of 3, in show logging\n"), "{text}");
    assert!(!text.contains("sw1.txt:6"), "{text}");
}

#[test]
fn a_recovered_finding_quotes_the_message_it_was_seen_by() {
    let mut diagnosis = sample::clock_offset();
    let recovered = diagnosis.devices[0].findings.last_mut().unwrap();
    let message = "Nov 10 03:42:53 UTC: %SMART_LIC-3-COMM_FAILED: Communications failure";
    recovered.evidence = vec![
        sample::evidence(7, "Type: Smart", "show license status"),
        sample::evidence(9, message, "show logging"),
    ];
    let text = render(&diagnosis, &UNICODE);
    assert!(text.contains("    sw1.txt:9\n"), "{text}");
    assert!(!text.contains("Type: Smart"), "{text}");
}
