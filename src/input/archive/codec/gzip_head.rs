//! The head of a gzip member, byte by byte: ten bytes, then what its flags announce.

use std::io;

use super::damaged;

const CHECK: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

/// How far a head was read.
#[derive(Default)]
pub(super) struct Head {
    part: Part,
    /// What is still to come.
    flags: u8,
}

enum Part {
    /// The ten bytes that every head has; the first so many were seen.
    Fixed(usize),
    /// The length of the extra field, low byte first.
    ExtraLength(Option<u8>),
    /// So many bytes of no interest.
    Skip(usize),
    /// A text that ends with a zero.
    Text,
}

impl Default for Part {
    fn default() -> Self {
        Self::Fixed(0)
    }
}

impl Head {
    /// Takes the next byte; whether the head ends with it.
    pub(super) fn ends_with(&mut self, byte: u8) -> io::Result<bool> {
        match &mut self.part {
            Part::Fixed(seen) => {
                if b"\x1f\x8b\x08".get(*seen).is_some_and(|start| *start != byte) {
                    return Err(damaged("what follows is no gzip"));
                }
                if *seen == 3 {
                    self.flags = byte & (CHECK | EXTRA | NAME | COMMENT);
                }
                *seen += 1;
                if *seen < 10 {
                    return Ok(false);
                }
            }
            Part::ExtraLength(low @ None) => {
                *low = Some(byte);
                return Ok(false);
            }
            Part::ExtraLength(Some(low)) => {
                let length = u16::from_le_bytes([*low, byte]);
                if length > 0 {
                    self.part = Part::Skip(length.into());
                    return Ok(false);
                }
            }
            Part::Skip(rest) => {
                *rest -= 1;
                if *rest > 0 {
                    return Ok(false);
                }
            }
            Part::Text if byte != 0 => return Ok(false),
            Part::Text => {}
        }
        Ok(self.turns_to_next())
    }

    /// Turns to the next announced part; whether there is none.
    fn turns_to_next(&mut self) -> bool {
        for (flag, part) in [
            (EXTRA, Part::ExtraLength(None)),
            (NAME, Part::Text),
            (COMMENT, Part::Text),
            (CHECK, Part::Skip(2)),
        ] {
            if self.flags & flag != 0 {
                self.flags &= !flag;
                self.part = part;
                return false;
            }
        }
        true
    }
}
