//! Bytes that are put aside: in memory while they are few, then in a file without a name, which is gone with the run.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use tempfile::SpooledTempFile;

/// Bytes that are held in memory.
const IN_MEMORY: usize = 4 << 20;

/// Bytes that are written together.
const TOGETHER: usize = 256 << 10;

/// Where bytes are put aside.
pub(super) struct Spill(Mutex<Bytes>);

struct Bytes {
    file: SpooledTempFile,
    /// How many are in the file.
    written: u64,
    /// Those behind them.
    pending: Vec<u8>,
}

/// Where some bytes are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    at: u64,
    length: usize,
}

impl Spill {
    pub(super) fn new() -> Self {
        let file = SpooledTempFile::new(IN_MEMORY);
        Self(Mutex::new(Bytes { file, written: 0, pending: Vec::new() }))
    }

    /// Puts bytes aside. Fails where the disk is full, or where there is no folder for such files; then nothing was put aside.
    pub(super) fn put(&self, bytes: &[u8]) -> std::io::Result<Span> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.pending.len() + bytes.len() > TOGETHER {
            all.write()?;
        }
        let span = Span { at: all.written + all.pending.len() as u64, length: bytes.len() };
        all.pending.extend_from_slice(bytes);
        Ok(span)
    }

    /// Takes them out again.
    pub(super) fn get(&self, span: Span) -> std::io::Result<Vec<u8>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = span.at.checked_sub(all.written) {
            let from = usize::try_from(at).ok().and_then(|at| all.pending.get(at..));
            let bytes = from.and_then(|from| from.get(..span.length));
            return bytes.map(<[u8]>::to_vec).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; span.length];
        all.file.seek(SeekFrom::Start(span.at))?;
        all.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Bytes {
    /// Writes the pending ones. Where that fails they stay pending, and the next attempt begins at the same place.
    fn write(&mut self) -> std::io::Result<()> {
        self.file.seek(SeekFrom::Start(self.written))?;
        self.file.write_all(&self.pending)?;
        self.written += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_comes_back() {
        let spill = Spill::new();
        let parts = [b"one".to_vec(), Vec::new(), vec![7; IN_MEMORY], b"four".to_vec()];
        let spans: Vec<Span> = parts.iter().map(|it| spill.put(it).unwrap()).collect();
        for (span, part) in spans.iter().zip(&parts).rev() {
            assert!(spill.get(*span).unwrap() == *part, "{span:?}");
        }
    }
}
