//! The shipped samples: each leads with its own scenario, and its whole report is under test.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use sldiag::base::{Certainty, Severity};
use sldiag::diagnose::finding::{Diagnosis, Finding};
use sldiag::diagnose::{Given, Options, diagnose};
use sldiag::report::text::{Style, render};
use sldiag::rules::RuleSet;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<String> {
    let entries = std::fs::read_dir(root().join("samples")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|it| it == "txt")).collect();
    names.sort();
    names
}

fn of(sample: &str) -> Diagnosis {
    let bytes = std::fs::read(root().join("samples").join(sample)).unwrap();
    let given = [Given::Bytes(format!("samples/{sample}"), bytes)];
    diagnose(&given, &RuleSet::builtin(), &Options::default()).diagnosis
}

fn leading(diagnosis: &Diagnosis) -> Option<&Finding> {
    diagnosis.devices.iter().find_map(|device| device.findings.first())
}

#[test]
fn each_sample_leads_with_its_own_scenario() {
    let mut seen = 0;
    for sample in samples() {
        let Some(number) = sample.strip_prefix("scenario-").and_then(|rest| rest.split('-').next()) else {
            continue;
        };
        seen += 1;
        let diagnosis = of(&sample);
        let first = leading(&diagnosis).unwrap_or_else(|| panic!("{sample}: nothing found"));
        assert_eq!(
            first.scenario.map(|it| it.to_string()).as_deref(),
            Some(number),
            "{sample} leads with {}",
            first.rule
        );
        assert_eq!(first.certainty, Certainty::Confirmed, "{sample}");
        assert_eq!(diagnosis.devices.len(), 1, "{sample}");
    }
    assert_eq!(seen, 9);
}

#[test]
fn a_healthy_device_has_no_finding_above_info() {
    let mut seen = 0;
    for sample in samples().iter().filter(|name| name.starts_with("healthy-")) {
        seen += 1;
        for finding in of(sample).devices.iter().flat_map(|device| &device.findings) {
            assert_eq!(finding.severity, Severity::Info, "{sample}: {}", finding.rule);
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn every_report_is_as_expected() {
    let style = Style { color: false, unicode: true, width: 80, table: 120, detail: false };
    for sample in samples() {
        let report = render(&of(&sample), &style);
        let expected = root().join("tests/samples").join(&sample);
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(report, snapbox::Data::read_from(&expected, None));
    }
}

#[test]
fn no_frame_line_is_wider_than_the_terminal() {
    let style = Style { color: false, unicode: true, width: 80, table: 120, detail: false };
    for sample in samples() {
        let diagnosis = of(&sample);
        let commands: Vec<&String> = diagnosis
            .devices
            .iter()
            .flat_map(|device| &device.findings)
            .flat_map(|finding| &finding.next_steps)
            .flat_map(|step| &step.commands)
            .collect();
        for line in render(&diagnosis, &style).lines() {
            let is_command = commands.iter().any(|command| line.trim_start().ends_with(command.trim()));
            assert!(line.chars().count() <= 80 || is_command, "{sample}: {line}");
        }
    }
}
