//! Three-valued truth: what a capture does not show is unknown, never false.

/// The outcome of a condition. The order is `No < Unknown < Yes`, so that *and* is the minimum and *or* the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The capture shows that it does not hold.
    No,
    /// The capture does not tell.
    Unknown,
    /// The capture shows that it holds.
    Yes,
}

impl Truth {
    /// Holds when both hold; fails when one fails; else unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Holds when one holds; fails when both fail; else unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; the opposite of unknown is unknown.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }

    /// `Yes` or `No` from what was seen in full.
    pub fn from_seen(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{No, Unknown, Yes};

    #[test]
    fn unknown_is_neither_and_never_becomes_false() {
        assert_eq!(Unknown.negate(), Unknown);
        assert_eq!(Yes.and(Unknown), Unknown);
        assert_eq!(No.and(Unknown), No);
        assert_eq!(Yes.or(Unknown), Yes);
        assert_eq!(No.or(Unknown), Unknown);
    }
}
