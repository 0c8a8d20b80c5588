//! Next steps: numbered, checked against the capture, with commands to copy.

use super::page::{Page, Tone};
use crate::base::{Effect, StepState};
use crate::diagnose::finding::NextStep;

/// The steps of a finding.
pub(super) fn list(page: &mut Page<'_>, steps: &[NextStep]) {
    if steps.is_empty() {
        return;
    }
    page.line(2, &[(Tone::Strong, "Next steps")]);
    for (number, step) in steps.iter().enumerate() {
        let (tone, mark) = page.mark(step.state);
        let text = format!("{} [{}]", step.text, effect(step.effect));
        page.hanging(4, (tone, &format!("{}. {mark}", number + 1)), Tone::Plain, &text);
        for command in &step.commands {
            page.command(9, command);
        }
        state(page, step);
    }
}

/// What carrying out a step does, in words.
pub(crate) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::ReadOnly => "read-only",
        Effect::Config => "changes config",
        Effect::Portal => "portal",
    }
}

/// The line that shows the state, or what would show it.
fn state(page: &mut Page<'_>, step: &NextStep) {
    let words = match step.state {
        StepState::Done => "done",
        StepState::Open => "open",
        StepState::Unknown => "cannot tell",
    };
    if let Some(shown) = &step.evidence {
        page.place(7, &shown.path, shown.line, &format!("shows it {words}"));
        page.quote(7, &shown.text);
        return;
    }
    match step.state {
        StepState::Done | StepState::Open => {}
        // A step that only shows something tells by its own output.
        StepState::Unknown if step.collect.is_empty() || step.collect == step.commands => {}
        StepState::Unknown => {
            page.line(7, &[(Tone::Faint, "cannot tell; collect")]);
            for command in &step.collect {
                page.command(9, command);
            }
        }
    }
}
