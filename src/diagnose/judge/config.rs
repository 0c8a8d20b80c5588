//! Conditions on the running configuration. A part of it proves presence, never absence.

use std::borrow::Cow;

use super::Judge;
use crate::base::Place;
use crate::diagnose::verdict::{Proof, Verdict, When};
use crate::facts::Config;
use crate::rules::condition::ConfigTest;
use crate::rules::{Bindings, Pattern};

const COMMAND: &str = "show running-config";

pub(super) fn judge(judge: &Judge<'_>, test: &ConfigTest, bindings: &Bindings) -> Verdict {
    let collect = test.collect.clone().unwrap_or_else(|| COMMAND.to_owned());
    for (config, lower) in in_force(judge) {
        match search(config, lower, test, bindings) {
            Err(_) => return Verdict::unknown(None),
            Ok(Some((place, captured))) => {
                let proof = Proof { place, section: config.section, when: When::Setting };
                return Verdict::seen(true, vec![proof], captured);
            }
            Ok(None) if config.whole => return absent((config, lower), test, bindings, collect),
            Ok(None) => {}
        }
    }
    Verdict::unknown(Some(collect))
}

/// Configurations, each with its text in lower case, from the newest that counts to the oldest; where none is that early, the
/// first that follows.
fn in_force<'d>(judge: &Judge<'d>) -> impl Iterator<Item = (&'d Config, &'d str)> {
    let all = &judge.device.capture.configs;
    let lower = judge.device.lower_configs.iter().map(String::as_str);
    let early = all.iter().filter(|config| config.section <= judge.until).count();
    let count = if early == 0 { all.len().min(1) } else { early };
    all.iter().zip(lower).take(count).collect::<Vec<_>>().into_iter().rev()
}

/// Absent from a whole configuration: its first line is the proof.
fn absent(
    (config, lower): (&Config, &str),
    test: &ConfigTest,
    bindings: &Bindings,
    collect: String,
) -> Verdict {
    if test.hidden_default && !config.with_defaults {
        return Verdict::unknown(Some(test.collect.clone().unwrap_or(format!("{collect} all"))));
    }
    let proof = |place| Proof { place, section: config.section, when: When::Setting };
    let block = test.under.as_ref().and_then(|under| first(config, lower, under, bindings));
    Verdict { block: block.map(proof), ..Verdict::absent(false, proof(config.place.clone())) }
}

/// The first line that a pattern is found in.
fn first(config: &Config, lower: &str, pattern: &Pattern, bindings: &Bindings) -> Option<Place> {
    if !pattern.is_possible_in(lower) {
        return None;
    }
    let mut found = None;
    config.walk(&mut |line, _| {
        if found.is_none() && matches!(pattern.search(&line.text, bindings), Ok(Some(_))) {
            found = Some(line.place.clone());
        }
    });
    found
}

/// The first line that meets the test; `Err` names a slot without a value.
fn search(
    config: &Config,
    lower: &str,
    test: &ConfigTest,
    bindings: &Bindings,
) -> Result<Option<(Place, Bindings)>, String> {
    // A slot without a value makes the outcome unknown, also where no line could match.
    let is_plain = test.line.slots().next().is_none();
    if is_plain && !test.line.is_possible_in(lower) {
        return Ok(None);
    }
    let mut found = Ok(None);
    config.walk(&mut |line, parents| {
        if !matches!(found, Ok(None)) || (is_plain && !test.line.is_possible(&line.text)) {
            return;
        }
        let mut known = Cow::Borrowed(bindings);
        if let Some(under) = &test.under {
            match parents.iter().find_map(|parent| under.search(parent, bindings).transpose()) {
                None => return,
                Some(Err(slot)) => return found = Err(slot),
                Some(Ok(captured)) => known.to_mut().extend(captured),
            }
        }
        match test.line.search(&line.text, &known) {
            Ok(None) => {}
            Ok(Some(captured)) => {
                let known = known.into_owned();
                let outer = known.into_iter().filter(|(name, _)| !bindings.contains_key(name));
                found = Ok(Some((line.place.clone(), outer.chain(captured).collect())));
            }
            Err(slot) => found = Err(slot),
        }
    });
    found
}
