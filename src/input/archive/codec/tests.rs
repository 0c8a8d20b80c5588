use std::io::{Cursor, Read, Write};

use super::super::kind::Packing;
use super::open;

/// Lines that compress, but not to nothing.
fn text(lines: u32) -> Vec<u8> {
    let line =
        |at: u32| format!("Aug  2 14:26:{:02}.{:03}: %SYS-5-CONFIG_I: {}\n", at % 60, at % 997, at * 7919);
    (0..lines).map(line).collect::<String>().into_bytes()
}

fn packed(packing: Packing, bytes: &[u8]) -> Vec<u8> {
    match packing {
        Packing::Gzip => {
            let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            to.write_all(bytes).unwrap();
            to.finish().unwrap()
        }
        Packing::Deflate => {
            let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            to.write_all(bytes).unwrap();
            to.finish().unwrap()
        }
        Packing::Bzip2 => {
            let mut to = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            to.write_all(bytes).unwrap();
            to.finish().unwrap()
        }
        Packing::Xz => {
            let options = lzma_rust2::XzOptions::with_preset(1);
            let mut to = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
            to.write_all(bytes).unwrap();
            to.finish().unwrap()
        }
        Packing::Zstd => {
            ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
        }
    }
}

const ALL: [Packing; 5] = [Packing::Gzip, Packing::Deflate, Packing::Bzip2, Packing::Xz, Packing::Zstd];

/// What can be read, and how it ends.
fn read(packing: Packing, bytes: &[u8]) -> (Vec<u8>, Option<std::io::ErrorKind>) {
    let mut out = Vec::new();
    let end = open(packing, Cursor::new(bytes)).read_to_end(&mut out);
    (out, end.err().map(|error| error.kind()))
}

#[test]
fn what_was_packed_comes_out() {
    for packing in ALL {
        for bytes in [Vec::new(), b"one line\n".to_vec(), text(40_000)] {
            let (out, end) = read(packing, &packed(packing, &bytes));
            assert_eq!((out.len(), end), (bytes.len(), None), "{packing:?}");
            assert!(out == bytes, "{packing:?}");
        }
    }
}

#[test]
fn one_byte_at_a_time_makes_no_difference() {
    struct Slow<'b>(&'b [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(buffer.get_mut(..1).unwrap_or_default())
        }
    }
    for packing in ALL {
        let bytes = text(300);
        let mut out = Vec::new();
        open(packing, Slow(&packed(packing, &bytes))).read_to_end(&mut out).unwrap();
        assert!(out == bytes, "{packing:?}");
    }
}

#[test]
fn streams_one_after_the_other_are_one() {
    for packing in [Packing::Gzip, Packing::Bzip2, Packing::Xz, Packing::Zstd] {
        let one = packed(packing, b"one\n");
        let all = [one.clone(), packed(packing, b""), packed(packing, b"two\n")].concat();
        assert_eq!(read(packing, &all), (b"one\ntwo\n".to_vec(), None), "{packing:?}");
    }
    let padded = [packed(Packing::Gzip, b"one\n"), vec![0; 700]].concat();
    assert_eq!(read(Packing::Gzip, &padded), (b"one\n".to_vec(), None));
    let skipped = [b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), packed(Packing::Zstd, b"one\n")].concat();
    assert_eq!(read(Packing::Zstd, &skipped), (b"one\n".to_vec(), None));
}

#[test]
fn a_gzip_head_may_hold_names() {
    let mut to = flate2::GzBuilder::new()
        .filename("sw1.log")
        .comment("x")
        .extra(vec![1; 300])
        .write(Vec::new(), flate2::Compression::default());
    to.write_all(b"one\n").unwrap();
    assert_eq!(read(Packing::Gzip, &to.finish().unwrap()), (b"one\n".to_vec(), None));
}

#[test]
fn what_stands_before_a_cut_comes_out() {
    for packing in ALL {
        let bytes = text(40_000);
        let whole = packed(packing, &bytes);
        let (out, end) = read(packing, &whole[..whole.len() * 3 / 4]);
        assert_eq!(end, Some(std::io::ErrorKind::UnexpectedEof), "{packing:?}");
        assert!(bytes.starts_with(&out), "{packing:?}");
        // bzip2 works in blocks of 100 to 900 kB.
        assert!(out.len() > bytes.len() / 4, "{packing:?}: {} of {}", out.len(), bytes.len());
    }
}

#[test]
fn what_stands_before_damage_comes_out() {
    for packing in ALL {
        let bytes = text(40_000);
        let mut bad = packed(packing, &bytes);
        let at = bad.len() * 3 / 4;
        for byte in bad.iter_mut().skip(at).take(40) {
            *byte = !*byte;
        }
        let (out, end) = read(packing, &bad);
        if packing != Packing::Deflate {
            assert_eq!(end, Some(std::io::ErrorKind::InvalidData), "{packing:?}");
        }
        let same = out.iter().zip(&bytes).take_while(|(a, b)| a == b).count();
        assert!(same > bytes.len() / 4, "{packing:?}: {same} of {}", bytes.len());
    }
}

#[test]
fn a_wrong_checksum_is_damage() {
    let bytes = text(100);
    for (packing, from_end) in [(Packing::Gzip, 8), (Packing::Bzip2, 1), (Packing::Zstd, 1)] {
        let mut bad = packed(packing, &bytes);
        let at = bad.len() - from_end;
        bad[at] ^= 0x10;
        let (out, end) = read(packing, &bad);
        assert_eq!(end, Some(std::io::ErrorKind::InvalidData), "{packing:?}");
        assert!(out == bytes, "{packing:?}");
    }
}

#[test]
fn every_cut_and_every_damaged_byte_is_survived() {
    let bytes = text(60);
    for packing in ALL {
        let whole = packed(packing, &bytes);
        for at in 0..whole.len() {
            let (out, _) = read(packing, &whole[..at]);
            assert!(bytes.starts_with(&out), "{packing:?} {at}");
            let mut bad = whole.clone();
            bad[at] ^= 0xff;
            read(packing, &bad);
        }
    }
}
