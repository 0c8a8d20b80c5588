//! Whether a rule's examples show enough: that it fires, that it stays silent on what resembles the problem, and that it
//! says "cannot tell" where it rests on something being absent.

use super::condition::Condition;
use super::error::{RuleError, SourceFile};
use super::examples::{Examples, Files};
use super::fault::{Fault, FaultKind};
use super::relations::Loaded;
use super::schema::At;

const FIRING: usize = 1;
const SILENT: usize = 2;

/// What the examples of a rule lack; `file` is where they stand or should stand.
pub(super) fn lacks(loaded: &Loaded, examples: &Examples, file: &str) -> Option<RuleError> {
    let mut missing = Vec::new();
    if examples.fires.len() < FIRING {
        missing.push("a capture on which it fires");
    }
    match SILENT.saturating_sub(examples.silent.len()) {
        0 => {}
        1 => missing.push("a second capture on which it stays silent"),
        _ => missing.push("two captures on which it stays silent"),
    }
    if !examples.silent.iter().any(|it| it.near_miss) {
        missing.push("a near miss");
    }
    if rests_on_absence(loaded) && examples.unknown.is_empty() {
        missing.push("a capture that does not tell (the rule uses `not` or `unless`)");
    }
    if missing.is_empty() {
        return None;
    }
    let kind = FaultKind::NoExamples { missing: missing.join(", "), file: file.to_owned() };
    let id = &loaded.written.id;
    Some(RuleError::new(&loaded.file, Fault::at(id.offset, id.length, kind)))
}

fn rests_on_absence(loaded: &Loaded) -> bool {
    loaded.rule.unless.is_some() || negates(&loaded.rule.when)
}

fn negates(condition: &Condition) -> bool {
    match condition {
        Condition::Not(_) => true,
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().any(negates)
        }
        Condition::List(test) => negates(&test.condition),
        Condition::Era(_)
        | Condition::Fact(_)
        | Condition::Log(_)
        | Condition::Event(_)
        | Condition::Typed(_)
        | Condition::Config(_)
        | Condition::Seen(_) => false,
    }
}

/// Examples that have no capture, or two.
pub(super) fn malformed(file: &SourceFile, examples: &Examples) -> Vec<RuleError> {
    let fires = examples.fires.iter().map(|it| (&it.name, &it.input, &it.files));
    let silent = examples.silent.iter().map(|it| (&it.name, &it.input, &it.files));
    let unknown = examples.unknown.iter().map(|it| (&it.name, &it.input, &it.files));
    fires
        .chain(silent)
        .chain(unknown)
        .filter_map(|(name, input, files)| capture(file, name, input, files))
        .collect()
}

fn capture(file: &SourceFile, name: &At<String>, input: &str, files: &[Files]) -> Option<RuleError> {
    let why = match (input.is_empty(), files.is_empty()) {
        (true, true) => "this example has no capture",
        (false, false) => "this example has both `input` and `files`",
        _ => return None,
    };
    let kind = FaultKind::BadExample { why: why.to_owned() };
    Some(RuleError::new(file, Fault::at(name.offset, name.length, kind)))
}
