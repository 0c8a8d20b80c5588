//! How far a run is, and whether it shall stop: counters that every thread adds to and anyone may look at.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

/// A number that several threads add to. It orders nothing: whoever looks sees a recent value.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// Adds to it.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// Adds a length to it.
    pub fn add_len(&self, more: usize) {
        self.add(more as u64);
    }

    /// Adds the nanoseconds that some work takes.
    pub fn time<R>(&self, work: impl FnOnce() -> R) -> R {
        let started = Instant::now();
        let done = work();
        self.add(u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX));
        done
    }

    /// Its value.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What was done so far.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read from files, as they lie there: those of an archive are packed.
    pub read: Count,
    /// Inputs that were read: files and the members of archives.
    pub inputs: Count,
    /// Inputs that were passed over because of their names.
    pub passed_over: Count,
    /// Lines of them.
    pub lines: Count,
    /// Lines that were parsed; of long inputs only those that may say something.
    pub parsed: Count,
    /// Log records that rules ask for; equal ones of a long input may count once.
    pub records: Count,
    /// Devices judged.
    pub devices: Count,
    /// Findings on them.
    pub findings: Count,
    /// Nanoseconds that the threads took, together, to search long inputs for what is worth parsing.
    pub searching: Count,
    /// The same for parsing.
    pub parsing: Count,
    /// The same for judging devices.
    pub judging: Count,
    /// Set from anywhere, also by a signal, to have the run end with what it has.
    pub stop: Arc<AtomicBool>,
}

impl Progress {
    /// Whether the run shall end with what it has.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Has the run end with what it has.
    pub fn end_early(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
