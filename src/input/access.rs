//! How inputs are opened: what an archive may cost, which names are read, and who is told how far it is.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use super::{Filter, Limits};
use crate::base::Progress;

/// What holds for every input of a run.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// What an archive may cost.
    pub limits: Limits,
    /// Which inputs are read.
    pub filter: Filter,
    /// How far the run is.
    pub progress: Arc<Progress>,
}

impl Access {
    /// Whether the input of this name is read; one that is not is counted.
    pub fn takes(&self, name: &str) -> bool {
        let takes = self.filter.takes(name);
        if !takes {
            self.progress.passed_over.add(1);
        }
        takes
    }
}

/// A file whose bytes are counted as they are read.
pub(super) struct Counted<'p, R> {
    pub(super) file: R,
    pub(super) progress: &'p Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.progress.read.add_len(count);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
