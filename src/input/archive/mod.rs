//! Archives as streams of their files: gzip, bzip2, xz, Zstandard, tar and zip, inside each other in any way.
//!
//! What a stream is, is told by its first bytes (`kind`), level by level, until it is none of these: that is a [`Leaf`]. A
//! compressed file keeps its name; a member of a tar or zip is `ARCHIVE!MEMBER`. Nothing is ever written under the name of a
//! member. A zip has its list of members at the end: inside another archive it is copied to memory or to a temporary file
//! without a name first; everything else is read once, from front to back, in bounded memory.
//!
//! A fault ends what it is in, with a problem: what was read before it is given, and what stands around it goes on.
//! [`Limits`] bound what a hostile archive can cost.

mod codec;
mod fault;
mod kind;
mod level;
mod limits;
mod listing;
mod name;
mod streamed;
mod tar;
mod walk;
mod zip;

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::base::Problem;
use level::{Guard, Ledger, Level};
use walk::Walk;

pub use kind::{HEAD, Kind, Packing, kind};
pub use limits::Limits;
pub use listing::ZipListing;
pub use zip::Seekable;

/// A file in an archive, or one that is no archive.
///
/// It is read as a stream. Its reads do not fail: a fault ends the bytes early, is among the problems that [`leaves`] returns,
/// and shows in [`Leaf::is_cut`]. What is left unread is skipped, and not checked.
pub struct Leaf<'r> {
    /// The name for evidence, such as `case.zip!dir/sw1.tar.gz!log.1`.
    pub name: String,
    /// Bytes to come, as far as the archive says so.
    pub size: Option<u64>,
    bytes: &'r mut dyn Read,
    is_cut: bool,
}

impl Leaf<'_> {
    /// Whether the bytes read so far ended at a fault, so that there was more.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }
}

impl Read for Leaf<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_cut {
            return Ok(0);
        }
        match self.bytes.read(buffer) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.is_cut = true;
                Ok(0)
            }
            done => done,
        }
    }
}

/// What to do with a leaf; `Break` ends the walk.
pub type Visit<'v> = dyn FnMut(Leaf<'_>) -> ControlFlow<()> + 'v;

/// What an archive is read from.
pub enum Origin<'o> {
    /// A file, or bytes in memory: a zip is read where it is.
    Seekable(&'o mut dyn Seekable),
    /// A pipe: a zip is copied first.
    Stream(&'o mut dyn Read),
}

/// Visits every file in `from`, which is called `name`: the members of a tar as they come, those of a zip by name. What is no
/// archive is one leaf. Returns what was refused, failed or cut.
pub fn leaves(name: &str, from: Origin<'_>, limits: &Limits, visit: &mut Visit<'_>) -> Vec<Problem> {
    let ledger = Ledger::new(limits);
    let source = Level::source(name);
    let mut walk = Walk::new(&ledger, visit);
    let _ = match from {
        Origin::Seekable(file) => walk.file(name, file, &source),
        Origin::Stream(stream) => {
            walk.stream(name, &mut Guard::new(stream, &source, &ledger), None, &source, 0)
        }
    };
    ledger.into_problems()
}
