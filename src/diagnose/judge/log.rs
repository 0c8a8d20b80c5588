//! Conditions on log records and licensing events. They are true or unknown: a log without a message is no proof that it
//! did not occur.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Judge;
use crate::base::{Stamp, Truth};
use crate::diagnose::verdict::{Proof, Span, Verdict, When, extreme};
use crate::facts::{Event, Record};
use crate::rules::condition::{EventTest, LogTest, Neighbour, Order};
use crate::rules::{Bindings, Pattern};

/// A million equal failures are proved by their first lines and the last one.
const MOST_LINES: usize = 5;
const COMMAND: &str = "show logging";

/// A record or event that meets a test.
struct Hit {
    proof: Proof,
    captured: Bindings,
    /// What the message says, hashed, where it has a time: the same message at the same time in another output or file is the same
    /// event (DOMAIN 7.3: console, buffer and server file hold the same message).
    said: Option<u64>,
    /// How many records it stands for.
    times: usize,
}

impl Hit {
    fn stamp(&self) -> Option<&Stamp> {
        match &self.proof.when {
            When::Record(stamp) | When::Console(stamp) => stamp.as_ref(),
            _ => None,
        }
    }
}

pub(super) fn judge(judge: &Judge<'_>, test: &LogTest, bindings: &Bindings) -> Verdict {
    let hits = hits(judge, test, bindings);
    let in_time = match test.within {
        Some(seconds) if test.count > 1 => burst(hits, test.count, seconds),
        Some(seconds) => match recent(judge, hits, seconds) {
            Some(hits) => hits,
            None => return Verdict::unknown(Some("show clock".to_owned())),
        },
        None => hits,
    };
    let events = events(&in_time);
    if events.values().sum::<usize>() < test.count {
        if test.shown {
            return Verdict::bare(Truth::No);
        }
        return Verdict::unknown(collect(judge, test.collect.as_ref()));
    }
    verdict(judge, in_time, events)
}

pub(super) fn judge_event(judge: &Judge<'_>, test: &EventTest, bindings: &Bindings) -> Verdict {
    let events = judge.device.capture.events.iter();
    let named = events.filter(|event| test.names.is_empty() || test.names.contains(&event.name));
    let hits: Vec<Hit> = named
        .filter_map(|event| Some(of_event(event, captured(test.text.as_ref(), &event.text, bindings)?)))
        .filter(|hit| is_newer(judge, hit))
        .collect();
    if hits.is_empty() {
        let asked = !judge.device.has_seen("show license eventlog");
        return Verdict::unknown(asked.then(|| "show license eventlog".to_owned()));
    }
    let events = self::events(&hits);
    verdict(judge, hits, events)
}

/// The command that would show a message, unless a log was looked at already.
fn collect(judge: &Judge<'_>, named: Option<&String>) -> Option<String> {
    let command = named.map_or(COMMAND, String::as_str);
    let has_log = judge.device.has_seen(command) || (command == COMMAND && judge.device.has_seen("syslog"));
    (!has_log).then(|| command.to_owned())
}

fn hits(judge: &Judge<'_>, test: &LogTest, bindings: &Bindings) -> Vec<Hit> {
    let records = judge.device.records_of(test);
    if records.is_empty() {
        return Vec::new();
    }
    // Devices repeat themselves: a text is searched once.
    let mut searched: HashMap<usize, Option<Bindings>> = HashMap::new();
    let mut matching = Vec::new();
    for (at, record) in records {
        let search = || {
            let found = captured(test.text.as_ref(), &record.text, bindings);
            found.filter(|_| judge.is_of_era(record))
        };
        let found = match judge.device.same_text(at) {
            Some(first) => searched.entry(first).or_insert_with(search).clone(),
            None => search(),
        };
        matching.extend(found.map(|captured| (at, record, captured)));
    }
    let others = Others::new(judge, &test.neighbours, bindings, matching.is_empty());
    matching
        .into_iter()
        .filter(|(at, record, captured)| {
            others.are_none() || others.stand_by(&of_record(judge, *at, record, Bindings::new()), captured)
        })
        .map(|(at, record, captured)| of_record(judge, at, record, captured))
        .filter(|hit| is_newer(judge, hit))
        .collect()
}

/// What the pattern captured; nothing to match matches. A slot without a value matches nothing.
fn captured(pattern: Option<&Pattern>, text: &str, bindings: &Bindings) -> Option<Bindings> {
    match pattern {
        None => Some(Bindings::new()),
        Some(pattern) => pattern.search(text, bindings).ok().flatten(),
    }
}

fn of_record(judge: &Judge<'_>, at: usize, record: &Record, captured: Bindings) -> Hit {
    let stamp = record.stamp.clone();
    let when = if judge.device.is_of_console(record) { When::Console(stamp) } else { When::Record(stamp) };
    let proof = Proof { place: record.place.clone(), section: record.section, when };
    let said = judge.device.said(at);
    let times = usize::try_from(record.repeats).unwrap_or(usize::MAX).saturating_add(1);
    Hit { proof, captured, said, times }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The events that the hits tell of: what one output repeats is as many events, what several outputs or files hold is one, as often
/// as the one says that says most.
fn events(hits: &[Hit]) -> BTreeMap<u64, usize> {
    let mut seen: BTreeMap<(u64, usize), usize> = BTreeMap::new();
    let mut event = |hit: &Hit| match hit.said {
        Some(said) => {
            let times = seen.entry((said, hit.proof.section)).or_default();
            *times += 1;
            hash(&(said, *times))
        }
        None => hash(&(&*hit.proof.place.path, hit.proof.place.line)),
    };
    let mut events: BTreeMap<u64, usize> = BTreeMap::new();
    for hit in hits {
        let times = events.entry(event(hit)).or_default();
        *times = hit.times.max(*times);
    }
    events
}

fn of_event(event: &Event, captured: Bindings) -> Hit {
    let when = When::Record(event.stamp.clone());
    let proof = Proof { place: event.place.clone(), section: event.section, when };
    let said = event.stamp.as_ref().map(|stamp| hash(&(&event.name, &event.text, stamp.civil)));
    Hit { proof, captured, said, times: 1 }
}

fn is_newer(judge: &Judge<'_>, hit: &Hit) -> bool {
    judge.since.is_none_or(|since| judge.device.is_after(&hit.proof, since) == Some(true))
}

/// The records that others must be near to.
struct Others<'o, 'd> {
    judge: &'o Judge<'d>,
    bindings: &'o Bindings,
    /// With each the records, where they do not depend on what was captured before.
    neighbours: Vec<(&'o Neighbour, Option<Vec<Hit>>)>,
}

impl<'o, 'd> Others<'o, 'd> {
    fn new(
        judge: &'o Judge<'d>,
        neighbours: &'o [Neighbour],
        bindings: &'o Bindings,
        nobody_asks: bool,
    ) -> Self {
        let is_fixed = |it: &Neighbour| it.log.text.as_ref().is_none_or(|text| text.slots().next().is_none());
        let records = |it: &'o Neighbour| {
            (!nobody_asks && is_fixed(it) && it.log.neighbours.is_empty())
                .then(|| hits(judge, &it.log, bindings))
        };
        Self { judge, bindings, neighbours: neighbours.iter().map(|it| (it, records(it))).collect() }
    }

    fn are_none(&self) -> bool {
        self.neighbours.is_empty()
    }

    /// Whether every one of them has a record by this one.
    fn stand_by(&self, this: &Hit, captured: &Bindings) -> bool {
        self.neighbours.iter().all(|(neighbour, records)| {
            let is_near = |other: &Hit| is_neighbour(self.judge, this, other, neighbour);
            if let Some(records) = records {
                return records.iter().any(is_near);
            }
            let mut known = self.bindings.clone();
            known.replace(captured.clone());
            hits(self.judge, &neighbour.log, &known).iter().any(is_near)
        })
    }
}

fn is_neighbour(judge: &Judge<'_>, this: &Hit, other: &Hit, neighbour: &Neighbour) -> bool {
    let in_order = match neighbour.order {
        Order::After => judge.device.is_after(&this.proof, &other.proof) == Some(true),
        Order::Before => judge.device.is_after(&other.proof, &this.proof) == Some(true),
        Order::Near => true,
    };
    let distance = || Some(other.stamp()?.seconds_until(this.stamp()?)?.abs());
    in_order && neighbour.within.is_none_or(|within| distance().is_some_and(|seconds| seconds <= within))
}

/// The first run of `count` records that lies within a span of time, with all that follows in the span.
fn burst(hits: Vec<Hit>, count: usize, seconds: i64) -> Vec<Hit> {
    let distance = |from: &Hit, to: &Hit| from.stamp()?.seconds_until(to.stamp()?);
    let in_span = |from: &Hit, to: &Hit| distance(from, to).is_some_and(|gap| (0..=seconds).contains(&gap));
    let start = hits.iter().position(|first| hits.iter().filter(|hit| in_span(first, hit)).count() >= count);
    let Some(start) = start else { return Vec::new() };
    let keep: Vec<bool> =
        hits.get(start).map(|first| hits.iter().map(|hit| in_span(first, hit)).collect()).unwrap_or_default();
    hits.into_iter().zip(keep).filter_map(|(hit, kept)| kept.then_some(hit)).collect()
}

/// Those less than `seconds` before now; `None` where there are records but no time to compare them with.
fn recent(judge: &Judge<'_>, hits: Vec<Hit>, seconds: i64) -> Option<Vec<Hit>> {
    if hits.is_empty() {
        return Some(hits);
    }
    let (now, _) = judge.device.now.as_ref()?;
    let age = |hit: &Hit| hit.stamp()?.seconds_until(now);
    Some(hits.into_iter().filter(|hit| age(hit).is_some_and(|age| age < seconds)).collect())
}

fn verdict(judge: &Judge<'_>, hits: Vec<Hit>, events: BTreeMap<u64, usize>) -> Verdict {
    let stamps = || hits.iter().filter_map(Hit::stamp);
    let extreme = |wanted| stamps().fold(None, |found, stamp| extreme(found, Some(stamp), wanted)).cloned();
    let (first, last) = (extreme(Ordering::Less), extreme(Ordering::Greater));
    let span = Span { events, first, last };
    let newest = newest(judge, &hits);
    let captured = hits.get(newest).map(|hit| hit.captured.clone()).unwrap_or_default();
    let kept = kept(hits.len(), newest);
    let proof =
        hits.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, hit)| hit.proof).collect();
    Verdict {
        span: Some(span),
        ..Verdict { truth: Truth::Yes, symptom: true, proof, bindings: captured, ..Verdict::bare(Truth::Yes) }
    }
}

/// The newest: the last in a log, but not where the newest message is written first, nor where an older log is read after a newer
/// one (`syslog`, `syslog.1`).
fn newest(judge: &Judge<'_>, hits: &[Hit]) -> usize {
    let mut newest: Option<(usize, &Hit)> = None;
    for (at, hit) in hits.iter().enumerate() {
        if newest.is_none_or(|(_, newest)| judge.device.is_after(&hit.proof, &newest.proof) == Some(true)) {
            newest = Some((at, hit));
        }
    }
    newest.map_or(0, |(at, _)| at)
}

/// Which of so many are shown: the first ones, the last, and the newest, which tells whether a success came later.
fn kept(count: usize, newest: usize) -> BTreeSet<usize> {
    let last = count.saturating_sub(1);
    let mut kept: BTreeSet<usize> = (0..count.min(MOST_LINES - 1)).collect();
    if newest >= MOST_LINES - 1 && newest != last {
        kept.remove(&(MOST_LINES - 2));
    }
    kept.extend([newest, last]);
    kept
}
