//! A long input, put together from what was kept of its blocks. A shorter one that is nothing but a log is read as one.

use std::sync::Arc;

use super::{Context, Reading, Sections};
use crate::base::{Problem, Source};
use crate::diagnose::known::Known;
use crate::input::{self, Block, Blocks, Stream, decode};
use crate::parse;
use crate::parse::sieve::{Carry, Sifted};
use crate::text::prompt;

/// Bytes of kept lines that are parsed together, where the session of a device begins in the second half of them. Within that
/// much text an output with all around it is in one piece.
const BATCH: usize = 512 << 10;

/// Bytes that are parsed together where none does.
const LARGEST_BATCH: usize = 8 << 20;

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
            Ok(true) => {
                let mut kept = Kept::behind(long.carry);
                kept.add(&block, context);
                long.add(kept);
            }
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

/// Bytes of a text for which it is worth asking whether it is a log.
const SMALLEST_LOG: usize = 32 << 10;

/// Reads a short input that is a log and nothing else as a long one, of which little is parsed; `None` for every other.
pub(super) fn of_log(path: &str, bytes: &[u8], is_cut: bool, context: &Context<'_>) -> Option<Reading> {
    if bytes.len() < SMALLEST_LOG || bytes.starts_with(decode::MARK) || !decode::is_in_lines(bytes) {
        return None;
    }
    let mut kept = Kept::default();
    kept.take(bytes, &context.sieve().sift_log(bytes)?, context);
    let mut long = Long::new(path, context);
    long.is_latin = std::str::from_utf8(bytes).is_err();
    long.add(kept);
    Some(long.finish(is_cut))
}

/// What is kept of some blocks, and of what the last lines of an input may need.
#[derive(Debug, Default)]
pub(super) struct Kept {
    sifted: Sifted,
    bytes: u64,
    /// The number of each line that is cut off; the first line is 1.
    cut: Vec<u32>,
    /// The first lines.
    head: Vec<u8>,
    /// The last ones.
    tail: Vec<u8>,
}

impl Kept {
    /// Nothing so far; `carry` is left of what stood before.
    pub(super) fn behind(carry: Carry) -> Self {
        Self { sifted: Sifted { carry, ..Sifted::default() }, ..Self::default() }
    }

    /// Bytes of the lines that are kept.
    pub(super) fn len(&self) -> usize {
        self.sifted.bytes.len()
    }

    /// Sifts the next block.
    pub(super) fn add(&mut self, block: &Block, context: &Context<'_>) {
        let text = block.text();
        self.take(text, &context.sieve().sift(text, self.sifted.carry), context);
        if block.is_cut {
            self.cut.push(self.sifted.lines);
        }
    }

    /// Takes what was kept of a text.
    fn take(&mut self, text: &[u8], sifted: &Sifted, context: &Context<'_>) {
        context.progress().lines.add(sifted.lines.into());
        context.progress().parsed.add_len(sifted.numbers.len());
        if self.sifted.lines == 0 {
            self.head.extend_from_slice(head(text));
        }
        self.sifted.append(sifted, &self.tail);
        self.bytes += text.len() as u64;
        if sifted.lines > 0 {
            self.tail.clear();
            self.tail.extend_from_slice(tail(text));
        }
    }
}

/// Where the last session with one device begins: at the first of the prompts of the same name that stand last. It begins behind
/// `least`, or there is none.
pub(super) fn session_start(text: &str, least: usize) -> Option<usize> {
    let mut found: Option<(usize, &str)> = None;
    let mut end = text.len();
    while let Some(line_end) = end.checked_sub(1).filter(|it| *it > least) {
        let start = memchr::memrchr(b'\n', text.as_bytes().get(..line_end)?).map_or(0, |at| at + 1);
        let line = text.get(start..line_end)?;
        match prompt::prompt(line, |_| false) {
            Some(prompt) if found.is_some_and(|(_, host)| host != prompt.host) => break,
            Some(prompt) if start > least => found = Some((start, prompt.host)),
            _ => {}
        }
        end = start;
    }
    found.map(|(start, _)| start)
}

fn head(block: &[u8]) -> &[u8] {
    let end = memchr::memchr_iter(b'\n', block).nth(ENDS - 1).map_or(block.len(), |end| end + 1);
    block.get(..end.min(MOST_OF_ENDS)).unwrap_or(block)
}

fn tail(block: &[u8]) -> &[u8] {
    let start = memchr::memrchr_iter(b'\n', block).nth(ENDS).map_or(0, |end| end + 1);
    block.get(start.max(block.len().saturating_sub(MOST_OF_ENDS))..).unwrap_or_default()
}

/// Bytes that the lines at either end may have.
const MOST_OF_ENDS: usize = 8 << 10;

/// What a batch of lines holds.
#[derive(Default)]
struct Parsed {
    sections: Sections,
    captures: Vec<Known>,
    problems: Vec<Problem>,
}

impl Parsed {
    fn of(source: &Arc<Source>, context: &Context<'_>) -> Self {
        let mut parsed = Self::default();
        let mut captures = parse::captures(source, context.wanted);
        for capture in &mut captures {
            capture.fold();
            parsed.problems.append(&mut capture.problems);
        }
        parsed.sections.add(&captures, context);
        parsed.captures.extend(captures.into_iter().map(Known::of));
        parsed
    }
}

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
    /// Bytes of text that are not yet too many.
    most: usize,
    tail: Vec<u8>,
    /// What must be kept of the next block.
    pub(super) carry: Carry,
    /// What is yet to be parsed.
    batches: Vec<Arc<Source>>,
    sections: Sections,
    captures: Vec<Known>,
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
            most: BATCH,
            tail: Vec::new(),
            carry: 0,
            batches: Vec::new(),
            sections: Sections::default(),
            captures: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Adds what was kept of the next blocks. They were sifted with the carry of those before.
    pub(super) fn add(&mut self, kept: Kept) {
        if self.lines == 0 {
            self.keep(&kept.head, &(0..).take(ENDS).collect::<Vec<u32>>());
        }
        if kept.sifted.reaches_back {
            self.keep_tail();
        }
        self.keep(&kept.sifted.bytes, &kept.sifted.numbers);
        for number in kept.cut {
            let problem = decode::long_line(self.lines.saturating_add(number));
            self.problems.push(Problem { path: self.path.to_string(), ..problem });
        }
        self.lines = self.lines.saturating_add(kept.sifted.lines);
        self.bytes += kept.bytes;
        self.carry = kept.sifted.carry;
        if kept.sifted.lines > 0 {
            self.tail = kept.tail;
        }
        if self.text.len() > self.most {
            self.end_batch();
        }
    }

    /// Makes a batch of what was kept up to where the session of a device begins, so that its outputs stay together. As many as there
    /// are threads are parsed together and put aside.
    fn end_batch(&mut self) {
        let end = match session_start(&self.text, BATCH / 2) {
            Some(end) => end,
            None if self.most < LARGEST_BATCH => {
                self.most *= 2;
                return;
            }
            None => self.text.len(),
        };
        self.most = BATCH;
        let rest = self.text.split_off(end);
        let lines = memchr::memchr_iter(b'\n', self.text.as_bytes()).count();
        let numbers = self.numbers.split_off(lines.min(self.numbers.len()));
        self.close_batch(false);
        (self.text, self.numbers) = (rest, numbers);
        if self.batches.len() >= self.context.pool().threads() {
            self.parse(true);
        }
    }

    /// What was kept since the last time is a batch.
    fn close_batch(&mut self, is_cut: bool) {
        let (text, numbers) = (std::mem::take(&mut self.text), std::mem::take(&mut self.numbers));
        let source = Source::of_lines(self.path.clone(), text, numbers);
        self.batches.push(Arc::new(if is_cut { source.cut_off() } else { source }));
    }

    /// Keeps lines with these numbers behind those so far, except those that are kept already.
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

    /// Keeps the last lines so far.
    fn keep_tail(&mut self) {
        let tail = std::mem::take(&mut self.tail);
        let count = u32::try_from(tail.split_inclusive(|it| *it == b'\n').count()).unwrap_or_default();
        let lines = self.lines;
        self.lines = lines.saturating_sub(count);
        self.keep(&tail, &(0..count).collect::<Vec<u32>>());
        self.lines = lines;
    }

    /// Parses the batches so far.
    fn parse(&mut self, puts_aside: bool) {
        let context = self.context;
        let parsed = |source: Arc<Source>| {
            let mut parsed = Parsed::of(&source, context);
            if puts_aside {
                parsed.captures.iter_mut().for_each(|known| drop(known.put_aside(&context.spill)));
            }
            parsed
        };
        let batches = std::mem::take(&mut self.batches);
        let all = if batches.len() > 1 {
            context.pool().map(batches, parsed)
        } else {
            batches.into_iter().map(parsed).collect()
        };
        for mut parsed in all {
            self.sections.append(parsed.sections);
            self.problems.append(&mut parsed.problems);
            self.captures.append(&mut parsed.captures);
        }
    }

    /// Notes why a block could not be read.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The end of the input; it may be cut off there by a fault.
    pub(super) fn finish(mut self, is_cut: bool) -> Reading {
        self.keep_tail();
        self.close_batch(is_cut);
        self.parse(false);
        let encoding = if self.is_latin { "latin-1" } else { "utf-8" };
        let summary = self.sections.summary(&self.path, self.bytes, encoding, self.context);
        Reading { summary: Some(summary), captures: self.captures, problems: self.problems }
    }
}
