//! Tests of facts and of lists: the key exists and its kind can pass the test.

use super::conditions::condition;
use super::writer::Writer;
use crate::facts::key::{self, Kind};
use crate::rules::condition::{FactTest, ListTest, Quantifier, Test};
use crate::rules::fault::FaultKind;
use crate::rules::schema::{At, FactCondition, Gap, ListCondition, Range, Scalar};

const SWAP: &str = "no number lies between them; exchange the two";

/// What keys are looked up in.
#[derive(Clone, Copy)]
pub(super) enum Scope<'s> {
    /// The facts of the device.
    Device,
    /// The fields of an element of this list, inside `where`.
    Element(&'s str, &'static [&'static str]),
}

/// The kind of a key in words.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Number => "a number",
        Kind::Bool => "true or false",
        Kind::Time => "a date and time",
        Kind::List(_) => "a list",
    }
}

fn fitting(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => {
            "`equals` or `in` with texts, `matches`, `release`, `same_as`, `differs_from`, `exists`"
        }
        Kind::Number => {
            "`equals` or `in` with whole numbers, `min`, `max`, `same_as`, `differs_from`, `exists`"
        }
        Kind::Bool => "`equals: true` or `equals: false`, `same_as`, `differs_from`, `exists`",
        Kind::Time => "`before`, `after`, `within`, `gap`, `matches`, `same_as`, `differs_from`, `exists`",
        Kind::List(_) => "`length`, `exists`, or a `some`, `every` or `count` condition over its elements",
    }
}

pub(super) fn fact(w: &mut Writer, written: &FactCondition, scope: Scope<'_>) -> FactTest {
    let kind = kind_of(w, &written.key, scope);
    let mut tests = Vec::new();
    of_values(w, written, kind, &mut tests);
    of_numbers(w, written, kind, &mut tests);
    of_times(w, written, kind, &mut tests);
    if let Some(release) = &written.release {
        fits(w, kind, written, release, "`release`", |it| it == Kind::Text);
        tests.extend(w.releases(release).map(Test::Release));
    }
    FactTest { key: written.key.value.clone(), tests, shown: written.shown, collect: written.collect.clone() }
}

/// The kind of a key; a field of an element has none that is known.
fn kind_of(w: &mut Writer, key: &At<String>, scope: Scope<'_>) -> Option<Kind> {
    match scope {
        Scope::Device => w.fact(key).map(|it| it.kind),
        Scope::Element(list, fields) => {
            if w.checks() && !fields.contains(&key.as_str()) {
                let known = fields.iter().map(|it| (*it).to_owned()).collect();
                let kind = FaultKind::UnknownField { field: key.value.clone(), list: list.to_owned(), known };
                w.fault(key, kind);
            }
            None
        }
    }
}

fn fits<T>(
    w: &mut Writer,
    kind: Option<Kind>,
    written: &FactCondition,
    at: &At<T>,
    test: &'static str,
    fit: impl Fn(Kind) -> bool,
) {
    let Some(kind) = kind.filter(|kind| !fit(*kind)) else { return };
    let key = written.key.value.clone();
    w.fault(at, FaultKind::WrongKind { key, kind: kind_name(kind), test, fitting: fitting(kind) });
}

fn of_values(w: &mut Writer, written: &FactCondition, kind: Option<Kind>, tests: &mut Vec<Test>) {
    if let Some(value) = &written.equals {
        fits(w, kind, written, value, "`equals`", |it| can_equal(it, value));
        tests.push(Test::OneOf(vec![value.value.clone()]));
    }
    if !written.one_of.is_empty() {
        for value in &written.one_of {
            fits(w, kind, written, value, "`in`", |it| can_equal(it, value));
        }
        tests.push(Test::OneOf(written.one_of.iter().map(|it| it.value.clone()).collect()));
    }
    if let Some(pattern) = &written.matches {
        fits(w, kind, written, pattern, "`matches`", |it| matches!(it, Kind::Text | Kind::Time));
        tests.push(Test::Matches(w.pattern(pattern)));
    }
    tests.extend(written.exists.map(Test::Exists));
    for (other, wanted) in [(&written.same_as, true), (&written.differs_from, false)] {
        if let Some(other) = other {
            w.fact(other);
            tests.push(Test::Same(other.value.clone(), wanted));
        }
    }
}

/// A text that looks like a number is compared as text.
fn can_equal(kind: Kind, value: &Scalar) -> bool {
    match kind {
        Kind::Text => matches!(value, Scalar::Text(_) | Scalar::Number(_)),
        Kind::Number => matches!(value, Scalar::Number(_)),
        Kind::Bool => matches!(value, Scalar::Bool(_)),
        Kind::Time | Kind::List(_) => false,
    }
}

fn of_numbers(w: &mut Writer, written: &FactCondition, kind: Option<Kind>, tests: &mut Vec<Test>) {
    if let Some(range) = written.length {
        fits(w, kind, written, &written.key, "`length`", |it| matches!(it, Kind::List(_)));
        tests.push(Test::Length(length(w, &written.key, range)));
    }
    let (min, max) = (&written.min, &written.max);
    for (end, name) in [(min, "`min`"), (max, "`max`")] {
        if let Some(end) = end {
            fits(w, kind, written, end, name, |it| it == Kind::Number);
        }
    }
    if let (Some(min), Some(max)) = (min, max)
        && min.value > max.value
    {
        let why = format!("min {} is larger than max {}", min.value, max.value);
        w.fault(min, FaultKind::BadRange { why, advice: SWAP });
    }
    if min.is_some() || max.is_some() {
        tests.push(Test::Number(min.as_ref().map(|it| it.value), max.as_ref().map(|it| it.value)));
    }
}

fn length(w: &mut Writer, key: &At<String>, range: Range) -> Range {
    let (why, advice) = match (range.min, range.max) {
        (None, None) => ("this range has neither min nor max".to_owned(), "add `min`, `max` or both"),
        (Some(min), Some(max)) if min > max => (format!("min {min} is larger than max {max}"), SWAP),
        _ => return range,
    };
    w.fault(key, FaultKind::BadRange { why, advice });
    range
}

fn of_times(w: &mut Writer, written: &FactCondition, kind: Option<Kind>, tests: &mut Vec<Test>) {
    let is_time = |it| it == Kind::Time;
    if let Some(instant) = &written.before {
        fits(w, kind, written, instant, "`before`", is_time);
        tests.push(Test::Before(w.instant(instant)));
    }
    if let Some(instant) = &written.after {
        fits(w, kind, written, instant, "`after`", is_time);
        tests.push(Test::After(w.instant(instant)));
    }
    if let Some(span) = &written.within {
        fits(w, kind, written, span, "`within`", is_time);
        tests.push(Test::Within(w.seconds(span)));
    }
    if let Some(written_gap) = &written.gap {
        fits(w, kind, written, &written_gap.from, "`gap`", is_time);
        tests.push(gap(w, written_gap));
    }
}

fn gap(w: &mut Writer, written: &Gap) -> Test {
    if written.less.is_none() && written.more.is_none() {
        let why = "this gap has neither `less` nor `more`".to_owned();
        w.fault(&written.from, FaultKind::BadRange { why, advice: "add `less`, `more` or both" });
    }
    Test::Gap {
        from: w.instant(&written.from),
        less: written.less.as_ref().map(|it| w.seconds(it)),
        more: written.more.as_ref().map(|it| w.seconds(it)),
    }
}

/// Which quantifier a list condition was written with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Some,
    Every,
    Count,
}

pub(super) fn list(w: &mut Writer, written: &ListCondition, word: Word) -> ListTest {
    let row = w.fact(&written.list);
    let fields = row.and_then(|row| list_fields(w, &written.list, row.kind));
    let scope = fields.map_or(Scope::Device, |fields| Scope::Element(&written.list, fields));
    let unknown_list = w.checks() && fields.is_none();
    let before = w.faults.len();
    let inner = condition(w, &written.condition, scope);
    if unknown_list {
        // The fields of a list that does not exist are not worth a word each.
        w.faults.truncate(before);
    }
    let quantifier = match word {
        Word::Some => Quantifier::Some,
        Word::Every => Quantifier::Every,
        Word::Count => Quantifier::Count(Range { min: written.min, max: written.max }),
    };
    has_range(w, written, word);
    ListTest { list: written.list.value.clone(), quantifier, condition: Box::new(inner) }
}

fn has_range(w: &mut Writer, written: &ListCondition, word: Word) {
    let range = Range { min: written.min, max: written.max };
    if word == Word::Count {
        length(w, &written.list, range);
    } else if range != Range::default() {
        let why = "`some` and `every` take no min and max; `count` does".to_owned();
        let advice = "write `count` in place of it, or drop `min` and `max`";
        w.fault(&written.list, FaultKind::BadRange { why, advice });
    }
}

fn list_fields(w: &mut Writer, at: &At<String>, kind: Kind) -> Option<&'static [&'static str]> {
    if let key::Kind::List(fields) = kind {
        return Some(fields);
    }
    let test = "a condition over its elements";
    w.fault(
        at,
        FaultKind::WrongKind { key: at.value.clone(), kind: kind_name(kind), test, fitting: fitting(kind) },
    );
    None
}
