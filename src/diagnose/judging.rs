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

/// So many devices of an input are judged by the thread that read it.
const FEW: usize = 16;

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
        self.facts(&device::join(captures, self.options.now.as_ref()))
    }

    /// Judges the devices that captures of one input are of, one after the other, or on several threads where there are many: of all
    /// only what came of them is held. Returns them by name, serial and input, with what could not be read again.
    pub(super) fn devices(&self, known: Vec<Known>, context: &Context<'_>) -> (Vec<Device>, Vec<Problem>) {
        let groups = identity::grouped(known, |it| &it.identity);
        let judge = |group| self.joined(group, &context.spill);
        let judged: Vec<_> = match groups.len() {
            0..=FEW => groups.into_iter().map(judge).collect(),
            _ => context.pool().map(groups, judge),
        };
        let (devices, problems): (Vec<Option<Device>>, Vec<Vec<Problem>>) = judged.into_iter().unzip();
        let mut devices: Vec<Device> = devices.into_iter().flatten().collect();
        sort(&mut devices);
        (devices, problems.concat())
    }

    /// Judges the device that all these captures are of. `None` where nothing of it could be read again, and why.
    pub(super) fn joined(&self, group: Vec<Known>, spill: &Spill) -> (Option<Device>, Vec<Problem>) {
        let (captures, problems) = known::captures(group, spill);
        let device = (!captures.is_empty()).then(|| self.device(captures));
        (device, problems)
    }

    /// Judges what is known about a device.
    pub(super) fn facts(&self, facts: &DeviceFacts) -> Device {
        let device = device_of(facts, self.memo.outcomes(facts, self.rules).into_iter(), self.rules);
        self.options.access.progress.devices.add(1);
        self.options.access.progress.findings.add_len(device.findings.len());
        device
    }
}

/// By name, serial and input.
pub(super) fn sort(devices: &mut [Device]) {
    devices.sort_by(|a, b| (&a.hostname, &a.serial, &a.paths).cmp(&(&b.hostname, &b.serial, &b.paths)));
}
