//! From a decoded input to what each device shows in it.

use std::sync::Arc;

use super::Wanted;
use crate::base::Source;
use crate::facts::Capture;

/// Reads one input: one capture for each device that speaks in it, in the order in which they first do.
pub fn captures(source: &Arc<Source>, wanted: &Wanted) -> Vec<Capture> {
    let _ = (source, wanted);
    Vec::new()
}
