//! What all inputs hold, until it is known which of it is of the same device.
//!
//! A fleet does not fit in memory. Of a short input its bytes are put aside and each device in it is judged at once; where
//! that device turns out to be in another input, too, it is read again and judged on all there is. Of a long input the few
//! messages that the sieve left are kept.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::device;
use super::finding::{Device, InputSummary};
use super::identity::{self, Identity};
use super::judging::Judging;
use super::reading::{self, Context, Reading};
use super::spill::{Span, Spill};
use crate::base::Problem;
use crate::facts::Capture;

/// What is known of the inputs so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) inputs: Vec<InputSummary>,
    pub(super) problems: Vec<Problem>,
    /// Whether anything was recognised as licensing data.
    pub(super) recognised: bool,
    captures: Vec<Known>,
}

/// What one input holds.
pub(super) struct Part {
    summary: Option<InputSummary>,
    problems: Vec<Problem>,
    captures: Vec<Known>,
}

/// A capture of which is known whose it is.
struct Known {
    identity: Identity,
    is_licensing: bool,
    held: Held,
}

/// How a capture is held.
enum Held {
    Whole(Box<Capture>),
    /// As the bytes that it was read from, and its index among what they hold.
    Bytes {
        aside: Arc<Aside>,
        index: usize,
        /// What came of it, unless it was likely to be in vain.
        judged: Option<Box<Device>>,
    },
}

/// A short input that was put aside.
struct Aside {
    path: String,
    span: Span,
    is_cut: bool,
}

/// Puts readings aside; shared by all threads.
pub(super) struct Gatherer<'g> {
    pub(super) context: &'g Context<'g>,
    pub(super) judging: &'g Judging<'g>,
    spill: Spill,
    /// The devices so far. One that was seen before will be joined, and is not judged before that.
    seen: Mutex<HashSet<String>>,
    /// Inputs that were put aside and could not be read again.
    lost: Mutex<Vec<Problem>>,
}

impl<'g> Gatherer<'g> {
    pub(super) fn new(context: &'g Context<'g>, judging: &'g Judging<'g>) -> Self {
        Self { context, judging, spill: Spill::new(), seen: Mutex::default(), lost: Mutex::default() }
    }

    /// What is kept of a reading.
    pub(super) fn part(&self, mut reading: Reading) -> Part {
        let problems = reading.all_problems();
        let Reading { summary, mut captures, short, .. } = reading;
        captures.iter_mut().for_each(device::add_identity);
        // Where nothing can be put aside all is kept: memory is the smaller evil.
        let aside = short.zip(summary.as_ref()).and_then(|((bytes, is_cut), input)| {
            let span = self.spill.put(&bytes).ok()?;
            Some(Arc::new(Aside { path: input.path.clone(), span, is_cut }))
        });
        let known = |(index, capture): (usize, Capture)| {
            let identity = Identity::of(&capture);
            let is_licensing = super::is_licensing(&capture);
            let held = match &aside {
                None => Held::Whole(Box::new(capture)),
                Some(aside) => {
                    let judged = self.judged_once(&identity, capture);
                    Held::Bytes { aside: aside.clone(), index, judged }
                }
            };
            Known { identity, is_licensing, held }
        };
        Part { summary, problems, captures: captures.into_iter().enumerate().map(known).collect() }
    }

    /// What comes of a capture, unless its device was seen before.
    fn judged_once(&self, identity: &Identity, capture: Capture) -> Option<Box<Device>> {
        let key = identity.key().to_owned();
        let is_new = self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        is_new.then(|| Box::new(self.judging.device(vec![capture])))
    }

    /// The devices, joined and judged on several threads; in the order of their names, serials and inputs.
    pub(super) fn devices(&self, gathered: &mut Gathered, jobs: usize) -> Vec<Device> {
        let captures = std::mem::take(&mut gathered.captures);
        let (identities, mut held): (Vec<Identity>, Vec<Option<Held>>) =
            captures.into_iter().map(|it| (it.identity, Some(it.held))).unzip();
        let mut take = |at: usize| held.get_mut(at).and_then(Option::take);
        let groups: Vec<Vec<Held>> = identity::groups(&identities)
            .into_iter()
            .map(|group| group.into_iter().filter_map(&mut take).collect())
            .collect();
        let judged = super::in_parallel(groups, jobs, |group| self.device(group));
        let mut devices: Vec<Device> = judged.into_iter().flatten().collect();
        devices.sort_by(|a, b| (&a.hostname, &a.serial, &a.paths).cmp(&(&b.hostname, &b.serial, &b.paths)));
        gathered.problems.append(&mut self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        devices
    }

    /// The file without a name is damaged, or its disk is: what was in it is told, not passed over.
    fn lose(&self, aside: &Aside, error: &std::io::Error) {
        let text = format!(
            "`{}` was put aside in the folder for temporary files and could not be read again ({error}): its devices that other \
             inputs show, too, are judged without it; run again, with TMPDIR on another disk",
            aside.path
        );
        let problem = Problem::of_input("input::unreadable", &aside.path, text);
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    }

    /// `None` where nothing of it could be read again.
    fn device(&self, mut group: Vec<Held>) -> Option<Device> {
        if let [Held::Bytes { judged, .. }] = group.as_mut_slice()
            && let Some(judged) = judged.take()
        {
            return Some(*judged);
        }
        let captures: Vec<Capture> = group.into_iter().filter_map(|it| self.capture(it)).collect();
        (!captures.is_empty()).then(|| self.judging.device(captures))
    }

    fn capture(&self, held: Held) -> Option<Capture> {
        match held {
            Held::Whole(capture) => Some(*capture),
            Held::Bytes { aside, index, .. } => {
                let bytes = self.spill.get(aside.span).map_err(|error| self.lose(&aside, &error)).ok()?;
                let captures = reading::again(&aside.path, &bytes, aside.is_cut, self.context);
                let mut capture = captures.into_iter().nth(index)?;
                capture.problems.clear();
                device::add_identity(&mut capture);
                Some(capture)
            }
        }
    }
}

impl Gathered {
    /// Adds what an input holds. Inputs come in order.
    pub(super) fn add(&mut self, mut part: Part) {
        self.inputs.extend(part.summary);
        self.problems.append(&mut part.problems);
        self.recognised |= part.captures.iter().any(|it| it.is_licensing);
        self.captures.append(&mut part.captures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::Options;
    use crate::parse::Wanted;
    use crate::rules::RuleSet;

    #[test]
    fn what_cannot_be_read_again_is_told() {
        let (wanted, options, rules) = (Wanted::default(), Options::default(), RuleSet::builtin());
        let context = Context::new(&wanted, &options.access);
        let judging = Judging::new(&rules, &options);
        let gatherer = Gatherer::new(&context, &judging);
        let elsewhere = Spill::new().put(b"some bytes").unwrap();
        let aside = Arc::new(Aside { path: "sw1.txt".to_owned(), span: elsewhere, is_cut: false });
        let known = |index| Known {
            identity: Identity::default(),
            is_licensing: true,
            held: Held::Bytes { aside: aside.clone(), index, judged: None },
        };
        let mut gathered = Gathered { captures: vec![known(0)], ..Gathered::default() };
        assert!(gatherer.devices(&mut gathered, 1).is_empty());
        let told: Vec<_> = gathered.problems.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect();
        assert_eq!(told, [("input::unreadable", "sw1.txt")]);
        assert!(gathered.problems[0].text.contains("TMPDIR"), "{}", gathered.problems[0].text);
    }
}
