//! Deflate, and gzip around it: a head, deflate data, checksum and length; then, maybe, the next member.

use std::io;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::gzip_head::Head;
use super::{Codec, Step, damaged, since};

/// Raw deflate data, as a zip holds it.
pub(super) struct Inflate(Decompress);

impl Default for Inflate {
    fn default() -> Self {
        Self(Decompress::new(false))
    }
}

impl Codec for Inflate {
    fn step(&mut self, input: &[u8], output: &mut [u8], _is_last: bool) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let ended = match self.0.decompress(input, output, FlushDecompress::None) {
            Ok(status) => Ok(status == Status::StreamEnd),
            Err(_) => Err(damaged("the compressed data make no sense")),
        };
        let read = since(before.0, self.0.total_in());
        Step { read, written: since(before.1, self.0.total_out()), ended }
    }

    fn may_end(&self) -> bool {
        false
    }
}

/// A gzip of any number of members.
#[derive(Default)]
pub(super) struct Gzip {
    part: Part,
    inflate: Inflate,
    crc: Crc,
}

/// What of a member comes next.
#[derive(Default)]
enum Part {
    /// Nothing but a further member, or zeros that a tape or a copy by blocks added.
    #[default]
    Between,
    /// The rest of a head.
    Head(Head),
    /// The deflate data.
    Data,
    /// Bytes of checksum and length so far.
    Tail(Vec<u8>),
}

impl Codec for Gzip {
    fn step(&mut self, input: &[u8], output: &mut [u8], is_last: bool) -> Step {
        match &mut self.part {
            Part::Between => self.between(input),
            Part::Head(_) => self.head(input),
            Part::Data => self.data(input, output, is_last),
            Part::Tail(_) => self.tail(input),
        }
    }

    fn may_end(&self) -> bool {
        matches!(self.part, Part::Between)
    }
}

impl Gzip {
    fn between(&mut self, input: &[u8]) -> Step {
        let zeros = input.iter().take_while(|byte| **byte == 0).count();
        let Some(rest @ [_, ..]) = input.get(zeros..) else { return took(zeros, Ok(())) };
        self.part = Part::Head(Head::default());
        let Step { read, ended, .. } = self.head(rest);
        Step { read: zeros + read, written: 0, ended }
    }

    fn head(&mut self, input: &[u8]) -> Step {
        let Part::Head(head) = &mut self.part else { return took(0, Ok(())) };
        for (byte, read) in input.iter().zip(1..) {
            match head.ends_with(*byte) {
                Ok(false) => {}
                Ok(true) => {
                    self.part = Part::Data;
                    self.inflate = Inflate::default();
                    self.crc = Crc::new();
                    return took(read, Ok(()));
                }
                Err(error) => return took(read, Err(error)),
            }
        }
        took(input.len(), Ok(()))
    }

    fn data(&mut self, input: &[u8], output: &mut [u8], is_last: bool) -> Step {
        let Step { read, written, ended } = self.inflate.step(input, output, is_last);
        self.crc.update(output.get(..written).unwrap_or_default());
        if matches!(ended, Ok(true)) {
            self.part = Part::Tail(Vec::new());
        }
        Step { read, written, ended: ended.map(|_| false) }
    }

    fn tail(&mut self, input: &[u8]) -> Step {
        let Part::Tail(so_far) = &mut self.part else { return took(0, Ok(())) };
        let taken = input.get(..8 - so_far.len()).unwrap_or(input);
        so_far.extend_from_slice(taken);
        let Ok([a, b, c, d, length @ ..]) = <[u8; 8]>::try_from(so_far.as_slice()) else {
            return took(taken.len(), Ok(()));
        };
        let is_right = u32::from_le_bytes([a, b, c, d]) == self.crc.sum()
            && u32::from_le_bytes(length) == self.crc.amount();
        self.part = Part::Between;
        took(taken.len(), if is_right { Ok(()) } else { Err(damaged("its checksum differs")) })
    }
}

fn took(read: usize, so_far: io::Result<()>) -> Step {
    Step { read, written: 0, ended: so_far.map(|()| false) }
}
