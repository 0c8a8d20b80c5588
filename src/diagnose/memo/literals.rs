//! The literals of many patterns, looked for in one pass over a text.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::rules::Pattern;

/// Literals, each with the pattern that it belongs to, by a number of the caller's.
pub(super) struct Literals {
    /// `None` where they cannot be looked for together.
    all: Option<AhoCorasick>,
    owners: Vec<usize>,
    open: Vec<usize>,
}

impl Literals {
    /// Those of some patterns, found by an automaton of a kind: a DFA is slow to build and quick to search.
    pub(super) fn of<'p>(
        patterns: impl Iterator<Item = (&'p Pattern, usize)> + Clone,
        kind: AhoCorasickKind,
    ) -> Self {
        let (mut literals, mut owners) = (Vec::new(), Vec::new());
        for (pattern, owner) in patterns.clone() {
            literals.extend(pattern.literals());
            owners.resize(literals.len(), owner);
        }
        let all = AhoCorasick::builder().kind(Some(kind)).build(literals).ok();
        let is_open = |pattern: &Pattern| all.is_none() || pattern.literals().is_empty();
        let open = patterns.filter(|(it, _)| is_open(it)).map(|(_, owner)| owner).collect();
        Self { all, owners, open }
    }

    /// The patterns of which nothing is known: they may be found in any text.
    pub(super) fn open(&self) -> &[usize] {
        &self.open
    }

    /// Where a text in lower case holds literals, and whose.
    pub(super) fn hits<'t>(&'t self, lower: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let hits = self.all.iter().flat_map(move |all| all.find_overlapping_iter(lower));
        hits.filter_map(|hit| Some((hit.start(), *self.owners.get(hit.pattern().as_usize())?)))
    }
}
