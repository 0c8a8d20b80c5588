//! Tests of one fact.

use std::cmp::Ordering;

use super::Judge;
use crate::base::version::Release;
use crate::base::{Era, Stamp, Truth, Wholeness};
use crate::diagnose::device::words;
use crate::diagnose::verdict::{Proof, Verdict, When};
use crate::facts::key::{self, Key};
use crate::facts::{Reading, Value};
use crate::rules::condition::{FactTest, Instant, Test};
use crate::rules::schema::Scalar;
use crate::rules::{Bindings, Pattern};

/// What one test says about a value.
enum Answer {
    /// It passes, and its pattern captured this.
    Pass(Bindings),
    Fail,
    /// It needs something that the capture does not show; this command would.
    Open(Option<String>),
}

/// Judges a test of `key`: the one that the test names, or one that its `*` stands for.
pub(super) fn judge(judge: &Judge<'_>, key: &str, test: &FactTest, bindings: &Bindings) -> Verdict {
    let reading = match judge.element {
        Some(element) => element.get(key),
        None => judge.device.reading(key, shown_by(key), judge.until),
    };
    match reading {
        Some(reading) => of_reading(judge, key, test, reading, bindings),
        None if test.shown => Verdict::bare(Truth::No),
        None if judge.element.is_some() => of_missing_field(judge, test),
        None => of_absent(judge, key, test),
    }
}

/// The commands that print a key, by the fact table.
pub(super) fn shown_by(key: &str) -> &'static [&'static str] {
    key::find(key).map_or(&[], |key: &Key| key.shown_by)
}

/// The proof that a reading gives.
pub(super) fn proof_of(judge: &Judge<'_>, key: &str, reading: &Reading) -> Proof {
    let own_date = match &reading.value {
        Value::Time(stamp) if is_past(key) => Some(stamp.clone()),
        _ => None,
    };
    let date = own_date.or_else(|| dated_by(judge, key, reading.section));
    Proof {
        place: reading.place.clone(),
        section: reading.section,
        when: date.map_or(if is_setting(key) { When::Setting } else { When::State }, When::Dated),
    }
}

/// How licensing is set up to send: shown like a state, but a failure of last month does not become one of now because of it.
fn is_setting(key: &str) -> bool {
    key.starts_with("license.transport.") || key.starts_with("license.destination.")
}

/// `Last …`, `since` and the like tell when something happened; a deadline does not.
fn is_past(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    name.starts_with("last_") || name == "since"
}

fn dated_by(judge: &Judge<'_>, key: &str, section: usize) -> Option<Stamp> {
    let by = key::dated_by(key)?;
    let reading = judge.device.capture.facts.reading(&by, section).filter(|it| it.section == section)?;
    match &reading.value {
        Value::Time(stamp) => Some(stamp.clone()),
        _ => None,
    }
}

fn of_reading(
    judge: &Judge<'_>,
    key: &str,
    test: &FactTest,
    reading: &Reading,
    bindings: &Bindings,
) -> Verdict {
    let mut captured = Bindings::new();
    let mut open = None;
    for part in &test.tests {
        match answer(judge, part, reading, bindings) {
            Answer::Pass(more) => captured.replace(more),
            Answer::Fail => {
                return Verdict::seen(false, vec![proof_of(judge, key, reading)], Bindings::new());
            }
            Answer::Open(command) => open = Some(command),
        }
    }
    if let Some(command) = open {
        return Verdict::unknown(test.collect.clone().or(command));
    }
    let seen = Verdict::seen(true, vec![proof_of(judge, key, reading)], captured);
    Verdict { symptom: seen.symptom && !takes_anything(test), ..seen }
}

/// Whether a test only gives a value a name, as `(?<member>.+)` does: what it names is there on healthy devices, too.
fn takes_anything(test: &FactTest) -> bool {
    let is_bare = |pattern: &str| {
        let inner = pattern.trim_start_matches('^').trim_end_matches('$');
        let behind = inner.strip_prefix("(?<").and_then(|it| it.split_once('>'));
        behind.is_some_and(|(_, rest)| [".+)", r"\S+)"].contains(&rest))
    };
    matches!(test.tests.as_slice(), [Test::Matches(pattern)] if is_bare(pattern.as_str()))
}

/// A field that an element does not have: not printed, unless the output is cut.
fn of_missing_field(judge: &Judge<'_>, test: &FactTest) -> Verdict {
    let element = judge.element.and_then(|element| element.iter().next());
    let Some((_, reading)) = element else { return Verdict::unknown(None) };
    let seen = judge.device.capture.seen.get(reading.section);
    if seen.is_some_and(|seen| seen.wholeness != Wholeness::Whole) {
        return Verdict::unknown(None);
    }
    let proof = Proof { place: reading.place.clone(), section: reading.section, when: When::State };
    Verdict::absent(wants_absence(test), proof)
}

/// A fact that no output shows: absent where a line says so, or where a whole output would have shown it; else unknown.
fn of_absent(judge: &Judge<'_>, key: &str, test: &FactTest) -> Verdict {
    if is_of_other_era(judge, key) && !wants_absence(test) {
        return Verdict { looked: true, ..Verdict::bare(Truth::No) };
    }
    let shown_by = shown_by(key);
    let searched = judge.device.searched(shown_by, judge.until);
    let denial = judge.device.capture.facts.denial(key, judge.until);
    if let Some(denial) = denial.filter(|it| searched.is_none_or(|(section, _)| section <= it.section)) {
        let proof = Proof { place: denial.place.clone(), section: denial.section, when: When::State };
        return Verdict::absent(wants_absence(test), proof);
    }
    match searched {
        Some((section, seen)) => {
            let proof = Proof { place: seen.place.clone(), section, when: When::State };
            Verdict::absent(wants_absence(test), proof)
        }
        None => {
            Verdict::unknown(test.collect.clone().or_else(|| shown_by.first().map(|it| (*it).to_owned())))
        }
    }
}

/// A classic device has no exchange statistics and a policy device no registration: nothing is to be collected for them.
fn is_of_other_era(judge: &Judge<'_>, key: &str) -> bool {
    let era = judge.device.era;
    era != Era::Unknown && key::era_of(key).is_some_and(|of| of != era)
}

fn wants_absence(test: &FactTest) -> bool {
    test.tests.iter().any(|part| matches!(part, Test::Exists(false)))
}

fn answer(judge: &Judge<'_>, test: &Test, reading: &Reading, bindings: &Bindings) -> Answer {
    let value = &reading.value;
    match test {
        Test::OneOf(wanted) => pass(wanted.iter().any(|scalar| is_scalar(value, scalar))),
        Test::Matches(pattern) => matches(pattern, value, bindings),
        Test::Exists(wanted) => pass(*wanted),
        Test::Length(range) => match value {
            Value::List(elements) => pass(range.contains(elements.len())),
            _ => Answer::Fail,
        },
        Test::Number(min, max) => match value {
            Value::Number(number) => {
                pass(min.is_none_or(|min| min <= *number) && max.is_none_or(|max| *number <= max))
            }
            _ => Answer::Fail,
        },
        Test::Same(other, wanted) => same(judge, other, *wanted, value),
        Test::Before(instant) => compare(judge, reading, instant, Ordering::Less),
        Test::After(instant) => compare(judge, reading, instant, Ordering::Greater),
        Test::Within(seconds) => match gap(judge, reading, &Instant::Now) {
            Ok(gap) => pass(gap.abs() < *seconds),
            Err(open) => open,
        },
        Test::Gap { from, less, more } => match gap(judge, reading, from) {
            Ok(gap) => pass(less.is_none_or(|less| gap < less) && more.is_none_or(|more| gap > more)),
            Err(open) => open,
        },
        Test::Release(releases) => match words(value).and_then(|text| text.parse::<Release>().ok()) {
            Some(release) => pass(releases.contains(&release)),
            None => Answer::Open(None),
        },
    }
}

fn pass(holds: bool) -> Answer {
    if holds { Answer::Pass(Bindings::new()) } else { Answer::Fail }
}

fn is_scalar(value: &Value, wanted: &Scalar) -> bool {
    match (value, wanted) {
        (Value::Text(text), Scalar::Text(wanted)) => folded(text).eq(folded(wanted)),
        (Value::Number(number), Scalar::Number(wanted)) => number == wanted,
        (Value::Bool(yes), Scalar::Bool(wanted)) => yes == wanted,
        (Value::Text(text), Scalar::Number(wanted)) => text.trim() == wanted.to_string(),
        _ => false,
    }
}

/// Devices write `NotAllowed`, `Not Allowed` and `NOT_ALLOWED` for the same thing (DOMAIN 5.1).
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && *c != '_' && *c != '-').flat_map(char::to_lowercase)
}

fn matches(pattern: &Pattern, value: &Value, bindings: &Bindings) -> Answer {
    let Some(text) = words(value) else { return Answer::Fail };
    match pattern.search(&text, bindings) {
        Ok(Some(captured)) => Answer::Pass(captured),
        Ok(None) => Answer::Fail,
        Err(_) => Answer::Open(None),
    }
}

fn same(judge: &Judge<'_>, other: &str, wanted: bool, value: &Value) -> Answer {
    let shown_by = shown_by(other);
    match judge.device.reading(other, shown_by, judge.until) {
        Some(reading) => {
            let equal = match (words(&reading.value), words(value)) {
                (Some(left), Some(right)) => folded(&left).eq(folded(&right)),
                _ => reading.value == *value,
            };
            pass(equal == wanted)
        }
        None => Answer::Open(shown_by.first().map(|it| (*it).to_owned())),
    }
}

fn compare(judge: &Judge<'_>, reading: &Reading, instant: &Instant, wanted: Ordering) -> Answer {
    match gap(judge, reading, instant) {
        Ok(gap) => pass(gap.cmp(&0) == wanted),
        Err(open) => open,
    }
}

/// Seconds from the instant to the value.
fn gap(judge: &Judge<'_>, reading: &Reading, instant: &Instant) -> Result<i64, Answer> {
    let Value::Time(stamp) = &reading.value else { return Err(Answer::Fail) };
    let (other, collect) = match instant {
        Instant::Now => (judge.device.now_at(reading.section).cloned(), Some("show clock".to_owned())),
        Instant::Fact(key) => {
            let shown_by = shown_by(key);
            let reading = judge.device.reading(key, shown_by, judge.until).map(|it| &it.value);
            let time =
                reading.and_then(|it| if let Value::Time(stamp) = it { Some(stamp.clone()) } else { None });
            (time, shown_by.first().map(|it| (*it).to_owned()))
        }
    };
    let Some(other) = other else { return Err(Answer::Open(collect)) };
    other.seconds_until(stamp).ok_or(Answer::Open(collect))
}
