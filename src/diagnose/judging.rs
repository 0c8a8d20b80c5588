//! What judging takes: the rules, what is remembered of other devices, and how a run is set up.

use super::device::{self, Device as DeviceFacts};
use super::finding::Device;
use super::known::Known;
use super::memo::Memo;
use super::spill::Spill;
use super::{Options, device_of};
use crate::base::Problem;
use crate::facts::Capture;
use crate::rules::RuleSet;

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

    /// Judges the devices that captures of one input are of. Returns them with what could not be read again.
    pub(super) fn devices(&self, known: Vec<Known>, spill: &Spill) -> (Vec<Device>, Vec<Problem>) {
        let (facts, problems) = device::devices(known, self.options.now.as_ref(), spill);
        (facts.iter().map(|it| self.facts(it)).collect(), problems)
    }

    /// Judges what is known about a device.
    pub(super) fn facts(&self, facts: &DeviceFacts) -> Device {
        let device = device_of(facts, self.memo.outcomes(facts, self.rules).into_iter(), self.rules);
        self.options.access.progress.devices.add(1);
        self.options.access.progress.findings.add_len(device.findings.len());
        device
    }
}
