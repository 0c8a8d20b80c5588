//! The steps of rules as a page shows them.

use crate::base::Era;
use crate::report::text::{Page, Tone, step_effect};
use crate::rules::{Condition, Step, Template};

/// A step without a device: every value is a place-holder.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Shown {
    text: String,
    commands: Vec<String>,
}

impl Shown {
    pub(super) fn of(step: &Step) -> Self {
        let era = step.applies.as_ref().and_then(era_of).unwrap_or_default();
        let text = format!("{} [{}{era}]", in_words(&step.text), step_effect(step.effect));
        Self { text, commands: step.commands.iter().map(in_words).collect() }
    }

    /// The same step with words before it.
    pub(super) fn behind(self, words: &str) -> Self {
        Self { text: format!("{words}{}", self.text), ..self }
    }
}

/// Writes steps, numbered, below a heading; nothing where there are none.
pub(super) fn write(page: &mut Page<'_>, heading: &str, steps: impl IntoIterator<Item = Shown>) {
    for (index, step) in steps.into_iter().enumerate() {
        if index == 0 {
            page.gap();
            page.line(0, &[(Tone::Strong, heading)]);
        }
        page.hanging(2, (Tone::Plain, &format!("{}.", index + 1)), Tone::Plain, &step.text);
        for command in &step.commands {
            page.command(5, command);
        }
    }
}

/// The era that a step is for. A report leaves the steps of the other era out; a page shows all of them.
fn era_of(applies: &Condition) -> Option<&'static str> {
    const CLASSIC: &str = "; classic releases";
    const POLICY: &str = "; policy releases";
    match applies {
        Condition::Era(eras) if *eras == [Era::Classic] => Some(CLASSIC),
        Condition::Era(eras) if *eras == [Era::Policy] => Some(POLICY),
        Condition::Not(inner) if era_of(inner) == Some(POLICY) => Some(CLASSIC),
        Condition::All(parts) => parts.iter().find_map(era_of),
        _ => None,
    }
}

/// A template without a device.
fn in_words(template: &Template) -> String {
    template.fill(&|_, _| None)
}
