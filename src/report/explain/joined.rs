//! The steps of the rules of one scenario as one list: what all of them say is said once.

use super::step::Shown;
use crate::rules::Rule;

/// A step with the ids of the rules that have it.
type Owned<'r> = (Shown, Vec<&'r str>);

/// The steps of all rules in one order that is the order of each. A step that is not of all rules says of which it is. `None`
/// where the rules have no step in common, or have those in different orders: then each keeps its own list.
pub(super) fn steps(rules: &[&Rule]) -> Option<Vec<Shown>> {
    let lists: Vec<Vec<Shown>> =
        rules.iter().map(|rule| rule.next_steps.iter().map(Shown::of).collect()).collect();
    let is_in_all = |step: &&Shown| lists.iter().all(|list| list.contains(step));
    let common: Vec<&Shown> = lists.first()?.iter().filter(is_in_all).collect();
    if rules.len() < 2 || common.is_empty() {
        return None;
    }
    let mut rests: Vec<(&str, &[Shown])> =
        rules.iter().map(|rule| &*rule.id).zip(lists.iter().map(Vec::as_slice)).collect();
    let mut joined = Vec::new();
    for step in common {
        let mut before = Vec::new();
        for (id, rest) in &mut rests {
            let at = rest.iter().position(|it| it == step)?;
            before.push((*id, rest.get(..at)?));
            *rest = rest.get(at + 1..)?;
        }
        joined.extend(own(&before));
        joined.push((step.clone(), rules.iter().map(|rule| &*rule.id).collect()));
    }
    joined.extend(own(&rests));
    Some(joined.into_iter().map(|(step, owners)| marked(step, &owners, rules)).collect())
}

/// What rules have between two steps of all.
fn own<'r>(parts: &[(&'r str, &[Shown])]) -> Vec<Owned<'r>> {
    let mut found: Vec<Owned<'r>> = Vec::new();
    for (id, steps) in parts {
        for step in *steps {
            match found.iter_mut().find(|(it, _)| it == step) {
                Some((_, owners)) => owners.push(id),
                None => found.push((step.clone(), vec![id])),
            }
        }
    }
    found
}

/// Says whose a step is, or whose it is not where that is one rule of several.
fn marked(step: Shown, owners: &[&str], rules: &[&Rule]) -> Shown {
    let others: Vec<&str> = rules.iter().map(|rule| &*rule.id).filter(|id| !owners.contains(id)).collect();
    match others.as_slice() {
        [] => step,
        [other] if owners.len() > 1 => step.behind(&format!("Not for {other}: ")),
        _ => step.behind(&format!("Only for {}: ", owners.join(", "))),
    }
}
