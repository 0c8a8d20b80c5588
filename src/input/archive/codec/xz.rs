//! xz, of one or more streams.

use std::io;

use lzma_rust2::{Action, Status, XzStream};

use super::super::limits::WINDOW;
use super::{Codec, Step, cut, damaged, since};

/// The decoder of all streams.
pub(super) struct Xz(XzStream);

impl Xz {
    pub(super) fn new() -> Self {
        let most = u32::try_from(WINDOW >> 10).unwrap_or(u32::MAX);
        Self(XzStream::new_mem_limit(true, most))
    }
}

impl Codec for Xz {
    fn step(&mut self, input: &[u8], output: &mut [u8], is_last: bool) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let action = if is_last { Action::Finish } else { Action::Run };
        match self.0.process(input, output, action) {
            Ok(done) => Step {
                read: done.bytes_consumed,
                written: done.bytes_produced,
                ended: Ok(done.status == Status::StreamEnd),
            },
            Err(error) => Step {
                read: since(before.0, self.0.total_in()),
                written: since(before.1, self.0.total_out()),
                ended: Err(told(&error)),
            },
        }
    }

    fn may_end(&self) -> bool {
        // The decoder itself knows: it is asked with the last, empty input.
        false
    }
}

fn told(error: &io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => cut(),
        kind @ (io::ErrorKind::OutOfMemory | io::ErrorKind::Unsupported) => kind.into(),
        _ => damaged(error.to_string()),
    }
}
