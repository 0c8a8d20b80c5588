//! Conditions over the elements of a list: one and the same element meets all parts.

use super::Judge;
use super::fact::{proof_of, shown_by};
use crate::base::{Truth, Wholeness};
use crate::diagnose::verdict::{Proof, Verdict, When};
use crate::facts::Value;
use crate::rules::Bindings;
use crate::rules::condition::{ListTest, Quantifier};

pub(super) fn judge(judge: &Judge<'_>, test: &ListTest, bindings: &Bindings) -> Verdict {
    let shown_by = shown_by(&test.list);
    let Some(reading) = judge.device.reading(&test.list, shown_by, judge.until) else {
        return of_absent(judge, test, shown_by);
    };
    let Value::List(elements) = &reading.value else { return Verdict::unknown(None) };
    let verdicts: Vec<Verdict> =
        elements.iter().map(|element| judge.inside(element).judge(&test.condition, bindings)).collect();
    let list = proof_of(judge, &test.list, reading);
    match test.quantifier {
        // What an output does not show that was cut or piped may be otherwise; and what it shows is no symptom then.
        Quantifier::Some => {
            settled(some(verdicts, list), Truth::No, is_part(judge, reading.section), shown_by)
        }
        Quantifier::Every => {
            settled(every(verdicts, list), Truth::Yes, is_part(judge, reading.section), shown_by)
        }
        Quantifier::Count(range) => {
            let sure = verdicts.iter().filter(|it| it.truth == Truth::Yes).count();
            let open = verdicts.iter().filter(|it| it.truth == Truth::Unknown).count();
            let truth = match (range.contains(sure), open) {
                (holds, 0) => Truth::from_seen(holds),
                _ => Truth::Unknown,
            };
            counted(truth, verdicts, list)
        }
    }
}

/// A verdict, or unknown where it needs a whole list to be `rests_on_all` and only a part is there.
fn settled(verdict: Verdict, rests_on_all: Truth, is_part: bool, shown_by: &[&str]) -> Verdict {
    if is_part && verdict.truth == rests_on_all {
        return Verdict::unknown(shown_by.first().map(|it| (*it).to_owned()));
    }
    verdict
}

/// Whether the output that shows a list was cut or piped.
fn is_part(judge: &Judge<'_>, section: usize) -> bool {
    judge.device.capture.seen.get(section).is_some_and(|seen| seen.wholeness != Wholeness::Whole)
}

/// An empty list is as absent as one that no output shows; `count: {max: 0}` is true of it.
fn of_absent(judge: &Judge<'_>, test: &ListTest, shown_by: &[&str]) -> Verdict {
    let Some((section, seen)) = judge.device.searched(shown_by, judge.until) else {
        return Verdict::unknown(shown_by.first().map(|it| (*it).to_owned()));
    };
    let holds = matches!(test.quantifier, Quantifier::Count(range) if range.contains(0));
    Verdict::absent(holds, Proof { place: seen.place.clone(), section, when: When::State })
}

/// Several elements may meet it: their lines all prove it, and what they captured is listed with commas.
fn some(verdicts: Vec<Verdict>, list: Proof) -> Verdict {
    let listed = listed(&verdicts);
    let mut verdict = Verdict::any(verdicts);
    if verdict.truth == Truth::No {
        verdict.proof = vec![list];
    }
    verdict.bindings = listed;
    verdict
}

fn every(verdicts: Vec<Verdict>, list: Proof) -> Verdict {
    if verdicts.is_empty() { Verdict::absent(false, list) } else { Verdict::all(verdicts) }
}

fn counted(truth: Truth, verdicts: Vec<Verdict>, list: Proof) -> Verdict {
    let bindings = listed(&verdicts);
    let mut proof: Vec<Proof> =
        verdicts.into_iter().filter(|it| it.truth == Truth::Yes).flat_map(|it| it.proof).collect();
    let symptom = truth == Truth::Yes && !proof.is_empty();
    if proof.is_empty() {
        proof.push(list);
    }
    Verdict { truth, symptom, proof, bindings, ..Verdict::bare(truth) }
}

fn listed(verdicts: &[Verdict]) -> Bindings {
    let mut all: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for verdict in verdicts.iter().filter(|it| it.truth == Truth::Yes) {
        for (name, value) in verdict.bindings.iter() {
            let values = all.entry(name).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    all.into_iter().map(|(name, values)| (name, values.join(", "))).collect()
}
