//! The ways devices and relays write a date and time.

use crate::base::Stamp;

/// Reads a date and time at the start of `input`. Returns it and the number of bytes read.
pub fn stamp(input: &str) -> Option<(Stamp, usize)> {
    let _ = input;
    None
}

/// Reads a span such as `89 days, 1 hours, 33 minutes, 51 seconds` or `87 days 1 hr 41 min 0 sec`. Returns seconds.
pub fn seconds_in(text: &str) -> Option<i64> {
    let _ = text;
    None
}
