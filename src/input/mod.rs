//! Opens what the user names and decodes it: the only layer that opens files.
//!
//! Three steps, one place each: `walk` turns names into files, `archive` finds the files inside those, `decode` makes text of
//! their bytes.
//! Nothing here knows Cisco. What cannot be read becomes a [`Problem`] that says what to do; it never ends the run.

pub mod access;
pub mod archive;
pub mod blocks;
pub mod decode;
mod file;
pub mod filter;
mod pipe;
pub mod walk;

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::base::{Problem, Progress, Source};

use access::Counted;
use archive::{HEAD, Origin};
use pipe::Pipe;

pub use access::Access;
pub use archive::{Limits, ZipListing};
pub use blocks::{Block, Blocks, Stretch};
pub use decode::{Decoded, decode};
pub use file::InputFile;
pub use filter::Filter;
pub use walk::{walk, walk_for};

/// The name that stands for standard input.
pub const STDIN: &str = "-";

/// Largest input in bytes, 4 GiB: line numbers are 32 bits, and all of an input is held in memory.
pub const LARGEST: u64 = 4 << 30;

/// One decoded input.
#[derive(Clone, Debug)]
pub struct Input {
    /// As the user named it, or as found in a folder; `-` is standard input.
    pub path: String,
    /// Size as read, before decoding.
    pub bytes: u64,
    /// `utf-8`, `utf-16le`, `utf-16be`, `latin-1` or `binary`.
    pub encoding: &'static str,
    /// The text and its lines.
    pub source: Arc<Source>,
}

impl Input {
    /// Decodes bytes that came from `path`. The problems name that path.
    pub fn from_bytes(path: &str, bytes: &[u8]) -> (Self, Vec<Problem>) {
        Self::decoded(path, bytes, false)
    }

    /// The same; where the bytes are known to end early, `is_cut`, the end of the last output is unknown.
    pub fn decoded(path: &str, bytes: &[u8], is_cut: bool) -> (Self, Vec<Problem>) {
        let decoded = decode(bytes);
        let problems =
            decoded.problems.into_iter().map(|it| Problem { path: path.to_owned(), ..it }).collect();
        let source = Source::new(path, decoded.text);
        let source = Arc::new(if is_cut { source.cut_off() } else { source });
        let input =
            Self { path: path.to_owned(), bytes: bytes.len() as u64, encoding: decoded.encoding, source };
        (input, problems)
    }
}

/// An input as it is read, from its start to its end.
pub trait Stream: Read {
    /// Whether the bytes read so far ended at a fault, which is told elsewhere.
    fn is_cut(&self) -> bool {
        false
    }

    /// All of it, where it was read already and nothing was taken from it.
    fn whole(&mut self) -> Option<Vec<u8>> {
        None
    }
}

/// What to do with an input: its name and its bytes.
pub type Each<'e> = dyn FnMut(&str, &mut dyn Stream) + 'e;

struct Plain<R>(R);

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Stream for Plain<R> {}

/// What comes through a pipe, which ends early where the run does.
struct Piped<'p, R>(R, &'p Progress);

impl<R: Read> Read for Piped<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Stream for Piped<'_, R> {
    fn is_cut(&self) -> bool {
        self.1.is_stopped()
    }
}

/// An input that was read already.
struct InMemory(Cursor<Vec<u8>>);

impl Read for InMemory {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Stream for InMemory {
    fn whole(&mut self) -> Option<Vec<u8>> {
        (self.0.position() == 0).then(|| std::mem::take(self.0.get_mut()))
    }
}

impl Stream for archive::Leaf<'_> {
    fn is_cut(&self) -> bool {
        archive::Leaf::is_cut(self)
    }
}

/// Reads a file, or standard input where `path` is `-`; every file in it where it is an archive. Returns what could not be
/// read.
pub fn read_each(path: &Path, access: &Access, each: &mut Each<'_>) -> Vec<Problem> {
    if path.as_os_str() == STDIN {
        return each_of_pipe(STDIN, || Ok(io::stdin().lock()), access, each);
    }
    if is_pipe(path) {
        let file = path.to_owned();
        return each_of_pipe(&path.to_string_lossy(), || File::open(file), access, each);
    }
    match InputFile::open(path) {
        Ok(file) => file.read_each(access, each),
        Err(problem) => vec![problem],
    }
}

/// The same for bytes in memory, which are called `name`.
pub fn read_each_of_bytes(name: &str, bytes: &[u8], access: &Access, each: &mut Each<'_>) -> Vec<Problem> {
    access.progress.read.add_len(bytes.len());
    if archive::kind(bytes.get(..HEAD).unwrap_or(bytes)).is_some() {
        return each_of_archive(name, Origin::Seekable(&mut Cursor::new(bytes)), access, each);
    }
    give(name, &mut Plain(bytes), access, each);
    Vec::new()
}

/// Gives an input to `each` unless it is to be passed over.
fn give(name: &str, stream: &mut dyn Stream, access: &Access, each: &mut Each<'_>) {
    if access.takes(name) {
        each(name, stream);
    }
}

/// Whether this is standard input, a pipe or a device, which can be read once, and may be waited for.
pub fn is_pipe(path: &Path) -> bool {
    path.as_os_str() == STDIN || fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// Reads what can be read once, from its start to its end or to an interrupt.
fn each_of_pipe<R: Read>(
    name: &str,
    open: impl FnOnce() -> io::Result<R> + Send + 'static,
    access: &Access,
    each: &mut Each<'_>,
) -> Vec<Problem> {
    let progress = &*access.progress;
    let mut stream = match Pipe::new(open, progress) {
        Ok(file) => Counted { file, progress },
        Err(error) => return vec![problem_of(name, &error)],
    };
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = (&mut stream).take(HEAD as u64).read_to_end(&mut head) {
        return vec![problem_of(name, &error)];
    }
    let is_archive = archive::kind(&head).is_some();
    let mut whole = Cursor::new(head).chain(stream);
    if is_archive {
        return each_of_archive(name, Origin::Stream(&mut whole), access, each);
    }
    give(name, &mut Piped(whole, progress), access, each);
    Vec::new()
}

/// Gives a file of an archive; goes on to the next unless the run shall end.
fn give_leaf(mut leaf: archive::Leaf<'_>, access: &Access, each: &mut Each<'_>) -> ControlFlow<()> {
    let name = std::mem::take(&mut leaf.name);
    if !access.progress.is_stopped() {
        give(&name, &mut leaf, access, each);
    }
    if access.progress.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

fn each_of_archive(name: &str, origin: Origin<'_>, access: &Access, each: &mut Each<'_>) -> Vec<Problem> {
    let mut is_empty = true;
    let problems = archive::leaves(name, origin, &access.limits, &mut |leaf| {
        is_empty = false;
        give_leaf(leaf, access, each)
    });
    if is_empty && problems.iter().all(|it| it.code == "input::empty") {
        // It could be read, and there is nothing in it: like an empty file, of which that is said once.
        give(name, &mut Plain(&b""[..]), access, each);
        return Vec::new();
    }
    problems
}

/// Reads the blocks of a stretch of a long file into `block`, one after the other, each for `each`.
pub fn read_stretch(
    path: &Path,
    number: u64,
    block: &mut Block,
    mut each: impl FnMut(&Block),
) -> Result<(), Problem> {
    let mut read = || -> io::Result<()> {
        let mut stretch = Stretch::new(File::open(path)?, number);
        while stretch.read(block)? {
            each(block);
        }
        Ok(())
    };
    read().map_err(|error| problem_of(&path.to_string_lossy(), &error))
}

/// Reads member `index` of a zip file, with every file in it where it is an archive itself.
pub fn read_member(
    path: &Path,
    listing: &ZipListing,
    index: usize,
    access: &Access,
    each: &mut Each<'_>,
) -> Vec<Problem> {
    match File::open(path) {
        Err(error) => vec![problem_of(&path.to_string_lossy(), &error)],
        Ok(file) => {
            let mut file = Counted { file, progress: &access.progress };
            listing.leaves(index, &mut file, &access.limits, &mut |leaf| give_leaf(leaf, access, each))
        }
    }
}

/// Whether several threads can share the reading of a file.
pub fn is_shareable(path: &Path) -> bool {
    // A pipe is read once, and not here.
    fs::metadata(path).is_ok_and(|it| it.is_file())
        && InputFile::open(path).is_ok_and(|mut file| file.is_shareable())
}

/// Whether nothing is lost where a file is written over: it is empty, or a document that sldiag wrote.
pub fn may_be_replaced(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || decode::is_report(&head))
}

/// Reads to the end, after what was read before. A pipe has no size to ask for, and a file may grow while it is read, so the
/// limit is enforced while reading.
pub fn read_limited(from: &mut dyn Read, name: &str, mut bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let most = (LARGEST + 1).saturating_sub(bytes.len() as u64);
    from.take(most).read_to_end(&mut bytes).map_err(|error| problem_of(name, &error))?;
    if bytes.len() as u64 > LARGEST { Err(too_large(name)) } else { Ok(bytes) }
}

/// What the operating system refused, and what the user can do about it.
pub(crate) fn problem_of(name: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Problem::of_input(
            "input::not_found",
            name,
            format!("`{name}` does not exist: check the path, or use `-` to read standard input"),
        ),
        io::ErrorKind::PermissionDenied => {
            unreadable(name, "may not be read by this user: ask for read access or copy the file".into())
        }
        _ => unreadable(name, format!("could not be read: {error}")),
    }
}

fn unreadable(name: &str, what: String) -> Problem {
    Problem::of_input("input::unreadable", name, format!("`{name}` {what}"))
}

fn too_large(name: &str) -> Problem {
    unreadable(name, "is larger than 4 GiB, the most that one input may hold: split it at line ends".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_problems_of_decoding_name_the_input() {
        let (input, problems) = Input::from_bytes("sw1.txt", b"");
        assert_eq!((input.bytes, input.source.text()), (0, ""));
        let named: Vec<_> = problems.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect();
        assert_eq!(named, [("input::empty", "sw1.txt")]);
    }
}
