use rayon::prelude::*;

use super::*;
use crate::base::Stamp;
use crate::base::time::from_epoch_ms;
use crate::diagnose::trial::Example;
use crate::diagnose::{Given, Read};
use crate::rules::set;

/// Captures by the hundred that differ in what rules look at: the examples of a rule are near misses of each other. Also two
/// in one, so that there are earlier readings, at another time.
fn captures(rules: &RuleSet) -> Vec<(Vec<Given>, Option<Stamp>)> {
    let Ok(checked) = set::check(&[]) else { panic!("see the test of rule files") };
    let texts = |it: &set::RuleExamples| -> Vec<Vec<Given>> {
        Example::all(&it.examples).map(Example::given).collect()
    };
    assert_eq!(checked.rules.rules().len(), rules.rules().len());
    let mut all = Vec::new();
    for examples in checked.examples.iter().map(texts) {
        for pair in examples.windows(2) {
            let text = pair.iter().flatten().filter_map(|it| match it {
                Given::Bytes(_, bytes) => Some(bytes.as_slice()),
                Given::File(_) => None,
            });
            let text = text.collect::<Vec<_>>().join(&b"\n"[..]);
            all.push((vec![Given::Bytes("two.txt".to_owned(), text)], from_epoch_ms(1_700_000_000_000)));
        }
        all.extend(examples.into_iter().map(|it| (it, None)));
    }
    all
}

fn devices(given: &[Given], rules: &RuleSet, now: Option<&Stamp>) -> Vec<Device> {
    Read::of(given, rules, &crate::diagnose::Options { now: now.cloned(), ..Default::default() }).devices
}

#[test]
fn what_is_remembered_is_what_a_judge_says() {
    let rules = RuleSet::builtin();
    let memo = Memo::default();
    let agree = |(given, now): &(Vec<Given>, Option<Stamp>)| {
        let devices = devices(given, &rules, now.as_ref());
        for device in &devices {
            let judged = rules.rules().iter().map(|rule| (&*rule.id, examine(rule, device)));
            for (judged, remembered) in judged.zip(memo.outcomes(device, &rules)) {
                assert_eq!(format!("{judged:?}"), format!("{remembered:?}"), "{}", device.label());
            }
        }
        devices.len()
    };
    let met: usize = captures(&rules).par_iter().map(agree).sum();
    let kept = memo.kept.get().unwrap();
    let kept: usize = kept.by_rule.iter().map(|it| it.outcomes.read().unwrap().len()).sum();
    assert!(kept * 4 < met * rules.rules().len(), "{kept} outcomes of {met} devices are no help");
}

const RULE: &str = "\
id: failed-before
title: t
severity: info
applies: { fact: { key: license.registration.failure_reason, exists: true } }
when: { fact: { key: license.authorization.status, equals: NONE } }
message: m
explain: e
next_steps: []
";

/// The reason is told by the first output. It no longer counts where the second one prints the block without it, and does where
/// that does not print the block: both show the same readings of what the rule looks at, and the same outputs.
#[test]
fn what_a_later_output_leaves_out_is_remembered() {
    let whole = "sw1#show license status\nSmart Licensing is ENABLED\n\n";
    let of = |later: &str| {
        let failed = "Registration:\n  Failure reason: Product instance is unknown\n\n";
        format!("{whole}{failed}{whole}{later}sw1#\n")
    };
    let later = ["Transport:\n  Type: Callhome\n\n", "Registration:\n  Smart Account: BU\n\n"];
    tells_apart(RULE, &later.map(of));
}

/// An excerpt that says that there is none differs from one that does not speak of it.
#[test]
fn what_a_line_denies_is_remembered() {
    let rule = RULE.replace("license.registration.failure_reason", "license.reporting.last_ack");
    let of = |line: &str| {
        let deadline = "  Next ACK deadline: Nov 30 23:15:21 2023 CET";
        format!("sw1#show license status | include ACK\n{line}{deadline}\nsw1#\n")
    };
    tells_apart(&rule, &["  Last ACK received: <none>\n", ""].map(of));
}

/// The rule says something else of each capture, and a memo of all of them says the same.
fn tells_apart(rule: &str, captures: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("failed-before.yaml");
    std::fs::write(&path, rule).unwrap();
    let Ok(rules) = RuleSet::load(false, &[path]) else { panic!("the rule is bad") };
    let memo = Memo::default();
    let of = |text: &String| {
        devices(&[Given::Bytes("a.txt".to_owned(), text.clone().into_bytes())], &rules, None).remove(0)
    };
    let mut met = std::collections::BTreeSet::new();
    for device in captures.iter().cycle().take(4 * FEW).map(of) {
        let judged: Vec<_> = rules.rules().iter().map(|rule| (&*rule.id, examine(rule, &device))).collect();
        assert_eq!(format!("{:?}", memo.outcomes(&device, &rules)), format!("{judged:?}"));
        met.insert(format!("{judged:?}"));
    }
    assert_eq!(met.len(), captures.len(), "{met:?}");
}

#[test]
fn a_memo_that_is_full_stops_growing() {
    let rules = RuleSet::builtin();
    let memo = Memo::default();
    for number in 0..2000 {
        let text = format!("sw1#show license status\nTransport:\n  Type: Smart{number:060}\n");
        let given = [Given::Bytes(format!("{number}.txt"), text.into_bytes())];
        for device in devices(&given, &rules, None) {
            memo.outcomes(&device, &rules);
        }
    }
    let kept = memo.kept.get().unwrap();
    assert!(kept.by_rule.iter().all(|it| it.outcomes.read().unwrap().len() <= MOST_OUTCOMES));
    assert!(kept.by_rule.iter().any(|it| it.outcomes.read().unwrap().len() > 100));
}
