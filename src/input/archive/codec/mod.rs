//! Decompression as a stream.
//!
//! The readers of the crates throw away what they decoded in the call that fails, which for a small file is all of it. So
//! their step-wise interfaces are used: what came out before a fault is given first, and the fault by the next read.

mod bzip2;
mod gzip;
mod gzip_head;
mod xz;
mod zstd;

use std::io::{self, Read};

use super::kind::Packing;
use super::limits::BUFFER;

/// Opens a compressed stream. Its reads fail with `UnexpectedEof` where it is cut, `InvalidData` where it is damaged and
/// `OutOfMemory` where it needs too large a window.
pub(super) fn open<'r>(packing: Packing, from: impl Read + 'r) -> Box<dyn Read + 'r> {
    match packing {
        Packing::Gzip => Box::new(Pump::new(from, gzip::Gzip::default())),
        Packing::Deflate => Box::new(Pump::new(from, gzip::Inflate::default())),
        Packing::Bzip2 => Box::new(Pump::new(from, bzip2::Bzip2::new())),
        Packing::Xz => Box::new(Pump::new(from, xz::Xz::new())),
        Packing::Zstd => Box::new(zstd::Zstd::new(from)),
    }
}

/// What one step did.
struct Step {
    /// Bytes of the input that are used up.
    read: usize,
    /// Bytes written to the start of the output, also where the step failed.
    written: usize,
    /// Whether the stream has ended, or why it cannot go on.
    ended: io::Result<bool>,
}

/// A decoder that is given pieces of input and space for output.
trait Codec {
    /// Goes on as far as the input or the space allows. `is_last`: nothing follows this input.
    fn step(&mut self, input: &[u8], output: &mut [u8], is_last: bool) -> Step;

    /// Whether the input may end here.
    fn may_end(&self) -> bool;
}

/// Reads from a source through a codec.
struct Pump<R, C> {
    from: R,
    codec: C,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    is_last: bool,
    is_over: bool,
    fault: Option<io::Error>,
}

impl<R: Read, C: Codec> Pump<R, C> {
    fn new(from: R, codec: C) -> Self {
        let buffer = vec![0; BUFFER];
        Self { from, codec, buffer, at: 0, filled: 0, is_last: false, is_over: false, fault: None }
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.at == self.filled && !self.is_last {
            self.filled = self.from.read(&mut self.buffer)?;
            self.at = 0;
            self.is_last = self.filled == 0;
        }
        Ok(())
    }

    fn step(&mut self, output: &mut [u8]) -> usize {
        let input = self.buffer.get(self.at..self.filled).unwrap_or_default();
        if input.is_empty() && self.codec.may_end() {
            self.is_over = true;
            return 0;
        }
        let Step { read, written, ended } = self.codec.step(input, output, self.is_last);
        self.at += read;
        match ended {
            Ok(is_over) => self.is_over = is_over,
            Err(error) => self.fault = Some(error),
        }
        if read == 0 && written == 0 && !self.is_over && self.fault.is_none() {
            let is_cut = self.at == self.filled && self.is_last;
            self.fault = Some(if is_cut { cut() } else { damaged("it leads nowhere") });
        }
        written
    }
}

impl<R: Read, C: Codec> Read for Pump<R, C> {
    fn read(&mut self, output: &mut [u8]) -> io::Result<usize> {
        while !output.is_empty() && !self.is_over {
            if let Some(fault) = self.fault.take() {
                self.is_over = true;
                return Err(fault);
            }
            self.fill()?;
            let written = self.step(output);
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

fn cut() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

fn damaged(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// The difference of two counters of bytes handled within one slice.
fn since(before: u64, now: u64) -> usize {
    usize::try_from(now.saturating_sub(before)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
