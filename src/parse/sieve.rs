//! Which lines of a long input are worth parsing: those of wanted messages, and all around the outputs of commands. What is
//! passed over here would say nothing to any parser, so a log of a gigabyte costs one search of its bytes.

mod grouped;
#[cfg(test)]
mod tests;

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::Wanted;
use super::record::repetition;
use crate::text::logline::{is_log, starts_as_log};
use crate::text::{command, prompt, signature};

/// What stands in the lines that begin an output: prompts with a command, banners, and the headings by which an output without
/// either is known. Each has at least four bytes; shorter literals are searched for at a fraction of the speed.
const OUTPUTS: &[&str] = &[
    "#sho",
    "#sh ",
    ">sho",
    ">sh ",
    "# sho",
    "> sho",
    " show ",
    "\nshow ",
    "License Usage",
    "Registration:",
    "Smart Licensing",
    "Current c",
    "Cisco ",
];

/// Bytes before a heading that are kept with it: a time source, the head of an output.
const BEFORE: usize = 4 << 10;

/// Bytes behind a heading that are kept with it. Within an output as long as that another heading stands.
const BEHIND: usize = 256 << 10;

/// Outputs that may be longer, up to `FAR_BEHIND` bytes, where no other heading stands: the configuration of a large chassis, the
/// events of months.
const LONG: &[&str] =
    &["show running-config", "show startup-config", "show license eventlog", "show license tech support"];
const FAR_BEHIND: usize = 4 << 20;

/// Lines that may go on with a message.
const CONTINUATION: usize = 4;

/// Lines that are looked at to tell whether a text is a log and nothing else.
const SAMPLES: usize = 32;

/// Bytes of a block that are kept from its start, because of what stood at the end of the block before.
pub type Carry = usize;

/// Finds the lines.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// `None` where it could not be built: then everything is kept.
    finder: Option<AhoCorasick>,
    /// Whether each literal belongs to a message.
    is_message: Vec<bool>,
}

/// What is kept of a block, or of several in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// Whole lines, each with its line end.
    pub bytes: Vec<u8>,
    /// The number of each line in the block; the first line of the block is 0.
    pub numbers: Vec<u32>,
    /// Number of lines of the block.
    pub lines: u32,
    /// What must be kept of the next block.
    pub carry: Carry,
    /// Whether the last lines before the block belong to what is kept.
    pub reaches_back: bool,
}

impl Sifted {
    /// Adds what was kept of the next block, of which `before` are the last lines before it.
    pub fn append(&mut self, next: &Self, before: &[u8]) {
        if self.lines == 0 {
            self.reaches_back = next.reaches_back;
        } else if next.reaches_back {
            self.add_last(before);
        }
        self.bytes.extend_from_slice(&next.bytes);
        self.numbers.extend(next.numbers.iter().map(|number| self.lines.saturating_add(*number)));
        self.lines = self.lines.saturating_add(next.lines);
        self.carry = next.carry;
    }

    /// Adds the last lines so far, except those that are kept already.
    fn add_last(&mut self, lines: &[u8]) {
        let all: Vec<&[u8]> = lines.split_inclusive(|byte| *byte == b'\n').collect();
        let first = self.lines.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
        for (line, number) in all.into_iter().zip(first..) {
            if self.numbers.last().is_none_or(|last| *last < number) {
                self.bytes.extend_from_slice(line);
                self.numbers.push(number);
            }
        }
    }
}

impl Sieve {
    /// A sieve for these messages.
    pub fn new(wanted: &Wanted) -> Self {
        let messages = wanted.literals().iter().map(String::as_str);
        let all: Vec<&str> = messages.chain(OUTPUTS.iter().copied()).collect();
        let all = grouped::grouped(&all);
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&all).ok();
        Self { finder, is_message: all.iter().map(|it| !OUTPUTS.contains(it)).collect() }
    }

    /// Sifts a block of whole lines.
    pub fn sift(&self, block: &[u8], carry: Carry) -> Sifted {
        self.regions(block, carry, true)
            .unwrap_or_else(|| kept(block, std::slice::from_ref(&(0..block.len())), 0))
    }

    /// Sifts a whole log. `None` where it holds an output, a command that was typed, or many lines that are none of a log.
    pub fn sift_log(&self, log: &[u8]) -> Option<Sifted> {
        if is_all_log(log) && !has_prompt(log) { self.regions(log, 0, false) } else { None }
    }

    /// `None` where all must be kept, or where there are outputs and there may be none.
    fn regions(&self, block: &[u8], carry: Carry, may_hold_outputs: bool) -> Option<Sifted> {
        let finder = self.finder.as_ref()?;
        let mut regions: Vec<Range<usize>> = Vec::new();
        let mut wanted = 0;
        let mut reaches_back = false;
        // What is kept behind the last heading, up to the next one.
        let mut output = 0..carry;
        let mut from = 0;
        while let Some(found) = finder.find(Input::new(block).range(from..)) {
            let at = if block.get(found.start()) == Some(&b'\n') { found.start() + 1 } else { found.start() };
            let line = line_around(block, at);
            from = line.end.max(found.end());
            if !output.is_empty() {
                let end = if output.end < line.start { end_of_output(block, output.end) } else { line.start };
                add(&mut regions, output.start..end);
                output.start = end;
            }
            if self.is_message.get(found.pattern().as_usize()).is_some_and(|it| *it) {
                let behind = continuation(block, line.end);
                wanted = wanted.max(if behind == block.len() { block.len() + 1 } else { 0 });
                add(&mut regions, line.start..behind);
            } else if let Some(behind) = bytes_behind(block.get(line.clone()).unwrap_or_default()) {
                if !may_hold_outputs {
                    return None;
                }
                reaches_back |= line.start < BEFORE;
                let start = line_around(block, line.start.saturating_sub(BEFORE)).start;
                output = start..line.start + behind;
            }
        }
        if !output.is_empty() {
            let behind = end_of_output(block, output.end);
            wanted = wanted.max(output.end).max(if behind == block.len() { block.len() + 1 } else { 0 });
            add(&mut regions, output.start..behind);
        }
        Some(Sifted { reaches_back, ..kept(block, &regions, wanted.saturating_sub(block.len())) })
    }
}

/// Where a region ends that shall reach as far: behind the line, and behind what may go on with it.
fn end_of_output(block: &[u8], end: usize) -> usize {
    continuation(block, end_of_line(block, end.min(block.len())))
}

/// Whether a text is nothing but a log, by lines from all over it: nearly all begin with a header and hold a message.
fn is_all_log(text: &[u8]) -> bool {
    let samples = (0..SAMPLES).filter_map(|part| {
        let line = line_around(text, text.len() / SAMPLES * part);
        Some(String::from_utf8_lossy(text.get(line)?).trim().to_owned())
    });
    samples.filter(|line| !(starts_as_log(line) && is_log(line))).count() <= SAMPLES / 8
}

/// Whether a command was typed at a prompt anywhere in a text. Most lines with the end of a prompt are told from one by their first
/// word.
fn has_prompt(text: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| memchr::memchr2(b'#', b'>', rest)) {
        if ends_priority(text.get(..from + at).unwrap_or_default()) {
            from += at + 1;
            continue;
        }
        let line = line_around(text, from + at);
        from = line.end;
        let line = text.get(line).unwrap_or_default();
        if matches!(line, [b'<' | b'*' | b'%', ..]) {
            continue;
        }
        let line = String::from_utf8_lossy(line);
        if prompt::prompt(line.trim_end(), |_| false).is_some() {
            return true;
        }
    }
    false
}

/// Whether a line so far is `<189`: most lines of many logs begin so, and what follows is looked at all the same.
fn ends_priority(before: &[u8]) -> bool {
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let before = before.get(..before.len().saturating_sub(digits)).unwrap_or_default();
    matches!(before, [b'<'] | [.., b'\n', b'<'])
}

/// Copies regions, with the numbers of their lines.
fn kept(block: &[u8], regions: &[Range<usize>], carry: Carry) -> Sifted {
    let mut out = Sifted { carry, ..Sifted::default() };
    let (mut number, mut counted) = (0, 0);
    for region in regions {
        number += count_lines(block.get(counted..region.start).unwrap_or_default());
        for line in block.get(region.clone()).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
            out.bytes.extend_from_slice(line.strip_suffix(b"\n").unwrap_or(line));
            out.bytes.push(b'\n');
            out.numbers.push(number);
            number += 1;
        }
        counted = region.end;
    }
    let is_open = block.last().is_some_and(|last| *last != b'\n') && counted < block.len();
    out.lines = number + count_lines(block.get(counted..).unwrap_or_default()) + u32::from(is_open);
    out
}

fn count_lines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

/// Adds a region behind or over the last one; an empty one is none.
fn add(regions: &mut Vec<Range<usize>>, region: Range<usize>) {
    if region.is_empty() {
        return;
    }
    match regions.last_mut() {
        Some(last) if region.start <= last.end => {
            last.start = last.start.min(region.start);
            last.end = last.end.max(region.end);
        }
        _ => regions.push(region),
    }
    while let [.., before, last] = regions.as_mut_slice()
        && last.start <= before.end
    {
        before.end = before.end.max(last.end);
        before.start = before.start.min(last.start);
        regions.pop();
    }
}

/// The line that holds a byte, with its line end.
fn line_around(block: &[u8], at: usize) -> Range<usize> {
    let before = block.get(..at).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(0, |end| end + 1)..end_of_line(block, at)
}

/// Behind the end of the line that holds a byte.
fn end_of_line(block: &[u8], at: usize) -> usize {
    let rest = block.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(block.len(), |end| at + end + 1)
}

/// Behind the lines that may go on with a message that ends at `end`: none that begins as a log line does, but those that
/// say how often the message came again.
fn continuation(block: &[u8], mut end: usize) -> usize {
    let mut taken = 0;
    while taken < CONTINUATION {
        let line = end..end_of_line(block, end);
        let text = String::from_utf8_lossy(block.get(line.clone()).unwrap_or_default());
        // A failure that lasts has many of them, which is no reason to stop.
        let is_repetition = repetition::of_last(&text).is_some();
        if line.is_empty() || starts_as_log(&text) && !is_repetition {
            break;
        }
        taken += usize::from(!is_repetition);
        end = line.end;
    }
    end
}

/// How many bytes are kept behind a line that begins an output; `None` for every other. A log line that mentions a command begins
/// none.
fn bytes_behind(line: &[u8]) -> Option<usize> {
    let line = String::from_utf8_lossy(line);
    let text = line.trim_matches(|c: char| c.is_whitespace() || "\"'`>|".contains(c));
    if starts_as_log(text) && is_log(text) {
        return None;
    }
    let typed = prompt::prompt(text, |_| false).map(|it| it.typed).or_else(|| command::banner(text));
    let command = command::resolve(typed.unwrap_or(text)).filter(|it| it.known);
    let signature = signature::signature(text).map(|it| it.command);
    let is_long =
        command.as_ref().map(|it| it.name.as_str()).or(signature).is_some_and(|it| LONG.contains(&it));
    let begins = typed.is_some()
        || command.is_some()
        || signature.is_some()
        || text.contains("\\n")
        || text.contains('\r');
    begins.then_some(if is_long { FAR_BEHIND } else { BEHIND })
}
