//! A pipe, read on a thread of its own: an interrupt does not wait for bytes that may never come, nor for someone to open the other end.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::base::Progress;

/// Bytes that are taken from the pipe at once.
const CHUNK: usize = 128 << 10;

/// Chunks that wait to be read.
const WAITING: usize = 4;

/// How long nothing may come before it is asked whether the run shall end.
const PATIENCE: Duration = Duration::from_millis(50);

/// The reading end. Where the run shall end, it ends behind what came till then.
pub(super) struct Pipe<'p> {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Cursor<Vec<u8>>,
    progress: &'p Progress,
}

impl<'p> Pipe<'p> {
    /// Opens a pipe and reads it from now on. What fails, also in opening, is told by the first read that meets it.
    pub(super) fn new<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        progress: &'p Progress,
    ) -> io::Result<Self> {
        let (to, chunks) = sync_channel(WAITING);
        thread::Builder::new().name("pipe".to_owned()).spawn(move || {
            let mut from = match open() {
                Ok(from) => from,
                Err(error) => return drop(to.send(Err(error))),
            };
            while let Some(chunk) = next_chunk(&mut from).transpose() {
                let is_last = chunk.is_err();
                if to.send(chunk).is_err() || is_last {
                    break;
                }
            }
        })?;
        Ok(Self { chunks, chunk: Cursor::default(), progress })
    }
}

/// What the pipe holds now, as soon as that is anything; none at its end.
fn next_chunk(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(count) => {
                chunk.truncate(count);
                return Ok(Some(chunk));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.chunk.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => self.chunk = Cursor::new(chunk?),
                Err(RecvTimeoutError::Timeout) if !self.progress.is_stopped() => {}
                Err(_) => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_it_comes_and_then_its_fault() {
        let progress = Progress::default();
        let text: Vec<u8> = (0..3 * CHUNK).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let expected = text.clone();
        let mut read = Vec::new();
        Pipe::new(move || Ok(Cursor::new(text)), &progress).unwrap().read_to_end(&mut read).unwrap();
        assert!(read == expected);
        let missing = || std::fs::File::open("/does/not/exist");
        let error = Pipe::new(missing, &progress).unwrap().read(&mut [0; 8]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn an_interrupt_does_not_wait_for_bytes() {
        /// Gives three bytes, and then nothing for ever.
        struct Slow(bool);
        impl Read for Slow {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    loop {
                        thread::park();
                    }
                }
                Cursor::new(b"abc").read(buffer)
            }
        }
        let progress = Progress::default();
        let mut pipe = Pipe::new(|| Ok(Slow(false)), &progress).unwrap();
        let mut head = [0; 3];
        pipe.read_exact(&mut head).unwrap();
        progress.end_early();
        assert_eq!((&head, pipe.read(&mut [0; 8]).unwrap()), (b"abc", 0));
    }
}
