//! What an archive may cost. A hostile one is refused with a name; none can fill memory, a disk or a day.

/// Limits for archives. Each holds for an archive together with everything inside it, at every level; the members of a zip
/// that is a file of its own are judged one by one, so that they can be read in any order and on any number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many archives may be inside each other. A `.tar.gz` is two: a tar in a gzip. Default 16.
    pub nesting: u32,
    /// How many bytes may come out for each byte that goes in, from the first mebibyte on. Default 250: logs rarely
    /// compress to less than a hundredth, bombs to a thousandth and less.
    pub ratio: u64,
    /// How many bytes may come out of one archive. Default 64 GiB.
    pub unpacked: u64,
    /// How many members one archive may have. Default a million.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nesting: 16, ratio: 250, unpacked: 64 << 30, members: 1_000_000 }
    }
}

/// Bytes up to which no ratio is looked at: what is small harms nobody, and a capture of blanks compresses well.
pub(super) const FREE: u64 = 1 << 20;

/// The same for all that is inside an archive, together: a bomb in a small archive is refused before what it is in.
pub(super) const FREE_INSIDE: u64 = 64 << 20;

/// The most that a decoder may hold as its window (xz -9 needs 64 MiB, zstd --long 128 MiB).
pub(super) const WINDOW: u64 = 128 << 20;

/// Largest zip that is inside a stream, where it is copied to a temporary file first.
pub(super) const SPOOLED: u64 = 4 << 30;

/// Bytes of such a copy that stay in memory before a file is used.
pub(super) const SPOOLED_IN_MEMORY: usize = 4 << 20;

/// Bytes that are read from a source at once.
pub(super) const BUFFER: usize = 128 << 10;
