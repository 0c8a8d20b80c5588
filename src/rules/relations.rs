//! What rules say of one another: ids used once, `causes` and `alternatives` that exist, no circle of causes.

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use super::advice::nearest;
use super::builtin::Entry;
use super::error::{RuleError, SourceFile};
use super::fault::{Fault, FaultKind, MOST_FAULTS};
use super::schema::{self, At};
use super::warnings::warnings;

/// A rule with the places of what it says of others.
pub(super) struct Loaded {
    pub(super) file: SourceFile,
    pub(super) written: schema::Rule,
    pub(super) rule: Rule,
}

impl Loaded {
    /// What is sound in it but not likely meant.
    pub(super) fn warnings(&self) -> Vec<RuleError> {
        warnings(&self.written).into_iter().map(|fault| RuleError::new(&self.file, fault)).collect()
    }

    fn error(&self, at: &At<String>, kind: FaultKind) -> RuleError {
        RuleError::new(&self.file, Fault::at(at.offset, at.length, kind))
    }
}

/// Checks rules that were read from files beside the built-in ones, which they may name and replace.
///
/// `broken` are the names of files that could not be read as rules: one fault is enough, nobody is told that they do not exist.
pub(super) fn check(own: &[Loaded], builtin: &[Entry], broken: &[String]) -> Vec<RuleError> {
    let mut errors = duplicates(own);
    errors.extend(unknown(own, builtin, broken));
    errors.extend(circles(own, builtin));
    errors
}

fn duplicates(own: &[Loaded]) -> Vec<RuleError> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut errors = Vec::new();
    for loaded in own {
        let id = &loaded.written.id;
        if let Some(other) = first.get(id.as_str()) {
            let kind = FaultKind::DuplicateId { id: id.value.clone(), other: (*other).to_owned() };
            errors.push(loaded.error(id, kind));
        } else {
            first.insert(id.as_str(), &loaded.file.path);
        }
    }
    errors
}

fn unknown(own: &[Loaded], builtin: &[Entry], broken: &[String]) -> Vec<RuleError> {
    let ids = own.iter().map(|it| &it.written.id).chain(builtin.iter().map(|(it, _)| &it.id));
    let known: BTreeSet<&str> = ids.map(|it| it.as_str()).chain(broken.iter().map(String::as_str)).collect();
    let mut errors = Vec::new();
    for loaded in own {
        let others = loaded.written.causes.iter().chain(&loaded.written.alternatives);
        for (at, other) in others.filter(|it| !known.contains(it.as_str())).take(MOST_FAULTS + 1).enumerate()
        {
            if at == MOST_FAULTS {
                let more = Fault::of_file(FaultKind::MoreFaults { most: MOST_FAULTS });
                errors.push(RuleError::new(&loaded.file, more));
                continue;
            }
            let near = nearest(other, known.iter().copied()).map(str::to_owned);
            errors.push(loaded.error(other, FaultKind::UnknownRule { id: other.value.clone(), near }));
        }
    }
    errors
}

/// Each circle once, at the cause that closes it, told from the first rule in order of id.
fn circles(own: &[Loaded], builtin: &[Entry]) -> Vec<RuleError> {
    let mut causes: BTreeMap<&str, &[At<String>]> =
        builtin.iter().map(|(it, _)| (it.id.as_str(), it.causes.as_slice())).collect();
    causes.extend(own.iter().map(|it| (it.written.id.as_str(), it.written.causes.as_slice())));
    let mut told = BTreeSet::new();
    let mut errors = Vec::new();
    for loaded in own {
        let Some(path) = way_back(&loaded.written.id, &causes) else { continue };
        let members: BTreeSet<&str> = path.iter().copied().collect();
        let next = path.get(1).copied().unwrap_or_default();
        let Some(at) = loaded.written.causes.iter().find(|it| it.value == next) else { continue };
        if told.insert(members) {
            let path = path.into_iter().map(str::to_owned).collect();
            errors.push(loaded.error(at, FaultKind::CauseCircle { path }));
        }
    }
    errors
}

/// The shortest way from a rule over its causes back to itself, both ends included.
fn way_back<'r>(start: &'r str, causes: &BTreeMap<&'r str, &'r [At<String>]>) -> Option<Vec<&'r str>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last().copied().unwrap_or_default();
            for next in causes.get(last).copied().unwrap_or_default() {
                let mut way = way.clone();
                way.push(next.as_str());
                if next.value == start {
                    return Some(way);
                }
                if seen.insert(next.as_str()) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}
