//! `--stats`: counts and durations, for stderr only. Beside `base::progress` the one place that looks at a clock, and only at how long
//! a run took.

use std::time::{Duration, Instant};

use crate::base::Progress;
use crate::base::progress::Count;

/// A running measurement of the stages of a run.
pub(super) struct Stats {
    started: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Stats {
    /// Starts the first stage.
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), stages: Vec::new() }
    }

    /// Ends a stage, and starts the next.
    pub(super) fn end(&mut self, stage: &'static str) {
        let before: Duration = self.stages.iter().map(|(_, time)| *time).sum();
        self.stages.push((stage, self.started.elapsed().saturating_sub(before)));
    }

    /// Lines about what was read and found. `bytes` are those of the inputs, unpacked.
    pub(super) fn words(&self, progress: &Progress, bytes: u64, devices: usize, findings: usize) -> String {
        let counts = format!(
            "{} inputs, {bytes} bytes, {} lines, {} of them parsed, {} log records\n{devices} devices, {findings} findings",
            progress.inputs.get(),
            progress.lines.get(),
            progress.parsed.get(),
            progress.records.get(),
        );
        let stages: Vec<String> =
            self.stages.iter().map(|(stage, time)| format!("{stage} {} ms", millis(*time))).collect();
        let all: Duration = self.stages.iter().map(|(_, time)| *time).sum();
        let stages = format!("{}; {} ms, {}", stages.join(", "), millis(all), speed(bytes, all));
        format!("{counts}\n{stages}\n{}", of_threads(progress))
    }
}

/// What the threads did at the same time.
fn of_threads(progress: &Progress) -> String {
    let millis = |taken: &Count| millis(Duration::from_nanos(taken.get()));
    format!(
        "all threads together: searching {} ms, parsing {} ms, judging {} ms; the rest is reading and unpacking",
        millis(&progress.searching),
        millis(&progress.parsing),
        millis(&progress.judging)
    )
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn speed(bytes: u64, time: Duration) -> String {
    let gib = bytes as f64 / f64::from(1 << 30);
    format!("{:.3} GiB/s", gib / time.as_secs_f64().max(1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_name_every_stage() {
        let stages =
            vec![("read and parse", Duration::from_millis(1500)), ("judge", Duration::from_millis(500))];
        let stats = Stats { started: Instant::now(), stages };
        let progress = Progress::default();
        progress.inputs.add(8);
        progress.lines.add(1000);
        progress.parsed.add(20);
        progress.records.add(7);
        progress.parsing.add(1_234_567);
        assert_eq!(
            stats.words(&progress, 1 << 30, 2, 3),
            "8 inputs, 1073741824 bytes, 1000 lines, 20 of them parsed, 7 log records\n2 devices, 3 findings\n\
             read and parse 1500.0 ms, judge 500.0 ms; 2000.0 ms, 0.500 GiB/s\n\
             all threads together: searching 0.0 ms, parsing 1.2 ms, judging 0.0 ms; the rest is reading and unpacking"
        );
    }
}
