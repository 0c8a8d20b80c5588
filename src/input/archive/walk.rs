//! From a stream to its leaves: looks at its first bytes, opens what it is, and does the same with what is inside.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use super::fault::Fault;
use super::kind::{HEAD, Kind, Packing, kind};
use super::level::{Guard, Ledger, Level, Tap};
use super::limits::{BUFFER, SPOOLED, SPOOLED_IN_MEMORY};
use super::name::{self, Names};
use super::tar::{Sort, Tar};
use super::zip::{self, Member, Seekable};
use super::{Leaf, Visit, codec};

/// A walk through one archive.
pub(super) struct Walk<'w> {
    ledger: &'w Ledger<'w>,
    visit: &'w mut Visit<'w>,
}

impl<'w> Walk<'w> {
    pub(super) fn new<'v: 'w>(ledger: &'w Ledger<'w>, visit: &'w mut Visit<'v>) -> Self {
        Self { ledger, visit }
    }

    /// Walks what can be sought in: a zip is read where it is.
    pub(super) fn file(
        &mut self,
        name: &str,
        file: &mut dyn Seekable,
        source: &Level<'_>,
    ) -> ControlFlow<()> {
        let head = head(&mut Guard::new(&mut *file, source, self.ledger));
        if kind(&head) == Some(Kind::Zip) {
            return if self.may_open(name, 0) {
                self.zip(name, file, source, 0)
            } else {
                ControlFlow::Continue(())
            };
        }
        let mut rest = io::Cursor::new(head).chain(Guard::new(file, source, self.ledger));
        self.stream(name, &mut rest, None, source, 0)
    }

    /// Walks a stream at a depth of so many archives.
    pub(super) fn stream(
        &mut self,
        name: &str,
        from: &mut dyn Read,
        size: Option<u64>,
        level: &Level<'_>,
        depth: u32,
    ) -> ControlFlow<()> {
        let head = head(from);
        let found = kind(&head);
        let mut from = io::Cursor::new(head).chain(from);
        match found {
            None => (self.visit)(Leaf { name: name.to_owned(), size, bytes: &mut from, is_cut: false }),
            Some(Kind::Foreign(what)) => {
                self.ledger.report(&Fault::Unsupported(format!("a {what} archive")), name, what);
                ControlFlow::Continue(())
            }
            Some(_) if !self.may_open(name, depth) => ControlFlow::Continue(()),
            Some(Kind::Packed(packing)) => self.packed(name, packing, &mut from, level, depth),
            Some(Kind::Tar) => self.tar(name, &mut from, level, depth),
            Some(Kind::Zip) => match self.spooled(name, &mut from, level) {
                Some(mut file) => self.zip(name, &mut file, level, depth),
                None => ControlFlow::Continue(()),
            },
        }
    }

    fn may_open(&self, name: &str, depth: u32) -> bool {
        let may = depth < self.ledger.limits.nesting;
        if !may {
            self.ledger.report(&Fault::Nesting, name, "");
        }
        may
    }

    fn packed(
        &mut self,
        name: &str,
        packing: Packing,
        from: &mut dyn Read,
        level: &Level<'_>,
        depth: u32,
    ) -> ControlFlow<()> {
        let level = Level::unpacking(name, packing.name(), level);
        let content = codec::open(packing, Tap::new(from, &level));
        self.stream(name, &mut Guard::new(content, &level, self.ledger), None, &level, depth + 1)
    }

    fn tar(&mut self, name: &str, from: &mut dyn Read, level: &Level<'_>, depth: u32) -> ControlFlow<()> {
        let level = Level::parts(name, "tar", level);
        let mut tar = Tar::new(BufReader::with_capacity(BUFFER, Tap::new(from, &level)));
        let mut names = Names::default();
        let mut files = 0;
        while !level.is_over() {
            let member = match tar.next() {
                Ok(Some(member)) => member,
                Ok(None) => break,
                Err(error) => {
                    level.fail(&Fault::of(&error), self.ledger);
                    break;
                }
            };
            if !level.takes_member(self.ledger) {
                break;
            }
            let shown = name::shown(&String::from_utf8_lossy(&member.name));
            if member.sort == Sort::Other || name::is_hidden(&shown) {
                continue;
            }
            files += 1;
            let name = names.of(name, &shown);
            if member.sort == Sort::Sparse {
                self.ledger.report(
                    &Fault::Unsupported("a file with holes in a tar".to_owned()),
                    &name,
                    "tar",
                );
                continue;
            }
            let mut content = Guard::new(&mut tar, &level, self.ledger);
            self.stream(&name, &mut content, Some(member.size), &level, depth + 1)?;
        }
        if files == 0 && !level.is_over() {
            self.ledger.report(&Fault::Empty, name, "tar");
        }
        ControlFlow::Continue(())
    }

    fn zip(&mut self, name: &str, file: &mut dyn Seekable, level: &Level<'_>, depth: u32) -> ControlFlow<()> {
        for member in zip::list(name, file, self.ledger) {
            if level.is_over() || !level.takes_member(self.ledger) {
                break;
            }
            self.member(&member, file, level, depth)?;
        }
        ControlFlow::Continue(())
    }

    /// Walks one member of a zip at this depth.
    pub(super) fn member(
        &mut self,
        member: &Member,
        file: &mut dyn Seekable,
        level: &Level<'_>,
        depth: u32,
    ) -> ControlFlow<()> {
        let level = Level::unpacking(&member.name, "zip", level);
        match member.open(file, &level) {
            Ok(content) => {
                let mut content = Guard::new(content, &level, self.ledger);
                self.stream(&member.name, &mut content, Some(member.size), &level, depth + 1)
            }
            Err(error) => {
                level.fail(&Fault::of(&error), self.ledger);
                ControlFlow::Continue(())
            }
        }
    }

    /// A copy that can be sought in: in memory, or in a file that has no name and goes away with it.
    fn spooled(
        &self,
        name: &str,
        from: &mut dyn Read,
        level: &Level<'_>,
    ) -> Option<tempfile::SpooledTempFile> {
        let mut copy = tempfile::SpooledTempFile::new(SPOOLED_IN_MEMORY);
        let mut buffer = vec![0; BUFFER];
        let mut size = 0;
        // Not `io::copy`: where reading fails the copy is used as far as it goes, where writing fails it is not.
        loop {
            let count = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            size += count as u64;
            if size > SPOOLED {
                self.ledger.report(&Fault::Spooled, name, "zip");
                return None;
            }
            if let Err(error) = copy.write_all(buffer.get(..count).unwrap_or_default()) {
                let text = format!("no room for a temporary copy of it ({error})");
                self.ledger.report(&Fault::Unreadable(text), name, "zip");
                return None;
            }
        }
        if level.is_over() {
            // The list of members is at the end, which did not come; the fault is told.
            return None;
        }
        copy.seek(SeekFrom::Start(0)).ok()?;
        Some(copy)
    }
}

/// The first bytes, up to [`HEAD`]. A fault shows again when the rest is read.
fn head(from: &mut dyn Read) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    let _ = from.take(HEAD as u64).read_to_end(&mut head);
    head
}
