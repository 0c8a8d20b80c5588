//! Archives: every kind, inside each other, damaged, hostile; and that packing changes no finding.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archives {
    pub(crate) mod build;
    mod faults;
    mod hostile;
    mod kinds;
    mod program;
}
