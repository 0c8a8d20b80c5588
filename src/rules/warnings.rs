//! What is sound in a rule and yet not meant: a condition that can never hold, and patterns that cost more than they find.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind, MOST_FAULTS};
use super::schema::{At, Condition, Expression, FactCondition, LogCondition, Rule, Scalar};

/// A compiled pattern beyond this takes longer to build than a capture takes to read.
const LARGEST_PATTERN: usize = 1024 * 1024;

/// The warnings about a rule, by their place.
pub(super) fn warnings(rule: &Rule) -> Vec<Fault> {
    let mut found = Vec::new();
    found.extend(never(rule));
    for condition in conditions(rule) {
        slow(condition, &mut found);
    }
    found.sort_by_key(|fault| fault.span);
    found.truncate(MOST_FAULTS);
    found
}

fn conditions(rule: &Rule) -> impl Iterator<Item = &Condition> {
    let steps = rule.next_steps.iter().flat_map(|step| step.applies.iter().chain(&step.verify));
    let cases = rule.severity.when.iter().map(|case| &case.condition);
    std::iter::once(&rule.when)
        .chain(&rule.applies)
        .chain(&rule.unless)
        .chain(&rule.recovered_by)
        .chain(cases)
        .chain(steps)
}

/// Why the rule can never make a confirmed finding.
fn never(rule: &Rule) -> Option<Fault> {
    let context = rule.applies.iter().flat_map(parts);
    let all: Vec<&Condition> = context.chain(parts(&rule.when)).collect();
    let why = contradiction(&all).or_else(|| {
        let symptoms: BTreeSet<String> =
            parts(&rule.when).iter().copied().chain([&rule.when]).map(spelled).collect();
        let silencing: Vec<&Condition> = match &rule.unless {
            Some(unless @ Condition::Any(parts)) => parts.iter().chain([unless]).collect(),
            unless => unless.iter().collect(),
        };
        let silences = silencing.into_iter().any(|it| symptoms.contains(&spelled(it)));
        silences.then(|| "`unless` is true whenever `when` is".to_owned())
    })?;
    Some(Fault::at(rule.id.offset, rule.id.length, FaultKind::NeverFires { why }))
}

/// What must all hold.
fn parts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(all) => all.iter().flat_map(parts).collect(),
        other => vec![other],
    }
}

/// A condition as it is written, without its place.
fn spelled(condition: &Condition) -> String {
    serde_json::to_string(condition).unwrap_or_default()
}

/// Two of these that exclude each other.
fn contradiction(all: &[&Condition]) -> Option<String> {
    let spelled_all: BTreeSet<String> = all.iter().map(|it| spelled(it)).collect();
    for (at, condition) in all.iter().enumerate() {
        if let Condition::Not(part) = condition
            && spelled_all.contains(&spelled(part))
        {
            return Some("a condition and its opposite are asked for together".to_owned());
        }
        for other in all.iter().skip(at + 1) {
            if let Some(why) = exclude(condition, other) {
                return Some(why);
            }
        }
    }
    None
}

fn exclude(left: &Condition, right: &Condition) -> Option<String> {
    match (left, right) {
        (Condition::Fact(left), Condition::Fact(right)) if left.key.value == right.key.value => {
            let (one, other) = (values(left)?, values(right)?);
            one.is_disjoint(&other)
                .then(|| format!("`{}` is asked to have two values at once", left.key.value))
        }
        (Condition::Era(left), Condition::Era(right)) => {
            let none = !left.0.iter().any(|era| right.0.contains(era));
            none.then(|| "the device is asked to be of two eras at once".to_owned())
        }
        _ => None,
    }
}

/// The values that a fact may have, compared as the judge compares them; `None` where others would do.
fn values(fact: &FactCondition) -> Option<BTreeSet<String>> {
    let listed = fact.equals.iter().chain(&fact.one_of);
    let values: BTreeSet<String> = listed.map(|it| folded(it)).collect();
    (!values.is_empty()).then_some(values)
}

fn folded(value: &Scalar) -> String {
    let text = match value {
        Scalar::Bool(yes) => yes.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
    };
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '_' && *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

fn slow(condition: &Condition, found: &mut Vec<Fault>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|it| slow(it, found)),
        Condition::AtLeast(part) => part.of.iter().for_each(|it| slow(it, found)),
        Condition::Not(part) => slow(part, found),
        Condition::Some(test) | Condition::Every(test) | Condition::Count(test) => {
            slow(&test.condition, found);
        }
        Condition::Fact(test) => patterns(test.matches.as_ref(), found),
        Condition::Log(test) => slow_log(test, found),
        Condition::Event(test) => patterns(test.text.as_ref(), found),
        Condition::Typed(test) => pattern(&test.command, found),
        Condition::Config(test) => {
            pattern(&test.line, found);
            patterns(test.under.as_ref(), found);
        }
        Condition::Era(_) | Condition::Seen(_) => {}
    }
}

fn slow_log(test: &LogCondition, found: &mut Vec<Fault>) {
    patterns(test.text.as_ref(), found);
    for neighbour in [&test.after, &test.before, &test.near].into_iter().flatten() {
        slow_log(&neighbour.log, found);
    }
}

fn patterns(written: Option<&At<Expression>>, found: &mut Vec<Fault>) {
    if let Some(written) = written {
        pattern(written, found);
    }
}

fn pattern(written: &At<Expression>, found: &mut Vec<Fault>) {
    let start = written.strip_prefix("(?i)").unwrap_or(written);
    let starts_open = [".*", "^.*", ".+", "^.+"].iter().any(|open| start.starts_with(open));
    let why = if is_large(written) {
        "this pattern takes more than 1 MiB when compiled"
    } else if starts_open {
        "this pattern begins with `.*` or `.+`, which tries every place of the text again"
    } else {
        return;
    };
    found.push(Fault::at(written.offset, written.length, FaultKind::Slow { why }));
}

/// Only counted repetitions make a short pattern large: the others need not be compiled to tell.
fn is_large(written: &str) -> bool {
    let counts = written.split('{').skip(1).any(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let small = || regex::RegexBuilder::new(written).size_limit(LARGEST_PATTERN).build();
    counts && matches!(small(), Err(regex::Error::CompiledTooBig(_)))
}
