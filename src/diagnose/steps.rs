//! Next steps, filled in and checked against the same capture.

use super::examine::quote;
use super::finding::NextStep;
use super::judge::Judge;
use super::verdict::Verdict;
use super::words::Words;
use crate::base::{Place, StepState, Truth};
use crate::rules::{Bindings, Rule, Step};

/// The steps of a rule that apply to the device, in order.
pub(super) fn next_steps(
    rule: &Rule,
    judge: &Judge<'_>,
    words: &Words<'_>,
    stale: &[Place],
) -> Vec<NextStep> {
    // A step is checked on what the device shows at the end, also for a problem that is over; in the era of the rule, for what
    // succeeded before an upgrade is no success of now.
    let judge = Judge::of(rule, judge.device);
    rule.next_steps
        .iter()
        .filter_map(|step| Some(next_step(step, &judge, words, known(step, &judge, words)?, stale)))
        .collect()
}

/// The values known to a step that applies: those of the rule, and those that its `applies` captured.
fn known(step: &Step, judge: &Judge<'_>, words: &Words<'_>) -> Option<Bindings> {
    let mut bindings = words.bindings.clone();
    if let Some(applies) = &step.applies {
        let verdict = judge.judge(applies, &bindings);
        if verdict.truth == Truth::No {
            return None;
        }
        bindings.add(&verdict.bindings);
    }
    Some(bindings)
}

fn next_step(
    step: &Step,
    judge: &Judge<'_>,
    words: &Words<'_>,
    mut bindings: Bindings,
    stale: &[Place],
) -> NextStep {
    let mut out = NextStep {
        text: String::new(),
        commands: Vec::new(),
        effect: step.effect,
        state: StepState::Unknown,
        evidence: None,
        collect: step.collect.clone(),
    };
    if let Some(verify) = &step.verify {
        let mut verdict = judge.judge(verify, &bindings);
        // What succeeded before the failure was not done about it.
        let is_stale = !verdict.proof.is_empty() && verdict.proof.iter().all(|it| stale.contains(&it.place));
        if verdict.truth == Truth::Yes && is_stale {
            verdict = Verdict::unknown(None);
        }
        out.state = match verdict.truth {
            Truth::Yes => StepState::Done,
            Truth::No => StepState::Open,
            Truth::Unknown => StepState::Unknown,
        };
        if verdict.truth != Truth::Unknown {
            out.evidence =
                verdict.block.as_ref().or(verdict.proof.first()).map(|proof| quote(judge.device, proof));
            out.collect.clear();
        } else if out.collect.is_empty() {
            // A check such as ping is the step itself, not an output to collect.
            out.collect = verdict.collect;
            out.collect.retain(|command| command.starts_with("show "));
        }
        bindings.replace(verdict.bindings);
    }
    let words = Words { bindings: &bindings, ..*words };
    out.text = words.fill(&step.text);
    out.commands = step.commands.iter().map(|command| words.fill(command)).collect();
    out
}
