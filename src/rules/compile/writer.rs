//! What the parts of a compilation share: the faults found so far, the names that patterns capture and those that are used.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::Check;
use crate::base::time::seconds_of;
use crate::base::version::Releases;
use crate::facts::key;
use crate::rules::advice::nearest;
use crate::rules::condition::Instant;
use crate::rules::fault::{Fault, FaultKind};
use crate::rules::schema::{At, Expression};
use crate::rules::template::Filter;
use crate::rules::{Pattern, Template};

/// Names that the judge itself gives a value.
const GIVEN: &[&str] = &["device", "log.count", "log.first", "log.last"];

/// A name in braces, to be looked up once all conditions before it are read.
struct Use {
    name: String,
    offset: usize,
    length: usize,
}

/// Patterns by text: a failure reason that is looked for in five places is one pattern, compiled once.
pub(in crate::rules) type Patterns = BTreeMap<String, Pattern>;

/// Collects faults, so that an author sees all of them at once.
pub(super) struct Writer {
    check: Check,
    captured: BTreeSet<String>,
    used: Vec<Use>,
    pub(super) patterns: Patterns,
    pub(super) faults: Vec<Fault>,
}

impl Writer {
    /// Goes on with the patterns of other rules.
    pub(super) fn new(check: Check, patterns: Patterns) -> Self {
        Self { check, captured: BTreeSet::new(), used: Vec::new(), patterns, faults: Vec::new() }
    }

    /// Whether meaning is checked, not only translated.
    pub(super) fn checks(&self) -> bool {
        self.check == Check::Everything
    }

    /// Notes a fault at a value.
    pub(super) fn fault<T>(&mut self, at: &At<T>, kind: FaultKind) {
        self.faults.push(Fault::at(at.offset, at.length, kind));
    }

    /// A pattern; its named groups may be used from here on.
    pub(super) fn pattern(&mut self, written: &At<Expression>) -> Pattern {
        let known = self.patterns.entry(written.text.clone());
        let pattern = known.or_insert_with(|| Pattern::new(written.value.clone())).clone();
        if !self.checks() {
            return pattern;
        }
        if written.trim().is_empty() {
            self.empty(written, "this pattern is empty: it is found in every text");
        }
        match pattern.check() {
            Ok(()) => self.captured.extend(pattern.groups()),
            Err(error) => self.fault(written, FaultKind::BadRegex { why: reason(&error) }),
        }
        let slots: Vec<String> = pattern.slots().map(str::to_owned).collect();
        self.uses(written, slots);
        pattern
    }

    /// A text to fill in.
    pub(super) fn template(&mut self, written: &At<String>) -> Template {
        let template = Template::new(written.value.as_str());
        if !self.checks() {
            return template;
        }
        if written.trim().is_empty() {
            self.empty(written, "this text is empty");
        }
        match template.check() {
            Ok(()) => {
                self.filters(written, &template);
                self.uses(written, template.names());
            }
            Err(why) => self.fault(written, FaultKind::BadTemplate { why }),
        }
        template
    }

    /// `days_until` and `age` count from now to a fact; captured words are no times.
    fn filters(&mut self, written: &At<String>, template: &Template) {
        for (name, filter) in template.values() {
            if let Some(filter @ (Filter::DaysUntil | Filter::Age)) = filter
                && key::find(&name).is_none_or(|key| key.kind != key::Kind::Time)
            {
                let word = if filter == Filter::Age { "age" } else { "days_until" };
                let why = format!("`{word}` needs the key of a date and time, and `{name}` is none");
                self.fault(written, FaultKind::BadTemplate { why });
            }
        }
    }

    /// A span of time in seconds.
    pub(super) fn seconds(&mut self, written: &At<String>) -> i64 {
        let seconds = seconds_of(written).filter(|it| *it >= 0);
        seconds.unwrap_or_else(|| {
            self.fault(written, FaultKind::BadDuration { written: written.value.clone() });
            0
        })
    }

    /// A set of releases.
    pub(super) fn releases(&mut self, written: &At<String>) -> Option<Releases> {
        let releases = Releases::from_str(written).ok();
        if releases.as_ref().is_some_and(Releases::has_reversed_range) {
            let why = format!("a range of `{}` ends before it begins", written.value);
            let advice = "write the earlier release first; no release lies between them";
            self.fault(written, FaultKind::BadRange { why, advice });
        } else if releases.is_none() {
            self.fault(written, FaultKind::BadRelease { written: written.value.clone() });
        }
        releases
    }

    /// `now`, or the key of a time.
    pub(super) fn instant(&mut self, written: &At<String>) -> Instant {
        if written.value == "now" {
            return Instant::Now;
        }
        if let Some(key) = self.fact(written)
            && key.kind != key::Kind::Time
        {
            let kind = FaultKind::WrongKind {
                key: written.value.clone(),
                kind: super::fact::kind_name(key.kind),
                test: "a comparison of times",
                fitting: "`now`, or the key of a date and time",
            };
            self.fault(written, kind);
        }
        Instant::Fact(written.value.clone())
    }

    /// The row of a fact key; a fault where there is none.
    pub(super) fn fact(&mut self, written: &At<String>) -> Option<&'static key::Key> {
        if !self.checks() {
            return None;
        }
        let found = key::find(written);
        if found.is_none() {
            let near = key::nearest(written).map(str::to_owned);
            self.fault(written, FaultKind::UnknownFact { key: written.value.clone(), near });
        }
        found
    }

    /// Notes that a text is empty.
    pub(super) fn empty<T>(&mut self, at: &At<T>, what: &str) {
        let advice = "write it out, or remove the key where it may be left out";
        self.fault(at, FaultKind::Empty { what: what.to_owned(), advice });
    }

    fn uses<T>(&mut self, at: &At<T>, names: Vec<String>) {
        let (offset, length) = (at.offset, at.length);
        self.used.extend(names.into_iter().map(|name| Use { name, offset, length }));
    }

    /// Looks up the names used since the last time; one that nothing gives a value is a fault.
    pub(super) fn look_up_names(&mut self) {
        for Use { name, offset, length } in std::mem::take(&mut self.used) {
            if !self.checks() || self.has_value(&name) {
                continue;
            }
            let captured = self.captured.iter().map(String::as_str).chain(GIVEN.iter().copied());
            let near = nearest(&name, captured).or_else(|| key::nearest(&name).filter(|it| is_printable(it)));
            let near = near.map(str::to_owned);
            self.faults.push(Fault::at(offset, length, FaultKind::UnboundName { name, near }));
        }
    }

    fn has_value(&self, name: &str) -> bool {
        self.captured.contains(name) || GIVEN.contains(&name) || is_printable(name)
    }
}

/// Whether a name is the key of a fact that can stand in a text; a list cannot.
fn is_printable(name: &str) -> bool {
    key::find(name).is_some_and(|key| !matches!(key.kind, key::Kind::List(_)))
}

/// The last line of the crate's message; the lines above it draw the pattern, which the label does better.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
