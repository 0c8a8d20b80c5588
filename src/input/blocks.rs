//! A long input in blocks of whole lines, so that it is never held in memory: as a stream from its start to its end, or any
//! block of a file by itself.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// Bytes of an input that is read as a whole, at most.
pub const SHORT: usize = 1 << 20;

/// Bytes of a block: few enough that they are still in the cache of the processor when they are searched.
pub const BLOCK: usize = 128 << 10;

/// Blocks of a stretch, which is what a thread takes on at a time: enough that threads seldom wait for each other.
const STRETCH: u64 = 16;

/// Longest line in bytes; the rest of a longer one is left out, and the line is named (DESIGN 5).
pub const LONGEST_LINE: usize = 1 << 20;

/// Bytes read behind a block to find the end of its last line: nearly always enough.
const FIRST_STEP: usize = 1 << 10;

/// Bytes read at a time where the end of a longer line is looked for.
const STEP: usize = 64 << 10;

/// Whole lines of an input.
#[derive(Debug, Default)]
pub struct Block {
    bytes: Vec<u8>,
    /// Where the lines begin in `bytes`; before that stands the end of a line of the block before.
    start: usize,
    /// Whether the last line was longer than `LONGEST_LINE` and is cut off: it has no line end here.
    pub is_cut: bool,
}

impl Block {
    /// The lines with their line ends; the last of an input may have none.
    pub fn text(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

/// Reads a stream block by block.
pub struct Blocks<R> {
    from: R,
    /// The head of the line that the last block did not hold to its end.
    rest: Vec<u8>,
    /// Whether the next bytes belong to a line that was cut off.
    skips: bool,
}

impl<R: Read> Blocks<R> {
    /// Reads `head`, which was taken from the stream before, and then the stream.
    pub fn new(head: Vec<u8>, from: R) -> Self {
        Self { from, rest: head, skips: false }
    }

    /// The next block in `block`; `false` at the end. After an error there is nothing more.
    pub fn read(&mut self, block: &mut Block) -> io::Result<bool> {
        let bytes = &mut block.bytes;
        bytes.clear();
        bytes.append(&mut self.rest);
        block.start = 0;
        block.is_cut = false;
        if self.skips && !self.skip(bytes)? {
            return Ok(false);
        }
        let mut wanted = BLOCK;
        loop {
            let missing = wanted.saturating_sub(bytes.len());
            let read = (&mut self.from).take(missing as u64).read_to_end(bytes)?;
            if bytes.is_empty() || read < missing {
                return Ok(!bytes.is_empty());
            }
            if let Some(end) = memchr::memrchr(b'\n', bytes) {
                self.rest = bytes.split_off(end + 1);
                return Ok(true);
            }
            if bytes.len() >= LONGEST_LINE {
                block.is_cut = true;
                self.skips = true;
                return Ok(true);
            }
            wanted = bytes.len() + STEP;
        }
    }

    /// Passes over the rest of a line that was cut off; what follows it goes to `bytes`.
    fn skip(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                bytes.drain(..=end);
                self.skips = false;
                return Ok(true);
            }
            bytes.clear();
            if (&mut self.from).take(STEP as u64).read_to_end(bytes)? == 0 {
                return Ok(false);
            }
        }
    }
}

/// How many stretches a file of so many bytes has.
pub fn stretches(bytes: u64) -> u64 {
    bytes.div_ceil(BLOCK as u64 * STRETCH)
}

/// A part of a file, block by block. The stretches of a file can be read in any order.
pub struct Stretch {
    file: File,
    blocks: Range<u64>,
    /// Whether a line starts with the next block; `None` before the first.
    starts_line: Option<bool>,
}

impl Stretch {
    /// The stretch of this number of a file.
    pub fn new(file: File, number: u64) -> Self {
        Self { file, blocks: number * STRETCH..(number + 1) * STRETCH, starts_line: None }
    }

    /// The next block in `block`: the lines that start in it; `false` behind the last. A block inside a long line has none.
    pub fn read(&mut self, block: &mut Block) -> io::Result<bool> {
        let Some(index) = self.blocks.next() else { return Ok(false) };
        let start = index * BLOCK as u64;
        let starts_line = match self.starts_line {
            Some(starts_line) => starts_line,
            None => index == 0 || self.byte_at(start - 1)? == Some(b'\n'),
        };
        self.file.seek(SeekFrom::Start(start))?;
        // Pages are copied into the buffer as they lie in the file: a byte more at the front would make that slower.
        block.bytes.resize(BLOCK + FIRST_STEP, 0);
        let read = fill(&mut self.file, &mut block.bytes)?;
        block.bytes.truncate(read);
        block.is_cut = false;
        let own = block.bytes.get(..BLOCK).unwrap_or(&block.bytes);
        self.starts_line = Some(own.last() == Some(&b'\n'));
        let next_line = || memchr::memchr(b'\n', own).map_or(own.len(), |end| end + 1);
        block.start = if starts_line { 0 } else { next_line() };
        self.end_last_line(block)?;
        Ok(true)
    }

    fn byte_at(&mut self, at: u64) -> io::Result<Option<u8>> {
        self.file.seek(SeekFrom::Start(at))?;
        let mut byte = [0];
        Ok((fill(&mut self.file, &mut byte)? == 1).then_some(byte[0]))
    }

    /// Ends a block behind the last line that starts in it.
    fn end_last_line(&mut self, block: &mut Block) -> io::Result<()> {
        if block.start >= BLOCK {
            block.bytes.truncate(block.start);
            return Ok(());
        }
        let last = block.bytes.get(BLOCK - 1..).and_then(|rest| memchr::memchr(b'\n', rest));
        if let Some(last) = last {
            block.bytes.truncate(BLOCK + last);
        }
        let is_last = block.bytes.len() < BLOCK + FIRST_STEP;
        if last.is_some() || is_last { Ok(()) } else { finish_line(&mut self.file, block) }
    }
}

/// Fills a buffer as far as the file reaches; returns how far.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads on to the end of the line that the block ends in.
fn finish_line(file: &mut File, block: &mut Block) -> io::Result<()> {
    let bytes = &mut block.bytes;
    let last = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    while bytes.last() != Some(&b'\n') {
        let seen = bytes.len();
        if seen - last >= LONGEST_LINE {
            bytes.truncate(last + LONGEST_LINE);
            block.is_cut = true;
            return Ok(());
        }
        bytes.resize(seen + STEP, 0);
        let read = bytes.get_mut(seen..).map_or(Ok(0), |more| fill(file, more))?;
        bytes.truncate(seen + read);
        let end = bytes.get(seen..).and_then(|more| memchr::memchr(b'\n', more));
        if let Some(end) = end {
            bytes.truncate(seen + end + 1);
        }
        if read < STEP {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// The lines of an input, each way; a cut line ends in `…`.
    fn both_ways(text: &[u8]) -> [Vec<Vec<u8>>; 2] {
        let shown = |block: &Block| {
            let mut bytes = block.text().to_vec();
            if block.is_cut {
                bytes.extend_from_slice("…\n".as_bytes());
            }
            bytes
        };
        let mut block = Block::default();
        let mut stream =
            Blocks::new(text.get(..7).unwrap_or(text).to_vec(), text.get(7..).unwrap_or_default());
        let mut streamed = Vec::new();
        while stream.read(&mut block).unwrap() {
            streamed.extend(shown(&block));
        }
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        let mut by_index = Vec::new();
        for number in 0..stretches(text.len() as u64) {
            let mut stretch = Stretch::new(file.try_clone().unwrap(), number);
            while stretch.read(&mut block).unwrap() {
                by_index.extend(shown(&block));
            }
        }
        let lines = |bytes: Vec<u8>| bytes.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
        [lines(streamed), lines(by_index)]
    }

    #[test]
    fn every_line_is_in_one_block_whole() {
        let mut text = Vec::new();
        for number in 0..200_000 {
            text.extend_from_slice(format!("line {number}\n").as_bytes());
        }
        text.extend_from_slice(b"the end");
        let expected: Vec<Vec<u8>> = text.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
        for lines in both_ways(&text) {
            assert!(lines == expected, "{} lines of {}", lines.len(), expected.len());
        }
    }

    #[test]
    fn a_long_line_is_cut() {
        let long = vec![b'x'; 3 * LONGEST_LINE];
        let text = [b"a\n", &long[..], b"\nb\n"].concat();
        for lines in both_ways(&text) {
            let ends: Vec<_> = lines
                .iter()
                .map(|it| (it.len() <= LONGEST_LINE + 4, it.ends_with("…\n".as_bytes())))
                .collect();
            assert_eq!(ends, [(true, false), (true, true), (true, false)]);
            assert_eq!(lines.last().unwrap(), b"b\n");
        }
        let [streamed, by_index] = both_ways(&vec![b'x'; 2 * LONGEST_LINE]);
        assert_eq!((streamed.len(), by_index.len()), (1, 1));
    }

    #[test]
    fn small_and_empty_inputs() {
        for text in ["", "a", "a\n", "a\nb", "\n\n"] {
            let expected: Vec<Vec<u8>> =
                text.as_bytes().split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
            assert_eq!(both_ways(text.as_bytes()), [expected.clone(), expected], "{text:?}");
        }
    }
}
