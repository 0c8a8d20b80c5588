//! Opens what the user names and decodes it: the only layer that opens files.
//!
//! Three steps, one place each: `walk` turns names into files, `archive` finds the files inside those, `decode` makes text of
//! their bytes.
//! Nothing here knows Cisco. What cannot be read becomes a [`Problem`] that says what to do; it never ends the run.

pub mod archive;
pub mod decode;
pub mod walk;

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::base::{Problem, Source};

use archive::{HEAD, Origin};

pub use archive::Limits;
pub use decode::{Decoded, decode};
pub use walk::walk;

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

    /// Decodes the file at `path`; an archive is not opened.
    pub fn open(path: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let name = path.to_string_lossy();
        let (mut file, size) = open(path)?;
        let bytes = read_limited(&mut file, &name, size, Vec::new())?;
        Ok(Self::from_bytes(&name, &bytes))
    }

    fn decoded(path: &str, bytes: &[u8], is_cut: bool) -> (Self, Vec<Problem>) {
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

/// What to do with an input and the problems of decoding it.
pub type Each<'e> = dyn FnMut(Input, Vec<Problem>) + 'e;

/// Reads and decodes a file, or standard input where `path` is `-`; every file in it where it is an archive. Returns what could
/// not be read.
pub fn read_each(path: &Path, limits: &Limits, each: &mut Each<'_>) -> Vec<Problem> {
    let name = path.to_string_lossy();
    if path.as_os_str() == STDIN {
        return each_of_stream(STDIN, &mut io::stdin().lock(), limits, each);
    }
    let (mut file, size) = match open(path) {
        Ok(opened) => opened,
        Err(problem) => return vec![problem],
    };
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return each_of_stream(&name, &mut file, limits, each);
    }
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = (&mut file).take(HEAD as u64).read_to_end(&mut head) {
        return vec![problem_of(&name, &error)];
    }
    if archive::kind(&head).is_none() {
        return each_of_rest(&name, &mut file, size, head, each);
    }
    match file.seek(SeekFrom::Start(0)) {
        Ok(_) => each_of_archive(&name, Origin::Seekable(&mut file), limits, each),
        Err(error) => vec![problem_of(&name, &error)],
    }
}

/// The same for bytes in memory, which are called `name`.
pub fn read_each_of_bytes(name: &str, bytes: &[u8], limits: &Limits, each: &mut Each<'_>) -> Vec<Problem> {
    if archive::kind(bytes.get(..HEAD).unwrap_or(bytes)).is_some() {
        return each_of_archive(name, Origin::Seekable(&mut Cursor::new(bytes)), limits, each);
    }
    let (input, problems) = Input::from_bytes(name, bytes);
    each(input, problems);
    Vec::new()
}

fn each_of_stream(name: &str, stream: &mut dyn Read, limits: &Limits, each: &mut Each<'_>) -> Vec<Problem> {
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = (&mut *stream).take(HEAD as u64).read_to_end(&mut head) {
        return vec![problem_of(name, &error)];
    }
    if archive::kind(&head).is_none() {
        return each_of_rest(name, &mut &mut *stream, 0, head, each);
    }
    let mut whole = Cursor::new(head).chain(stream);
    each_of_archive(name, Origin::Stream(&mut whole), limits, each)
}

/// What is no archive, the first bytes of which were read.
fn each_of_rest(
    name: &str,
    from: &mut impl Read,
    size: u64,
    head: Vec<u8>,
    each: &mut Each<'_>,
) -> Vec<Problem> {
    match read_limited(from, name, size, head) {
        Ok(bytes) => {
            let (input, problems) = Input::from_bytes(name, &bytes);
            each(input, problems);
            Vec::new()
        }
        Err(problem) => vec![problem],
    }
}

fn each_of_archive(name: &str, origin: Origin<'_>, limits: &Limits, each: &mut Each<'_>) -> Vec<Problem> {
    let mut too_large_ones = Vec::new();
    let mut is_empty = true;
    let mut problems = archive::leaves(name, origin, limits, &mut |mut leaf| {
        is_empty = false;
        let name = std::mem::take(&mut leaf.name);
        let expected = leaf.size.unwrap_or_default().min(LIKELY);
        match read_limited(&mut leaf, &name, expected, Vec::new()) {
            Ok(bytes) => {
                let (input, mut problems) = Input::decoded(&name, &bytes, leaf.is_cut());
                drop(bytes);
                let is_empty = |it: &Problem| it.code == "input::empty";
                // Nothing came before the fault, which is told: that is no empty file.
                if !(leaf.is_cut() && problems.iter().any(is_empty)) {
                    each(input, std::mem::take(&mut problems));
                }
            }
            Err(problem) => too_large_ones.push(problem),
        }
        ControlFlow::Continue(())
    });
    problems.append(&mut too_large_ones);
    if is_empty && problems.iter().all(|it| it.code == "input::empty") {
        // It could be read, and there is nothing in it: like an empty file.
        let (input, _) = Input::from_bytes(name, b"");
        each(Input { encoding: "binary", ..input }, Vec::new());
    }
    problems
}

/// The size of a member is what somebody wrote down: no more than this is set aside for it in advance.
const LIKELY: u64 = 16 << 20;

/// Opens a file, and tells its size in bytes.
fn open(path: &Path) -> Result<(File, u64), Problem> {
    let name = path.to_string_lossy();
    let about = fs::metadata(path).map_err(|error| problem_of(&name, &error))?;
    if about.is_dir() {
        return Err(unreadable(
            &name,
            "is a folder: `sldiag analyze` and `sldiag scan` read the files in it".into(),
        ));
    }
    let file = File::open(path).map_err(|error| problem_of(&name, &error))?;
    Ok((file, about.len()))
}

/// Reads to the end, after what was read before. A pipe has no size to ask for, and a file may grow while it is read, so the
/// limit is enforced while reading, too.
fn read_limited(
    from: &mut impl Read,
    name: &str,
    expected: u64,
    mut bytes: Vec<u8>,
) -> Result<Vec<u8>, Problem> {
    if expected > LARGEST {
        return Err(too_large(name));
    }
    bytes.reserve(usize::try_from(expected).unwrap_or_default().saturating_sub(bytes.len()));
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
    fn a_file_is_read_and_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "one\ntwo\n").unwrap();
        let (input, problems) = Input::open(&path).unwrap();
        assert_eq!((input.bytes, input.encoding, input.source.line(2)), (8, "utf-8", "two"));
        assert!(problems.is_empty());
    }

    #[test]
    fn what_cannot_be_read_says_why_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.txt");
        for (path, code, hint) in [
            (missing.as_path(), "input::not_found", "check the path"),
            (folder.path(), "input::unreadable", "is a folder"),
        ] {
            let problem = Input::open(path).unwrap_err();
            assert_eq!((problem.code.as_str(), problem.path.as_str()), (code, path.to_str().unwrap()));
            assert!(problem.text.contains(hint), "{}", problem.text);
        }
    }

    #[test]
    fn the_problems_of_decoding_name_the_input() {
        let (input, problems) = Input::from_bytes("sw1.txt", b"");
        assert_eq!((input.bytes, input.source.text()), (0, ""));
        let named: Vec<_> = problems.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect();
        assert_eq!(named, [("input::empty", "sw1.txt")]);
    }
}
