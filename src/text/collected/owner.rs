//! Which of the keys above an output names its device.

use std::collections::BTreeMap;

use super::Output;

/// The keys that name devices, seen over a whole document.
pub(super) struct Owners {
    /// How many keys from the outside may name a device. What stands below several others at one level is what an output is about
    /// (`{"sw1": {"before": …}, "sw2": {"before": …}}`), and so is all beside it.
    depth: usize,
}

impl Owners {
    pub(super) fn of(outputs: &[Output]) -> Self {
        let mut above: BTreeMap<(usize, &str), &[String]> = BTreeMap::new();
        let mut depth = usize::MAX;
        for output in outputs {
            for (index, name) in output.hosts.iter().enumerate() {
                let before = output.hosts.get(..index).unwrap_or_default();
                if *above.entry((index, name)).or_insert(before) != before {
                    depth = depth.min(index);
                }
            }
        }
        Self { depth }
    }

    /// The innermost key that names a device.
    pub(super) fn host<'h>(&self, keys: &'h [String]) -> Option<&'h str> {
        keys.iter().take(self.depth).next_back().map(String::as_str)
    }
}
