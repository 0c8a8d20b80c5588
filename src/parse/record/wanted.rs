//! Which messages are worth keeping, and the literals that tell a line without one at a glance.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use super::EVENT;

/// The facilities of which everything is kept: licensing speaks in them.
const ALWAYS: [&str; 3] = ["SMART_LIC", "CALL_HOME", EVENT];

/// Which log messages are worth keeping, by the names that rules ask for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// `FACILITY-MNEMONIC`, without severity.
    pub names: BTreeSet<String>,
    /// One literal a facility; `None` where they could not be built, and every line is looked at.
    facilities: Option<AhoCorasick>,
}

impl Wanted {
    /// Keeps the messages with these names (`FACILITY-MNEMONIC`, folded, without severity) and all of licensing.
    pub fn new<I>(names: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        let names: BTreeSet<String> = names.into_iter().map(Into::into).collect();
        let literals = literals(&names);
        let facilities = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(literals).ok();
        Self { names, facilities }
    }

    /// Whether the message is kept.
    pub fn keeps(&self, facility: &str, mnemonic: &str) -> bool {
        ALWAYS.contains(&facility) || self.names.contains(&format!("{facility}-{mnemonic}"))
    }

    /// Whether a line may hold a wanted message. `false` is certain, `true` is worth a closer look.
    pub fn may_hold(&self, text: &str) -> bool {
        self.facilities.as_ref().is_none_or(|it| it.is_match(text))
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self::new(std::iter::empty::<String>())
    }
}

/// `PKI-`, and `SMART_LIC` without a dash: NX-OS writes `LOG_SMART_LIC_COMM_FAILED`. The last part of a facility stands for
/// all of it.
fn literals(names: &BTreeSet<String>) -> BTreeSet<String> {
    let asked = names.iter().filter_map(|name| {
        let (facility, _) = name.rsplit_once('-')?;
        let last = facility.rsplit('-').next()?;
        (!ALWAYS.contains(&last)).then(|| format!("{last}-"))
    });
    asked.chain(ALWAYS.iter().map(|&it| it.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn rules_ask_and_licensing_is_always_kept() {
        let wanted = Wanted::new(["PKI-CRL_FETCH_FAIL", "LICENSE-PLAT_CLIENT-STATE_CHANGE"]);
        for (facility, mnemonic, kept) in [
            ("PKI", "CRL_FETCH_FAIL", true),
            ("PKI", "CONFIGAUTOSAVE", false),
            ("LICENSE-PLAT_CLIENT", "STATE_CHANGE", true),
            ("SMART_LIC", "ANYTHING", true),
            ("CALL_HOME", "ANYTHING", true),
            ("SYS", "CONFIG_I", false),
        ] {
            assert_eq!(wanted.keeps(facility, mnemonic), kept, "{facility}-{mnemonic}");
        }
        for (line, may) in [
            ("%PKI-6-CONFIGAUTOSAVE: saved", true),
            ("%LICENSE-PLAT_CLIENT-6-STATE_CHANGE : x", true),
            ("%LICMGR-3-LOG_SMART_LIC_COMM_FAILED: x", true),
            ("SMART_LIC-6-AGENT_READY:x", true),
            ("SAEVT_DEREGISTER_STATUS msgStatus=\"LS_INVALID_DATA\"", true),
            ("%SYS-5-CONFIG_I: x", false),
            ("%pki-3-crl", false),
        ] {
            assert_eq!(wanted.may_hold(line), may, "{line}");
        }
    }

    #[test]
    fn without_rules_licensing_is_still_kept() {
        assert!(Wanted::default().keeps("SMART_LIC", "COMM_FAILED"));
        assert!(!Wanted::default().may_hold("%LINK-3-UPDOWN: x"));
    }
}
