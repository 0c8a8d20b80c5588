//! Fact keys: name, kind, meaning, and the commands that show them (`table`), and how they are looked up. Parsers write these keys,
//! rules are checked against them, and a fact that is missing is *absent* only where a whole output of one of the commands was seen.

mod index;
mod table;

use self::table::EXCHANGE;
use crate::base::Era;

pub use self::table::KEYS;

/// What kind of value a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A date and time.
    Time,
    /// A list of elements with these fields.
    List(&'static [&'static str]),
}

/// One row of the table. `*` in a name stands for one segment.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in the device's words.
    pub doc: &'static str,
    /// Commands whose whole output always shows it where it exists; the first is what to collect. A command that leaves it out
    /// on some release does not belong here: its output would prove an absence that is none.
    pub shown_by: &'static [&'static str],
}

/// The one era whose outputs print a key, where only one does (DOMAIN 1.3, 1.4).
pub fn era_of(name: &str) -> Option<Era> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    if starts(&[
        "license.communication.",
        "license.trust.",
        "license.reporting.",
        "license.rum.",
        "license.policy.",
    ]) {
        return Some(Era::Policy);
    }
    let is_account = name.ends_with("_account");
    (!is_account && starts(&["license.registration.", "license.authorization."])).then_some(Era::Classic)
}

/// The row for a key, `*` matching any one segment.
pub fn find(name: &str) -> Option<&'static Key> {
    // Names are compared part by part only where they end alike.
    let field = || name.rsplit('.').next().unwrap_or(name);
    let of_exchange =
        |field: &str| EXCHANGE.iter().find(|key| key.name.ends_with(field) && is_like(key.name, name));
    index::row(name).or_else(|| of_exchange(field()))
}

/// A key without its last segment: what one output prints together.
pub fn block(key: &str) -> &str {
    key.rsplit_once('.').map_or(key, |(block, _)| block)
}

/// Whether a name is the pattern with every `*` replaced by one segment.
pub fn is_like(pattern: &str, name: &str) -> bool {
    let (mut left, mut right) = (pattern.split('.'), name.split('.'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || a == "*" => {}
            _ => return false,
        }
    }
}

/// The key that tells when what `key` says happened: that of the attempt whose result or reason it is. Counters of the
/// communication statistics go with the last failure.
pub fn dated_by(key: &str) -> Option<String> {
    let (block, field) = key.rsplit_once('.')?;
    let date = match (block, field) {
        ("license.registration" | "license.authorization", "failure_reason" | "last_result") => {
            "last_attempt"
        }
        ("license.registration", "initial_result") => "initial_attempt",
        ("license.authorization", "status") => "since",
        _ if !block.starts_with("license.communication.") => return None,
        (_, "failure_reason" | "fail" | "ongoing_overall" | "ongoing_communication" | "last_response") => {
            "last_failure"
        }
        _ => return None,
    };
    Some(format!("{block}.{date}"))
}

/// The key nearest to a mistyped one.
pub fn nearest(name: &str) -> Option<&'static str> {
    // No key is half as long, and to compare takes time with the length.
    if name.len() > 100 {
        return None;
    }
    KEYS.iter()
        .map(|key| (strsim::damerau_levenshtein(key.name, name), key.name))
        .min()
        .filter(|(distance, _)| *distance <= 1 + name.len() / 3)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_one_segment() {
        assert!(find("license.communication.hello_message.fail").is_some());
        assert!(find("license.communication.fail").is_none());
        assert!(find("license.communication.level").is_some());
    }

    #[test]
    fn a_mistyped_key_has_a_near_name() {
        assert_eq!(nearest("license.registration.state"), Some("license.registration.status"));
        assert_eq!(nearest("weather"), None);
    }

    #[test]
    fn what_happened_is_dated_by_its_attempt() {
        for (key, date) in [
            ("license.authorization.failure_reason", Some("license.authorization.last_attempt")),
            ("license.registration.last_result", Some("license.registration.last_attempt")),
            ("license.authorization.status", Some("license.authorization.since")),
            (
                "license.communication.trust_sync.ongoing_overall",
                Some("license.communication.trust_sync.last_failure"),
            ),
            ("license.communication.trust_sync.success", None),
            ("license.communication.overall_state", None),
            ("license.registration.status", None),
        ] {
            assert_eq!(dated_by(key).as_deref(), date, "{key}");
        }
        for key in KEYS {
            assert!(dated_by(key.name).is_none_or(|date| find(&date).is_some()), "{}", key.name);
        }
    }

    #[test]
    fn only_exchanges_have_stars() {
        for key in KEYS {
            let is_exchange = EXCHANGE.iter().any(|it| it.name == key.name);
            assert_eq!(key.name.contains('*'), is_exchange, "{}", key.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }
}
