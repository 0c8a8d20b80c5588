//! Syslog records in every header form (DOMAIN 7.3).

use std::collections::BTreeSet;

/// Which log messages are worth keeping, by the names that rules ask for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// `FACILITY-MNEMONIC`, without severity.
    pub names: BTreeSet<String>,
}
