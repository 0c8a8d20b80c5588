//! The URL that licensing messages go to.

use super::Sink;

/// Writes the `license.destination` facts for a URL.
pub fn destination(sink: &mut Sink<'_>, line: u32, url: &str) {
    let _ = (sink, line, url);
}
