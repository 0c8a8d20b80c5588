//! The members of a zip: listed from its end, then opened one by one, in any order and by any number of readers.
//!
//! The crate reads the list, entry by entry. Contents are unpacked by `codec`, as everything else is.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use ::zip::CompressionMethod;
use ::zip::read::{Config, ZipFileEntry};
use ::zip::result::{ZipError, ZipResult};
use ::zip::unstable::read::ZipIterable;
use flate2::Crc;

use super::codec;
use super::fault::Fault;
use super::kind::Packing;
use super::level::{Ledger, Level, Tap};
use super::limits::Limits;
use super::name::{self, Names};
use super::streamed::{self, Measured};

/// What a zip is read from.
pub trait Seekable: Read + Seek {}

impl<S: Read + Seek> Seekable for S {}

/// A file in a zip that can be opened.
#[derive(Debug)]
pub(super) struct Member {
    /// `ARCHIVE!MEMBER`.
    pub(super) name: String,
    /// Bytes when unpacked, as listed.
    pub(super) size: u64,
    /// Where its local head is.
    at: u64,
    packed: u64,
    crc: u32,
    /// None where it is stored as it is.
    packing: Option<Packing>,
}

/// Lists the files of a zip that can be opened, sorted by name. What cannot is in the ledger.
pub(super) fn list(name: &str, from: &mut dyn Seekable, ledger: &Ledger<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    let mut lister = Lister { archive: name, ledger, names: Names::default(), files: 0 };
    match entries(from, ledger.limits.members, |entry| members.extend(lister.member(&Entry::listed(entry)))) {
        Ok(more) => {
            if more {
                ledger.report(&Fault::Members, name, "zip");
            } else if lister.files == 0 {
                ledger.report(&Fault::Empty, name, "zip");
            }
        }
        Err(error) => {
            ledger.report(&fault_of(error), name, "zip");
            if lister.files == 0 {
                in_order(from, ledger.limits, |entry| members.extend(lister.member(&entry)));
            }
        }
    }
    if members.iter().any(|it| it.name.len() == name.len() + OFFICE.len() + 1 && it.name.ends_with(OFFICE)) {
        ledger.report(&Fault::Office, name, "zip");
        return Vec::new();
    }
    leave_out_overlaps(&mut members, name, ledger);
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let mut total = 0_u64;
    let before = members.len();
    members.retain(|member| {
        total = total.saturating_add(member.size);
        total <= ledger.limits.unpacked
    });
    if members.len() < before {
        ledger.report(&Fault::Unpacked, name, "zip");
    }
    members
}

/// Bytes of the head that stands before the content of a member, at least.
const LOCAL_HEAD: u64 = 30;

/// Members that share their data unpack to any number of times what they take, which no limit on one of them would see.
fn leave_out_overlaps(members: &mut Vec<Member>, name: &str, ledger: &Ledger<'_>) {
    members.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
    let (mut end, before) = (0, members.len());
    members.retain(|member| {
        let is_apart = member.at >= end;
        if is_apart {
            end = member.at.saturating_add(LOCAL_HEAD).saturating_add(member.packed);
        }
        is_apart
    });
    if members.len() < before {
        ledger.report(&Fault::Overlap, name, "zip");
    }
}

/// The member that makes a zip an Office document.
const OFFICE: &str = "[Content_Types].xml";

/// Gives the entries up to the limit, in the order of the list; whether there are more.
fn entries(from: &mut dyn Seekable, most: u64, mut each: impl FnMut(&ZipFileEntry<'_>)) -> ZipResult<bool> {
    // An entry takes a seek and a read; a larger buffer would be filled anew for each.
    let mut list = ZipIterable::try_new(BufReader::with_capacity(1 << 10, from), Config::default())?;
    let more = list.len() as u64 > most;
    for entry in list.files()?.take(usize::try_from(most).unwrap_or(usize::MAX)) {
        each(&entry?);
    }
    Ok(more)
}

fn fault_of(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Fault::of(&error),
        ZipError::UnsupportedArchive(_) => Fault::Unsupported("a zip of several volumes".to_owned()),
        error => Fault::Corrupt(format!("no list of members at its end: {error}")),
    }
}

struct Lister<'l> {
    archive: &'l str,
    ledger: &'l Ledger<'l>,
    names: Names,
    /// Files that a folder would be read with, whether they can be opened or not.
    files: usize,
}

/// A member as its zip tells it.
struct Entry {
    name: String,
    is_file: bool,
    is_encrypted: bool,
    method: CompressionMethod,
    at: u64,
    packed: u64,
    size: u64,
    crc: u32,
}

impl Entry {
    fn listed(entry: &ZipFileEntry<'_>) -> Self {
        // UTF-8 where it is that, whatever the flag says; else the code page of old PCs.
        let name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => name.to_owned(),
            Err(_) => entry.name().map_or_else(
                |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
                std::borrow::Cow::into_owned,
            ),
        };
        Self {
            name,
            is_file: entry.is_file(),
            is_encrypted: entry.encrypted(),
            method: entry.compression(),
            at: entry.header_start(),
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
        }
    }

    /// From the head that stands before the content, at this place. Where that does not say how long the content is, the content does;
    /// none where it does not either.
    fn local(from: &mut dyn Seekable, at: u64, limits: &Limits) -> io::Result<Option<Self>> {
        let head = local_head(from, at)?;
        let word =
            |at: usize| head.get(at..at + 4).and_then(|it| it.try_into().ok()).map_or(0, u32::from_le_bytes);
        let mut name = vec![0; usize::from(u16::from_le_bytes([head[26], head[27]]))];
        from.read_exact(&mut name)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        let method = method(u16::from_le_bytes([head[8], head[9]]));
        let is_open = head[6] & 8 != 0 || word(18) == u32::MAX || word(22) == u32::MAX;
        let told = Measured { packed: word(18).into(), size: word(22).into(), crc: word(14) };
        content_of(from, at)?;
        let measured = match method {
            _ if !is_open => told,
            CompressionMethod::DEFLATE => streamed::deflated(from, limits)?,
            CompressionMethod::Stored => streamed::stored(from)?,
            _ => return Ok(None),
        };
        let Measured { packed, size, crc } = measured;
        let is_encrypted = head[6] & 1 != 0;
        let is_file = !name.ends_with(['/', '\\']);
        Ok(Some(Self { name, is_file, is_encrypted, method, at, packed, size, crc }))
    }
}

#[expect(deprecated, reason = "a number from a head cannot be written as a constant")]
fn method(number: u16) -> CompressionMethod {
    CompressionMethod::from_u16(number)
}

/// Gives the members that can be found without the list, which is not there or damaged: from one head to the next.
fn in_order(from: &mut dyn Seekable, limits: &Limits, mut each: impl FnMut(Entry)) {
    let mut at = 0;
    for _ in 0..limits.members {
        let Ok(Some(entry)) = Entry::local(from, at, limits) else { return };
        let Ok(content) = content_of(from, at) else { return };
        at = head_behind(from, content.saturating_add(entry.packed));
        each(entry);
    }
}

/// Where the next head is behind content that ends here. What gives its length may stand between, with a mark or without, in 32 bits or
/// in 64.
fn head_behind(from: &mut dyn Seekable, end: u64) -> u64 {
    let places = [0, 16, 12, 24, 20].map(|skip| end.saturating_add(skip));
    places.into_iter().find(|at| local_head(from, *at).is_ok()).unwrap_or(end)
}

fn local_head(from: &mut dyn Seekable, at: u64) -> io::Result<[u8; 30]> {
    let mut head = [0; 30];
    from.seek(SeekFrom::Start(at))?;
    from.read_exact(&mut head)?;
    if !head.starts_with(b"PK\x03\x04") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its own head is not where the list says"));
    }
    Ok(head)
}

/// Goes to the content of the member whose head is here; where that is.
fn content_of(from: &mut dyn Seekable, at: u64) -> io::Result<u64> {
    let head = local_head(from, at)?;
    let name = u16::from_le_bytes([head[26], head[27]]);
    let extra = u16::from_le_bytes([head[28], head[29]]);
    from.seek(SeekFrom::Current(i64::from(name) + i64::from(extra)))
}

impl Lister<'_> {
    fn member(&mut self, entry: &Entry) -> Option<Member> {
        if !entry.is_file {
            return None;
        }
        let shown = name::shown(&entry.name);
        if name::is_hidden(&shown) {
            return None;
        }
        self.files += 1;
        let name = self.names.of(self.archive, &shown);
        let refuse = |fault: &Fault| self.ledger.report(fault, &name, "zip");
        if entry.is_encrypted {
            refuse(&Fault::Encrypted);
            return None;
        }
        match packing(entry.method) {
            Ok(packing) => {
                let Entry { at, packed, size, crc, .. } = *entry;
                Some(Member { name, size, at, packed, crc, packing })
            }
            Err(method) => {
                refuse(&Fault::Unsupported(format!("packed with {method}")));
                None
            }
        }
    }
}

/// How a method is unpacked, or the name of one that is not.
fn packing(method: CompressionMethod) -> Result<Option<Packing>, String> {
    match method {
        CompressionMethod::Stored => Ok(None),
        CompressionMethod::DEFLATE => Ok(Some(Packing::Deflate)),
        CompressionMethod::BZIP2 => Ok(Some(Packing::Bzip2)),
        CompressionMethod::ZSTD => Ok(Some(Packing::Zstd)),
        CompressionMethod::XZ => Ok(Some(Packing::Xz)),
        CompressionMethod::DEFLATE64 => Err("Deflate64".to_owned()),
        CompressionMethod::LZMA => Err("LZMA".to_owned()),
        CompressionMethod::PPMD => Err("PPMd".to_owned()),
        other => Err(format!("the method {other}")),
    }
}

impl Member {
    /// Opens it in the zip that it was listed from.
    pub(super) fn open<'r>(
        &'r self,
        from: &'r mut dyn Seekable,
        level: &'r Level<'r>,
    ) -> io::Result<Box<dyn Read + 'r>> {
        content_of(from, self.at)?;
        let packed = Tap::new(from.take(self.packed), level);
        let content = match self.packing {
            None => Box::new(packed),
            Some(packing) => codec::open(packing, packed),
        };
        Ok(Box::new(Checked { from: content, left: self.size, wanted: self.crc, crc: Crc::new() }))
    }
}

/// Holds content against the size and the checksum of the list.
struct Checked<'r> {
    from: Box<dyn Read + 'r>,
    left: u64,
    wanted: u32,
    crc: Crc,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(space) = buffer.get_mut(..most).filter(|it| !it.is_empty()) else {
            return if self.left == 0 { self.end() } else { Ok(0) };
        };
        let count = self.from.read(space)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.crc.update(space.get(..count).unwrap_or_default());
        self.left -= count as u64;
        Ok(count)
    }
}

impl Checked<'_> {
    fn end(&mut self) -> io::Result<usize> {
        let damaged = |what: &'static str| Err(io::Error::new(io::ErrorKind::InvalidData, what));
        if self.from.read(&mut [0])? > 0 {
            damaged("there is more than the list of members says")
        } else if self.crc.sum() != self.wanted {
            damaged("its checksum differs")
        } else {
            Ok(0)
        }
    }
}
