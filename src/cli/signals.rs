//! Interrupts: the first has the run end with what it has, another ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;

/// How often it is asked whether the first interrupt has come.
const STEP: Duration = Duration::from_millis(50);

/// How long after the first interrupt another is the same one: `timeout` signals a program and its group, a shell a group and its leader.
const ECHO: Duration = Duration::from_millis(500);

/// Sets `stop` at the first interrupt from now on. Where the system has no such signals, nothing is set.
pub(super) fn watch(stop: &Arc<AtomicBool>) {
    let ends = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        let _ = flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, ends.clone());
        let _ = flag::register(signal, stop.clone());
    }
    let stop = stop.clone();
    let wait = move || {
        while !stop.load(Ordering::Relaxed) {
            thread::sleep(STEP);
        }
        thread::sleep(ECHO);
        ends.store(true, Ordering::Relaxed);
    };
    // Without a thread for this, every interrupt is taken for the first.
    let _ = thread::Builder::new().name("interrupts".to_owned()).spawn(wait);
}
