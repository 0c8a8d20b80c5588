//! What the parts of a compilation share: the faults found so far, the names that patterns capture and those that are used.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::Check;
use crate::base::time::seconds_of;
use crate::base::version::Releases;
use crate::facts::key;
use crate::rules::advice::nearest;
use crate::rules::condition::Instant;
use crate::rules::fault::{Fault, FaultKind, MOST_FAULTS, Unbound};
use crate::rules::schema::{At, Expression};
use crate::rules::template::Filter;
use crate::rules::{Pattern, Template};

/// Names that the judge itself gives a value.
const GIVEN: &[&str] = &["device", "log.count", "log.first", "log.last"];

/// Different patterns of one rule. The largest built-in rule has twenty; one that compiles slowly takes up to 30 ms.
const MOST_PATTERNS: usize = 200;

/// In bytes. The longest built-in one has less than a thousand; one of 1 MiB takes 180 MB to compile.
const LONGEST_PATTERN: usize = 16 * 1024;

/// A name in braces that has no value where it stands.
struct Unfilled {
    name: String,
    offset: usize,
    length: usize,
    in_pattern: bool,
    /// It is captured behind this place, in the same part of the rule.
    later: bool,
}

/// Patterns by text: a failure reason that is looked for in five places is one pattern, compiled once.
pub(in crate::rules) type Patterns = BTreeMap<String, Pattern>;

/// Collects faults, so that an author sees all of them at once.
pub(super) struct Writer {
    check: Check,
    /// Names that have a value at this place: what the conditions before it capture. Parts are read in the order in which
    /// they are judged.
    known: BTreeSet<String>,
    /// The same, in the order in which they came.
    order: Vec<String>,
    /// Names that have no value outside the part that captures them, with that part.
    inside: BTreeMap<String, &'static str>,
    unfilled: Vec<Unfilled>,
    pub(super) patterns: Patterns,
    pub(super) faults: Vec<Fault>,
}

impl Writer {
    /// Goes on with the patterns of other rules.
    pub(super) fn new(check: Check, patterns: Patterns) -> Self {
        Self {
            check,
            known: BTreeSet::new(),
            order: Vec::new(),
            inside: BTreeMap::new(),
            unfilled: Vec::new(),
            patterns,
            faults: Vec::new(),
        }
    }

    /// Whether meaning is checked, not only translated.
    pub(super) fn checks(&self) -> bool {
        self.check == Check::Everything
    }

    /// Notes a fault at a value.
    pub(super) fn fault<T>(&mut self, at: &At<T>, kind: FaultKind) {
        self.fault_at(at.offset, at.length, kind);
    }

    fn fault_at(&mut self, offset: usize, length: usize, kind: FaultKind) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault::at(offset, length, kind));
        } else if self.faults.len() == MOST_FAULTS {
            self.faults.push(Fault::of_file(FaultKind::MoreFaults { most: MOST_FAULTS }));
        }
    }

    /// Reads a part of which nothing that it captures is known afterwards, such as `not`.
    pub(super) fn inside<T>(&mut self, part: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        let (out, names) = self.aside(read);
        for name in names {
            self.inside.entry(name).or_insert(part);
        }
        out
    }

    /// Reads a part, and gives the names that it captures: they are not known afterwards.
    pub(super) fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<String>) {
        let (first_name, first_use) = (self.order.len(), self.unfilled.len());
        let out = read(self);
        for used in self.unfilled.iter_mut().skip(first_use) {
            used.later |= self.known.contains(&used.name);
        }
        let names = self.order.split_off(first_name);
        for name in &names {
            self.known.remove(name);
        }
        (out, names)
    }

    /// Names that have a value from here on.
    pub(super) fn know(&mut self, names: Vec<String>) {
        for name in names {
            if self.known.insert(name.clone()) {
                self.order.push(name);
            }
        }
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
        if self.patterns.len() > MOST_PATTERNS || self.faults.len() > MOST_FAULTS {
            self.too_many_patterns(written);
            return pattern;
        }
        if written.len() > LONGEST_PATTERN {
            let what = "this pattern is too long".to_owned();
            self.fault(
                written,
                FaultKind::Budget { what, most: format!("{LONGEST_PATTERN} bytes (16 KiB)") },
            );
            return pattern;
        }
        // A slot is filled before the pattern is searched: what the pattern itself captures comes too late for it.
        self.uses(written, pattern.slots(), true);
        match pattern.check() {
            Ok(groups) => self.know(groups),
            Err(error) => self.fault(written, FaultKind::BadRegex { why: reason(&error) }),
        }
        pattern
    }

    /// What is too much is not compiled; that is said once.
    fn too_many_patterns<T>(&mut self, at: &At<T>) {
        let what = "this rule has too many different patterns".to_owned();
        let kind = FaultKind::Budget { what, most: MOST_PATTERNS.to_string() };
        if !self.faults.iter().any(|fault| fault.kind == kind) {
            self.fault(at, kind);
        }
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
                self.uses(written, template.names().iter().map(String::as_str), false);
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

    /// Names in braces. Texts know facts as well, patterns only what was captured.
    fn uses<'n, T>(&mut self, at: &At<T>, names: impl Iterator<Item = &'n str>, in_pattern: bool) {
        if !self.checks() {
            return;
        }
        let (offset, length) = (at.offset, at.length);
        for name in names {
            let has_value = self.known.contains(name) || (!in_pattern && is_given(name));
            if !has_value && self.unfilled.len() <= MOST_FAULTS {
                let name = name.to_owned();
                self.unfilled.push(Unfilled { name, offset, length, in_pattern, later: false });
            }
        }
    }

    /// Everything that is wrong with the rule, by place.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        for used in std::mem::take(&mut self.unfilled) {
            let why = self.why(&used);
            let near = (why == Unbound::Nowhere).then(|| self.near(&used.name)).flatten();
            let Unfilled { name, offset, length, .. } = used;
            self.fault_at(offset, length, FaultKind::UnboundName { name, why, near });
        }
        self.faults.sort_by_key(|fault| fault.span);
        self.faults
    }

    fn why(&self, used: &Unfilled) -> Unbound {
        if used.later || self.known.contains(&used.name) {
            return Unbound::Later;
        }
        match self.inside.get(&used.name) {
            Some(part) => Unbound::Inside(part),
            None if used.in_pattern && is_given(&used.name) => Unbound::NotCaptured,
            None => Unbound::Nowhere,
        }
    }

    fn near(&self, name: &str) -> Option<String> {
        let captured = self.known.iter().map(String::as_str).chain(GIVEN.iter().copied());
        let near = nearest(name, captured).or_else(|| key::nearest(name).filter(|it| is_printable(it)));
        near.map(str::to_owned)
    }
}

/// Whether a text knows a name that no pattern captures.
fn is_given(name: &str) -> bool {
    GIVEN.contains(&name) || is_printable(name)
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
