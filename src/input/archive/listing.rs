//! A zip file whose members are read by several threads, each with a handle of its own.

use std::ops::ControlFlow;

use super::Visit;
use super::level::{Ledger, Level};
use super::limits::Limits;
use super::walk::Walk;
use super::zip::{self, Member, Seekable};
use crate::base::Problem;

/// The members of a zip that can be opened, sorted by name.
///
/// Reading them one by one, in any order, gives the same leaves and problems as [`super::leaves`] of the whole: each member is
/// judged by the limits on its own.
#[derive(Debug)]
pub struct ZipListing {
    members: Vec<Member>,
}

impl ZipListing {
    /// Reads the list of the zip `from`, which is called `name`. The problems tell what it leaves out, and why.
    pub fn read(name: &str, from: &mut dyn Seekable, limits: &Limits) -> (Self, Vec<Problem>) {
        let ledger = Ledger::new(limits);
        let members = zip::list(name, from, &ledger);
        (Self { members }, ledger.into_problems())
    }

    /// Names (`ARCHIVE!MEMBER`) and sizes in bytes, unpacked, as listed.
    pub fn members(&self) -> impl ExactSizeIterator<Item = (&str, u64)> {
        self.members.iter().map(|it| (it.name.as_str(), it.size))
    }

    /// Visits every file in the member with this index, which may be an archive itself. `from` is the same zip.
    pub fn leaves(
        &self,
        index: usize,
        from: &mut dyn Seekable,
        limits: &Limits,
        visit: &mut Visit<'_>,
    ) -> Vec<Problem> {
        let ledger = Ledger::new(limits);
        if let Some(member) = self.members.get(index) {
            let source = Level::source(&member.name);
            let _: ControlFlow<()> = Walk::new(&ledger, visit).member(member, from, &source, 0);
        }
        ledger.into_problems()
    }
}
