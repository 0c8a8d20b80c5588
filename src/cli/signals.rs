//! Interrupts: the first has the run end with what it has, the second ends it at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;

/// Sets `stop` at the first interrupt from now on. Where the system has no such signals, nothing is set.
pub(super) fn watch(stop: &Arc<AtomicBool>) {
    for signal in [SIGINT, SIGTERM] {
        // In this order: the second interrupt finds the flag of the first.
        let _ = flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, stop.clone());
        let _ = flag::register(signal, stop.clone());
    }
}
