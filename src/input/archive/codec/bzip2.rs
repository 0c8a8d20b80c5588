//! bzip2, of one or more streams.

use bzip2::{Decompress, Status};

use super::{Codec, Step, damaged, since};

/// The decoder of one stream after the other.
pub(super) struct Bzip2 {
    decoder: Decompress,
    /// Between two streams.
    is_between: bool,
}

impl Bzip2 {
    pub(super) fn new() -> Self {
        Self { decoder: Decompress::new(false), is_between: false }
    }
}

impl Codec for Bzip2 {
    fn step(&mut self, input: &[u8], output: &mut [u8], _is_last: bool) -> Step {
        if self.is_between {
            *self = Self::new();
        }
        let before = (self.decoder.total_in(), self.decoder.total_out());
        let ended = match self.decoder.decompress(input, output) {
            Ok(Status::StreamEnd) => {
                self.is_between = true;
                Ok(false)
            }
            Ok(Status::MemNeeded) => Err(std::io::ErrorKind::OutOfMemory.into()),
            Ok(_) => Ok(false),
            Err(_) => Err(damaged("a block or its checksum is wrong")),
        };
        let read = since(before.0, self.decoder.total_in());
        Step { read, written: since(before.1, self.decoder.total_out()), ended }
    }

    fn may_end(&self) -> bool {
        self.is_between
    }
}
