//! `--stats`: counts and duration, for stderr only. The one place that looks at a clock, and only at how long a run took.

use std::time::Instant;

use crate::diagnose::finding::Diagnosis;

/// A running measurement.
pub(super) struct Stats(Instant);

impl Stats {
    /// Starts it.
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// One line about what was read and found.
    pub(super) fn words(&self, diagnosis: &Diagnosis) -> String {
        let bytes: u64 = diagnosis.inputs.iter().map(|input| input.bytes).sum();
        let findings: usize = diagnosis.devices.iter().map(|device| device.findings.len()).sum();
        format!(
            "{} inputs, {bytes} bytes, {} devices, {findings} findings, {} rules, {} ms",
            diagnosis.inputs.len(),
            diagnosis.devices.len(),
            diagnosis.tool.rules.count,
            self.0.elapsed().as_millis()
        )
    }
}
