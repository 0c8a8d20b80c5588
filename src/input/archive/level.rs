//! One level of nesting: what it took and gave, and whether it is done for.
//!
//! A fault is reported once, by the level that it happened at. Everything inside then ends quietly, and everything outside
//! goes on. Decoders wrap errors as they like, so the levels themselves know which of them failed.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};

use super::fault::Fault;
use super::limits::{FREE, FREE_INSIDE, Limits};
use crate::base::Problem;

/// The limits in force, and what was refused or failed so far.
pub(super) struct Ledger<'w> {
    pub(super) limits: &'w Limits,
    problems: RefCell<Vec<Problem>>,
}

impl<'w> Ledger<'w> {
    pub(super) fn new(limits: &'w Limits) -> Self {
        Self { limits, problems: RefCell::default() }
    }

    pub(super) fn report(&self, fault: &Fault, name: &str, what: &str) {
        self.problems.borrow_mut().push(fault.problem(name, what, self.limits));
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
}

/// What a level does with bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    /// Gives them as they are: a file, standard input.
    Source,
    /// Gives parts of what it takes, which was counted before: a tar.
    Parts,
    /// Gives more than it takes: a compressed stream.
    Unpacking,
}

/// A level of nesting.
pub(super) struct Level<'l> {
    name: &'l str,
    what: &'static str,
    work: Work,
    parent: Option<&'l Level<'l>>,
    taken: Cell<u64>,
    /// Bytes that came out of it, and of everything inside it.
    given: Cell<u64>,
    /// Bytes that came out of it alone.
    own: Cell<u64>,
    members: Cell<u64>,
    failed: Cell<bool>,
}

impl<'l> Level<'l> {
    fn new(name: &'l str, what: &'static str, work: Work, parent: Option<&'l Level<'l>>) -> Self {
        let zero = || Cell::new(0);
        Self {
            name,
            what,
            work,
            parent,
            taken: zero(),
            given: zero(),
            own: zero(),
            members: zero(),
            failed: Cell::new(false),
        }
    }

    /// The level of what the user named.
    pub(super) fn source(name: &'l str) -> Self {
        Self::new(name, "", Work::Source, None)
    }

    /// The level of a tar.
    pub(super) fn parts(name: &'l str, what: &'static str, parent: &'l Level<'l>) -> Self {
        Self::new(name, what, Work::Parts, Some(parent))
    }

    /// The level of a compressed stream.
    pub(super) fn unpacking(name: &'l str, what: &'static str, parent: &'l Level<'l>) -> Self {
        Self::new(name, what, Work::Unpacking, Some(parent))
    }

    fn outwards(&self) -> impl Iterator<Item = &Level<'l>> {
        std::iter::successors(Some(self), |level| level.parent)
    }

    /// Whether it, or a level around it, has failed: nothing more can come.
    pub(super) fn is_over(&self) -> bool {
        self.outwards().any(|level| level.failed.get())
    }

    /// Ends the level. It is reported unless a level around it has failed, of which this is but a consequence.
    pub(super) fn fail(&self, fault: &Fault, ledger: &Ledger<'_>) {
        if !self.is_over() {
            ledger.report(fault, self.name, self.what);
        }
        self.failed.set(true);
    }

    /// Counts a member here and in every level around; whether it may be read.
    pub(super) fn takes_member(&self, ledger: &Ledger<'_>) -> bool {
        for level in self.outwards().filter(|level| level.work != Work::Source) {
            level.members.set(level.members.get() + 1);
            if level.members.get() > ledger.limits.members {
                level.fail(&Fault::Members, ledger);
                return false;
            }
        }
        true
    }

    /// Counts bytes that came out, here and where they add to what came out of a level around; how many of them are within
    /// the limits.
    fn gives(&self, count: usize, ledger: &Ledger<'_>) -> usize {
        let adds = self.work == Work::Unpacking;
        let mut allowed = count as u64;
        self.own.set(self.own.get() + allowed);
        for level in self.outwards().take(if adds { usize::MAX } else { 1 }) {
            level.given.set(level.given.get() + count as u64);
            let Some((fault, excess)) = level.exceeded(ledger.limits) else { continue };
            allowed = allowed.saturating_sub(excess);
            level.fail(&fault, ledger);
            break;
        }
        usize::try_from(allowed).unwrap_or(count)
    }

    /// The limit that is exceeded, and by how much.
    fn exceeded(&self, limits: &Limits) -> Option<(Fault, u64)> {
        let by_ratio = self.taken.get().saturating_mul(limits.ratio);
        let over = |given: u64, most: u64| given.checked_sub(most).filter(|it| *it > 0);
        if self.work == Work::Source {
            None
        } else if let Some(excess) = over(self.given.get(), limits.unpacked) {
            Some((Fault::Unpacked, excess))
        } else {
            let own = over(self.own.get(), by_ratio.max(FREE));
            own.or_else(|| over(self.given.get(), by_ratio.max(FREE_INSIDE))).map(|it| (Fault::Ratio, it))
        }
    }
}

/// Counts what a level takes.
pub(super) struct Tap<'l, R> {
    from: R,
    level: &'l Level<'l>,
}

impl<'l, R: Read> Tap<'l, R> {
    pub(super) fn new(from: R, level: &'l Level<'l>) -> Self {
        Self { from, level }
    }
}

impl<R: Read> Read for Tap<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.level.taken.set(self.level.taken.get() + count as u64);
        Ok(count)
    }
}

/// What a level gives, within the limits. After its fault, or that of a level around it, every read is an error.
pub(super) struct Guard<'l, R> {
    from: R,
    level: &'l Level<'l>,
    ledger: &'l Ledger<'l>,
}

impl<'l, R: Read> Guard<'l, R> {
    pub(super) fn new(from: R, level: &'l Level<'l>, ledger: &'l Ledger<'l>) -> Self {
        Self { from, level, ledger }
    }
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.level.is_over() {
            return Err(over());
        }
        match self.from.read(buffer) {
            Ok(count) => match self.level.gives(count, self.ledger) {
                0 if count > 0 => Err(over()),
                allowed => Ok(allowed),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.level.fail(&Fault::of(&error), self.ledger);
                Err(over())
            }
        }
    }
}

/// What reads after a fault return. Nobody shows it: the fault is in the ledger.
fn over() -> io::Error {
    io::Error::other("a fault before this was reported")
}
