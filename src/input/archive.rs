//! Archives, recognised by their first bytes.
//!
//! They are not unpacked yet: an archive gets a problem that says so. Unpacking belongs here, as a stream of members
//! named `case.zip!sw1.txt` that each go through `decode`; the limits on nesting and growth belong here, too.

/// The kind of archive that starts with these bytes.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: &[(&[u8], &str)] = &[
        (&[0x1f, 0x8b], "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"BZh", "bzip2"),
        (&[0xfd, b'7', b'z', b'X', b'Z', 0], "xz"),
        (&[0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        (&[b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c], "7z"),
        (b"Rar!\x1a\x07", "rar"),
    ];
    let by_start = STARTS.iter().find(|(start, name)| {
        bytes.starts_with(start) && (*name != "bzip2" || bytes.get(4..10) == Some(b"1AY&SY"))
    });
    // A tar has no bytes of its own at the start, only the word `ustar` in the head of its first member.
    let is_tar = || bytes.get(257..262) == Some(b"ustar");
    by_start.map(|(_, name)| *name).or_else(|| is_tar().then_some("tar"))
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn by_first_bytes() {
        let mut tar = vec![b'a'; 600];
        tar.splice(257..262, *b"ustar");
        for (bytes, expected) in [
            (&b"\x1f\x8b\x08\0"[..], Some("gzip")),
            (b"PK\x03\x04rest", Some("zip")),
            (b"BZh91AY&SYrest", Some("bzip2")),
            (b"BZh is a name", None),
            (&tar, Some("tar")),
            (b"PK is no archive", None),
            (b"", None),
        ] {
            assert_eq!(kind(bytes), expected, "{:?}", bytes.get(..4));
        }
    }
}
