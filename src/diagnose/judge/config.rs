//! Conditions on the running configuration. A part of it proves presence, never absence.

use std::borrow::Cow;

use super::Judge;
use crate::base::Place;
use crate::diagnose::lines::Lines;
use crate::diagnose::verdict::{Proof, Verdict, When};
use crate::facts::{Config, ConfigLine};
use crate::rules::condition::ConfigTest;
use crate::rules::{Bindings, Pattern};

const COMMAND: &str = "show running-config";

pub(super) fn judge(judge: &Judge<'_>, test: &ConfigTest, bindings: &Bindings) -> Verdict {
    let collect = test.collect.clone().unwrap_or_else(|| COMMAND.to_owned());
    for (config, lines) in in_force(judge) {
        match search(config, lines, test, bindings) {
            Err(_) => return Verdict::unknown(None),
            Ok(Some((place, captured))) => {
                let proof = Proof { place, section: config.section, when: When::Setting };
                return Verdict::seen(true, vec![proof], captured);
            }
            Ok(None) if config.whole => return absent((config, lines), test, bindings, collect),
            Ok(None) => {}
        }
    }
    Verdict::unknown(Some(collect))
}

/// Configurations, each with its lines, from the newest that counts to the oldest; where none is that early, the first that
/// follows.
fn in_force<'d>(judge: &Judge<'d>) -> impl Iterator<Item = (&'d Config, &'d Lines)> {
    let all = &judge.device.capture.configs;
    let early = all.iter().filter(|config| config.section <= judge.until).count();
    let count = if early == 0 { all.len().min(1) } else { early };
    let newest_first = (0..count).rev();
    newest_first.filter_map(|at| Some((all.get(at)?, judge.device.config_lines.get(at)?)))
}

/// Absent from a whole configuration: its first line is the proof.
fn absent(
    (config, lines): (&Config, &Lines),
    test: &ConfigTest,
    bindings: &Bindings,
    collect: String,
) -> Verdict {
    if test.hidden_default && !config.with_defaults {
        return Verdict::unknown(Some(test.collect.clone().unwrap_or(format!("{collect} all"))));
    }
    let proof = |place| Proof { place, section: config.section, when: When::Setting };
    let block = test.under.as_ref().and_then(|under| first(config, lines, under, bindings));
    Verdict { block: block.map(proof), ..Verdict::absent(false, proof(config.place.clone())) }
}

/// The first line that a pattern is found in.
fn first(config: &Config, lines: &Lines, pattern: &Pattern, bindings: &Bindings) -> Option<Place> {
    let is_found = |line: &ConfigLine| matches!(pattern.search(&line.text, bindings), Ok(Some(_)));
    lines.candidates(config, pattern).find(|(line, _)| is_found(line)).map(|(line, _)| line.place.clone())
}

type Found = Result<Option<(Place, Bindings)>, String>;

/// The first line that meets the test; `Err` names a slot without a value.
fn search(config: &Config, lines: &Lines, test: &ConfigTest, bindings: &Bindings) -> Found {
    // A slot without a value makes the outcome unknown, also where no line could match.
    let is_known = |pattern: &Pattern| pattern.slots().all(|slot| bindings.has(slot));
    let is_plain = test.line.slots().next().is_none();
    if is_plain || (is_known(&test.line) && test.under.as_ref().is_none_or(is_known)) {
        let mut found =
            lines.candidates(config, &test.line).map(|(line, parents)| meet(line, &parents, test, bindings));
        return found.find(|it| !matches!(it, Ok(None))).unwrap_or(Ok(None));
    }
    let mut found = Ok(None);
    config.walk(&mut |line, parents| {
        if matches!(found, Ok(None)) {
            found = meet(line, parents, test, bindings);
        }
    });
    found
}

/// Whether a line meets the test.
fn meet(line: &ConfigLine, parents: &[&str], test: &ConfigTest, bindings: &Bindings) -> Found {
    let mut known = Cow::Borrowed(bindings);
    if let Some(under) = &test.under {
        match parents.iter().find_map(|parent| under.search(parent, bindings).transpose()) {
            None => return Ok(None),
            Some(captured) => known.to_mut().replace(captured?),
        }
    }
    let Some(mut captured) = test.line.search(&line.text, &known)? else { return Ok(None) };
    captured.add(&known.without(bindings));
    Ok(Some((line.place.clone(), captured)))
}
