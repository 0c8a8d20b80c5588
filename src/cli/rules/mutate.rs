//! `sldiag rules test --mutate`: which mistakes in a rule its examples would not notice.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnose::mutate::mutate;
use crate::report::Style;
use crate::report::rules::mutants;
use crate::rules::set::{Checked, RuleExamples};

/// Runs it. Survivors are no failure: the share is a measure.
pub(super) fn run(
    checked: &Checked,
    filter: Option<&str>,
    style: &Style,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Failure> {
    let is_wanted = |it: &&RuleExamples| filter.is_none_or(|words| it.rule.contains(words));
    let wanted: Vec<&RuleExamples> = checked.examples.iter().filter(is_wanted).collect();
    let reports = mutate(&wanted, &checked.rules);
    let with_paths: Vec<_> =
        reports.into_iter().zip(wanted).map(|(report, it)| (report, it.rule_path.clone())).collect();
    terminal.print(&mutants::text(&with_paths, style))?;
    Ok(Exit::Clean)
}
