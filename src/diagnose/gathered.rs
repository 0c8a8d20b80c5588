//! What all inputs hold, until it is known which of it is of the same device.
//!
//! A fleet does not fit in memory. What shows outputs is put aside, and each device of a short input is judged at once; where that
//! device turns out to be in another input, too, it is read again and judged on all there is. Of logs the messages that the sieve left
//! are kept as long as they are few.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::finding::{Device, InputSummary};
use super::identity::{self, Identity};
use super::judging::{self, Judging};
use super::known::Known;
use super::reading::{Context, Reading};
use crate::base::Problem;

/// Messages of logs that are held in memory.
const MESSAGES: usize = 32 << 10;

/// What is known of the inputs so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) inputs: Vec<InputSummary>,
    pub(super) problems: Vec<Problem>,
    /// Whether anything was recognised as licensing data.
    pub(super) recognised: bool,
    captures: Vec<Shown>,
}

/// What one input holds.
pub(super) struct Part {
    summary: Option<InputSummary>,
    problems: Vec<Problem>,
    captures: Vec<Shown>,
}

/// What one input shows of a device.
struct Shown {
    known: Known,
    /// What came of it, unless it was likely to be in vain.
    judged: Option<Box<Device>>,
}

/// Puts readings aside; shared by all threads.
pub(super) struct Gatherer<'g> {
    context: &'g Context<'g>,
    judging: &'g Judging<'g>,
    /// The devices so far. One that was seen before will be joined, and is not judged before that.
    seen: Mutex<HashSet<String>>,
    /// Messages of logs so far.
    messages: AtomicUsize,
    /// Of what was put aside and could not be read again.
    lost: Mutex<Vec<Problem>>,
}

impl<'g> Gatherer<'g> {
    pub(super) fn new(context: &'g Context<'g>, judging: &'g Judging<'g>) -> Self {
        Self {
            context,
            judging,
            seen: Mutex::default(),
            messages: AtomicUsize::new(0),
            lost: Mutex::default(),
        }
    }

    /// What is kept of a reading.
    pub(super) fn part(&self, reading: Reading) -> Part {
        let Reading { summary, problems, captures } = reading;
        Part { summary, problems, captures: captures.into_iter().map(|it| self.shown(it)).collect() }
    }

    fn shown(&self, mut known: Known) -> Shown {
        let shows_outputs = known.shows_outputs();
        if !shows_outputs && self.messages.fetch_add(known.messages(), Ordering::Relaxed) < MESSAGES {
            return Shown { known, judged: None };
        }
        let put_aside = known.put_aside(&self.context.spill);
        let judged = put_aside
            .filter(|_| shows_outputs && self.is_first(&known.identity))
            .map(|capture| Box::new(self.judging.device(vec![capture])));
        Shown { known, judged }
    }

    /// Whether nothing of its device was seen before.
    fn is_first(&self, identity: &Identity) -> bool {
        let key = identity.key().to_owned();
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(key)
    }

    /// The devices, joined and judged on several threads; in the order of their names, serials and inputs.
    pub(super) fn devices(&self, gathered: &mut Gathered) -> Vec<Device> {
        let captures = std::mem::take(&mut gathered.captures);
        let groups = identity::grouped(captures, |it| &it.known.identity);
        let judged = self.context.pool().map(groups, |group| self.device(group));
        let mut devices: Vec<Device> = judged.into_iter().flatten().collect();
        judging::sort(&mut devices);
        gathered.problems.append(&mut self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        devices
    }

    /// `None` where nothing of it could be read again.
    fn device(&self, mut group: Vec<Shown>) -> Option<Device> {
        if let [Shown { judged, .. }] = group.as_mut_slice()
            && let Some(judged) = judged.take()
        {
            return Some(*judged);
        }
        let known = group.into_iter().map(|it| it.known).collect();
        let (device, mut lost) = self.judging.joined(known, &self.context.spill);
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).append(&mut lost);
        device
    }
}

impl Gathered {
    /// Adds what an input holds. Inputs come in order.
    pub(super) fn add(&mut self, mut part: Part) {
        self.inputs.extend(part.summary);
        self.problems.append(&mut part.problems);
        self.recognised |= part.captures.iter().any(|it| it.known.is_licensing);
        self.captures.append(&mut part.captures);
    }
}
