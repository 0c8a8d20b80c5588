//! Which messages are worth keeping, and the literals that tell a line without one at a glance.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::EVENT;

/// The facilities of which everything is kept: licensing speaks in them.
const ALWAYS: [&str; 3] = ["SMART_LIC", "CALL_HOME", EVENT];

/// So many mnemonics are looked for beside the literals of outputs. The search is quick for 64 literals in all, and twice as quick for 32.
const MOST_MNEMONICS: usize = 48;
/// A mnemonic of fewer letters, such as `EVENT`, stands in other words too often.
const TELLING: usize = 6;

/// Letters that many words have.
const COMMON: &[u8] = b"ETAINORSLDC_";

/// Words that stand in many messages of every log.
const COMMON_WORDS: [&str; 11] = [
    "AUTHENTICATION",
    "CHANGE",
    "CONFIG",
    "FAILURE",
    "LOGGINGHOST",
    "LOGIN",
    "SESSION",
    "STATE",
    "SUCCESS",
    "TRUSTPOINT",
    "UPDOWN",
];

/// Which log messages are worth keeping, by the names that rules ask for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// `FACILITY-MNEMONIC`, without severity.
    pub names: BTreeSet<String>,
    literals: BTreeSet<String>,
    /// Finds the literals; `None` where it could not be built, and every line is looked at.
    finder: Option<AhoCorasick>,
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
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&literals).ok();
        Self { names, literals, finder }
    }

    /// One of these stands in every line that holds a wanted message.
    pub fn literals(&self) -> &BTreeSet<String> {
        &self.literals
    }

    /// Whether the message is kept.
    pub fn keeps(&self, facility: &str, mnemonic: &str) -> bool {
        ALWAYS.contains(&facility) || self.names.contains(&format!("{facility}-{mnemonic}"))
    }

    /// Whether a line may hold a wanted message. `false` is certain, `true` is worth a closer look.
    pub fn may_hold(&self, text: &str) -> bool {
        self.finder.as_ref().is_none_or(|it| it.is_match(text))
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self::new(std::iter::empty::<String>())
    }
}

/// `SMART_LIC` without a dash, because NX-OS writes `LOG_SMART_LIC_COMM_FAILED`; of other facilities the mnemonics that are
/// asked for, because `PKI-` and `SYS-` stand in every tenth line of a log. Where too many are asked for,
/// the last part of the facility stands for all of them: more literals are looked for many times as slowly.
fn literals(names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut by_facility: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (facility, mnemonic) in names.iter().filter_map(|name| name.rsplit_once('-')) {
        let last = facility.rsplit('-').next().unwrap_or(facility);
        if !ALWAYS.contains(&last) {
            by_facility.entry(last).or_default().insert(mnemonic);
        }
    }
    for mnemonics in by_facility.values_mut() {
        *mnemonics = without_longer(mnemonics);
    }
    let few = by_facility.values().map(BTreeSet::len).sum::<usize>() <= MOST_MNEMONICS;
    let of_facility = |(facility, mnemonics): (&str, BTreeSet<&str>)| -> Vec<String> {
        if few && mnemonics.iter().all(|it| it.len() >= TELLING) {
            mnemonics.into_iter().map(|it| telling_part(it).to_owned()).collect()
        } else {
            vec![format!("{facility}-")]
        }
    };
    let always = ALWAYS.iter().map(|&it| it.to_owned());
    by_facility.into_iter().flat_map(of_facility).chain(always).collect()
}

/// Those that hold none of the others: `CERTIFICATE_INVALID` finds `CERTIFICATE_INVALID_EXPIRED`, too.
fn without_longer<'m>(mnemonics: &BTreeSet<&'m str>) -> BTreeSet<&'m str> {
    let holds_other = |it: &&&str| mnemonics.iter().any(|other| other != *it && it.contains(other));
    mnemonics.iter().filter(|it| !holds_other(it)).copied().collect()
}

/// A mnemonic from its rarest four letters on: literals are told apart by their first four, and a line that is looked at in vain
/// costs as much as hundreds of letters.
fn telling_part(mnemonic: &str) -> &str {
    let starts = 0..=mnemonic.len().saturating_sub(TELLING);
    let commonness = |at: &usize| {
        let four = mnemonic.get(*at..*at + 4).unwrap_or_default();
        let in_a_word = COMMON_WORDS.iter().any(|word| word.contains(four));
        (in_a_word, four.bytes().filter(|letter| COMMON.contains(letter)).count())
    };
    starts.min_by_key(commonness).and_then(|at| mnemonic.get(at..)).unwrap_or(mnemonic)
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
            ("%PKI-3-CRL_FETCH_FAIL: x", true),
            ("%PKI-6-TRUSTPOINT_CREATE: x", false),
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
    fn where_much_is_asked_for_the_facility_stands_for_it() {
        let wanted = Wanted::new(
            (0..60).map(|number| format!("PKI-MNEMONIC_{number:02}")).chain(["NTP-UNSYNC".to_owned()]),
        );
        assert_eq!(
            wanted.literals().iter().collect::<Vec<_>>(),
            ["CALL_HOME", "NTP-", "PKI-", "SAEVT", "SMART_LIC"]
        );
        let nested = (0..60).map(|number| format!("PKI-CERTIFICATE_INVALID{number}"));
        let wanted = Wanted::new(nested.chain(["PKI-CERTIFICATE_INVALID".to_owned()]));
        assert!(wanted.literals().iter().any(|it| "CERTIFICATE_INVALID".ends_with(it.as_str())));
        assert!(Wanted::new(["VUDI-EVENT", "NTP-UNSYNC"]).literals().contains("UNSYNC"));
    }

    #[test]
    fn without_rules_licensing_is_still_kept() {
        assert!(Wanted::default().keeps("SMART_LIC", "COMM_FAILED"));
        assert!(!Wanted::default().may_hold("%LINK-3-UPDOWN: x"));
    }
}
