//! What a long input shows of its devices, joined part by part. Of a dump with every message of a fleet no more is in memory than some
//! ten thousand messages.

use std::collections::HashMap;

use crate::diagnose::identity::Identity;
use crate::diagnose::known::Known;
use crate::diagnose::spill::Spill;

/// Messages of logs that may be in memory before those of a device are joined.
const MESSAGES: usize = 16 << 10;

/// What was read so far, each device where it first speaks.
#[derive(Default)]
pub(super) struct Devices {
    all: Vec<Known>,
    /// Messages of logs in memory.
    messages: usize,
    /// How many there were when they were joined last.
    folded: usize,
    /// How many in `all` there were then.
    joined: usize,
}

impl Devices {
    /// Adds what the next part of the input shows.
    pub(super) fn append(&mut self, mut next: Vec<Known>, spill: &Spill) {
        self.messages += messages(&next);
        self.all.append(&mut next);
        if self.messages >= MESSAGES.max(2 * self.folded) {
            self.make_room(spill);
        }
    }

    /// All of it.
    pub(super) fn into_all(mut self) -> Vec<Known> {
        self.join();
        self.all
    }

    /// Joins what is of the same device, unless there are so many that most would not be met again, and puts aside what is still too much.
    fn make_room(&mut self, spill: &Spill) {
        let joins = self.all.len() >= 2 * self.joined;
        if joins {
            self.join();
        }
        if !joins || self.messages >= 2 * MESSAGES {
            let logs = self.all.iter_mut().filter(|it| it.is_log());
            logs.for_each(|known| drop(known.put_aside(spill)));
            self.messages = messages(&self.all);
        }
        self.folded = self.messages;
    }

    fn join(&mut self) {
        let homes = homes(&self.all);
        let mut joined: Vec<Known> = Vec::with_capacity(homes.len());
        for (known, home) in std::mem::take(&mut self.all).into_iter().zip(homes) {
            match joined.get_mut(home) {
                Some(before) => before.go_on(known),
                None => joined.push(known),
            }
        }
        joined.shrink_to_fit();
        (self.joined, self.messages) = (joined.len(), messages(&joined));
        self.all = joined;
    }
}

fn messages(of: &[Known]) -> usize {
    of.iter().filter(|it| it.is_log()).map(Known::messages).sum()
}

/// Where each goes among those that are left when what is of the same device is joined.
fn homes(all: &[Known]) -> Vec<usize> {
    let mut left = 0;
    let mut newest: HashMap<&Identity, (usize, &Known)> = HashMap::new();
    let mut homes = Vec::with_capacity(all.len());
    for known in all {
        let before = newest.get(&known.identity).filter(|(_, before)| before.goes_on_with(known));
        let home = before.map_or(left, |(home, _)| *home);
        left += usize::from(home == left);
        if known.is_log() {
            newest.insert(&known.identity, (home, known));
        }
        homes.push(home);
    }
    homes
}
