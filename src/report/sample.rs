//! Hand-made diagnoses for the tests of the reports.

use crate::base::{Certainty, Effect, Era, Problem, Severity, State, StepState};
use crate::diagnose::finding::{
    Coverage, Device, Diagnosis, Evidence, Finding, FleetEntry, InputSummary, NextStep, Now, RuleSetSummary,
    Summary, Tool,
};
use crate::rules::schema::Reference;

pub(crate) fn evidence(line: u32, text: &str, section: &str) -> Evidence {
    Evidence { path: "sw1.txt".into(), line, text: text.into(), section: section.into() }
}

pub(crate) fn step(text: &str, commands: &[&str], effect: Effect, state: StepState) -> NextStep {
    NextStep {
        text: text.into(),
        commands: commands.iter().map(|it| (*it).to_owned()).collect(),
        effect,
        state,
        evidence: None,
        collect: Vec::new(),
    }
}

pub(crate) fn finding(rule: &str, scenario: Option<u8>, severity: Severity, title: &str) -> Finding {
    Finding {
        rule: rule.into(),
        scenario,
        title: title.into(),
        message: "Something is wrong here.".into(),
        severity,
        certainty: Certainty::Confirmed,
        state: State::Active,
        caused_by: Vec::new(),
        count: 1,
        first_seen: None,
        last_seen: None,
        first: None,
        last: None,
        fingerprint: "0123456789abcdef".into(),
        evidence: vec![evidence(40, "Status: UNREGISTERED - REGISTRATION FAILED", "show license all")],
        collect: Vec::new(),
        explain: "Because of a cause.".into(),
        next_steps: Vec::new(),
        references: [].into(),
    }
}

pub(crate) fn device(hostname: &str) -> Device {
    Device {
        hostname: Some(hostname.into()),
        pid: Some("C9300-24UX".into()),
        serial: Some("FCW2233A5ZU".into()),
        os: Some("IOS XE".into()),
        version: Some("16.12.3a".into()),
        era: Era::Classic,
        eras: vec![Era::Classic],
        paths: vec![format!("{hostname}.txt")],
        findings: Vec::new(),
        coverage: Coverage { not_matched: 50, not_applicable: 8, ..Coverage::default() },
        collect_next: Vec::new(),
        now: Some(Now { value: "2018-11-11T22:58:04Z".into(), source: "show clock".into() }),
        left_out: 0,
    }
}

pub(crate) fn diagnosis(devices: Vec<Device>) -> Diagnosis {
    let input = |device: &Device| InputSummary {
        path: device.paths.first().cloned().unwrap_or_default(),
        bytes: 12_345,
        encoding: "utf-8",
        sections: vec!["show clock".into(), "show license all".into()],
    };
    Diagnosis {
        schema_version: 1,
        tool: Tool {
            name: "sldiag",
            version: "0.1.0",
            rules: RuleSetSummary { count: 60, sha256: "ab".repeat(32), files: Vec::new() },
            configuration: Vec::new(),
        },
        inputs: devices.iter().map(input).collect(),
        summary: Summary { devices: devices.len(), ..Summary::default() },
        devices,
        problems: Vec::new(),
        fleet: Vec::new(),
        left_out: 0,
    }
}

/// A cause with all three states of steps, a consequence, a possible and a recovered finding.
pub(crate) fn clock_offset() -> Diagnosis {
    let mut sw1 = device("sw1");
    sw1.findings = vec![cause(), consequence(), possible(), recovered()];
    sw1.coverage.matched = sw1.findings.iter().map(|it| it.rule.clone()).collect();
    sw1.coverage.undecided = vec!["dns-lookup-disabled".into(), "ntp-not-synchronized".into()];
    sw1.collect_next = vec!["show ntp status".into(), "show running-config".into()];
    diagnosis(vec![sw1])
}

fn cause() -> Finding {
    let title = "The device clock is outside the tolerance of the licensing server";
    let mut it = finding("clock-offset", Some(3), Severity::Error, title);
    it.message = "The server refuses the registration because the clock said 2018-05-12 14:27:48 UTC, \
                  183 days before the time of this capture."
        .into();
    let reason = r#"Failure reason: {"timestamp":["The device date '1526135268653' is offset beyond the allowed tolerance limit."]}"#;
    it.evidence = vec![
        evidence(17, reason, "show license all"),
        evidence(3, "*22:58:04.123 UTC Sun Nov 11 2018", "show clock"),
    ];
    it.count = 3;
    it.first_seen = Some("Nov 11 17:55:46".into());
    it.last_seen = Some("Nov 11 18:12:17".into());
    let mut clock = step("Check the clock", &["show clock"], Effect::ReadOnly, StepState::Done);
    clock.evidence = Some(evidence(3, "*22:58:04.123 UTC Sun Nov 11 2018", "show clock"));
    let mut ntp = step(
        "Set a time server that the device can reach",
        &["configure terminal", "ntp server <address>"],
        Effect::Config,
        StepState::Unknown,
    );
    ntp.collect = vec!["show ntp status".into()];
    let token = step(
        "Generate a new token in CSSM, under Inventory, General, and note the virtual account that it belongs to",
        &[],
        Effect::Portal,
        StepState::Unknown,
    );
    let register = step(
        "Register again",
        &["license smart register idtoken <token> force"],
        Effect::Config,
        StepState::Open,
    );
    it.next_steps = vec![clock, ntp, token, register];
    it.references = [Reference {
        title: "Troubleshoot Smart Licensing on Catalyst Platforms, scenario 3".into(),
        url: Some("https://www.cisco.com/c/en/us/support/docs/smart-licensing.html".into()),
    }]
    .into();
    it
}

fn consequence() -> Finding {
    let mut it = finding("out-of-compliance", Some(8), Severity::Error, "Licences are out of compliance");
    it.caused_by = vec!["clock-offset".into()];
    it.evidence =
        vec![evidence(30, "Status: OUT OF COMPLIANCE on Nov 01 10:00:00 2018 UTC", "show license all")];
    it.next_steps = vec![step("Buy or move licences", &[], Effect::Portal, StepState::Unknown)];
    it
}

fn possible() -> Finding {
    let title = "The name of the licensing server cannot be resolved";
    let mut it = finding("name-unresolvable", Some(11), Severity::Warning, title);
    it.certainty = Certainty::Possible;
    it.collect = vec!["show running-config".into(), "show hosts".into()];
    it.next_steps =
        vec![step("Set a name server", &["ip name-server <address>"], Effect::Config, StepState::Unknown)];
    it
}

fn recovered() -> Finding {
    let mut it =
        finding("call-home-http-failed", Some(5), Severity::Error, "Call-home could not send its message");
    it.state = State::Recovered;
    it.count = 12;
    it.first_seen = Some("Oct 01 10:00:00".into());
    it.last_seen = Some("Oct 02 10:00:00".into());
    it
}

/// One device without findings.
pub(crate) fn healthy() -> Diagnosis {
    let mut sw2 = device("sw2");
    sw2.coverage.undecided = vec!["ntp-not-synchronized".into()];
    sw2.collect_next = vec!["show ntp status".into()];
    diagnosis(vec![sw2])
}

/// Nothing recognised.
pub(crate) fn nothing_read() -> Diagnosis {
    diagnosis(Vec::new())
}

/// Four devices, an input that could not be read, and a fleet.
pub(crate) fn fleet() -> Diagnosis {
    let mut first = clock_offset().devices.remove(0);
    first.findings.truncate(2);
    let second = device("sw2");
    let mut third = device("sw3");
    third.findings = vec![possible()];
    third.findings[0].evidence[0].path = "sw3.txt".into();
    let mut fourth = device("sw4");
    fourth.findings =
        vec![recovered(), finding("eval-mode", Some(20), Severity::Info, "The evaluation period is running")];
    fourth.coverage.undecided = vec!["clock-offset".into()];
    let mut diagnosis = diagnosis(vec![first, second, third, fourth]);
    diagnosis.problems = vec![Problem::of_input(
        "input::unreadable",
        "case.zip!sw9.txt.gz",
        "The gzip stream ends early; read up to there.",
    )];
    diagnosis.fleet = vec![FleetEntry {
        rule: "clock-offset".into(),
        scenario: Some(3),
        severity: Severity::Error,
        title: "The device clock is outside the tolerance of the licensing server".into(),
        devices: vec!["sw1".into()],
        first_seen: Some("Nov 11 17:55:46".into()),
        last_seen: Some("Nov 11 18:12:17".into()),
        first: None,
        last: None,
        commands: diagnosis
            .devices
            .iter()
            .flat_map(|it| &it.findings)
            .map(Finding::open_commands)
            .next()
            .unwrap_or_default(),
    }];
    diagnosis
}
