//! Archives made for a test, and what comes out of them.

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;

use sldiag::base::Problem;
use sldiag::input::archive::{Limits, Origin, leaves};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut to = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut to = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(0)).unwrap();
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Lines that compress to about a half.
pub(crate) fn lines(count: u32) -> Vec<u8> {
    let line = |at: u32| format!("line {at} {}\n", at.wrapping_mul(2_654_435_761));
    (0..count).flat_map(|at| line(at).into_bytes()).collect()
}

/// A tar of files, names as given.
pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        add(&mut to, name, bytes, tar::EntryType::Regular);
    }
    to.into_inner().unwrap()
}

/// Adds a member; the name is written as it is, which the crate itself would refuse for some.
pub(crate) fn add(to: &mut tar::Builder<Vec<u8>>, name: &str, bytes: &[u8], sort: tar::EntryType) {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name.iter_mut().zip(name.bytes()).for_each(|(to, byte)| *to = byte);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_entry_type(sort);
    header.set_cksum();
    to.append(&header, bytes).unwrap();
}

/// A zip of files, names as given.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_as(files, SimpleFileOptions::default())
}

pub(crate) fn encrypted_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_as(files, SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap())
}

fn zip_as(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        to.start_file(*name, options).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A zip as it is written to a pipe, where the sizes stand behind each member.
pub(crate) fn streamed_zip(files: &[(&str, &[u8])], stores: bool) -> Vec<u8> {
    let method = if stores { zip::CompressionMethod::Stored } else { zip::CompressionMethod::DEFLATE };
    let mut to = zip::ZipWriter::new_stream(Vec::new());
    for (name, bytes) in files {
        to.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A zip by hand, for what no packer writes: members with any name, method and content, packed already.
pub(crate) fn raw_zip(members: &[RawMember<'_>]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for member in members {
        let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let common = member.common();
        bytes.extend([b"PK\x03\x04".as_slice(), &common, &[0, 0], member.name, member.packed].concat());
        list.extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 12], &at, member.name].concat());
    }
    let count = u16::try_from(members.len()).unwrap_or(u16::MAX).to_le_bytes();
    let size = u32::try_from(list.len()).unwrap().to_le_bytes();
    let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &at, &[0, 0]].concat();
    [bytes, list, end].concat()
}

#[derive(Clone)]
pub(crate) struct RawMember<'m> {
    pub(crate) name: &'m [u8],
    pub(crate) method: u16,
    pub(crate) packed: &'m [u8],
    pub(crate) size: u32,
    pub(crate) crc: u32,
}

impl<'m> RawMember<'m> {
    /// A member that is stored as it is.
    pub(crate) fn stored(name: &'m [u8], bytes: &'m [u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        Self { name, method: 0, packed: bytes, size: u32::try_from(bytes.len()).unwrap(), crc: crc.sum() }
    }

    /// What the local head and the list share, up to the length of the extra field.
    fn common(&self) -> Vec<u8> {
        let packed = u32::try_from(self.packed.len()).unwrap().to_le_bytes();
        let name = u16::try_from(self.name.len()).unwrap().to_le_bytes();
        [
            &[20, 0, 0, 0][..],
            &self.method.to_le_bytes(),
            &[0; 4],
            &self.crc.to_le_bytes(),
            &packed,
            &self.size.to_le_bytes(),
            &name,
        ]
        .concat()
    }
}

/// A leaf: its name, what was read of it, and whether it was cut.
pub(crate) type Read1 = (String, Vec<u8>, bool);

/// All leaves of bytes that can be sought in.
pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> (Vec<Read1>, Vec<Problem>) {
    read_from(name, Origin::Seekable(&mut Cursor::new(bytes)), limits)
}

pub(crate) fn read_from(name: &str, from: Origin<'_>, limits: &Limits) -> (Vec<Read1>, Vec<Problem>) {
    let mut found = Vec::new();
    let problems = leaves(name, from, limits, &mut |mut leaf| {
        let mut bytes = Vec::new();
        leaf.read_to_end(&mut bytes).unwrap();
        found.push((leaf.name.clone(), bytes, leaf.is_cut()));
        ControlFlow::Continue(())
    });
    (found, problems)
}

/// Names and contents, and `code path` of the problems; with the limits as they are where nothing is said.
pub(crate) fn shown(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    shown_with(name, bytes, &Limits::default())
}

pub(crate) fn shown_with(name: &str, bytes: &[u8], limits: &Limits) -> (Vec<String>, Vec<String>) {
    let (found, problems) = read(name, bytes, limits);
    // A pipe gives the same.
    let mut pipe = bytes;
    let (piped, piped_problems) = read_from(name, Origin::Stream(&mut pipe), limits);
    assert!(found == piped && problems == piped_problems, "{name}: a pipe differs");
    let found = found.iter().map(|(name, bytes, _)| format!("{name}: {}", String::from_utf8_lossy(bytes)));
    (found.collect(), codes(&problems))
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|it| format!("{} {}", it.code, it.path)).collect()
}
