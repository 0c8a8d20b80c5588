//! The progress bar, on stderr, where that is a terminal and the work lasts. It only looks at what the threads count.

use std::fs;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::Progress;
use crate::diagnose::Given;

/// What is done within this time needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// Time between two looks.
const BEAT: Duration = Duration::from_millis(100);

/// A bar that goes away when it is dropped.
pub(super) struct Bar {
    thread: Option<JoinHandle<()>>,
    done: Arc<(Mutex<bool>, Condvar)>,
}

impl Bar {
    /// A bar for these inputs.
    pub(super) fn start(given: &[Given], progress: &Arc<Progress>) -> Self {
        let bytes = given.iter().map(size).sum::<Option<u64>>();
        let (files, progress) = (given.len(), progress.clone());
        let done = Arc::new((Mutex::new(false), Condvar::new()));
        let (signal, whole) = (done.clone(), Whole { bytes, files });
        let thread = thread::spawn(move || whole.draw(&progress, &signal));
        Self { thread: Some(thread), done }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        *self.done.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.done.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The size of a file; `None` of a pipe, of which nobody knows how much will come.
fn size(given: &Given) -> Option<u64> {
    match given {
        Given::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len()),
        Given::Bytes(_, bytes) => Some(bytes.len() as u64),
    }
}

/// All there is to read.
struct Whole {
    bytes: Option<u64>,
    files: usize,
}

impl Whole {
    fn draw(&self, progress: &Progress, done: &(Mutex<bool>, Condvar)) {
        if is_done_within(PATIENCE, done) {
            return;
        }
        let bar = ProgressBar::with_draw_target(self.bytes, ProgressDrawTarget::stderr());
        bar.set_style(style(self.bytes.is_some()));
        while !is_done_within(BEAT, done) {
            let read = progress.read.get();
            bar.set_position(self.bytes.map_or(read, |all| read.min(all)));
            bar.set_message(self.words(progress));
        }
        bar.finish_and_clear();
    }

    fn words(&self, progress: &Progress) -> String {
        let of = if self.files > 1 { format!(" of {} files", self.files) } else { String::new() };
        let judged = match progress.devices.get() {
            0 => String::new(),
            devices => format!(", {devices} devices, {} findings", progress.findings.get()),
        };
        let end = if progress.is_stopped() { ", ending" } else { "" };
        format!("{} inputs{of}{judged}{end}", progress.inputs.get())
    }
}

/// Waits so long, unless the work ends before.
fn is_done_within(time: Duration, done: &(Mutex<bool>, Condvar)) -> bool {
    let lock = done.0.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = done.1.wait_timeout_while(lock, time, |is_done| !*is_done);
    *waited.unwrap_or_else(PoisonError::into_inner).0
}

fn style(has_end: bool) -> ProgressStyle {
    let template = if has_end {
        "[{bar:20}] {binary_bytes} of {binary_total_bytes}, {eta} left, {wide_msg}"
    } else {
        "{binary_bytes}, {wide_msg}"
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_what_is_known() {
        let progress = Progress::default();
        let one = Whole { bytes: Some(1), files: 1 };
        assert_eq!(one.words(&progress), "0 inputs");
        progress.inputs.add(12);
        progress.devices.add(3);
        progress.findings.add(4);
        let many = Whole { bytes: None, files: 20 };
        assert_eq!(many.words(&progress), "12 inputs of 20 files, 3 devices, 4 findings");
        progress.end_early();
        assert_eq!(one.words(&progress), "12 inputs, 3 devices, 4 findings, ending");
    }

    #[test]
    fn a_run_that_is_over_soon_has_no_bar() {
        let started = std::time::Instant::now();
        drop(Bar::start(&[], &Arc::new(Progress::default())));
        assert!(started.elapsed() < PATIENCE);
    }
}
