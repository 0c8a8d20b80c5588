//! Opens what the user names and decodes it: the only layer that opens files.
//!
//! Three steps, one file each: `walk` turns names into files, `read` takes their bytes, `decode` makes text
//! of them.
//! Nothing here knows Cisco. What cannot be read becomes a [`Problem`] that says what to do; it never ends the run.

pub mod archive;
pub mod blocks;
pub mod decode;
pub mod walk;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::base::{Problem, Source};

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
        let decoded = decode(bytes);
        let problems =
            decoded.problems.into_iter().map(|it| Problem { path: path.to_owned(), ..it }).collect();
        let source = Arc::new(Source::new(path, decoded.text));
        let input =
            Self { path: path.to_owned(), bytes: bytes.len() as u64, encoding: decoded.encoding, source };
        (input, problems)
    }

    /// Reads and decodes a file, or standard input where `path` is `-`.
    pub fn open(path: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let bytes = read(path)?;
        Ok(Self::from_bytes(&path.to_string_lossy(), &bytes))
    }
}

/// All bytes of a file, or of standard input where `path` is `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    if path.as_os_str() == STDIN {
        return read_limited(&mut io::stdin().lock(), STDIN, 0);
    }
    let name = path.to_string_lossy();
    let about = fs::metadata(path).map_err(|error| problem_of(&name, &error))?;
    if about.is_dir() {
        return Err(unreadable(
            &name,
            "is a folder: `sldiag analyze` and `sldiag scan` read the files in it".into(),
        ));
    }
    if about.len() > LARGEST {
        return Err(too_large(&name));
    }
    let mut file = File::open(path).map_err(|error| problem_of(&name, &error))?;
    read_limited(&mut file, &name, about.len())
}

/// A pipe has no size to ask for, and a file may grow while it is read, so the limit is enforced while reading, too.
fn read_limited(from: &mut dyn Read, name: &str, expected: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| problem_of(name, &error))?;
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
            let problem = read(path).unwrap_err();
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
