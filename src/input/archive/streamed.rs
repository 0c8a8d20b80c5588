//! How long a member of a zip is that was written to a pipe: its head does not say, and without the list of members nothing does but
//! the data themselves.

use std::io::{self, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::limits::{BUFFER, FREE, Limits};

/// What stands behind a member: its checksum, its packed and its unpacked size.
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// A member as its data tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measured {
    /// Bytes in the zip.
    pub(super) packed: u64,
    /// Bytes when unpacked; one more than there are where the data are cut off.
    pub(super) size: u64,
    pub(super) crc: u32,
}

/// Measures deflate data, which tell where they end. Gives up where the ratio is that of a bomb.
pub(super) fn deflated(from: &mut dyn Read, limits: &Limits) -> io::Result<Measured> {
    let (mut inflate, mut crc) = (Decompress::new(false), Crc::new());
    let (mut input, mut output) = (vec![0; BUFFER], vec![0; BUFFER]);
    let mut left = 0..0;
    loop {
        if left.is_empty() {
            left = 0..from.read(&mut input)?;
        }
        let rest = input.get(left.clone()).unwrap_or_default();
        let before = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(rest, &mut output, FlushDecompress::None);
        let (read, written) = (inflate.total_in() - before.0, inflate.total_out() - before.1);
        crc.update(output.get(..usize::try_from(written).unwrap_or_default()).unwrap_or_default());
        let (packed, size) = (inflate.total_in(), inflate.total_out());
        match status {
            Ok(Status::StreamEnd) => return Ok(Measured { packed, size, crc: crc.sum() }),
            Ok(_) if size > packed.saturating_mul(limits.ratio).max(FREE) => {
                return Err(io::ErrorKind::InvalidData.into());
            }
            Ok(_) if read + written > 0 => left.start += usize::try_from(read).unwrap_or_default(),
            _ => return Ok(Measured { packed, size: size + 1, crc: 0 }),
        }
    }
}

/// Measures data that are stored as they are: up to the descriptor that gives just this length.
pub(super) fn stored(from: &mut dyn Read) -> io::Result<Measured> {
    let (mut crc, mut packed) = (Crc::new(), 0_u64);
    let mut window = Vec::new();
    loop {
        let read = from.take(BUFFER as u64).read_to_end(&mut window)?;
        let found = memchr::memmem::find_iter(&window, DESCRIPTOR).find(|at| {
            let word = |skip| {
                let bytes = window.get(at + skip..at + skip + 4);
                bytes.and_then(|it| it.try_into().ok()).map(u32::from_le_bytes)
            };
            word(8).is_some_and(|length| u64::from(length) == packed + *at as u64)
        });
        if let Some(end) = found {
            crc.update(window.get(..end).unwrap_or_default());
            packed += end as u64;
            return Ok(Measured { packed, size: packed, crc: crc.sum() });
        }
        // A descriptor may lie across two windows.
        let done = if read == 0 { window.len() } else { window.len().saturating_sub(16) };
        crc.update(window.get(..done).unwrap_or_default());
        packed += done as u64;
        window.drain(..done);
        if read == 0 {
            return Ok(Measured { packed, size: packed + 1, crc: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_the_data_tell() {
        let text = b"show version\n".repeat(50_000);
        let mut sum = Crc::new();
        sum.update(&text);
        let whole =
            |packed: usize| Measured { packed: packed as u64, size: text.len() as u64, crc: sum.sum() };

        let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        to.write_all(&text).unwrap();
        let data = to.finish().unwrap();
        let behind = [&data[..], b"PK\x07\x08 and more"].concat();
        assert_eq!(deflated(&mut &behind[..], &Limits::default()).unwrap(), whole(data.len()));
        let cut = deflated(&mut &data[..data.len() / 2], &Limits::default()).unwrap();
        assert!((2..text.len() as u64).contains(&cut.size) && cut.crc == 0, "{cut:?}");
        let bomb = Limits { ratio: 2, ..Limits::default() };
        assert!(deflated(&mut &*vec_of_zeros(), &bomb).is_err());

        let length = u32::try_from(text.len()).unwrap().to_le_bytes();
        let behind = [&text[..], b"PK\x07\x08", &[0; 4], &length, &length, b"PK\x03\x04"].concat();
        assert_eq!(stored(&mut &behind[..]).unwrap(), whole(text.len()));
        assert_eq!(stored(&mut &text[..]).unwrap().size, text.len() as u64 + 1);
    }

    fn vec_of_zeros() -> Vec<u8> {
        let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        to.write_all(&vec![0; 4 << 20]).unwrap();
        to.finish().unwrap()
    }
}
