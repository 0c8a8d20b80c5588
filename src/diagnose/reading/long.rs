//! A long input, put together from what was kept of its blocks.

use std::sync::Arc;

use super::{Context, Reading, summary};
use crate::base::{Problem, Source};
use crate::facts::Capture;
use crate::input::{self, Block, Blocks, Stream, decode};
use crate::parse;
use crate::parse::sieve::{Carry, Sifted};

/// Bytes of kept lines that are parsed together. Within that much text an output with all around it is in one piece.
const BATCH: usize = 8 << 20;

/// Lines at either end that are kept in any case: they tell from when to when a log reaches.
const ENDS: usize = 16;

/// Reads a stream, of which `head` was read before.
pub(super) fn of_stream(
    path: &str,
    head: Vec<u8>,
    stream: &mut dyn Stream,
    context: &Context<'_>,
) -> Reading {
    let mut long = Long::new(path, context);
    let mut block = Block::default();
    let mut blocks = Blocks::new(head, &mut *stream);
    let mut is_stopped = false;
    loop {
        is_stopped = is_stopped || context.progress().is_stopped();
        if is_stopped {
            break;
        }
        match blocks.read(&mut block) {
            Ok(true) => long.add(Kept::of(&block, long.carry, context)),
            Ok(false) => break,
            Err(error) => {
                long.fail(input::problem_of(path, &error));
                break;
            }
        }
    }
    drop(blocks);
    long.finish(stream.is_cut() || is_stopped)
}

/// What is kept of a block, and of what the last lines of an input may need.
#[derive(Debug, Default)]
pub(super) struct Kept {
    sifted: Sifted,
    bytes: u64,
    is_cut: bool,
    /// The first lines of the block.
    head: Vec<u8>,
    /// The last ones.
    tail: Vec<u8>,
}

impl Kept {
    /// Sifts a block.
    pub(super) fn of(block: &Block, carry: Carry, context: &Context<'_>) -> Self {
        let text = block.text();
        let sifted = context.sieve().sift(text, carry);
        context.progress().lines.add(sifted.lines.into());
        context.progress().parsed.add_len(sifted.numbers.len());
        Self { sifted, bytes: text.len() as u64, is_cut: block.is_cut, head: head(text), tail: tail(text) }
    }
}

fn head(block: &[u8]) -> Vec<u8> {
    let end = memchr::memchr_iter(b'\n', block).nth(ENDS - 1).map_or(block.len(), |end| end + 1);
    block.get(..end.min(MOST_OF_ENDS)).unwrap_or(block).to_vec()
}

fn tail(block: &[u8]) -> Vec<u8> {
    let start = memchr::memrchr_iter(b'\n', block).nth(ENDS).map_or(0, |end| end + 1);
    block.get(start.max(block.len().saturating_sub(MOST_OF_ENDS))..).unwrap_or_default().to_vec()
}

/// Bytes that the lines at either end may have.
const MOST_OF_ENDS: usize = 8 << 10;

/// A long input as far as it was read.
pub(super) struct Long<'c> {
    path: Arc<str>,
    context: &'c Context<'c>,
    /// Lines of the blocks so far.
    lines: u32,
    bytes: u64,
    is_latin: bool,
    text: String,
    numbers: Vec<u32>,
    tail: Vec<u8>,
    /// What must be kept of the next block.
    pub(super) carry: Carry,
    captures: Vec<Capture>,
    problems: Vec<Problem>,
}

impl<'c> Long<'c> {
    pub(super) fn new(path: &str, context: &'c Context<'c>) -> Self {
        Self {
            path: path.into(),
            context,
            lines: 0,
            bytes: 0,
            is_latin: false,
            text: String::new(),
            numbers: Vec::new(),
            tail: Vec::new(),
            carry: 0,
            captures: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Adds the next block. It was sifted with the carry of the one before.
    pub(super) fn add(&mut self, kept: Kept) {
        if self.lines == 0 {
            self.keep(&kept.head, &(0..).take(ENDS).collect::<Vec<u32>>());
        }
        self.keep(&kept.sifted.bytes, &kept.sifted.numbers);
        self.lines = self.lines.saturating_add(kept.sifted.lines);
        self.bytes += kept.bytes;
        self.carry = kept.sifted.carry;
        if kept.is_cut {
            let problem = decode::long_line(self.lines);
            self.problems.push(Problem { path: self.path.to_string(), ..problem });
        }
        if kept.sifted.lines > 0 {
            self.tail = kept.tail;
        }
        if self.text.len() > BATCH {
            self.parse(false);
        }
    }

    /// Keeps lines with these numbers in the block, except those that are kept already.
    fn keep(&mut self, bytes: &[u8], numbers: &[u32]) {
        let (text, encoding) = decode::utf8_or_latin(bytes);
        self.is_latin |= encoding == "latin-1";
        for (line, number) in text.lines().zip(numbers) {
            let number = self.lines.saturating_add(*number).saturating_add(1);
            if self.numbers.last().is_none_or(|last| *last < number) {
                self.text.push_str(line);
                self.text.push('\n');
                self.numbers.push(number);
            }
        }
    }

    /// Parses what was kept since the last time.
    fn parse(&mut self, is_cut: bool) {
        let (text, numbers) = (std::mem::take(&mut self.text), std::mem::take(&mut self.numbers));
        let source = Source::of_lines(self.path.clone(), text, numbers);
        let source = Arc::new(if is_cut { source.cut_off() } else { source });
        let mut captures = parse::captures(&source, self.context.wanted);
        captures.iter_mut().for_each(Capture::fold);
        self.captures.append(&mut captures);
    }

    /// Notes why a block could not be read.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The end of the input; it may be cut off there by a fault.
    pub(super) fn finish(mut self, is_cut: bool) -> Reading {
        let tail = std::mem::take(&mut self.tail);
        let count = u32::try_from(tail.split_inclusive(|it| *it == b'\n').count()).unwrap_or_default();
        let first = self.lines.saturating_sub(count);
        self.lines = 0;
        self.keep(&tail, &(first..first.saturating_add(count)).collect::<Vec<u32>>());
        self.parse(is_cut);
        let encoding = if self.is_latin { "latin-1" } else { "utf-8" };
        let summary = summary(&self.path, self.bytes, encoding, &self.captures, self.context);
        Reading { summary: Some(summary), captures: self.captures, problems: self.problems, short: None }
    }
}
