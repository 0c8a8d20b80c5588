//! A file as it is opened: once, whatever it turns out to be.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use super::access::Counted;
use super::archive::{self, HEAD, Kind, Limits, Origin, ZipListing};
use super::{Access, Each, InMemory, Plain, blocks, decode, each_of_archive, give, problem_of, unreadable};
use crate::base::Problem;

/// Bytes that are read at once: all of a usual capture.
const USUAL: usize = 32 << 10;

/// An open file with its first bytes.
pub struct InputFile<'p> {
    name: Cow<'p, str>,
    file: File,
    /// Size in bytes.
    size: u64,
    head: Vec<u8>,
    /// Whether the head is all of it.
    is_whole: bool,
}

impl<'p> InputFile<'p> {
    /// Opens a file. A folder is none, and a pipe is read by [`super::read_each`] alone.
    pub fn open(path: &'p Path) -> Result<Self, Problem> {
        let name = path.to_string_lossy();
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let (about, file) = match opened {
            Ok((about, file)) if !about.is_dir() => (about, file),
            Err(error) if !path.is_dir() => return Err(problem_of(&name, &error)),
            _ => {
                let what = "is a folder: `sldiag analyze` and `sldiag scan` read the files in it";
                return Err(unreadable(&name, what.into()));
            }
        };
        let mut opened = Self { name, file, size: about.len(), head: Vec::new(), is_whole: false };
        // One byte more tells that nothing follows.
        let most = usize::try_from(opened.size).unwrap_or(USUAL).min(USUAL) + 1;
        opened.read_head(most).map_err(|error| problem_of(&opened.name, &error))?;
        Ok(opened)
    }

    /// Reads on until the head has so many bytes, or the file ends.
    fn read_head(&mut self, most: usize) -> io::Result<()> {
        let missing = most.saturating_sub(self.head.len());
        self.head.reserve_exact(missing);
        let read = (&self.file).take(missing as u64).read_to_end(&mut self.head)?;
        self.is_whole |= read < missing;
        Ok(())
    }

    fn kind(&self) -> Option<Kind> {
        archive::kind(self.head.get(..HEAD).unwrap_or(&self.head))
    }

    /// Whether several threads can share the reading.
    pub fn is_shareable(&mut self) -> bool {
        self.kind().is_some() || self.stretches().is_some()
    }

    /// The number of stretches of a long file that several threads can read; `None` for every other.
    pub fn stretches(&mut self) -> Option<u64> {
        if self.size <= blocks::SHORT as u64 || self.kind().is_some() {
            return None;
        }
        self.read_head(blocks::SHORT).ok()?;
        let is_document = self.size <= decode::LONGEST_DOCUMENT && decode::is_document(&self.head);
        (decode::is_in_lines(&self.head) && !is_document).then(|| blocks::stretches(self.size))
    }

    /// The members of a zip file, and what its list leaves out; `None` for every other.
    pub fn zip(&mut self, limits: &Limits) -> Option<(ZipListing, Vec<Problem>)> {
        (self.kind() == Some(Kind::Zip)).then(|| ZipListing::read(&self.name, &mut self.file, limits))
    }

    /// Gives the file to `each`, or every file in it where it is an archive. Returns what could not be read.
    pub fn read_each(self, access: &Access, each: &mut Each<'_>) -> Vec<Problem> {
        let is_archive = self.kind().is_some();
        let progress = &*access.progress;
        let mut file = Counted { file: self.file, progress };
        if is_archive {
            return match file.seek(SeekFrom::Start(0)) {
                Ok(_) => each_of_archive(&self.name, Origin::Seekable(&mut file), access, each),
                Err(error) => vec![problem_of(&self.name, &error)],
            };
        }
        progress.read.add_len(self.head.len());
        let head = Cursor::new(self.head);
        if self.is_whole {
            give(&self.name, &mut InMemory(head), access, each);
        } else {
            give(&self.name, &mut Plain(head.chain(file)), access, each);
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_any_length_is_given_once_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        for length in [0, 1, HEAD, USUAL - 1, USUAL, USUAL + 1, blocks::SHORT + 2] {
            let text: Vec<u8> = b"show version\n".iter().copied().cycle().take(length).collect();
            std::fs::write(&path, &text).unwrap();
            let mut file = InputFile::open(&path).unwrap();
            assert_eq!(file.is_shareable(), length > blocks::SHORT, "{length}");
            let access = Access::default();
            let mut given = Vec::new();
            let problems = file.read_each(&access, &mut |_, stream| {
                let mut bytes = Vec::new();
                stream.read_to_end(&mut bytes).unwrap();
                given.push(bytes);
            });
            assert!(problems.is_empty() && given.len() == 1 && given[0] == text, "{length}");
            assert_eq!(access.progress.read.get(), length as u64);
        }
    }

    #[test]
    fn what_cannot_be_opened_says_why_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.txt");
        for (path, code, hint) in [
            (missing.as_path(), "input::not_found", "check the path"),
            (folder.path(), "input::unreadable", "is a folder"),
        ] {
            let problem = InputFile::open(path).err().unwrap();
            assert_eq!((problem.code.as_str(), problem.path.as_str()), (code, path.to_str().unwrap()));
            assert!(problem.text.contains(hint), "{}", problem.text);
        }
    }
}
