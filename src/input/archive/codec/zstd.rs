//! Zstandard, of one or more frames; those without data are skipped.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::super::limits::{BUFFER, WINDOW};
use super::{cut, damaged};

/// A reader of all frames.
pub(super) struct Zstd<R> {
    from: BufReader<R>,
    decoder: FrameDecoder,
    is_inside: bool,
    fault: Option<io::Error>,
}

/// The last block of a frame, empty, with a checksum. A decoder keeps back what later blocks may refer to; after a fault
/// this makes it give that, too.
const END: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

impl<R: Read> Zstd<R> {
    pub(super) fn new(from: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { from: BufReader::with_capacity(BUFFER, from), decoder, is_inside: false, fault: None }
    }

    /// Enters the next frame; whether there is one.
    fn enter(&mut self) -> io::Result<bool> {
        while !self.from.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.from) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped = io::copy(&mut (&mut self.from).take(u64::from(length)), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(cut());
                    }
                }
                Err(error) => return Err(self.told(&error)),
            }
        }
        Ok(false)
    }

    /// Decodes about as many bytes as are wanted. What a fault leaves is taken out first.
    fn decode(&mut self, wanted: usize) {
        let strategy = BlockDecodingStrategy::UptoBytes(wanted);
        if let Err(error) = self.decoder.decode_blocks(&mut self.from, strategy) {
            self.fault = Some(self.told(&error));
            let _ = self.decoder.decode_blocks(END, BlockDecodingStrategy::All);
        }
    }

    fn told(&mut self, error: &FrameDecoderError) -> io::Error {
        match error {
            FrameDecoderError::WindowSizeTooBig { .. } => io::ErrorKind::OutOfMemory.into(),
            FrameDecoderError::DictNotProvided { .. } => {
                io::Error::new(io::ErrorKind::Unsupported, "Zstandard data with a dictionary of their own")
            }
            _ if self.from.fill_buf().is_ok_and(<[u8]>::is_empty) => cut(),
            _ => damaged("the compressed data make no sense"),
        }
    }

    /// Ends a frame that was given in full.
    fn leave(&mut self) -> io::Result<()> {
        self.is_inside = false;
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let written = self.decoder.get_checksum_from_data();
        if written.is_some() && written != self.decoder.get_calculated_checksum() {
            return Err(damaged("its checksum differs"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, output: &mut [u8]) -> io::Result<usize> {
        while !output.is_empty() {
            if !self.is_inside {
                self.is_inside = self.enter()?;
                if !self.is_inside {
                    return Ok(0);
                }
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(output);
            }
            if self.decoder.is_finished() || self.fault.is_some() {
                self.leave()?;
            } else {
                self.decode(output.len().max(BUFFER));
            }
        }
        Ok(0)
    }
}
