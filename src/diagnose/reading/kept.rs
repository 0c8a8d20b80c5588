//! What the sieve keeps of the blocks of a long input.

use super::Context;
use crate::input::Block;
use crate::parse::sieve::{Carry, Sifted};

/// Lines at either end that are kept in any case: they tell from when to when a log reaches.
pub(super) const ENDS: usize = 16;

/// Bytes that the lines at either end may have.
const MOST_OF_ENDS: usize = 8 << 10;

/// What is kept of some blocks, and of what the last lines of an input may need.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) sifted: Sifted,
    pub(super) bytes: u64,
    /// The number of each line that is cut off; the first line is 1.
    pub(super) cut: Vec<u32>,
    /// The first lines.
    pub(super) head: Vec<u8>,
    /// The last ones.
    pub(super) tail: Vec<u8>,
    /// Whether the blocks were read and counted before.
    pub(super) is_again: bool,
}

impl Kept {
    /// Nothing so far; `carry` is left of what stood before.
    pub(super) fn behind(carry: Carry) -> Self {
        Self { sifted: Sifted { carry, ..Sifted::default() }, ..Self::default() }
    }

    /// The same for blocks that were sifted before, without that.
    pub(super) fn again(carry: Carry) -> Self {
        Self { is_again: true, ..Self::behind(carry) }
    }

    /// Bytes of the lines that are kept.
    pub(super) fn len(&self) -> usize {
        self.sifted.bytes.len()
    }

    /// Sifts the next block.
    pub(super) fn add(&mut self, block: &Block, context: &Context<'_>) {
        let text = block.text();
        let sieve = context.sieve();
        let sifted = context.progress().searching.time(|| sieve.sift(text, self.sifted.carry));
        self.take(text, &sifted, context);
        if block.is_cut {
            self.cut.push(self.sifted.lines);
        }
    }

    /// Takes what was kept of a text.
    pub(super) fn take(&mut self, text: &[u8], sifted: &Sifted, context: &Context<'_>) {
        if !self.is_again {
            context.progress().lines.add(sifted.lines.into());
            context.progress().parsed.add_len(sifted.numbers.len());
        }
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

fn head(block: &[u8]) -> &[u8] {
    let end = memchr::memchr_iter(b'\n', block).nth(ENDS - 1).map_or(block.len(), |end| end + 1);
    block.get(..end.min(MOST_OF_ENDS)).unwrap_or(block)
}

fn tail(block: &[u8]) -> &[u8] {
    let start = memchr::memrchr_iter(b'\n', block).nth(ENDS).map_or(0, |end| end + 1);
    block.get(start.max(block.len().saturating_sub(MOST_OF_ENDS))..).unwrap_or_default()
}
