//! The members of a tar, as a stream.
//!
//! The crate reads heads and numbers. Its own walk is not used: it holds names of any length in memory and fills up sparse
//! files, which lets a few bytes stand for exabytes.

use std::io::{self, Read};

use ::tar::{EntryType, GnuExtSparseHeader, Header, PaxExtensions};

/// Longest name or set of attributes that is read, in bytes.
const LONGEST: u64 = 64 << 10;

/// A member as its head tells it.
pub(super) struct Member {
    /// The name, as written by whoever packed it.
    pub(super) name: Vec<u8>,
    /// Bytes of content.
    pub(super) size: u64,
    pub(super) sort: Sort,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    File,
    /// A file with holes, which is not put together.
    Sparse,
    /// A folder, link or device.
    Other,
}

/// Reads a tar from its start.
pub(super) struct Tar<R> {
    from: R,
    /// Bytes of the present member that were not read yet, without and with what fills its last block.
    left: u64,
    left_in_blocks: u64,
}

/// What was said about the next member before its own head.
#[derive(Default)]
struct Announced {
    name: Option<Vec<u8>>,
    /// The name of a file with holes, which has a name of the packing program's beside its own.
    sparse: Option<Vec<u8>>,
    is_sparse: bool,
    size: Option<u64>,
}

impl<R: Read> Tar<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, left: 0, left_in_blocks: 0 }
    }

    /// The next member, whatever was left of the one before; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Member>> {
        let mut announced = Announced::default();
        loop {
            self.skip()?;
            let Some(mut block) = self.block()? else { return Ok(None) };
            if is_zero(&block) {
                let Some(next) = self.behind_end() else { return Ok(None) };
                block = next;
            }
            let header = Header::from_byte_slice(&block);
            let size = checked(header, &block)?;
            self.holds(size);
            match header.entry_type() {
                EntryType::GNULongName => announced.name = Some(self.text()?),
                EntryType::XHeader => announced.read(&self.text()?),
                EntryType::GNULongLink | EntryType::XGlobalHeader => {}
                sort => return self.member(header, sort, announced).map(Some),
            }
        }
    }

    /// The head of a further tar behind the end of one, as `cat a.tar b.tar` has it; what else stands there is nothing.
    fn behind_end(&mut self) -> Option<[u8; 512]> {
        loop {
            let block = self.block().ok().flatten()?;
            if !is_zero(&block) {
                return checked(Header::from_byte_slice(&block), &block).is_ok().then_some(block);
            }
        }
    }

    fn member(&mut self, header: &Header, sort: EntryType, announced: Announced) -> io::Result<Member> {
        if let Some(size) = announced.size {
            self.holds(size);
        }
        let mut is_extended = header.as_gnu().is_some_and(|gnu| sort.is_gnu_sparse() && gnu.is_extended());
        while is_extended {
            let mut map = GnuExtSparseHeader::new();
            map.as_mut_bytes().copy_from_slice(&self.block()?.ok_or(io::ErrorKind::UnexpectedEof)?);
            is_extended = map.is_extended();
        }
        let mut name =
            announced.sparse.or(announced.name).unwrap_or_else(|| header.path_bytes().into_owned());
        name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
        let sort = match sort {
            EntryType::Regular | EntryType::Continuous if announced.is_sparse => Sort::Sparse,
            EntryType::Regular | EntryType::Continuous if !name.ends_with(b"/") => Sort::File,
            EntryType::GNUSparse => Sort::Sparse,
            _ => Sort::Other,
        };
        Ok(Member { name, size: self.left, sort })
    }

    fn holds(&mut self, size: u64) {
        self.left = size;
        self.left_in_blocks = size.div_ceil(512).saturating_mul(512);
    }

    fn skip(&mut self) -> io::Result<()> {
        let wanted = std::mem::take(&mut self.left_in_blocks);
        self.left = 0;
        let skipped = io::copy(&mut (&mut self.from).take(wanted), &mut io::sink())?;
        if skipped < wanted { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// The next block; none at the end of the stream.
    fn block(&mut self) -> io::Result<Option<[u8; 512]>> {
        let mut block = Vec::with_capacity(512);
        (&mut self.from).take(512).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(None);
        }
        let block = <[u8; 512]>::try_from(block);
        block.map(Some).map_err(|_| io::ErrorKind::UnexpectedEof.into())
    }

    /// The content of the present member as a name or attributes.
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        self.take(LONGEST).read_to_end(&mut text)?;
        Ok(text)
    }
}

/// The content of the present member.
impl<R: Read> Read for Tar<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(space) = buffer.get_mut(..most).filter(|it| !it.is_empty()) else { return Ok(0) };
        let count = self.from.read(space)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        self.left_in_blocks = self.left_in_blocks.saturating_sub(count as u64);
        Ok(count)
    }
}

fn is_zero(block: &[u8; 512]) -> bool {
    block.iter().all(|byte| *byte == 0)
}

/// The size that a head gives, if its checksum is right.
fn checked(header: &Header, block: &[u8; 512]) -> io::Result<u64> {
    let counts = |at: usize, byte: u8| u32::from(if (148..156).contains(&at) { b' ' } else { byte });
    let sum: u32 = block.iter().enumerate().map(|(at, byte)| counts(at, *byte)).sum();
    let damaged = |what: &'static str| io::Error::new(io::ErrorKind::InvalidData, what);
    if header.cksum().ok() != Some(sum) {
        return Err(damaged("the head of a member has a wrong checksum"));
    }
    header.entry_size().map_err(|_| damaged("the head of a member gives no size"))
}

impl Announced {
    /// Takes the name and the size out of attributes; attributes that make no sense say nothing.
    fn read(&mut self, attributes: &[u8]) {
        for attribute in PaxExtensions::new(attributes).filter_map(Result::ok) {
            match attribute.key_bytes() {
                b"path" => self.name = Some(attribute.value_bytes().to_vec()),
                b"size" => self.size = attribute.value().ok().and_then(|it| it.parse().ok()),
                // `tar --sparse --format=posix`: a map of the holes stands before the content, or in further attributes.
                key if key.starts_with(b"GNU.sparse.") => {
                    self.is_sparse = true;
                    if key == b"GNU.sparse.name" {
                        self.sparse = Some(attribute.value_bytes().to_vec());
                    }
                }
                _ => {}
            }
        }
    }
}
