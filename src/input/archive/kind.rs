//! What a stream is, by its first bytes. Names do not count: a `.log` may be a gzip, and a `.gz` may be plain text.

/// Bytes that tell what a stream is: one block of a tar.
pub const HEAD: usize = 512;

/// An archive, or a single compressed stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One stream, compressed.
    Packed(Packing),
    /// Members one after the other.
    Tar,
    /// Members with a list of them at the end.
    Zip,
    /// Known, but not read here: what it is.
    Foreign(&'static str),
}

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// gzip, of one or more members.
    Gzip,
    /// The same without head and checksum, as inside a zip.
    Deflate,
    /// bzip2, of one or more streams.
    Bzip2,
    /// xz, of one or more streams.
    Xz,
    /// Zstandard, of one or more frames.
    Zstd,
}

impl Packing {
    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
        }
    }
}

/// What starts with these bytes, the first [`HEAD`] of a stream or all there are; nothing for text and everything else.
pub fn kind(head: &[u8]) -> Option<Kind> {
    const STARTS: &[(&[u8], Kind)] = &[
        (b"\x1f\x8b\x08", Kind::Packed(Packing::Gzip)),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"PK\x07\x08PK\x03\x04", Kind::Zip),
        (b"\xfd7zXZ\0", Kind::Packed(Packing::Xz)),
        (b"\x28\xb5\x2f\xfd", Kind::Packed(Packing::Zstd)),
        (b"7z\xbc\xaf\x27\x1c", Kind::Foreign("7z")),
        (b"Rar!\x1a\x07", Kind::Foreign("rar")),
        (b"\x04\x22\x4d\x18", Kind::Foreign("lz4")),
        (b"\x1f\x9d", Kind::Foreign("compress (.Z)")),
        (b"MSCF\0\0\0\0", Kind::Foreign("cab")),
    ];
    let by_start = STARTS.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind);
    by_start
        .or_else(|| is_bzip2(head).then_some(Kind::Packed(Packing::Bzip2)))
        .or_else(|| is_skippable(head).then_some(Kind::Packed(Packing::Zstd)))
        .or_else(|| is_tar(head).then_some(Kind::Tar))
}

/// `BZh` could begin a text; the mark of the first block, or of the end in an empty stream, could not.
fn is_bzip2(head: &[u8]) -> bool {
    head.starts_with(b"BZh")
        && matches!(head.get(4..10), Some(b"1AY&SY" | [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))
}

/// A frame without data, which pzstd writes first.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// A tar has no bytes of its own at the start, only the word `ustar` in the head of its first member. In a text that holds
/// the word there, no NUL stands before it.
fn is_tar(head: &[u8]) -> bool {
    matches!(head.get(257..263), Some(b"ustar\0" | b"ustar "))
        && head.get(..257).is_some_and(|name| name.contains(&0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tar(name: &[u8], fill: u8) -> Vec<u8> {
        let mut block = vec![fill; HEAD];
        block.splice(..name.len(), name.iter().copied());
        block.splice(257..263, *b"ustar\0");
        block
    }

    #[test]
    fn by_first_bytes() {
        for (bytes, expected) in [
            (&b"\x1f\x8b\x08\0"[..], Some(Kind::Packed(Packing::Gzip))),
            (b"\x1f\x8b is no gzip", None),
            (b"PK\x03\x04rest", Some(Kind::Zip)),
            (b"PK is no archive", None),
            (b"BZh91AY&SYrest", Some(Kind::Packed(Packing::Bzip2))),
            (b"BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0", Some(Kind::Packed(Packing::Bzip2))),
            (b"BZh is a name", None),
            (b"\xfd7zXZ\0\0\x04", Some(Kind::Packed(Packing::Xz))),
            (b"\x28\xb5\x2f\xfd\x04", Some(Kind::Packed(Packing::Zstd))),
            (b"\x5a\x2a\x4d\x18\0\0\0\0", Some(Kind::Packed(Packing::Zstd))),
            (b"7z\xbc\xaf\x27\x1c\0\x04", Some(Kind::Foreign("7z"))),
            (&tar(b"log.1", 0), Some(Kind::Tar)),
            (&tar(b"a text", b' '), None),
            (b"", None),
        ] {
            assert_eq!(kind(bytes), expected, "{:?}", bytes.get(..8));
        }
    }
}
