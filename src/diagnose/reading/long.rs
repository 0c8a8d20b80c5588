//! A long input, put together from what was kept of its blocks. A shorter one that is nothing but a log is read as one.

use std::sync::Arc;

use super::batch::{FirstEnd, Parsed};
use super::devices::Devices;
use super::kept::{ENDS, Kept};
use super::{Context, Reading, Sections};
use crate::base::{Problem, Source};
use crate::input::{self, Block, Blocks, Stream, decode};
use crate::parse::record;
use crate::parse::sieve::Carry;

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
    let sieve = context.sieve();
    kept.take(bytes, &context.progress().searching.time(|| sieve.sift_log(bytes))?, context);
    let mut long = Long::new(path, context);
    long.is_latin = std::str::from_utf8(bytes).is_err();
    long.add(kept);
    Some(long.finish(is_cut))
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
    tail: Vec<u8>,
    /// What must be kept of the next block.
    pub(super) carry: Carry,
    /// The line that names the columns, with its 1-based number, where the input is a table: every batch of it begins so.
    heading: Option<(u32, String)>,
    /// Where the first batch of `text` ends.
    first_end: FirstEnd,
    /// What is yet to be parsed.
    batches: Vec<Arc<Source>>,
    sections: Sections,
    devices: Devices,
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
            heading: None,
            first_end: FirstEnd::default(),
            batches: Vec::new(),
            sections: Sections::default(),
            devices: Devices::default(),
            problems: Vec::new(),
        }
    }

    /// Adds what was kept of the next blocks. They were sifted with the carry of those before.
    pub(super) fn add(&mut self, kept: Kept) {
        if self.lines == 0 {
            self.keep(&kept.head, &(0..).take(ENDS).collect::<Vec<u32>>());
            let heading = record::heading(self.text.lines());
            self.heading = heading.map(|(number, line)| (number, format!("{line}\n")));
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
        self.end_batches();
    }

    /// Makes batches of what was kept. As many as there are threads are parsed together and put aside.
    fn end_batches(&mut self) {
        while let Some(end) = self.first_end.of(&self.text, self.heading.is_some()) {
            let rest = self.text.split_off(end);
            let lines = memchr::memchr_iter(b'\n', self.text.as_bytes()).count();
            let numbers = self.numbers.split_off(lines.min(self.numbers.len()));
            self.close_batch(false);
            (self.text, self.numbers) = (rest, numbers);
            if let Some((number, line)) = &self.heading {
                self.text.insert_str(0, line);
                self.numbers.insert(0, *number);
            }
            if self.batches.len() >= self.context.pool().threads() {
                self.parse(true);
            }
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
                let outputs = parsed.captures.iter_mut().filter(|it| it.shows_outputs());
                outputs.for_each(|known| drop(known.put_aside(&context.spill)));
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
            self.devices.append(parsed.captures, &context.spill);
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
        Reading { summary: Some(summary), captures: self.devices.into_all(), problems: self.problems }
    }
}
