//! Bytes that are put aside: in memory while they are few, then in a file without a name, which is gone with the run.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use tempfile::SpooledTempFile;

/// Bytes that are held in memory.
const IN_MEMORY: usize = 4 << 20;

/// Where bytes are put aside.
pub(super) struct Spill {
    file: Mutex<SpooledTempFile>,
}

/// Where some bytes are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    at: u64,
    length: usize,
}

impl Spill {
    pub(super) fn new() -> Self {
        Self { file: Mutex::new(SpooledTempFile::new(IN_MEMORY)) }
    }

    /// Puts bytes aside. Fails where the disk is full, or where there is no folder for such files.
    pub(super) fn put(&self, bytes: &[u8]) -> std::io::Result<Span> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(Span { at, length: bytes.len() })
    }

    /// Takes them out again.
    pub(super) fn get(&self, span: Span) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![0; span.length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(span.at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
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
