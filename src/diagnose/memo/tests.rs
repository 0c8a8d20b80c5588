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
            let judged = rules.rules().iter().map(|rule| (rule.id.as_str(), examine(rule, device)));
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

/// The failure is told by the first output. It is over where the second one prints the block without it, and stays where that
/// does not print the block at all: both show the same readings of the key and the same outputs.
#[test]
fn what_a_later_output_leaves_out_is_remembered() {
    let rules = RuleSet::builtin();
    let memo = Memo::default();
    let failed = "sw1#show license all\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERING\n\
                  \x20 Failure reason: Product instance is unknown\n\nsw1#show license all\nSmart Licensing is ENABLED\n\n";
    let of = |later: &str| {
        let text = format!("{failed}{later}sw1#\n");
        devices(&[Given::Bytes("a.txt".to_owned(), text.into_bytes())], &rules, None).remove(0)
    };
    let later = ["", "Registration:\n  Status: REGISTERED\n\n", "Transport:\n  Type: Callhome\n\n", ""];
    for device in later.iter().cycle().take(4 * later.len()).map(|it| of(it)) {
        let remembered = format!("{:?}", memo.outcomes(&device, &rules));
        let judged: Vec<_> =
            rules.rules().iter().map(|rule| (rule.id.as_str(), examine(rule, &device))).collect();
        assert_eq!(remembered, format!("{judged:?}"));
    }
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
