//! Nothing that an input holds makes the tool panic, and what a cut file shows is never more than it holds.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use sldiag::diagnose::{Given, Options, Outcome, diagnose};
use sldiag::rules::RuleSet;

fn of(bytes: Vec<u8>) -> Outcome {
    diagnose(&[Given::Bytes("capture.txt".to_owned(), bytes)], &RuleSet::builtin(), &Options::default())
}

/// Every line of evidence stands in the input, at its number.
fn evidence_is_true(bytes: &[u8], outcome: &Outcome) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    for finding in outcome.diagnosis.devices.iter().flat_map(|device| &device.findings) {
        assert!(!finding.evidence.is_empty(), "{} has no evidence", finding.rule);
        for it in &finding.evidence {
            let line = lines
                .get(it.line as usize - 1)
                .unwrap_or_else(|| panic!("{}: no line {}", finding.rule, it.line));
            let start: String = it.text.chars().take(60).collect();
            assert!(
                line.contains(&start) || it.text.contains("<masked>"),
                "{}: {} is not {line}",
                finding.rule,
                it.text
            );
        }
    }
}

#[test]
fn a_capture_cut_at_any_byte_is_judged_as_far_as_it_goes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let whole = std::fs::read(folder.join("scenario-7-crl-blocks-authorization.txt")).unwrap();
    for end in (0..whole.len()).step_by(211) {
        let cut = whole[..end].to_vec();
        evidence_is_true(&cut, &of(cut.clone()));
    }
}

#[test]
fn broken_bytes_and_escapes_are_survived() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut bytes = std::fs::read(folder.join("scenario-5-call-home-http-failed.txt")).unwrap();
    for (at, byte) in bytes.iter_mut().enumerate() {
        match at % 997 {
            0 => *byte = 0,
            331 => *byte = 0xff,
            662 => *byte = 0x1b,
            _ => {}
        }
    }
    assert!(of(bytes).recognised);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        of(bytes);
    }

    /// Lines of captures in any order, with anything between them.
    #[test]
    fn any_mixture_of_lines(lines in proptest::collection::vec(line(), 0..60)) {
        let bytes = lines.join("\n").into_bytes();
        evidence_is_true(&bytes, &of(bytes.clone()));
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("sw1#show license all".to_owned()),
        Just("Registration:".to_owned()),
        Just("  Status: UNREGISTERED - REGISTRATION FAILED".to_owned()),
        Just("    Failure reason: Product Already Registered".to_owned()),
        Just("License Authorization:".to_owned()),
        Just("  Status: OUT OF COMPLIANCE on Jul 26 09:24:09 2018 UTC".to_owned()),
        Just("  Last Communication Attempt: PENDING on Aug 02 14:34:51 2018 UTC".to_owned()),
        Just("  Failure reason: Waiting for reply".to_owned()),
        Just(
            "*Aug  2 14:34:51.123: %PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint SLA-TrustPoint failed"
                .to_owned()
        ),
        Just("crypto pki trustpoint SLA-TrustPoint".to_owned()),
        Just(" revocation-check crl".to_owned()),
        Just("------------------ show running-config ------------------".to_owned()),
        Just(" --More-- ".to_owned()),
        "[ -~]{0,40}",
        any::<String>().prop_map(|text| text.replace(['\n', '\r'], " ")),
    ]
}
