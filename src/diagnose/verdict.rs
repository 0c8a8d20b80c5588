//! What judging a condition gives: its truth, the lines that prove it, what it captured, and what would settle it.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::device::Device;
use crate::base::{Place, Stamp, Truth};
use crate::rules::Bindings;

/// A line that proves something, with what is known about when it happened.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    /// The line.
    pub place: Place,
    /// Index into `Capture::seen` of the output it stands in.
    pub section: usize,
    /// When.
    pub when: When,
}

/// When something that a line tells happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A log record, with or without a time.
    Record(Option<Stamp>),
    /// A message that came to the terminal between the commands of a session, with or without a time.
    Console(Option<Stamp>),
    /// A fact with a date of its own, such as a failure with its attempt.
    Dated(Stamp),
    /// A state at the time of the capture.
    State,
    /// A line of the configuration: it says how the device is set up, and when nothing.
    Setting,
}

/// How often log records were seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    /// The events that the records tell of, each by a hash: two parts of a condition may be met by the same record. With each the
    /// number of equal events that were folded into it, itself included.
    pub events: BTreeMap<u64, usize>,
    /// The oldest time among them.
    pub first: Option<Stamp>,
    /// The newest.
    pub last: Option<Stamp>,
}

/// The outcome of a condition.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// Whether it holds.
    pub truth: Truth,
    /// Whether some part of it was positively seen: that makes an unknown outcome a possible finding.
    pub symptom: bool,
    /// Lines that prove `truth`; for an unknown outcome those of the parts that hold.
    pub proof: Vec<Proof>,
    /// What named groups captured.
    pub bindings: Bindings,
    /// Commands that would settle an unknown outcome.
    pub collect: Vec<String>,
    /// The records behind it.
    pub span: Option<Span>,
    /// Whether an output or a configuration was looked at, whatever it said. Logs do not count: they never deny.
    pub looked: bool,
    /// The configuration block in which a line is absent: for a step a better line to show than the head of the output.
    pub(super) block: Option<Proof>,
}

impl Verdict {
    /// A verdict with a truth and nothing else.
    pub(super) fn bare(truth: Truth) -> Self {
        Self {
            truth,
            symptom: false,
            proof: Vec::new(),
            bindings: Bindings::new(),
            collect: Vec::new(),
            span: None,
            looked: false,
            block: None,
        }
    }

    /// Unknown, settled by this command.
    pub(super) fn unknown(collect: Option<String>) -> Self {
        Self { collect: collect.into_iter().collect(), ..Self::bare(Truth::Unknown) }
    }

    /// True or false by these lines; a positive sight, so a symptom where true.
    pub(super) fn seen(holds: bool, proof: Vec<Proof>, bindings: Bindings) -> Self {
        Self {
            truth: Truth::from_seen(holds),
            symptom: holds,
            proof,
            bindings,
            looked: true,
            ..Self::bare(Truth::No)
        }
    }

    /// True or false because something is absent; never a symptom.
    pub(super) fn absent(holds: bool, searched: Proof) -> Self {
        Self { truth: Truth::from_seen(holds), proof: vec![searched], looked: true, ..Self::bare(Truth::No) }
    }

    /// The opposite. What is proved by another value or by absence is no symptom.
    #[must_use]
    pub(super) fn negate(mut self) -> Self {
        self.truth = self.truth.negate();
        self.symptom = false;
        self.bindings = Bindings::new();
        self.span = None;
        self
    }

    /// All parts hold.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        let truth = parts.iter().map(|part| part.truth).min().unwrap_or(Truth::Yes);
        Self::joined(truth, parts)
    }

    /// One part holds.
    pub(super) fn any(parts: Vec<Self>) -> Self {
        let truth = parts.iter().map(|part| part.truth).max().unwrap_or(Truth::No);
        Self::chosen(truth, parts)
    }

    /// At least `count` parts hold.
    pub(super) fn at_least(count: usize, parts: Vec<Self>) -> Self {
        let yes = parts.iter().filter(|part| part.truth == Truth::Yes).count();
        let open = parts.iter().filter(|part| part.truth == Truth::Unknown).count();
        let truth = match () {
            () if yes >= count => Truth::Yes,
            () if yes + open < count => Truth::No,
            () => Truth::Unknown,
        };
        Self::joined(truth, parts)
    }

    /// Of alternatives only those that carry the outcome count: the true ones, else those with a symptom, else all. A symptom
    /// beside a true alternative is evidence, too.
    fn chosen(truth: Truth, parts: Vec<Self>) -> Self {
        let looked = parts.iter().any(|part| part.looked);
        let has_symptom = parts.iter().any(|part| part.symptom);
        let counts = |part: &Self| match truth {
            Truth::Unknown if has_symptom => part.symptom,
            Truth::Yes => part.truth == Truth::Yes || part.symptom,
            Truth::Unknown | Truth::No => part.truth == truth,
        };
        let parts = parts.into_iter().filter(counts).collect();
        Self { looked, ..Self::joined(truth, parts) }
    }

    /// The parts that carry the outcome give its lines: the false ones of a false one, else those that were seen to hold.
    fn joined(truth: Truth, parts: Vec<Self>) -> Self {
        let carries = |part: &Self| match truth {
            Truth::No => part.truth == Truth::No,
            Truth::Unknown | Truth::Yes => part.truth == Truth::Yes || part.symptom,
        };
        let mut out = Self::bare(truth);
        for part in parts {
            out.looked |= part.looked;
            if truth == Truth::Unknown && part.truth == Truth::Unknown {
                add_new(&mut out.collect, &part.collect);
            }
            if !carries(&part) {
                continue;
            }
            out.symptom |= part.symptom && truth != Truth::No;
            out.span = Span::join(out.span, part.span);
            out.bindings.add(&part.bindings);
            out.block = out.block.or(part.block);
            out.proof.extend(part.proof);
        }
        out
    }

    /// The newest of its proofs. Settings have no moment: they count only where there is nothing else.
    pub(super) fn newest(&self, device: &Device) -> Option<&Proof> {
        let timed = self.proof.iter().filter(|proof| proof.when != When::Setting);
        let newer = |newest: &'_ Proof, proof: &Proof| device.is_after(proof, newest) == Some(true);
        timed
            .fold(None, |newest, proof| match newest {
                Some(newest) if !newer(newest, proof) => Some(newest),
                _ => Some(proof),
            })
            .or_else(|| self.proof.first())
    }
}

/// Adds what is not there yet, keeping the order.
pub(super) fn add_new(into: &mut Vec<String>, from: &[String]) {
    for item in from {
        if !into.contains(item) {
            into.push(item.clone());
        }
    }
}

impl Span {
    fn join(left: Option<Self>, right: Option<Self>) -> Option<Self> {
        match (left, right) {
            (Some(mut left), Some(right)) => Some(Self {
                events: {
                    left.events.extend(right.events);
                    left.events
                },
                first: extreme(left.first, right.first, Ordering::Less),
                last: extreme(left.last, right.last, Ordering::Greater),
            }),
            (left, right) => left.or(right),
        }
    }
}

/// The earlier or later of two times; the first where they cannot be compared.
pub(super) fn extreme<S: Borrow<Stamp>>(left: Option<S>, right: Option<S>, wanted: Ordering) -> Option<S> {
    match (left, right) {
        (Some(left), Some(right)) if right.borrow().compare(left.borrow()) == Some(wanted) => Some(right),
        (left, right) => left.or(right),
    }
}

impl Proof {
    /// The date of what it tells.
    pub(super) fn stamp(&self) -> Option<&Stamp> {
        match &self.when {
            When::Record(stamp) | When::Console(stamp) => stamp.as_ref(),
            When::Dated(stamp) => Some(stamp),
            When::State | When::Setting => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(truth: Truth, symptom: bool) -> Verdict {
        Verdict { symptom, collect: vec!["show x".to_owned()], ..Verdict::bare(truth) }
    }

    #[test]
    fn a_symptom_survives_what_is_unknown() {
        let all = Verdict::all(vec![part(Truth::Yes, true), part(Truth::Unknown, false)]);
        assert_eq!((all.truth, all.symptom, all.collect), (Truth::Unknown, true, vec!["show x".to_owned()]));
        let none = Verdict::all(vec![part(Truth::Yes, true), part(Truth::No, false)]);
        assert_eq!((none.truth, none.symptom), (Truth::No, false));
        assert!(!Verdict::any(vec![part(Truth::Yes, true)]).negate().symptom);
    }

    #[test]
    fn at_least_counts_what_is_open() {
        let parts = || vec![part(Truth::Yes, true), part(Truth::Unknown, false), part(Truth::No, false)];
        assert_eq!(Verdict::at_least(1, parts()).truth, Truth::Yes);
        assert_eq!(Verdict::at_least(2, parts()).truth, Truth::Unknown);
        assert_eq!(Verdict::at_least(3, parts()).truth, Truth::No);
    }
}
