//! What judging takes: the rules, what is remembered of other devices, and how a run is set up.

use super::device::{self, Device as DeviceFacts};
use super::finding::Device;
use super::identity;
use super::known::{self, Known};
use super::memo::Memo;
use super::reading::Context;
use super::spill::Spill;
use super::{Options, device_of};
use crate::base::Problem;
use crate::facts::Capture;
use crate::rules::RuleSet;

/// So many devices of an input are judged one after the other on one thread.
pub(super) const FEW: usize = 16;

/// So often a thread takes a few before what came of them is handed on.
const TURNS: usize = 4;

/// Judges devices; shared by all threads.
pub(super) struct Judging<'j> {
    rules: &'j RuleSet,
    memo: Memo,
    options: &'j Options,
}

impl<'j> Judging<'j> {
    pub(super) fn new(rules: &'j RuleSet, options: &'j Options) -> Self {
        Self { rules, memo: Memo::default(), options }
    }

    /// Judges the device that all these captures are of.
    pub(super) fn device(&self, captures: Vec<Capture>) -> Device {
        let judging = &self.options.access.progress.judging;
        self.facts(&judging.time(|| device::join(captures, self.options.now.as_ref())))
    }

    /// Judges the devices that captures of one input are of. Returns them by name and serial, with what could not be read again.
    pub(super) fn devices(&self, known: Vec<Known>, spill: &Spill) -> (Vec<Device>, Vec<Problem>) {
        self.few(grouped(known), spill)
    }

    /// The same a few at a time, on several threads: of all only the captures are held. What `map` makes of each few goes to `each` in
    /// their order.
    pub(super) fn a_few_at_a_time<T: Send>(
        &self,
        known: Vec<Known>,
        context: &Context<'_>,
        map: &(impl Fn((Vec<Device>, Vec<Problem>)) -> T + Sync),
        each: &mut dyn FnMut(T),
    ) {
        let pool = context.pool();
        let mut groups = grouped(known).into_iter();
        let mut next = || Some(groups.by_ref().take(FEW).collect()).filter(|few: &Vec<_>| !few.is_empty());
        loop {
            let work: Vec<_> = std::iter::from_fn(&mut next).take(TURNS * pool.threads()).collect();
            if work.is_empty() {
                return;
            }
            pool.map(work, |few| map(self.few(few, &context.spill))).into_iter().for_each(&mut *each);
        }
    }

    fn few(&self, groups: Vec<Vec<Known>>, spill: &Spill) -> (Vec<Device>, Vec<Problem>) {
        let judged = groups.into_iter().map(|group| self.joined(group, spill));
        let (devices, problems): (Vec<Option<Device>>, Vec<Vec<Problem>>) = judged.unzip();
        (devices.into_iter().flatten().collect(), problems.concat())
    }

    /// Judges the device that all these captures are of. `None` where nothing of it could be read again, and why.
    pub(super) fn joined(&self, group: Vec<Known>, spill: &Spill) -> (Option<Device>, Vec<Problem>) {
        let (captures, problems) = known::captures(group, spill);
        let device = (!captures.is_empty()).then(|| self.device(captures));
        (device, problems)
    }

    /// Judges what is known about a device.
    pub(super) fn facts(&self, facts: &DeviceFacts) -> Device {
        let progress = &self.options.access.progress;
        let judge = || device_of(facts, self.memo.outcomes(facts, self.rules).into_iter(), self.rules);
        let device = progress.judging.time(judge);
        progress.devices.add(1);
        progress.findings.add_len(device.findings.len());
        device
    }
}

/// What is of each device, by name and serial.
fn grouped(known: Vec<Known>) -> Vec<Vec<Known>> {
    let mut groups = identity::grouped(known, |it| &it.identity);
    groups.sort_by(|a, b| identity::label(a, |it| &it.identity).cmp(&identity::label(b, |it| &it.identity)));
    groups
}

/// By name, serial and input.
pub(super) fn sort(devices: &mut [Device]) {
    devices.sort_by(|a, b| (&a.hostname, &a.serial, &a.paths).cmp(&(&b.hostname, &b.serial, &b.paths)));
}
