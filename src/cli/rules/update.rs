//! `sldiag rules test --update`: writes what came out into the examples that differ.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnose::trial::{Difference, Field, Outcome};
use crate::report::rules::trials::Shown;
use crate::report::text::plural;
use crate::rules::rewrite::{Edit, NewValue, rewrite};
use crate::rules::set::Checked;

/// Rewrites the files; whether anything was changed. What it may not change stays a difference, so that it shows below.
pub(super) fn run(checked: &Checked, tried: &[Shown], terminal: &mut Terminal<'_>) -> Result<bool, Failure> {
    let mut changed = false;
    for file in &checked.examples {
        let edits: Vec<Edit> = tried.iter().filter(|it| it.path == file.path).flat_map(edits).collect();
        if edits.is_empty() {
            continue;
        }
        let rewritten = rewrite(&file.text, &edits);
        for (edit, why) in &rewritten.refused {
            let before = file.text.bytes().take(edit.example);
            let line = 1 + before.filter(|byte| *byte == b'\n').count();
            terminal.note(&format!("{}:{line}: `{}` is not rewritten: {why}", file.path, edit.key));
        }
        if rewritten.made > 0 {
            terminal.deliver(&rewritten.text, Some(Path::new(&file.path)))?;
            terminal.note(&format!("{}: {} rewritten", file.path, plural(rewritten.made, "value")));
            changed = true;
        }
    }
    Ok(changed)
}

/// Texts follow the rule. Whether it fires, how surely and how badly is what the example is there to decide.
fn edits(shown: &Shown) -> Vec<Edit> {
    let Outcome::Wrong(differences) = &shown.trial.outcome else { return Vec::new() };
    differences.iter().filter_map(|it| edit(shown.trial.offset, it)).collect()
}

fn edit(example: usize, difference: &Difference) -> Option<Edit> {
    let got = difference.got.clone();
    let value = match difference.field {
        Field::Message => NewValue::Text(got.join("\n")),
        Field::Evidence => NewValue::Lines(got),
        Field::Steps | Field::Collect => NewValue::Words(got),
        Field::Certainty | Field::State | Field::Severity | Field::AskedFor => return None,
    };
    Some(Edit { example, key: difference.field.key(), value })
}
