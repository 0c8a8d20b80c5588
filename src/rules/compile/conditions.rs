//! Conditions from written to compiled.

use super::fact::{Scope, Word, fact, list};
use super::mnemonic;
use super::writer::Writer;
use crate::base::Era;
use crate::rules::condition::{Condition, ConfigTest, EventTest, LogTest, Neighbour, Order};
use crate::rules::fault::FaultKind;
use crate::rules::schema::{
    self, At, AtLeast, ConfigCondition, EventCondition, LogCondition, OneOrMore, SeenCondition,
};

/// A neighbour is only looked for; what it says is not kept.
const NEIGHBOUR: &str = "the `log` of `after`, `before` or `near`";

pub(super) fn condition(w: &mut Writer, written: &schema::Condition, scope: Scope<'_>) -> Condition {
    match written {
        schema::Condition::All(parts) => Condition::All(several(w, parts, "all", scope)),
        schema::Condition::Any(parts) => Condition::Any(several(w, parts, "any", scope)),
        schema::Condition::Not(part) => {
            Condition::Not(Box::new(w.inside("`not`", |w| condition(w, part, scope))))
        }
        schema::Condition::AtLeast(part) => at_least(w, part, scope),
        schema::Condition::Era(eras) => Condition::Era(era(w, eras)),
        schema::Condition::Fact(test) => Condition::Fact(fact(w, test, scope)),
        schema::Condition::Some(test) => Condition::List(list(w, test, Word::Some)),
        schema::Condition::Every(test) => Condition::List(list(w, test, Word::Every)),
        schema::Condition::Count(test) => Condition::List(list(w, test, Word::Count)),
        schema::Condition::Log(test) => Condition::Log(log(w, test)),
        schema::Condition::Event(test) => Condition::Event(event(w, test)),
        schema::Condition::Typed(test) => Condition::Typed(w.pattern(&test.command)),
        schema::Condition::Config(test) => Condition::Config(config(w, test)),
        schema::Condition::Seen(test) => Condition::Seen(seen(w, test)),
    }
}

/// Nothing is known to be of the era `unknown`, and a device is of some era: such conditions never hold.
fn era(w: &mut Writer, written: &At<OneOrMore<Era>>) -> Vec<Era> {
    if written.0.is_empty() || written.0.contains(&Era::Unknown) {
        let why = "no device is known to be of this era".to_owned();
        let advice =
            "name `classic`, `policy` or `rtu`; an unknown era gates nothing, so it need not be named";
        w.fault(written, FaultKind::BadRange { why, advice });
    }
    written.0.clone()
}

fn several(
    w: &mut Writer,
    parts: &At<Vec<schema::Condition>>,
    word: &str,
    scope: Scope<'_>,
) -> Vec<Condition> {
    if parts.is_empty() {
        w.empty(parts, &format!("this `{word}` holds no condition"));
    }
    parts.iter().map(|it| condition(w, it, scope)).collect()
}

fn at_least(w: &mut Writer, written: &AtLeast, scope: Scope<'_>) -> Condition {
    let (count, of) = (written.count.value, written.of.len());
    if count == 0 || count > of {
        let why = format!(
            "at least {count} of {of} conditions {}",
            if count == 0 { "always hold" } else { "never hold" }
        );
        let advice = "choose a `count` from 1 to the number of conditions under `of`";
        w.fault(&written.count, FaultKind::BadRange { why, advice });
    }
    Condition::AtLeast(count, written.of.iter().map(|it| condition(w, it, scope)).collect())
}

fn log(w: &mut Writer, written: &At<Box<LogCondition>>) -> LogTest {
    if written.mnemonic.0.is_empty() {
        w.fault(written, FaultKind::NoLiteral { condition: "log" });
    }
    let names = written.mnemonic.0.iter().filter_map(|it| name(w, it, &written.mnemonic)).collect();
    let text = written.text.as_ref().map(|it| w.pattern(it));
    let within = written.within.as_ref().map(|it| w.seconds(it));
    let count = written.count.as_ref().map_or(1, |it| count(w, it));
    let except = written.except.iter().filter_map(|it| name(w, it, &written.mnemonic)).collect();
    LogTest {
        names,
        except,
        severity: written.severity.as_ref().and_then(|it| digit(w, it)),
        text,
        count,
        within,
        neighbours: neighbours(w, written),
        shown: written.shown,
        collect: written.collect.clone(),
    }
}

/// A severity digit.
fn digit(w: &mut Writer, written: &At<i64>) -> Option<u8> {
    let digit = u8::try_from(written.value).ok().filter(|it| *it <= 7);
    if digit.is_none() {
        let why = "messages have a severity of 0 to 7".to_owned();
        w.fault(written, FaultKind::BadRange { why, advice: "3 is an error, 4 a warning, 5 a notice" });
    }
    digit
}

/// A single name has its place at the whole value, names of a list have their own.
fn name<T>(w: &mut Writer, written: &At<String>, whole: &At<T>) -> Option<String> {
    let folded = mnemonic::fold(written);
    if folded.is_none() {
        let kind = FaultKind::BadMnemonic { written: written.value.clone() };
        if written.length == 0 { w.fault(whole, kind) } else { w.fault(written, kind) }
    }
    folded
}

fn count(w: &mut Writer, written: &At<usize>) -> usize {
    if written.value == 0 {
        let why = "a count of 0 records holds without any record".to_owned();
        let advice = "`count` is the least number of records, at least 1; absence is written with `not`";
        w.fault(written, FaultKind::BadRange { why, advice });
    }
    written.value
}

fn neighbours(w: &mut Writer, written: &LogCondition) -> Vec<Neighbour> {
    let all =
        [(Order::After, &written.after), (Order::Before, &written.before), (Order::Near, &written.near)];
    let mut out = Vec::new();
    for (order, neighbour) in all {
        let Some(neighbour) = neighbour else { continue };
        let other = w.inside(NEIGHBOUR, |w| log(w, &neighbour.log));
        let within = neighbour.within.as_ref().map(|it| w.seconds(it));
        out.push(Neighbour { order, log: other, within });
    }
    out
}

fn event(w: &mut Writer, written: &At<EventCondition>) -> EventTest {
    if written.name.0.is_empty() && written.text.is_none() {
        w.fault(written, FaultKind::NoLiteral { condition: "event" });
    }
    let names = written.name.0.iter().map(|it| it.value.clone()).collect();
    EventTest { names, text: written.text.as_ref().map(|it| w.pattern(it)) }
}

fn config(w: &mut Writer, written: &ConfigCondition) -> ConfigTest {
    // `under` is read first: what it captures may stand in `line`.
    let under = written.under.as_ref().map(|it| w.pattern(it));
    let line = w.pattern(&written.line);
    ConfigTest { line, under, hidden_default: written.hidden_default, collect: written.collect.clone() }
}

fn seen(w: &mut Writer, written: &SeenCondition) -> String {
    let words: Vec<&str> = written.command.split_whitespace().collect();
    if words.is_empty() {
        w.empty(&written.command, "this `seen` condition names no command");
    }
    words.join(" ")
}
